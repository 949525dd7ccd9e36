"""Meshes of whole chunks: sound, the ground where the feet find it, without gaps, walls that face outward."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from world.mesh.chunk_mesh import ChunkMesh
from world.mesh.ground import Zone
from world.mesh.surface import Surface
from world.pipe import Pipe
from world.plan.relief import KERB_M
from world.recipe import Recipe

CHUNKS = [(-1, -4), (0, -4)]  # neighbours
SLIVER_M2 = 1e-7
Array = NDArray[np.float64]


@pytest.fixture(scope="module")
def pipe() -> Pipe:
    return Pipe(Recipe())


@pytest.fixture(scope="module")
def meshes(pipe: Pipe) -> dict[tuple[int, int], ChunkMesh]:
    return {chunk: pipe.mesh(*chunk) for chunk in CHUNKS}


@pytest.fixture(scope="module")
def surfaces(pipe: Pipe, meshes: dict[tuple[int, int], ChunkMesh]) -> dict[str, Surface]:
    mesh = meshes[CHUNKS[0]]
    return {"ground": mesh.ground, "common": mesh.common, "far": mesh.far, "near": pipe.near(*CHUNKS[0])}


def _triangles(surface: Surface) -> Array:
    """(T, 3, 3)"""
    triangles: Array = surface.vertices["position"].astype(np.float64)[surface.indices.reshape(-1, 3)]
    return triangles


def _crossed(triangles: Array) -> Array:
    crossed: Array = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    return crossed


def _normals(surface: Surface) -> Array:
    normals: Array = surface.vertices["normal"][:, :3] / 127.5 - 1.0
    return normals


@pytest.mark.parametrize("name", ["ground", "common", "far", "near"])
def test_surfaces_are_sound(surfaces: dict[str, Surface], name: str) -> None:
    surface = surfaces[name]
    assert surface.triangle_count > 500
    assert np.isfinite(surface.vertices["position"]).all() and np.isfinite(surface.vertices["uv"]).all()
    assert surface.indices.max() < len(surface.vertices)
    assert abs(np.linalg.norm(_normals(surface), axis=1) - 1.0).max() < 0.012  # 8 bits each
    crossed = _crossed(_triangles(surface))
    area = np.linalg.norm(crossed, axis=1) / 2
    assert np.mean(area < SLIVER_M2) == 0.0
    drawn = _normals(surface)[surface.indices.reshape(-1, 3)].mean(axis=1)
    agree = (crossed * drawn).sum(axis=1) / (2 * area)
    assert np.mean(agree <= 0.0) < 1e-3  # a few slivers where rounded corners meet
    assert np.mean(agree < 0.3) < 5e-3
    assert np.median(agree) > 0.95  # tubes have smooth normals


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


@pytest.mark.parametrize("chunk", CHUNKS)
def test_the_ground_is_drawn_where_feet_find_it_and_nowhere_is_a_hole(
    pipe: Pipe, meshes: dict[tuple[int, int], ChunkMesh], chunk: tuple[int, int]
) -> None:
    points = np.random.default_rng(5).uniform(0.3, 63.7, (500, 2))
    x, y = (points + np.array(chunk) * 64.0).T
    built = np.zeros(len(points), bool)
    for building in pipe.plan(*chunk).touching_buildings:
        m = building.masses[0]
        built |= (x > m.x0) & (x < m.x1) & (y > m.y0) & (y < m.y1)
    drawn = _height_at(_triangles(meshes[chunk].ground), points)
    assert not (np.isnan(drawn) & ~built).any()
    relief, spread = _relief_at(pipe.space(*chunk).ground.height, points)
    apart = abs(drawn - relief)[~built & (spread < 0.06)]  # nodes on both sides of a kerb are no measure of it
    assert len(apart) > 150
    assert np.quantile(apart, 0.98) < 0.05
    assert apart.max() < 0.08


def test_neighbouring_grounds_meet(meshes: dict[tuple[int, int], ChunkMesh]) -> None:
    west, east = (_triangles(meshes[chunk].ground) for chunk in CHUNKS)
    across = np.linspace(0.5, 63.5, 127)
    left = _height_at(west, np.stack([np.full(127, 64.0 - 1e-4), across], axis=1))
    right = _height_at(east, np.stack([np.full(127, 1e-4), across], axis=1))
    both = ~np.isnan(left) & ~np.isnan(right)
    assert both.sum() > 30
    assert abs(left - right)[both].max() < 0.01


def test_kerbs_stand_between_carriageway_and_pavement(surfaces: dict[str, Surface]) -> None:
    ground = surfaces["ground"]
    zone = ground.vertices["extra"][:, 2]
    assert {int(z) for z in np.unique(zone)} >= {Zone.ROAD, Zone.PAVEMENT, Zone.KERB}
    triangles = _triangles(ground)[(zone == Zone.KERB)[ground.indices.reshape(-1, 3)].all(axis=1)]
    normals = _crossed(triangles)
    assert (abs(normals[:, 2]) < 1e-6 * np.linalg.norm(normals, axis=1)).all()  # upright
    # In front of each kerb lies the carriageway, behind it the pavement, a kerb's height above.
    middle = triangles.mean(axis=1)
    out = normals / np.linalg.norm(normals, axis=1, keepdims=True)
    inside = ((middle[:, :2] > 1) & (middle[:, :2] < 63)).all(axis=1)
    front = _height_at(_triangles(ground), (middle + 0.05 * out)[inside, :2])
    behind = _height_at(_triangles(ground), (middle - 0.05 * out)[inside, :2])
    assert inside.sum() > 40
    assert abs(np.nanmedian(behind - front) - (KERB_M + 0.035)) < 0.03
    assert (behind - front)[~np.isnan(behind - front)].min() > 0.02


def test_walls_face_outward(pipe: Pipe, surfaces: dict[str, Surface]) -> None:
    triangles = _triangles(surfaces["far"])
    normals = _crossed(triangles)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    middle = triangles.mean(axis=1)
    masses = [m for b in pipe.plan(*CHUNKS[0]).buildings for m in b.masses]
    boxes = np.array([(m.x0, m.y0, m.z0, m.x1, m.y1, m.z1) for m in masses])
    boxes[:, [0, 1, 3, 4]] -= np.array(CHUNKS[0] * 2) * 64.0
    behind = middle - 0.1 * normals
    inside = ((behind[:, None] > boxes[:, :3]) & (behind[:, None] < boxes[:, 3:])).all(axis=2).any(axis=1)
    # Parapets have two faces each and stand above the masses; all else is the skin of one.
    parapet = (boxes[None, :, 5] - 1e-3 <= middle[:, None, 2]).any(axis=1) & ~inside
    assert (inside | parapet).all()
    assert inside.mean() > 0.6
