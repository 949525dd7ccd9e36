"""What stands before a strong light throws a shadow of its own shape, which flickers with the light; other places stay as they are.

A lamp shines east; 3 m before it stands a post of .3 m, far too thin for the light field. The grey card is held 3 m behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from grey_card import dry, luminance_of_card
from lamp_yard import Yard, lamp

from world.light.strongest import as_one, strongest
from world.pose import Pose
from world.space import Emitters

GROUP = 9
LAMP = np.array([30.0, 30.0, 1.6])
WEST = np.array([-1.0, 0.0, 0.0])
Array = np.ndarray[Any, np.dtype[Any]]


@pytest.fixture(scope="module")
def yard(booted: Any) -> Iterator[tuple[Any, Any]]:
    from world.mesh.surface import Finish, SurfaceBuilder
    from world.stage.geometry import geom_node
    from world.stage.shaders import load_shader
    from world.stage.stage import Stage

    city = Yard([], lamp(*LAMP, candela=150.0, normal=(1.0, 0.0, 0.0), group=GROUP))
    stage = Stage(booted, city, size=(64, 36), quality="high")
    stage.chunks.radius_m, stage.skyline.radius_m = 10.0, 0.0
    stage.settle(Pose((33.0, 30.0, 1.6), 0.0))
    builder = SurfaceBuilder()
    builder.quads([[[33, 29.85, 0], [33, 30.15, 0], [33, 30.15, 3], [33, 29.85, 3]]], Finish.RUBBER, (200, 200, 200, 255))
    post = stage.root.attachNewNode(geom_node(builder.build(), "post"))
    post.setShader(load_shader("surface/city.vert", "surface/city.frag"))
    yield stage, post
    stage.close()


def _card(app: Any, stage: Any, y: float, power: float = 1.0) -> float:
    """Luminance of a card 6 m east of the lamp that faces it, `y` m aside of the post's shadow."""
    groups = np.ones(64, np.float32)
    groups[GROUP] = power
    hour = replace(dry(), sky_lux=0.0, power=groups)
    stage.chunks.changes()
    stage.chunks._changes.add((0, 0))  # a card is drawn from the light, too: nothing may be kept from the one before
    return luminance_of_card(app, stage, LAMP + np.array([6.0, y, 0.0]), WEST, hour)


def test_a_post_throws_a_shadow_of_its_own_width(app: Any, yard: tuple[Any, Any]) -> None:
    stage, post = yard
    behind, beside = _card(app, stage, 0.0), _card(app, stage, 1.2)
    post.hide()
    try:
        open_ = _card(app, stage, 0.0)
    finally:
        post.show()
    assert open_ > 0.02
    assert behind < 0.3 * open_
    assert beside == pytest.approx(open_, rel=0.12)


def test_the_shadow_flickers_with_its_light(app: Any, yard: tuple[Any, Any]) -> None:
    """The lamp is steady in the light field, so what is left in the dark is what the shadow would have taken."""
    stage, _ = yard
    depths = []
    for power in (0.0, 0.5, 1.0):
        depths.append(_card(app, stage, 1.2, power) - _card(app, stage, 0.0, power))
    assert abs(depths[0]) < 0.1 * depths[2]
    assert depths[1] == pytest.approx(0.5 * depths[2], rel=0.15)


def test_low_quality_has_none(booted: Any) -> None:
    from world.stage.quality import QUALITIES

    assert [QUALITIES[name].shadows for name in ("low", "medium", "high", "ultra")] == sorted(q.shadows for q in QUALITIES.values())
    assert QUALITIES["low"].shadows == 0 < QUALITIES["medium"].shadows


def _row(n: int, seed: int = 5) -> Emitters:
    rng = np.random.default_rng(seed)
    place = np.column_stack([rng.uniform(-30, 30, n), rng.uniform(-30, 30, n), rng.uniform(2, 9, n)])
    turn = rng.uniform(0, 2 * np.pi, n)
    normal = np.column_stack([np.cos(turn), np.sin(turn), np.zeros(n)])
    candela = rng.uniform(5, 300, n)[:, None] * rng.uniform(0.2, 1.0, (n, 3))
    return Emitters(
        place, normal, rng.uniform(size=n) < 0.5, np.full(n, 0.5), candela, np.full(n, 40.0), np.zeros(n, np.uint8), np.full(n, -1, np.int8)
    )


def test_no_shadow_appears_or_goes_at_once() -> None:
    """Along a walk of 40 m in steps of a centimetre, each light's strength changes little from one to the next."""
    lights = _row(60)

    def strengths(x: float) -> dict[tuple[float, ...], float]:
        found = strongest(lights, (x, 1.0, 1.65), 4)
        return {(*p, *w): float(s) for p, w, s in zip(found.position.tolist(), found.way.tolist(), found.strength, strict=True)}

    before, seen = strengths(-20.0), set()
    for x in np.arange(-19.99, 20.0, 0.01):
        now = strengths(float(x))
        for key in before.keys() | now.keys():
            assert abs(now.get(key, 0.0) - before.get(key, 0.0)) < 0.1
        seen |= {key for key, strength in now.items() if strength > 0.9}
        before = now
    assert len(seen) > 6


def test_sources_of_one_long_sign_are_one_light() -> None:
    two = _row(2)
    tall = Emitters.join([two.take(slice(0, 1)), replace(two.take(slice(0, 1)), position=two.position[:1] + np.array([0.0, 0.0, 3.0]))])
    found = strongest(as_one(tall), (0.0, 0.0, 1.65), 4)
    assert len(found) == 1
    assert found.candela[0] == pytest.approx(2 * two.candela[0])
    assert found.position[0, 2] == pytest.approx(two.position[0, 2] + 1.5)


def test_without_lights_there_are_none() -> None:
    assert len(strongest(as_one(_row(0)), (0.0, 0.0, 1.65), 4)) == 0
