"""What surfaces show at one metre: nothing is flat, rooms behind lit panes are deep, wet stone is darker, and water runs down it.

A wall two metres wide before the eye, a lamp beside it; the scene before fog and exposure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flatland import box
from grey_card import LUMA, dry
from lamp_yard import Yard, lamp
from scene import scene

from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.facade import Pane
from world.pose import Pose

SIZE = (160, 90)
WALL_Y, FACE_Z = 30.0, 1.6
EYE = Pose((30.0, WALL_Y - 1.0, FACE_Z), 0.0, fov_deg=60.0)
NIGHT = replace(dry(), sky_lux=0.4)
SOAKED = replace(NIGHT, wetness=1.0)
GROUP = 9
Array = np.ndarray[Any, np.dtype[Any]]


@pytest.fixture(scope="module")
def stage(booted: Any) -> Iterator[Any]:
    from world.stage.stage import Stage

    made = Stage(booted, Yard([box(60.0, 60.0, 0.5, 0.5, 0.5)], lamp(27.0, 27.5, 3.0, candela=40.0)), size=SIZE, quality="high")
    made.chunks.radius_m, made.skyline.radius_m = 10.0, 0.0
    made.settle(EYE)
    yield made
    made.close()


@pytest.fixture
def see(app: Any, stage: Any) -> Callable[..., Array]:
    """(H, W) luminance of a wall of a finish."""

    def drawn(finish: Finish, hour: Any = NIGHT, pose: Pose = EYE, state: int = 0, group: int = 0) -> Array:
        from world.stage.geometry import city_node
        from world.stage.standing import shade_by_class

        builder = SurfaceBuilder()
        corners = [[28.6, WALL_Y, 0.4], [31.4, WALL_Y, 0.4], [31.4, WALL_Y, 2.8], [28.6, WALL_Y, 2.8]]
        uv = [[[0, 0], [1, 0], [1, 1], [0, 1]]]
        builder.quads([corners], finish, (150, 140, 130, 255), uv, (group, 120, 77, state))
        path = stage.root.attachNewNode(city_node(builder.build(), "wall"))
        shade_by_class(path)
        seen: Array = scene(app, stage, pose, hour) @ LUMA
        path.removeNode()
        return seen

    return drawn


def _contrast(seen: Array) -> float:
    """Spread of the luminance over its mean, in squares of an eighth of the picture's width: the lamp's fall does not count."""
    block = SIZE[0] // 8
    tiles = seen[: SIZE[1] // block * block, : SIZE[0] // block * block].reshape(SIZE[1] // block, block, SIZE[0] // block, block)
    return float(np.median(tiles.std(axis=(1, 3)) / tiles.mean(axis=(1, 3))))


@pytest.mark.parametrize(
    "finish",
    [Finish.TILE, Finish.CONCRETE, Finish.PLASTER, Finish.METAL, Finish.PAINT, Finish.SHUTTER, Finish.GLASS, Finish.DECK, Finish.RUBBLE],
    ids=lambda f: f.name.lower(),
)
def test_nothing_is_flat_at_a_metre(see: Callable[..., Array], finish: Finish) -> None:
    seen = see(finish)
    assert seen.mean() > 1e-3
    assert _contrast(seen) > 0.02, _contrast(seen)


def test_a_lit_room_is_deep(see: Callable[..., Array]) -> None:
    """From one metre aside the pane's own points show something else: what lies behind them. A board that glows shows the same."""

    def on_the_pane(finish: Finish, aside_m: float, state: int) -> Array:
        """Luminance at a row of the pane's points."""
        pose = replace(EYE, position=(30.0 + aside_m, WALL_Y - 1.6, FACE_Z))
        seen = see(finish, pose=pose, state=state)
        half = math.tan(math.radians(30.0))
        columns = ((np.linspace(29.5, 30.5, 40) - 30.0 - aside_m) / 1.6 / half * 0.5 + 0.5) * SIZE[0]
        return seen[SIZE[1] // 2, np.clip(columns, 0, SIZE[0] - 1).astype(int)]

    def changed(finish: Finish, state: int = 0) -> float:
        left, right = (on_the_pane(finish, aside, state) for aside in (-0.4, 0.4))
        return float(np.abs(left - right).mean() / (left + right).mean() * 2)

    assert changed(Finish.WINDOW_LIT, int(Pane.LIT)) > 0.15
    assert changed(Finish.LAMP) < 0.02


@pytest.mark.parametrize("finish", [Finish.CONCRETE, Finish.PLASTER], ids=lambda f: f.name.lower())
def test_rain_darkens_stone(see: Callable[..., Array], finish: Finish) -> None:
    assert np.median(see(finish, SOAKED)) < 0.97 * np.median(see(finish))


@pytest.mark.parametrize("finish", [Finish.CONCRETE, Finish.PLASTER, Finish.TILE, Finish.METAL], ids=lambda f: f.name.lower())
def test_water_runs_down_walls_and_dry_ones_are_still(see: Callable[..., Array], finish: Finish) -> None:
    times = SOAKED.time_s + 0.05 * np.arange(12)
    wet = np.stack([see(finish, replace(SOAKED, time_s=float(t))) for t in times])
    dry_ = [see(finish, replace(NIGHT, time_s=float(t))) for t in times[[0, 6]]]
    assert np.array_equal(*dry_)
    runs = wet - wet.mean(axis=0)
    assert np.abs(runs).max() > 0.03 * wet.mean()
    later, lower = np.diff(runs, axis=0), np.gradient(runs[:-1], axis=1)  # rows are counted from the top
    assert (later * lower).sum() < 0.0  # what moves, moves down


def test_broken_panes_have_holes_and_shards(see: Callable[..., Array]) -> None:
    seen = see(Finish.WINDOW_BROKEN)
    assert np.percentile(seen, 90) > 2.0 * max(np.percentile(seen, 10), 1e-6)


def test_a_room_goes_dark_with_its_tube_and_a_fire_does_not(see: Callable[..., Array]) -> None:
    off = np.ones(64, np.float32)
    off[GROUP] = 0.0
    for state, left in ((Pane.LIT, 0.3), (Pane.FIRE, 1.0)):
        on, dark = (
            see(Finish.WINDOW_LIT, replace(NIGHT, power=power), state=int(state), group=GROUP).mean() for power in (NIGHT.power, off)
        )
        assert dark < 1.2 * left * on and (left < 1.0 or dark == on)
