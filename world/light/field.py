"""The light at any point, in lux: the same voxels that the shaders read, by the same formula.

In: baked chunks, the power of the flicker groups, the sky.  Out: E(n), the irradiance of a small surface with normal n.
The shaders' twin is shaders/include/light.inc.glsl; a test holds a grey card to both.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from world.light.bake import LAYERS, SIDE, SLOT_CELL_M, SLOT_STEP_M, VOXEL_M, ChunkLight, layer_of_height
from world.light.partition import ROWS, mixed
from world.space.chunk_space import CHUNK_M, NO_COVER

LIFT_M = 0.1
NEAR_M2 = 0.25  # closer than its root to what flickers, its light has no one direction
ROOF_AHEAD_M, ROOF_ABOVE_M = 0.7, 0.3  # where `roofed` looks, from the surface
Points = NDArray[np.float64]
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


class LightField:
    """Reads `ChunkLight`s through `light(cx, cy)`, trilinearly, also across chunk borders, but not across walls."""

    def __init__(self, light: Callable[[int, int], ChunkLight]) -> None:
        self._light = light

    def illuminance(self, points: Points, normals: Points, power: NDArray[np.float32], sky_lux: float = 0.0) -> NDArray[np.float64]:
        """E in lux, (N,), at `points` (N, 3) for unit `normals` (N, 3), with flicker `power` (64,), under a sky of `sky_lux`."""
        return self.irradiance(points, normals, power, sky_lux) @ _LUMINANCE

    def irradiance(self, points: Points, normals: Points, power: NDArray[np.float32], sky_lux: float = 0.0) -> Points:
        """The same in linear RGB, (N, 3). Read `LIFT_M` in front of the surface: the voxels hold the light of the open air."""
        roofed = self._roofed(points, normals)
        points = points + LIFT_M * normals
        level, flow, slots = self._sample(points)
        for slot in range(slots.shape[1]):
            colour, group, way = self._slot(points, slot)
            amount = (slots[:, slot] * power[group])[:, None]
            level, flow = level + amount * colour, flow + amount * way
        mean = level @ _LUMINANCE
        strength = np.minimum(np.linalg.norm(flow, axis=1), mean)
        ratio = strength / np.maximum(mean, 1e-9)
        facing = (flow * normals).sum(axis=1) / np.maximum(np.linalg.norm(flow, axis=1), 1e-9)
        q = 0.5 * (1.0 + facing)
        p = 1.0 + 2.0 * ratio
        a = (1.0 - ratio) / (1.0 + ratio)
        lobe = a + (1.0 - a) * (p + 1.0) * q**p
        sky = np.where(roofed, 0.0, sky_lux) * (0.5 + 0.5 * normals[:, 2])
        result: NDArray[np.float64] = level * lobe[:, None] + sky[:, None] * np.array([0.75, 0.95, 1.2])
        return result

    def _roofed(self, points: Points, normals: Points) -> NDArray[np.bool_]:
        """Whether a roof or a deck hides the sky, half a pace in front of the surface."""
        found = np.zeros(len(points), dtype=bool)
        for n, (x, y) in enumerate((points[:, :2] + ROOF_AHEAD_M * normals[:, :2]).tolist()):
            chunk = self._light(math.floor(x / CHUNK_M), math.floor(y / CHUNK_M))
            cover = float(chunk.cover[math.floor(y % CHUNK_M), math.floor(x % CHUNK_M)])
            found[n] = points[n, 2] + ROOF_ABOVE_M < cover < NO_COVER
        return found

    def _sample(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Trilinear (level (N, 3), flow (N, 3), slots (N, 2))."""
        grid = points[:, :2] / VOXEL_M - 0.5
        low = np.floor(grid).astype(np.int64)
        w = layer_of_height(points[:, 2])
        k = np.minimum(w.astype(np.int64), LAYERS - 2)
        fw = w - k
        f = grid - low
        f[:, 0] = mixed(f[:, 0], self._walls(points[:, 1], low[:, 0], k, fw, 0))
        # Across, what counts is what stands where along x it is read.
        f[:, 1] = mixed(f[:, 1], self._walls(VOXEL_M * (low[:, 0] + f[:, 0] + 0.5), low[:, 1], k, fw, 1))
        total = np.zeros((len(points), 8))
        for n in range(len(points)):
            for dj in (0, 1):
                for di in (0, 1):
                    i, j = int(low[n, 0]) + di, int(low[n, 1]) + dj
                    chunk = self._light(i // SIDE, j // SIDE)
                    share = (f[n, 0] if di else 1 - f[n, 0]) * (f[n, 1] if dj else 1 - f[n, 1])
                    at = np.s_[k[n] : k[n] + 2, j % SIDE, i % SIDE]
                    two = np.concatenate([chunk.level[at], chunk.flow[at], chunk.slots[at]], axis=1).astype(np.float64)
                    total[n] += share * (two[0] * (1 - fw[n]) + two[1] * fw[n])
        return total[:, :3], total[:, 3:6], total[:, 6:8]

    def _walls(self, beside: Points, pair: NDArray[np.int64], k: NDArray[np.int64], fw: Points, axis: int) -> Points:
        """(N, 2): what parts pairs of voxels along an axis, between the two rows nearest to the coordinate `beside` and the two layers."""
        row = beside - 0.5
        low = np.floor(row).astype(np.int64)
        found = np.zeros((len(row), 2))
        for n in range(len(row)):
            for step in (0, 1):
                p, r = int(pair[n]), int(low[n]) + step
                if axis == 0:
                    two = self._light(p // SIDE, r // ROWS).walls.along_x[k[n] : k[n] + 2, r % ROWS, p % SIDE]
                else:
                    two = self._light(r // ROWS, p // SIDE).walls.along_y[k[n] : k[n] + 2, p % SIDE, r % ROWS]
                share = row[n] - low[n] if step else 1.0 - (row[n] - low[n])
                found[n] += share * (two[0] * (1 - fw[n]) + two[1] * fw[n])
        return found / 255.0

    def _slot(self, points: Points, slot: int) -> tuple[Points, NDArray[np.intp], Points]:
        """Colour (N, 3) and group (N,) of the source whose flicker points read, and the way to it (N, 3), unit but close by."""
        colours, groups, ways = np.zeros((len(points), 3)), np.zeros(len(points), dtype=np.intp), np.zeros((len(points), 3))
        for n, (x, y) in enumerate(points[:, :2]):
            chunk = self._light(int(x // CHUNK_M), int(y // CHUNK_M))
            j, i = int(y % CHUNK_M // SLOT_CELL_M), int(x % CHUNK_M // SLOT_CELL_M)
            colours[n], groups[n] = chunk.slot_colour[j, i, slot], chunk.slot_group[j, i, slot]
            middle = SLOT_CELL_M * (x // SLOT_CELL_M + 0.5), SLOT_CELL_M * (y // SLOT_CELL_M + 0.5), 0.0
            ways[n] = middle + SLOT_STEP_M * chunk.slot_place[j, i, slot].astype(np.float64) - points[n]
        return colours, groups, ways / np.sqrt((ways * ways).sum(axis=1, keepdims=True) + NEAR_M2)
