"""Meshes of whole chunks: sound, walls that face outward."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from world.mesh.chunk_mesh import ChunkMesh, sides_of
from world.mesh.facade import add_facades
from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.mesh.torn import add_roofs
from world.pipe import Pipe
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


def _spanned(pipe: Pipe) -> tuple[int, int]:
    """A chunk that an overpass crosses."""
    return next((i, j) for i in range(-6, 7) for j in range(-6, 7) if pipe.plan(i, j).spans)


@pytest.fixture(scope="module")
def surfaces(pipe: Pipe, meshes: dict[tuple[int, int], ChunkMesh]) -> dict[str, Surface]:
    mesh = meshes[CHUNKS[0]]
    common = pipe.mesh(*_spanned(pipe)).common
    return {"ground": mesh.ground, "common": common, "far": mesh.far, "near": pipe.near(*CHUNKS[0])}


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
    assert surface.triangle_count > 200
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


def test_walls_face_outward(pipe: Pipe) -> None:
    plan, builder = pipe.plan(*CHUNKS[0]), SurfaceBuilder()
    add_facades(builder, pipe.recipe, sides_of(pipe.recipe, plan), plan.corner, far=True)
    add_roofs(builder, plan.buildings, plan.corner, far=True)
    triangles = _triangles(builder.build())
    normals = _crossed(triangles)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    middle = triangles.mean(axis=1)
    behind, above = middle - 0.1 * normals, np.zeros(len(middle), bool)
    inside = np.zeros(len(middle), bool)
    for building in plan.buildings:
        axis = np.array(building.axis)
        across = np.array([-axis[1], axis[0]])
        from_origin = behind[:, :2] + np.array(CHUNKS[0]) * 64.0 - np.array(building.origin)
        u, v = from_origin @ axis, from_origin @ across
        for m in building.masses:
            within = (u > m.x0 - 1e-3) & (u < m.x1 + 1e-3) & (v > m.y0 - 1e-3) & (v < m.y1 + 1e-3)
            inside |= within & (behind[:, 2] > m.z0) & (behind[:, 2] < m.z1)
            above |= middle[:, 2] >= m.z1 - 1e-3
    # Parapets have two faces each and stand above the masses; all else is the skin of one.
    assert (inside | above).all()
    assert inside.mean() > 0.6


def test_the_far_surface_is_lean(surfaces: dict[str, Surface]) -> None:
    near, far = surfaces["near"], surfaces["far"]
    assert far.triangle_count < 0.2 * near.triangle_count
    for surface in (near, far):  # signs are there for the far eye and the mirror, too
        assert (surface.vertices["normal"][:, 3] == Finish.SIGN_PANEL).sum() > 10
    lit = [
        s.vertices["position"][(s.vertices["extra"][:, 1] > 100) & (s.vertices["normal"][:, 3] == Finish.SIGN_PANEL)] for s in (near, far)
    ]
    low, high = (np.stack([p.min(axis=0) for p in lit]), np.stack([p.max(axis=0) for p in lit]))
    assert abs(low[0] - low[1]).max() < 0.15 and abs(high[0] - high[1]).max() < 0.15
