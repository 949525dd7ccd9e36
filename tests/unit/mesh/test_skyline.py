"""The far city: hulls inside their buildings, the plan's own lights, towers that most crossings see."""

from __future__ import annotations

import math

import numpy as np

from world.mesh.skyline import skyline_of
from world.plan.buildings import buildings_of
from world.plan.lattice import node, superblock, superblocks_in
from world.plan.open_land import landmark_of
from world.recipe import Recipe

REACH_M = 900.0


def test_hulls_stand_inside_their_buildings() -> None:
    recipe = Recipe()
    skyline = skyline_of(recipe, 0, 0)
    assert skyline.hulls.triangle_count > 300
    position = skyline.hulls.vertices["position"].astype(np.float64)
    assert not skyline.hulls.vertices["extra"][:, 1].any() and skyline.lights.vertices["extra"][:, 1].all()
    walls = position[position[:, 2] > -1.0]
    inside = np.zeros(len(walls), bool)
    world = walls[:, :2] + np.array(skyline.corner)
    for block in superblock(recipe, 0, 0).blocks:
        for building in buildings_of(recipe, block):
            axis, origin = np.array(building.axis), np.array(building.origin)
            u, v = (world - origin) @ axis, (world - origin) @ np.array([-axis[1], axis[0]])
            for m in building.masses:
                inside |= (u > m.x0 + 0.5) & (u < m.x1 - 0.5) & (v > m.y0 + 0.5) & (v < m.y1 - 0.5) & (walls[:, 2] < m.z1 - 0.5)
    assert inside.all()
    middles = skyline.hulls.vertices["uv"]
    assert np.isfinite(middles).all() and skyline.lights.triangle_count > 100


def test_most_crossings_of_avenues_see_a_landmark() -> None:
    recipe = Recipe()
    near = superblocks_in(recipe, -REACH_M - 250, -REACH_M - 250, REACH_M + 250, REACH_M + 250)
    blocks = [block for sb in near for block in sb.blocks]
    towers = [tower for block in blocks if (tower := landmark_of(recipe, block)) is not None]
    masses = [(b, m) for block in blocks for b in buildings_of(recipe, block) for m in b.masses if m.z1 > 6.0]
    origin, axis = np.array([b.origin for b, _ in masses]), np.array([b.axis for b, _ in masses])
    box = np.array([(m.x0, m.y0, m.x1, m.y1, m.z1) for _, m in masses])

    def hidden(eye: np.ndarray, top: np.ndarray) -> bool:
        """Slab test of one line against all masses."""
        way, start = top[:2] - eye[:2], eye[:2] - origin
        x, y = (start * axis).sum(1), start[:, 1] * axis[:, 0] - start[:, 0] * axis[:, 1]
        u, v = axis @ way, way[1] * axis[:, 0] - way[0] * axis[:, 1]
        with np.errstate(divide="ignore"):
            tx, ty = (np.sort(np.stack([(box[:, k] - p) / d, (box[:, k + 2] - p) / d]), axis=0) for k, p, d in ((0, x, u), (1, y, v)))
        enter, leave = np.maximum(np.maximum(tx[0], ty[0]), 0.0), np.minimum(np.minimum(tx[1], ty[1]), 1.0)
        lowest = np.minimum(eye[2] + (top[2] - eye[2]) * enter, eye[2] + (top[2] - eye[2]) * leave)
        return bool(((enter < leave) & (lowest < box[:, 4])).any())

    def sees(x: float, y: float) -> bool:
        corners = [np.array([x + dx, y + dy, 1.65]) for dx, dy in ((0, 0), (4, 4), (-4, -4))]
        tops = [np.array([*t.position, t.height_m * s]) for t in towers if math.dist((x, y), t.position) < REACH_M for s in (1.0, 0.85)]
        return any(not hidden(eye, top) for top in tops for eye in corners)

    crossings = [node(recipe, i, j) for i in range(-1, 3) for j in range(-1, 3)]
    assert sum(sees(*at) for at in crossings) > len(crossings) / 2
