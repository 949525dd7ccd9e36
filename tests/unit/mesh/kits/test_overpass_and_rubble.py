"""The overpass and what fell off it: the deck one walks on is the deck one sees."""

from __future__ import annotations

import numpy as np
import pytest
from triangle_soup import assert_sound, closed_volumes

from world.mesh.kits import overpass, rubble
from world.mesh.kits.frame import Frame
from world.mesh.surface import Finish, Surface, SurfaceBuilder

_HERE = Frame((0.0, 0.0, 0.0))


def _facing_up(surface: Surface, finish: Finish) -> np.ndarray:
    v = surface.vertices
    return v["position"][(v["normal"][:, 3] == finish) & (v["normal"][:, 2] > 240)].astype(float)


@pytest.mark.parametrize("rise", [0.0, 1.5])
@pytest.mark.parametrize("broken", [False, True])
def test_the_deck_lies_at_its_height_and_ends_where_it_broke(rise: float, broken: bool) -> None:
    span = overpass.Span(24.0, 9.0, rise, False, broken, 7)
    builder = SurfaceBuilder()
    overpass.deck_span(builder, _HERE, span)
    surface = builder.build()
    assert 0 < surface.triangle_count < 1800
    road = _facing_up(surface, Finish.DECK)
    road = road[(abs(road[:, 0]) < 4.0) & (road[:, 1] > 0.5)]
    assert len(road) > 20
    assert abs(road[:, 2] - rise * road[:, 1] / 24.0).max() < 0.07
    assert (np.ptp(road[road[:, 1] > 20.0][:, 1]) > 0.2) == broken  # ragged


def test_the_fallen_slab_is_a_ramp_from_the_ground_to_the_deck() -> None:
    builder = SurfaceBuilder()
    overpass.fallen_slab(builder, _HERE, 14.0, 7.0, 6.0, 3)
    assert builder.build().triangle_count < 700
    v = builder.build().vertices
    road = v["position"][(v["normal"][:, 3] == Finish.DECK) & (v["normal"][:, 2] > 200)].astype(float)
    assert np.allclose(road[:, 2], road[:, 1] * 6.0 / 14.0, atol=1e-4)


def test_a_pylon_reaches_its_height() -> None:
    builder = SurfaceBuilder()
    overpass.pylon(builder, _HERE, 6.0, 9.0)
    points = builder.build().vertices["position"]
    assert np.isclose(points[:, 2].max(), 6.0)
    assert abs(points[:, 0]).max() < 4.5 and abs(points[:, 1]).max() < 1.2


@pytest.mark.parametrize("shape", range(rubble.SHAPES))
def test_chunks_are_closed_lumps(shape: int) -> None:
    model = rubble.chunk_model(shape)
    assert_sound(model, 120, f"chunk {shape}")
    volumes = closed_volumes(model)
    assert volumes.min() > 0 and volumes.max() > 0.03


def test_heaps_keep_to_the_angle_of_repose() -> None:
    for shape in range(4):
        points = rubble.heap_model(shape).position
        assert points[:, 2].max() < rubble.HEAP_M * np.tan(np.radians(rubble.REPOSE_DEG)) + 0.9  # and what sticks out of it
        assert np.quantile(np.hypot(points[:, 0], points[:, 1]), 0.95) < 1.5 * rubble.HEAP_M


def test_debris_is_the_same_twice() -> None:
    makers = (rubble.heap_model, rubble.lying_chunk_model, rubble.torn_sheet_model, rubble.glass_shards_model, rubble.litter_model)

    def built() -> bytes:
        rubble.chunk_model.cache_clear()
        return b"".join(make(5).position.tobytes() + make(5).indices.tobytes() for make in makers)

    assert built() == built()
