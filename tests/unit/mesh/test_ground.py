"""The ground's mesh: where the feet find it, without gaps, kerbs upright; craters and canals too."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from world.mesh.ground import Zone, ground_surface
from world.pipe import Pipe
from world.plan.chunk_plan import CHUNK_M, terrain_in
from world.plan.relief import KERB_M
from world.plan.strips import StripKind
from world.recipe import Recipe

Array = NDArray[np.float64]
REACH = 2  # blocks are owned by the chunk of their middle, so a chunk's ground may come from two chunks away


@pytest.fixture(scope="module")
def pipe() -> Pipe:
    return Pipe(Recipe.model_validate({"ruin": {"craters": 12.0}, "water": {"canals": 0.5}}))


def _crossed(triangles: Array) -> Array:
    crossed: Array = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    return crossed


def _drawn_round(pipe: Pipe, cx: int, cy: int) -> tuple[Array, NDArray[np.uint8]]:
    """Triangles (T, 3, 3) relative to chunk (cx, cy)'s corner, and their zones, of all that may cover it."""
    triangles, zones = [], []
    for j in range(-REACH, REACH + 1):
        for i in range(-REACH, REACH + 1):
            surface = ground_surface(pipe.recipe, pipe.plan(cx + i, cy + j))
            if surface.triangle_count:
                index = surface.indices.reshape(-1, 3)
                triangles.append(surface.vertices["position"].astype(np.float64)[index] + np.array([i, j, 0]) * CHUNK_M)
                zones.append(surface.vertices["extra"][index[:, 0], 2])
    return np.concatenate(triangles), np.concatenate(zones)


def _height_at(triangles: Array, points: Array) -> Array:
    """The highest of the triangles above or below each of the points (N, 2), or NaN."""
    flat = triangles[_crossed(triangles)[:, 2] > 1e-6]
    a, b, c = flat[:, 0], flat[:, 1], flat[:, 2]
    found = np.full(len(points), np.nan)

    def side(u: Array, v: Array, q: Array) -> Array:
        return (v[:, 0] - u[:, 0]) * (q[1] - u[:, 1]) - (v[:, 1] - u[:, 1]) * (q[0] - u[:, 0])

    for k, q in enumerate(points):
        w = np.stack([side(b, c, q), side(c, a, q), side(a, b, q)], axis=1)
        over = (w >= -1e-9).all(axis=1)
        if over.any():
            found[k] = ((w[over] * flat[over, :, 2]).sum(axis=1) / w[over].sum(axis=1)).max()
    return found


def _relief_at(height: NDArray[np.float32], points: Array) -> tuple[Array, Array]:
    """(bilinear height, range of the four nodes) of the raster at points (N, 2) of the chunk."""
    cell = np.floor(points / 0.25).astype(int)
    f = points / 0.25 - cell
    nodes = np.stack([height[cell[:, 1] + j, cell[:, 0] + i] for j in (0, 1) for i in (0, 1)], axis=1)
    fx, fy = f.T
    weights = np.stack([(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy], axis=1)
    return (nodes * weights).sum(axis=1), np.ptp(nodes, axis=1)


def _chunks(pipe: Pipe) -> list[tuple[int, int]]:
    """One of houses and streets, one with a canal."""
    plain = (0, 0)
    canal = next(
        (cx, cy) for cx in range(-12, 12) for cy in range(-3, 3) if any(s.kind == StripKind.CHANNEL for s in pipe.plan(cx, cy).own_strips)
    )
    return [plain, canal]


def test_the_ground_is_drawn_where_feet_find_it_and_nowhere_is_a_hole(pipe: Pipe) -> None:
    for cx, cy in _chunks(pipe):
        points = np.random.default_rng(5).uniform(0.3, 63.7, (400, 2))
        x, y = (points + np.array([cx, cy]) * CHUNK_M).T
        built = np.zeros(len(points), bool)
        for building in pipe.plan(cx, cy).touching_buildings:
            m = building.masses[0]
            local = np.array([building.local(px, py) for px, py in zip(x, y, strict=True)])
            built |= (local[:, 0] > m.x0) & (local[:, 0] < m.x1) & (local[:, 1] > m.y0) & (local[:, 1] < m.y1)
        triangles, _ = _drawn_round(pipe, cx, cy)
        drawn = _height_at(triangles, points)
        assert not (np.isnan(drawn) & ~built).any()
        relief, spread = _relief_at(pipe.space(cx, cy).ground.height, points)
        apart = abs(drawn - relief)[~built & (spread < 0.05)]  # nodes on both sides of a kerb are no measure of it
        assert len(apart) > 80
        assert np.quantile(apart, 0.95) < 0.06
        assert apart.max() < 0.3  # the rim of a crater between two vertices


def test_kerbs_stand_between_carriageway_and_pavement(pipe: Pipe) -> None:
    triangles, zones = _drawn_round(pipe, 0, 0)
    assert {int(z) for z in np.unique(zones)} >= {Zone.ROAD, Zone.PAVEMENT, Zone.KERB}
    kerbs = triangles[zones == Zone.KERB]
    normals = _crossed(kerbs)
    sound = np.linalg.norm(normals, axis=1) > 1e-6
    kerbs, normals = kerbs[sound], normals[sound] / np.linalg.norm(normals[sound], axis=1, keepdims=True)
    assert (abs(normals[:, 2]) < 1e-6).all()  # upright
    # In front of most lies the carriageway, behind it the pavement, a kerb's height above (the others are skirts below a seam).
    middle = kerbs.mean(axis=1)
    inside = ((middle[:, :2] > 1) & (middle[:, :2] < 63)).all(axis=1)
    front = _height_at(triangles, (middle + 0.05 * normals)[inside, :2])
    behind = _height_at(triangles, (middle - 0.05 * normals)[inside, :2])
    step = (behind - front)[abs(behind - front) > 0.05]
    assert len(step) > 40
    assert abs(np.nanmedian(step) - (KERB_M + 0.035)) < 0.03


def test_a_canal_is_a_bed_below_its_quays_with_a_way_down(pipe: Pipe) -> None:
    channel = next(s for cx in range(-12, 12) for cy in range(-3, 3) for s in pipe.plan(cx, cy).own_strips if s.kind == StripKind.CHANNEL)
    a, b, c, d = (np.array(p) for p in channel.corners)
    low, high = np.minimum.reduce([a, b, c, d]), np.maximum.reduce([a, b, c, d])
    terrain = terrain_in(pipe.recipe, *low, *high)
    middle = (a + b + c + d) / 4
    aside = middle + (b - a) / np.linalg.norm(b - a) * (channel.half_m + 1.0)
    bed, quay = terrain.at(*np.array([middle, aside]).T)
    assert quay - bed > 0.3
    if channel.start_m == 0.0:
        down = [(a + b) / 2 + (d - a) / np.linalg.norm(d - a) * t for t in np.arange(0.05, 4.5, 0.25)]
        slope = np.diff(terrain.at(*np.array(down).T)) / 0.25
        assert abs(slope).max() < 0.36
