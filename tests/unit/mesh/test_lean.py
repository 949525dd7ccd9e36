"""What is too fine for a far eye goes, what is seen of it stays, and where it stays it stays put."""

from __future__ import annotations

import numpy as np

from world.mesh.lean import leaner
from world.mesh.surface import Finish, Surface, SurfaceBuilder

GRAIN_M = 0.1


def _boxes(*boxes: tuple[tuple[float, float, float], tuple[float, float, float], Finish]) -> Surface:
    """A wall of six by four metres, and before it upright plates: corner, size, finish."""
    builder = SurfaceBuilder()
    builder.quads([[[0, 0, 0], [6, 0, 0], [6, 0, 4], [0, 0, 4]]], Finish.TILE, (200, 200, 200, 255))
    for (x, y, z), (w, _, h), finish in boxes:
        builder.quads([[[x, y, z], [x + w, y, z], [x + w, y, z + h], [x, y, z + h]]], finish, (90, 90, 90, 255))
    return builder.build()


def _left(surface: Surface) -> tuple[Surface, set[int]]:
    lean, source = leaner(surface, GRAIN_M)
    assert lean.triangle_count == len(source)
    return lean, {int(place) // 2 for place in source}  # quads


def test_what_is_finer_than_a_grain_is_gone() -> None:
    fine = _boxes(((1.01, -0.02, 1.01), (0.03, 0, 0.03), Finish.METAL), ((2.0, -0.02, 1.01), (2.0, 0, 0.04), Finish.METAL))
    assert _left(fine)[1] == {0}


def test_what_is_coarse_stays_as_it_is() -> None:
    surface = _boxes(((1.03, -0.02, 1.07), (0.5, 0, 0.4), Finish.METAL), ((3.0, -0.011, 0.5), (0.31, 0, 0.22), Finish.PAINT))
    lean, left = _left(surface)
    assert left == {0, 1, 2}
    np.testing.assert_array_equal(lean.vertices, surface.vertices)
    np.testing.assert_array_equal(lean.indices, surface.indices)


def test_what_glows_stays_however_thin() -> None:
    assert _left(_boxes(((1.01, -0.02, 1.01), (0.6, 0, 0.02), Finish.TUBE)))[1] == {0, 1}


def test_nothing_moves_further_than_half_a_grain_each_way() -> None:
    rng = np.random.default_rng(3)
    draws = rng.uniform((0.0, 0.0, 0.0, 0.02, 0.02), (5.0, 0.9, 3.0, 0.3, 0.3), (200, 5))
    surface = _boxes(*(((x, y - 1.0, z), (w, 0.0, h), Finish.GLASS) for x, y, z, w, h in draws))
    lean, source = leaner(surface, GRAIN_M)
    assert len(source) < surface.triangle_count
    before = surface.vertices["position"][surface.indices.reshape(-1, 3)[source]]
    after = lean.vertices["position"][lean.indices.reshape(-1, 3)]
    assert np.abs(after - before).max() <= GRAIN_M / 2 + 1e-5
    area = np.linalg.norm(np.cross(after[:, 1] - after[:, 0], after[:, 2] - after[:, 0]), axis=1)
    assert area.min() > 0.0, "a triangle without area"
    others = [name for name in surface.vertices.dtype.names or () if name != "position"]
    first = surface.vertices[surface.indices.reshape(-1, 3)[source]]
    for name in others:
        np.testing.assert_array_equal(lean.vertices[lean.indices.reshape(-1, 3)][name], first[name])
