"""The light of one lamp: how it falls off, what a wall keeps back, what flickers, and that chunks meet without a seam."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flatland import box
from lamp_yard import Yard, lamp
from numpy.typing import NDArray

from world.light import LightField, height_of_layer, layer_of_height
from world.light.bake import LAYERS
from world.pipe import Pipe
from world.recipe import Recipe
from world.space import Solids

ALL_ON = np.ones(64, np.float32)
LUMA = np.array([0.2126, 0.7152, 0.0722])
Array = NDArray[np.float64]


def _lux(field: LightField, points: list[tuple[float, float, float]], towards: tuple[float, float, float], power: Array = ALL_ON) -> Array:
    """Illuminance of a card at each point that looks to the point `towards`."""
    at = np.array(points, float)
    normals = np.array(towards) - at
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return field.illuminance(at, normals, power)


def _field(boxes: list[Solids] | None = None, z: float = 2.5, **lamp_: Any) -> LightField:
    return LightField(Yard(boxes or [], lamp(31.0, 31.0, z, **lamp_)).light)


HERE = (31.0, 31.0, 2.5)


def test_layers_and_heights_are_each_other_s_inverse() -> None:
    layers = np.linspace(0, LAYERS - 1, 77)
    assert np.allclose(layer_of_height(height_of_layer(layers)), layers)
    assert layer_of_height(np.array([-3.0, 500.0])).tolist() == [0.0, LAYERS - 1.0]


def test_light_falls_with_the_square_of_the_distance() -> None:
    """A one-sided field is E(n) = 4·mean, so a card that faces the lamp gets candela / (d² + size²), within the voxels' blur."""
    distances = np.array([4.0, 6.0, 8.0, 12.0])
    lux = _lux(_field(), [(31.0 + d, 31.0, 2.5) for d in distances], HERE)
    window = (1 - (distances / 40.0) ** 2) ** 2
    expected = 100.0 * (np.array([1.0, 0.6, 0.3]) @ LUMA) / (distances**2 + 0.16) * window
    assert lux == pytest.approx(expected, rel=0.15)
    assert 3.0 < lux[0] / lux[2] < 5.5


def test_a_card_that_looks_away_is_dark_and_one_aside_between() -> None:
    field, at = _field(), np.array([[37.0, 31.0, 2.5]])
    to, aside, away = (float(field.illuminance(at, np.array([n], float), ALL_ON)[0]) for n in ((-1, 0, 0), (0, 1, 0), (1, 0, 0)))
    assert to > 3 * aside > 9 * away


