"""Rooms to feet, eyes and light: glass stops bodies and not looks, no street bears inside, lamps light the room they hang in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from flatland import land
from fronts import fronts_of, window_on

from world.light import LightField, bake_light
from world.plan.rooms import Glazing, Interior, Use
from world.space import ChunkSpace, Emitters, Flag
from world.space.chunk_space import CHUNK_M
from world.space.interior_emitters import interior_sources
from world.space.interior_solids import interior_rooms, interior_solids
from world.space.sight import clear
from world.space.walk import deepest, support

ALL_ON = np.ones(64, np.float32)


def test_one_looks_through_glass_and_does_not_walk_through_it() -> None:
    whole = [(i, o) for _, i in fronts_of(Use.CAFE, 12) for o in i.openings if o.glazing == Glazing.WHOLE and o.box.x1 - o.box.x0 > 1.0]
    assert whole
    for interior, opening in whole:
        window = window_on(interior)
        u = (opening.box.x0 + opening.box.x1) / 2
        x, y = interior.world(u, opening.box.y0 + 0.15)
        assert deepest(window.near(x, y, 1.0), x, y, opening.box.z0, 1.8) is not None
        a, b = (np.array([[*interior.world(u, v), opening.box.z0 + 0.6]]) for v in (-0.5, 0.8))
        region = window.region(x, y)
        assert clear(region, a, b, Flag.SIGHT)[0] and clear(region, a, b, Flag.LIGHT)[0] and not clear(region, a, b, Flag.SOUND)[0]


@pytest.mark.parametrize("use", [Use.SUBWAY, Use.BASEMENT], ids=lambda use: use.value)
def test_under_the_street_the_floor_bears(use: Use) -> None:
    for _, interior in fronts_of(use, 5):
        window = window_on(interior)
        u, v, z = interior.way[-1]
        x, y = interior.world(u, v)
        below = support(window, window.near(x, y, 1.0), x, y, z + 0.35)
        assert below.height == pytest.approx(z) and not below.street
        outside = interior.world(interior.way[0][0], -2.0)
        assert window.pit(*outside) is None and window.pit(x, y) is not None


def _lit(use: Use) -> list[Interior]:
    return [i for _, i in fronts_of(use, 12) if sum(lamp.burns for lamp in i.lights) * 2 > len(i.lights)][:2]


def _light(interior: Interior) -> LightField:
    rows, rooms, source = np.array(interior_sources(interior)), interior_rooms(interior), land([interior_solids(interior)])
    emitters = Emitters(
        rows[:, 0:3],
        rows[:, 3:6],
        rows[:, 6] != 0.0,
        rows[:, 7],
        rows[:, 8:11],
        np.full(len(rows), 15.0),
        np.zeros(len(rows), np.uint8),
        np.full(len(rows), -1, np.int8),
    )

    def space(cx: int, cy: int) -> ChunkSpace:
        own = (np.floor(emitters.position[:, :2] / CHUNK_M) == (cx, cy)).all(axis=1)
        mine = emitters.take(own)
        return replace(source(cx, cy), rooms=rooms, emitters=mine)

    baked = {}

    def light(cx: int, cy: int):  # type: ignore[no-untyped-def]
        if (cx, cy) not in baked:
            baked[cx, cy] = bake_light(space(cx, cy), [space(cx + i, cy + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j])
        return baked[cx, cy]

    return LightField(light)


def _lux(field: LightField, interior: Interior, u: float, v: float, z: float) -> float:
    """On a card that lies on its back there."""
    return float(field.illuminance(np.array([[*interior.world(u, v), z]]), np.array([[0.0, 0.0, 1.0]]), ALL_ON)[0])


@pytest.mark.parametrize("use", [Use.KONBINI, Use.APARTMENT, Use.BASEMENT, Use.SUBWAY], ids=lambda use: use.value)
def test_a_lit_room_is_lit_to_its_back_and_its_walls_keep_the_light_in(use: Use) -> None:
    for interior in _lit(use):
        field = _light(interior)
        u, v, z = interior.way[-1]
        inside = _lux(field, interior, u, v, z + 0.3)
        beside = _lux(field, interior, -6.0, v, 0.5)
        assert inside > 0.5, f"{inside} lx in {interior.key}"
        assert beside < 0.1 * inside


def test_a_lit_shop_shines_out_into_the_street() -> None:
    for interior in _lit(Use.KONBINI):
        field = _light(interior)
        u = interior.way[0][0]
        assert 0.5 < _lux(field, interior, u, -1.5, 0.2) < _lux(field, interior, u, 2.0, 0.4)
