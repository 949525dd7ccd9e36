"""The overpass and what fell off it: the deck one walks on is the deck one sees."""

from __future__ import annotations

import numpy as np
import pytest
from triangle_soup import assert_sound, closed_volumes

from world.mesh.kits import overpass, rubble
from world.mesh.kits.frame import Frame
from world.mesh.kits.gantry import gantry
from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.space import Solids

_HERE = Frame((0.0, 0.0, 0.0))


def _top(solids: Solids, x: float, y: float) -> float:
    """Height of the highest box over a point, -inf where there is none."""
    offset = np.array([x, y]) - solids.centre
    u = (offset * solids.axis).sum(-1)
    v = offset[:, 1] * solids.axis[:, 0] - offset[:, 0] * solids.axis[:, 1]
    inside = (abs(u) <= solids.half[:, 0]) & (abs(v) <= solids.half[:, 1])
    tops = solids.top + solids.slope[:, 0] * u + solids.slope[:, 1] * v
    return float(tops[inside].max()) if inside.any() else -np.inf


def _facing_up(surface: Surface, finish: Finish) -> np.ndarray:
    v = surface.vertices
    return v["position"][(v["normal"][:, 3] == finish) & (v["normal"][:, 2] > 240)].astype(float)


@pytest.mark.parametrize("rise", [0.0, 1.5])
@pytest.mark.parametrize("broken", [False, True])
def test_the_deck_bears_where_it_is_seen(rise: float, broken: bool) -> None:
    span = overpass.Span(24.0, 9.0, rise, False, broken, 7)
    builder = SurfaceBuilder()
    overpass.deck_span(builder, _HERE, span)
    surface = builder.build()
    assert 0 < surface.triangle_count < 1800
    solids = overpass.deck_span_solids(_HERE, span)
    road = _facing_up(surface, Finish.DECK)
    road = road[(abs(road[:, 0]) < 4.0) & (road[:, 1] > 0.5) & (road[:, 1] < 20.0)]
    assert len(road) > 20
    for x, y, z in road:
        assert abs(_top(solids, x, y) - z) < 0.07
    if broken:  # beyond the ragged end there is nothing to stand on
        assert _top(solids, 0.0, 24.5) == -np.inf
    assert _top(solids, 4.35, 10.0) > rise * 10 / 24 + 0.8  # the parapet


def test_the_fallen_slab_is_a_ramp_from_the_ground_to_the_deck() -> None:
    builder = SurfaceBuilder()
    overpass.fallen_slab(builder, _HERE, 14.0, 7.0, 6.0, 3)
    assert builder.build().triangle_count < 700
    solids = overpass.fallen_slab_solids(_HERE, 14.0, 7.0, 6.0)
    assert np.isclose(_top(solids, 0.0, 0.0), 0.0, atol=1e-9) and np.isclose(_top(solids, 3.0, 14.0), 6.0)
    v = builder.build().vertices
    road = v["position"][(v["normal"][:, 3] == Finish.DECK) & (v["normal"][:, 2] > 200)].astype(float)
    assert np.allclose(road[:, 2], road[:, 1] * 6.0 / 14.0, atol=1e-4)


def test_a_pylon_reaches_its_height_and_its_boxes_follow() -> None:
    builder = SurfaceBuilder()
    overpass.pylon(builder, _HERE, 6.0, 9.0)
    points = builder.build().vertices["position"]
    assert np.isclose(points[:, 2].max(), 6.0)
    low, high = overpass.pylon_solids(_HERE, 6.0, 9.0).bounds()
    assert np.allclose(high.max(0)[[0, 2]], points.max(0)[[0, 2]], atol=0.2)
    assert np.allclose(low.min(0)[:2], points.min(0)[:2], atol=0.2)


@pytest.mark.parametrize("shape", range(rubble.SHAPES))
def test_chunks_are_closed_lumps(shape: int) -> None:
    model = rubble.chunk_model(shape)
    assert_sound(model, 120, f"chunk {shape}")
    volumes = closed_volumes(model)
    assert volumes.min() > 0 and volumes.max() > 0.03


@pytest.mark.parametrize("seed", range(8))
def test_a_chunk_lies_on_the_ground_inside_its_box(seed: int) -> None:
    frame = Frame((5.0, 6.0, 0.0), 30.0)
    builder = SurfaceBuilder()
    rubble.chunk(builder, frame, 0.8, seed)
    v = builder.build().vertices
    stone = v["position"][v["normal"][:, 3] == Finish.RUBBLE].astype(float)
    low, high = rubble.chunk_solids(frame, 0.8, seed).bounds()
    assert -0.15 < stone[:, 2].min() < 0.05
    assert (stone.max(0)[2] - high[0][2]) < 0.1 and (low[0][:2] >= stone.min(0)[:2] - 0.2).all()


def test_heaps_keep_to_the_angle_of_repose_and_their_place() -> None:
    builder = SurfaceBuilder()
    rubble.heap(builder, _HERE, 2.0, 9.0, 4)
    points = builder.build().vertices["position"]
    assert points[:, 2].max() < 2.0 * np.tan(np.radians(35)) + 1.5
    assert abs(points[:, :2]).max() < 4.0


def test_debris_is_the_same_bytes_twice() -> None:
    def built() -> bytes:
        rubble.chunk_model.cache_clear()
        builder = SurfaceBuilder()
        rubble.heap(builder, _HERE, 1.5, 1.0, 11)
        rubble.torn_sheet(builder, _HERE, 1.2, 11)
        rubble.glass_shards(builder, _HERE, 1.0, 11)
        rubble.litter(builder, _HERE, 1.0, 11)
        gantry(builder, _HERE, 12.0, 5.2, (3, 4), 1)
        surface = builder.build()
        assert np.isfinite(surface.vertices["position"]).all()
        return surface.vertices.tobytes() + surface.indices.tobytes()

    assert built() == built()
