"""Rain is seen where it is lit and nowhere else, stops at roofs, strikes crowns from the street, goes with the wind and hangs on the time
alone; smoke, steam and embers rise and go with the wind, drops fall from their edges.

One lamp north of the eye; nothing else is drawn, so that what is seen is the weather. Read from the scene before fog and exposure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flatland import box
from grey_card import dry
from lamp_yard import Yard, lamp
from scene import scene

from world.conditions import Conditions
from world.mesh.smoke import Plume
from world.pose import Pose

SIZE = (192, 108)
GROUP = 9
ROOF_Y, ROOF_M = 12.0, 4.0  # a roof from there to the south
EYE = Pose((30.0, 24.0, 1.65), 0.0, fov_deg=80.0)
Array = np.ndarray[Any, np.dtype[Any]]
Draw = Callable[..., Array]


@pytest.fixture(scope="module")
def stage(booted: Any) -> Iterator[Any]:
    from world.stage.stage import Stage

    city = Yard([box(32.0, ROOF_Y - 30.0, 30.0, 30.0, ROOF_M + 0.4, ROOF_M)], lamp(30.0, 32.0, 3.0, group=GROUP, slot=0))
    made = Stage(booted, city, size=SIZE, quality="low")
    made.chunks.radius_m, made.skyline.radius_m = 10.0, 0.0
    made.settle(EYE)
    yield made
    made.close()


def _hour(rain: float = 0.0, power: float = 1.0, wind: tuple[float, float] = (0.0, 0.0), time_s: float = 3.0, **more: Any) -> Conditions:
    powers = np.ones(64, np.float32)
    powers[GROUP] = power
    return replace(
        dry(), rain_mm_h=rain, wetness=1.0, power=powers, wind_m_s=wind, time_s=time_s, **({"sky_lux": 0.0, "lightning_lux": 0.0} | more)
    )


@pytest.fixture
def draw(app: Any, stage: Any) -> Draw:
    """(H, W): what the rain of an hour adds, in red."""

    def drawn(hour: Conditions, pose: Pose = EYE) -> Array:
        gained: Array = (scene(app, stage, pose, hour) - scene(app, stage, pose, replace(hour, rain_mm_h=0.0)))[..., 0]
        return gained

    return drawn


def test_rain_is_seen_where_it_is_lit_and_nowhere_else(draw: Draw) -> None:
    lit, half, dark = (draw(_hour(20.0, power)) for power in (1.0, 0.5, 0.0))
    assert (lit > 0.02).sum() > 100
    assert half.sum() == pytest.approx(0.5 * lit.sum(), rel=0.02)
    assert abs(dark).max() < 1e-3
    away = draw(_hour(20.0), replace(EYE, heading_deg=180.0))  # the lamp is 8 m behind, and the roof before one
    assert away.sum() < 0.25 * lit.sum()


def test_lightning_shows_it_all_at_once(draw: Draw) -> None:
    struck = draw(_hour(20.0, 0.0, sky_lux=5.0, lightning_lux=5.0))
    assert (struck > 0.02).sum() > 100


def test_the_harder_it_rains_the_more_is_seen(draw: Draw) -> None:
    seen = [(draw(_hour(rain)) > 0.02).sum() for rain in (0.0, 1.0, 6.0, 30.0)]
    assert seen[0] == 0 < 1.5 * seen[1] < seen[2] < 0.7 * seen[3]


def test_no_drop_falls_through_a_roof(draw: Draw, stage: Any) -> None:
    """Under the roof one stands dry, with no splash at one's feet, and looks out on the rain."""
    under = Pose((30.0, ROOF_Y - 8.0, 1.65), 180.0, -20.0, fov_deg=80.0)
    bright = _hour(30.0, sky_lux=5.0)
    assert abs(draw(bright, under)).max() < 1e-3
    assert (draw(bright, replace(under, position=(30.0, ROOF_Y - 2.0, 1.65), heading_deg=0.0)) > 0.02).sum() > 100


def test_drops_strike_crowns_from_the_street(draw: Draw, stage: Any) -> None:
    streaks = stage._rain.find("rain")
    streaks.hide()
    try:
        found = draw(_hour(30.0), replace(EYE, position=(30.0, 28.0, 1.65)))
        flooded = draw(_hour(30.0, water_level_m=0.5), replace(EYE, position=(30.0, 28.0, 1.65)))
    finally:
        streaks.show()
    horizon = SIZE[1] // 2
    assert (found[horizon + 8 :] > 0.005).sum() > 20
    assert abs(found[:horizon]).max() < 1e-3  # none in the air
    rows = [np.flatnonzero((seen > 0.005).any(axis=1)).min() for seen in (found, flooded)]
    assert rows[1] <= rows[0]  # they stand on the water, which is nearer to the eye