@pytest.mark.parametrize("turn_deg", [0.0, 30.0, 45.0, 270.0])
@pytest.mark.parametrize("thick_m", [0.25, 1.0, 2.0, 8.0])
@pytest.mark.parametrize("away", [3.5, 4.3, 4.6, 5.2, 12.0, 24.0])
def test_half_a_metre_behind_a_wall_is_a_tenth_of_the_open_side(away: float, thick_m: float, turn_deg: float) -> None:
    """However thick, however it stands to the cells, however far the lamp: the wall's back, and the ground at its foot."""
    along = np.array([np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))])
    wall, behind = (np.array(HERE[:2]) + along * d for d in (away + thick_m / 2, away + thick_m + 0.5))
    field = _field([box(*wall, thick_m / 2, 14.0, 7.0, turn_deg=turn_deg)], candela=400.0)
    clear = 2 * np.array(HERE[:2]) - behind
    normals = np.array([[*-along, 0.0], [*along, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
    to_lamp, open_side, ground, open_ground = field.illuminance(
        np.array([[*behind, 1.2], [*clear, 1.2], [*behind, 0.05], [*clear, 0.05]]), normals, ALL_ON
    )
    assert open_side > 0.02
    assert to_lamp < 0.1 * open_side
    assert ground < 0.1 * open_ground


def test_over_the_wall_it_is_light_again() -> None:
    field = _field([box(36.0, 31.0, 1.0, 12.0, 3.5)])
    below, above = _lux(field, [(41.0, 31.0, 0.7), (39.0, 31.0, 9.0)], HERE)
    assert above > 5 * below


@pytest.mark.parametrize("aside_m", [0.0, 3.0, 6.0])
@pytest.mark.parametrize("deck_m", [4.6, 6.0, 7.5, 9.0])
def test_under_a_deck_is_a_tenth_of_the_open_side(deck_m: float, aside_m: float) -> None:
    """A lamp 2.5 m over the slab of an elevated road, a card below it that looks up to the lamp."""
    slab = [box(31.0, 31.0, 5.5, 30.0, deck_m, bottom=deck_m - 0.35)]
    lamp_at, card = (31.0, 31.0, deck_m + 2.5), [(31.0, 31.0 + aside_m, 1.5)]
    under, open_ = (_lux(_field(boxes, z=lamp_at[2]), card, lamp_at)[0] for boxes in (slab, []))
    assert open_ > 0.3
    assert under <= 0.1 * open_


@pytest.mark.parametrize("ceiling_m", [2.9, 3.1, 3.4])
@pytest.mark.parametrize("lamp_m", [2.2, 6.0])
def test_a_ceiling_shows_the_light_of_its_room(lamp_m: float, ceiling_m: float) -> None:
    """A strong lamp hangs before an upper storey, low or high; what falls on the ceiling below it is what comes in under it."""
    field = _field([box(43.0, 31.0, 9.0, 12.0, 20.0, bottom=ceiling_m)], candela=2000.0, z=lamp_m)
    rows = np.arange(38.5, 46.0, 1.0)
    ceiling, below, outside = (
        field.illuminance(np.array([(x, 31.0, z) for x in at]), np.tile((-1.0, 0.0, 0.0), (len(at), 1)), ALL_ON)
        for z, at in ((ceiling_m - 0.05, rows), (2.0, rows), (lamp_m, [33.5]))
    )
    assert (ceiling <= 2.0 * below + 1e-5 * outside).all()
    assert (below.min() > 0.01 * outside) == (lamp_m < ceiling_m)


def test_a_lamp_lights_its_own_side_of_the_street() -> None:
    field = LightField(Yard([], lamp(31.0, 31.0, 2.5, normal=(0.0, -1.0, 0.0))).light)
    front, back = _lux(field, [(31.0, 25.0, 2.0), (31.0, 37.0, 2.0)], HERE)
    assert front > 20 * back


@pytest.mark.parametrize("slot", [0, 1])
@pytest.mark.parametrize("lamp_x", [31.0, 63.0])
def test_what_flickers_lights_the_side_that_faces_it_as_what_is_steady_does(slot: int, lamp_x: float) -> None:
    """Within the rounding of its place and the voxels' blur; also across the border of a chunk."""
    reach = {"reach_m": np.array([14.0])}
    steady, flickers = (LightField(Yard([], replace(lamp(lamp_x, 31.0, 2.5, slot=s, group=3), **reach)).light) for s in (-1, slot))
    at = np.array([[lamp_x + 5.0, 31.5, 1.5], [lamp_x - 4.0, 28.0, 4.5], [lamp_x + 1.5, 35.0, 2.0]])
    for normal in np.vstack([np.eye(3), -np.eye(3)]):
        normals = np.broadcast_to(normal, at.shape)
        expected = steady.illuminance(at, normals, ALL_ON)
        assert flickers.illuminance(at, normals, ALL_ON) == pytest.approx(expected, rel=0.2, abs=0.06)


@pytest.mark.parametrize("slot", [0, 1])
def test_a_group_without_power_takes_its_lamp_out_of_the_light(slot: int) -> None:
    field = _field(slot=slot, group=7)
    power = ALL_ON.copy()
    power[7] = 0.5
    dark = ALL_ON.copy()
    dark[7] = 0.0
    place = [(34.0, 31.0, 1.5)]
    on, half, off = (float(_lux(field, place, HERE, p)[0]) for p in (ALL_ON, power, dark))
    assert on > 0.5
    assert half == pytest.approx(on / 2, rel=1e-6)
    assert off == 0.0
    others = np.zeros(64, np.float32)
    others[7] = 1.0
    assert float(_lux(field, place, HERE, others)[0]) == pytest.approx(on, rel=1e-6)


def test_chunks_meet_without_a_seam() -> None:
    """A lamp 3 m from a corner of four chunks: along lines over both borders the light changes by no more than elsewhere."""
    field = LightField(Yard([box(70.0, 60.0, 2.0, 2.0, 5.0)], lamp(61.0, 67.0, 3.0)).light)
    along = np.linspace(-6.0, 6.0, 481)
    for line in (np.stack([64.0 + along, np.full(481, 58.0)], 1), np.stack([np.full(481, 58.0), 64.0 + along], 1)):
        points = np.concatenate([line, np.full((481, 1), 1.3)], axis=1)
        lux = field.illuminance(points, np.broadcast_to((0.0, 0.0, 1.0), points.shape), ALL_ON)
        steps = abs(np.diff(lux)) / lux.max()
        at_border = steps[238:242].max()
        assert lux.min() > 0.001
        assert at_border < 0.02 and at_border <= steps.max() + 1e-9


def test_the_sky_lights_what_looks_up() -> None:
    field = LightField(Yard([], lamp(31.0, 31.0, 2.5)).light)
    far = np.array([[500.0, 500.0, 1.0]] * 2)
    up, down = field.illuminance(far, np.array([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]]), ALL_ON, 0.2)
    assert up == pytest.approx(0.2 * float(np.array([0.75, 0.95, 1.2]) @ LUMA))
    assert down == 0.0


def test_under_a_roof_there_is_no_sky() -> None:
    pipe = Pipe(Recipe())
    building = max(pipe.plan(-2, -1).buildings, key=lambda b: (b.masses[0].x1 - b.masses[0].x0) * (b.masses[0].y1 - b.masses[0].y0))
    roof = building.masses[0].z1
    points = np.array([[*building.centre, 1.5], [*building.centre, roof + 1.0]])
    field, up = LightField(pipe.light), np.tile((0.0, 0.0, 1.0), (2, 1))
    gained = field.illuminance(points, up, ALL_ON, 5.0) - field.illuminance(points, up, ALL_ON, 0.0)
    assert gained[0] == 0.0 and gained[1] > 4.0


def test_a_street_under_signs_lies_at_some_lux() -> None:
    pipe = Pipe(Recipe())
    light = pipe.light(-2, -1)
    level = light.level.astype(float)
    assert np.isfinite(level).all() and (level >= 0).all() and np.isfinite(light.flow.astype(float)).all()
    mean = level @ LUMA
    assert (np.linalg.norm(light.flow.astype(float), axis=-1) <= mean * 1.01 + 1e-3).all()
    assert 0.3 < np.quantile(mean[:2], 0.9) < 20.0
    dark = Pipe(Recipe.model_validate({"neon": {"brightness": 0.0}})).light(-2, -1)
    assert not dark.level.any() and not dark.slots.any()


@pytest.mark.parametrize("turn_deg", [0.0, 12.0, 45.0])
@pytest.mark.parametrize("offset", [0.0, 0.3, 0.58, 0.9, 1.4])
def test_a_room_is_lit_along_its_walls_and_dark_outside(offset: float, turn_deg: float) -> None:
    """Four walls of .3 m round a lamp, however they lie to the cells: just inside it is about as light as a pace further in."""
    middle, half = np.array([31.0 + offset, 31.0 + 0.7 * offset]), np.array([3.4, 2.6])
    turn = np.radians(turn_deg)
    along, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    walls = []
    for way in (-1.0, 1.0):
        walls.append(box(*(middle + way * (half[0] + 0.15) * along), 0.15, half[1] + 0.3, 6.0, turn_deg=turn_deg))
        walls.append(box(*(middle + way * (half[1] + 0.15) * across), half[0] + 0.3, 0.15, 6.0, turn_deg=turn_deg))
    field = LightField(Yard(walls, lamp(*middle, 2.2, candela=80.0)).light)

    def ring(out: float) -> Array:
        """Lux on level cards round the room, `out` m outside its walls' faces (less than 0: inside)."""
        a, b = half + out
        t = np.linspace(-0.8, 0.8, 15)  # into the very corners the field does not reach everywhere
        sides = [(s * a, k * b) for k in t for s in (-1, 1)] + [(k * a, s * b) for k in t for s in (-1, 1)]
        points = np.array([[*(middle + u * along + v * across), 0.9] for u, v in sides])
        return field.illuminance(points, np.tile((0.0, 0.0, 1.0), (len(points), 1)), ALL_ON)

    edge, inner, outside = ring(-0.15), ring(-0.9), ring(0.8)
    dark = (edge < 0.15 * np.median(inner)).mean()
    assert dark == 0.0 if turn_deg == 0.0 else dark < 0.15  # where walls stand askew, a corner may be out of the field's reach
    assert edge.max() < 2.5 * inner.max()
    assert outside.max() < 0.1 * np.median(inner)


def test_walls_part_voxels_over_a_chunk_s_border_as_anywhere() -> None:
    """The same walls a quarter of a chunk further south, within one chunk, part the same rows."""
    walls = ((30.0, 63.4, 0.2, 4.0, 25.0), (41.0, 64.0, 3.0, 0.2, 0.0), (50.3, 62.5, 0.2, 1.6, 0.0), (20.0, 64.6, 4.0, 0.2, 40.0))

    def rows(south_m: float) -> Array:
        city = Yard([box(x, y - south_m, hx, hy, 5.0, turn_deg=turn) for x, y, hx, hy, turn in walls], lamp(31.0, 31.0, 2.5))
        along = np.concatenate([city.light(0, cy).walls.along_x for cy in (0, 1)], axis=1)
        low = 58 - int(south_m)
        return along[:, low : low + 12]

    assert rows(0.0).any() and (rows(0.0) == rows(16.0)).all()
