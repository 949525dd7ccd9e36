"""A yard: flat ground, some boxes, some lamps; a world small enough to be thought through.

In: a `Yard`, a recipe, the beats of its robots, where the hero stands.  Out: a `World` for the very same step as in the city.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from world.pose import Pose
from world.recipe import Recipe
from world.scenario.model import Box, Lamp, Yard
from world.sim import World
from world.sim.beats import Beats
from world.sim.exact import sin_cos, units_from_degrees
from world.space import ChunkSpace, Flag, Ground, Material, Solids
from world.space.chunk_space import CHUNK_M, GROUND_NODES, GROUND_STEP_M, NO_EMITTERS
from world.space.sight import clear
from world.space.sound_graph import SoundGraph
from world.space.window import SpaceWindow

_OPEN_M = 1e4  # no roof
_COVERED_FROM_M = 1.9  # undersides higher than that keep the rain off


def yard_world(yard: Yard, recipe: Recipe, beats: Beats, start: Pose) -> World:
    """The world of a scenario that brings its own ground."""
    boxes = [solid_of(box) for box in yard.box]
    window = SpaceWindow(land(boxes, material=Material[yard.ground.upper()]))
    return World(recipe, window, YardLight(yard.lux, yard.lamp, window), beats, start, SoundGraph(window))


def solid_of(box: Box) -> Solids:
    """A box of a scenario."""
    sine, cosine = sin_cos(units_from_degrees(box.turn_deg))
    return Solids(
        np.array([box.at], float),
        np.array([box.size], float) / 2.0,
        np.array([[cosine, -sine]]),
        np.array([box.bottom], float),
        np.array([box.top], float),
        np.zeros((1, 2)),
        np.array([Material[box.material.upper()]], np.uint8),
        np.array([Flag.ALL], np.uint8),
    )


class YardLight:
    """Even light, lamps with a free line, and the sky where there is no roof."""

    def __init__(self, lux: float, lamps: Sequence[Lamp], window: SpaceWindow) -> None:
        self._lux, self._window = lux, window
        self._place = np.array([lamp.at for lamp in lamps], dtype=np.float64).reshape(len(lamps), 3)
        self._candela = np.array([lamp.candela for lamp in lamps])
        self._group = np.array([lamp.group for lamp in lamps], dtype=np.int64)

    def illuminance(
        self, points: NDArray[np.float64], normals: NDArray[np.float64], power: NDArray[np.float32], sky_lux: float
    ) -> NDArray[np.float64]:
        """As `LightField.illuminance`: lux, (N,)."""
        roofed = np.array([self._roofed(*point) for point in points.tolist()])
        total = self._lux + np.where(roofed, 0.0, sky_lux) * (0.5 + 0.5 * normals[:, 2])
        if not len(self._place):
            return total
        count, lamps = len(points), len(self._place)
        ends = np.repeat(points, lamps, axis=0)
        free = clear(self._window.region(*points[0, :2].tolist()), np.tile(self._place, (count, 1)), ends, Flag.LIGHT).reshape(count, lamps)
        away = self._place[None] - points[:, None]
        square = np.maximum((away * away).sum(axis=2), 0.04)
        facing = np.clip((away * normals[:, None]).sum(axis=2) / np.sqrt(square), 0.0, 1.0)
        result: NDArray[np.float64] = total + (free * facing * self._candela * power[self._group] / square).sum(axis=1)
        return result

    def _roofed(self, x: float, y: float, z: float) -> bool:
        cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        return z < float(self._window.chunk(cx, cy).space.ground.cover[int(y - cy * CHUNK_M), int(x - cx * CHUNK_M)]) < _OPEN_M


def land(
    boxes: Sequence[Solids] = (),
    height: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]] | None = None,
    material: Material = Material.ASPHALT,
) -> Callable[[int, int], ChunkSpace]:
    """The chunks of a plane of `material` with `boxes` on it, at the given `height(x, y)` (0 by default)."""
    solids = Solids.join(list(boxes))
    low, high = solids.bounds()
    roofs = solids.take(np.asarray(solids.bottom > _COVERED_FROM_M))

    def source(cx: int, cy: int) -> ChunkSpace:
        corner = np.array([cx, cy]) * CHUNK_M
        touching = ((high[:, :2] >= corner) & (low[:, :2] <= corner + CHUNK_M)).all(axis=1)
        axis = np.arange(GROUND_NODES) * GROUND_STEP_M
        x, y = np.meshgrid(axis + corner[0], axis + corner[1])
        z = np.zeros_like(x) if height is None else height(x, y)
        cells = GROUND_NODES - 1
        ground = Ground(z.astype(np.float32), np.full((cells, cells), material, np.uint8), _cover(roofs, corner))
        return ChunkSpace(cx, cy, ground, solids.take(np.asarray(touching)), NO_EMITTERS)

    return source


def _cover(roofs: Solids, corner: NDArray[np.float64]) -> NDArray[np.float32]:
    """The lowest underside over each square metre of a chunk."""
    cover = np.full((int(CHUNK_M), int(CHUNK_M)), _OPEN_M, np.float32)
    middle = np.arange(CHUNK_M) + 0.5
    x, y = np.meshgrid(middle + corner[0], middle + corner[1])
    for k in range(len(roofs.top)):
        dx, dy = x - roofs.centre[k, 0], y - roofs.centre[k, 1]
        (ax, ay), (half_u, half_v) = roofs.axis[k], roofs.half[k]
        over = (abs(dx * ax + dy * ay) <= half_u) & (abs(dy * ax - dx * ay) <= half_v)
        cover = np.where(over, np.minimum(cover, np.float32(roofs.bottom[k])), cover)
    return cover