def test_rain_slants_with_the_wind(draw: Draw) -> None:
    def lean(wind_x: float) -> float:
        """Mean product of the slopes along and across: its sign says which way streaks lean."""
        seen = draw(_hour(20.0, wind=(wind_x, 0.0)))
        down, right = np.gradient(np.minimum(seen, 0.3))
        return float((down * right).sum() / (down * down + right * right).sum())

    west, still, east = lean(-9.0), lean(0.0), lean(9.0)
    assert west * east < 0 and min(abs(west), abs(east)) > 3.0 * abs(still)


def test_a_moment_is_the_same_whenever_it_is_drawn(draw: Draw) -> None:
    alone = draw(_hour(20.0, time_s=7.25))
    for time_s in (7.2, 100.0):
        assert (draw(_hour(20.0, time_s=time_s)) != alone).any()
    assert (draw(_hour(20.0, time_s=7.25)) == alone).all()


@pytest.fixture
def puff(app: Any, stage: Any) -> Callable[..., Array]:
    """(H, W): what one puff, ember or drop changes of the scene, which has a pale sky."""

    def changed(plume: Plume, source: tuple[float, float, float], pose: Pose, hour: Conditions, splash: int = 0) -> Array:
        from world.mesh.smoke import CORNERS
        from world.mesh.surface import Finish, SurfaceBuilder
        from world.stage.geometry import geom_node
        from world.stage.smoke import set_smoke

        builder = SurfaceBuilder()
        tint = (splash, 0, 0, 255) if plume is Plume.DRIP else (255, 96, 18, 255)
        builder.quads(np.tile(source, (1, 4, 1)), Finish.EMBER, tint, CORNERS[None], (int(plume), 0, 0, 0))
        path = stage.root.attachNewNode(geom_node(builder.build(), "puff", 100.0))
        set_smoke(path)
        there = scene(app, stage, pose, hour)
        path.removeNode()
        gained: Array = (there - scene(app, stage, pose, hour))[..., 0]
        return gained

    return changed


def _middle(seen: Array) -> tuple[float, float]:
    rows, columns = np.indices(seen.shape)
    return float((seen * rows).sum() / seen.sum()), float((seen * columns).sum() / seen.sum())


@pytest.mark.parametrize(
    ("plume", "times", "away_m"),
    [
        (Plume.STEAM, (0.6, 1.6), 7.0),
        (Plume.WISP, (0.8, 2.4), 14.0),
        (Plume.SPARKS, (0.3, 1.0), 6.0),
        (Plume.COLUMN, (3.0, 9.0), 60.0),
        (Plume.EMBERS, (0.8, 2.4), 22.0),
    ],
)
def test_what_rises_rises_and_leans_with_the_wind(
    puff: Callable[..., Array], plume: Plume, times: tuple[float, float], away_m: float
) -> None:
    source, pose = (30.0, 24.0 + away_m, 0.5), replace(EYE, pitch_deg=15.0)
    seen = [abs(puff(plume, source, pose, _hour(time_s=t, wind=wind, sky_lux=3.0))) for wind in ((0.0, 0.0), (5.0, 0.0)) for t in times]
    assert all((part > 1e-3).any() for part in seen)
    (low, left), (high, _), _, (_, blown) = (_middle(part) for part in seen)
    assert high < low - 4.0  # rows are counted from the top
    assert blown > left + 3.0


def test_steam_is_seen_where_it_is_lit(puff: Callable[..., Array]) -> None:
    lit, dark = (puff(Plume.STEAM, (30.0, 29.0, 0.5), EYE, _hour(time_s=0.9, power=power)).clip(0.0).sum() for power in (1.0, 0.0))
    assert lit > 1.0 and dark < 0.01 * lit


def test_a_drop_falls_from_its_edge_and_splashes(puff: Callable[..., Array]) -> None:
    edge = (30.0, 28.0, 3.0)
    hangs_s, falls_s = 0.65, (2.0 * 3.0 / 9.81) ** 0.5  # as smoke.vert.glsl has a drop whose own number is 0
    rows = [_middle(puff(Plume.DRIP, edge, EYE, _hour(time_s=hangs_s + t)))[0] for t in (0.0, 0.3, 0.6)]
    assert rows[0] < rows[1] - 5.0 and rows[2] - rows[1] > rows[1] - rows[0]  # faster and faster
    before, after = (puff(Plume.DRIP, edge, EYE, _hour(time_s=hangs_s + falls_s + t), 255) for t in (-0.1, 0.1))
    assert not before.any() and _middle(after)[0] > rows[2]
