"""Cables over the streets, and wires from pole to pole.

In: a block.  Out: `Cable`s: those that cross the streets west and south of it, and those between its poles. A crossing cable is two
rays from the middle of the street to the walls on either side; where a ray meets no wall there is none.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from world.fields import Keyed, uniform
from world.plan.along import Along, points_along
from world.plan.buildings import BUILDINGS, walls_of
from world.plan.district import recipe_in
from world.plan.lattice import LATTICE, Block, Way, blocks_in
from world.plan.quad import bounds
from world.plan.records import Cable
from world.plan.relief import KERB_M
from world.plan.street import poles_of
from world.recipe import Recipe, remembered

_CABLES = BUILDINGS | LATTICE | {"buildings.cables", "overpass.height_m"}

Array = NDArray[np.float64]
_STEP_M = 4.0
DRONE_LOW_M = 2.7  # from a cable to the lowest point of a drone that hangs in it
_DRONES, _FREE_M, _SEEN_M = 0.3, 3.1, 9.0  # the share of cables that caught one; what it leaves below it; how high it is still seen


@remembered(_CABLES, size=320)
def cables_of(recipe: Recipe, block: Block) -> tuple[Cable, ...]:
    """Cables over the streets west and south of the block, and from pole to pole along them."""
    return (*_crossing_cables(recipe, block), *_pole_cables(recipe, block))


def _crossing_cables(recipe: Recipe, block: Block) -> list[Cable]:
    seed, found = recipe.seed_of("buildings"), []
    here = recipe_in(recipe, *block.centre, block.district)
    places = Along(block, _STEP_M, (0, 2))
    hung = places.keyed().uniform(seed, "cable") < here.buildings.cables / 100.0 * _STEP_M
    hung &= np.array([way != Way.CANAL for way in block.ways])[places.side]
    side, number = places.side[hung], places.number[hung]
    if not len(side):
        return []
    half = np.array(block.halves)[side]
    draws, reach = Keyed(*block.key, side, number), half + block.pavement_m + 7.0
    x, y = points_along(block, side, _STEP_M * (number + 0.5), block.pavement_m + half)
    ox, oy = np.array([front.outward for front in block.sides])[side].T
    skew = 0.5 * (draws.uniform(seed, "cable/skew") - 0.5)
    dx, dy = ox - skew * oy, oy + skew * ox
    length = np.sqrt(dx * dx + dy * dy)
    ux, uy = dx / length, dy / length
    (x0, y0, x1, y1), far = bounds(block.kerb), float((reach + half).max())
    others = [b for b in blocks_in(recipe, x0 - far, y0 - far, x1 + far, y1 + far) if b.key != block.key]
    near_m, near_top = _walls_met([walls_of(recipe, block)], x, y, -ox, -oy, reach)
    far_m, far_top = _walls_met([walls_of(recipe, b) for b in others], x, y, ux, uy, reach)
    lift = 5.2 + 8.0 * draws.uniform(seed, "cable/lift")
    za, zb = np.minimum(lift, near_top - 0.4), np.minimum(lift + 1.5 * draws.uniform(seed, "cable/rise"), far_top - 0.4)
    low = np.array([recipe.overpass.height_m + 2.0 if way == Way.HIGHWAY else -np.inf for way in block.ways])[side]
    kept = np.isfinite(near_m) & np.isfinite(far_m) & (np.minimum(za, zb) >= low)
    near_m, far_m = np.where(kept, near_m, 0.0), np.where(kept, far_m, 0.0)
    ends = np.column_stack([x - ox * near_m, y - oy * near_m, za, x + ux * far_m, y + uy * far_m, zb])[kept].tolist()
    lanes = [draws.uniform(seed, "cable/" + lane)[kept].tolist() for lane in ("sag", "radius", "drone")]
    over_street = (np.array([way != Way.HIGHWAY for way in block.ways])[side])[kept].tolist()
    for (px, py, pz, qx, qy, qz), sag, radius, drone, streets in zip(ends, *lanes, over_street, strict=True):
        a, b = (round(px, 3), round(py, 3), pz), (round(qx, 3), round(qy, 3), qz)
        cable = Cable(a, b, math.dist(a, b) * (0.03 + 0.05 * sag), 0.012 + 0.014 * radius)
        if streets and drone < _DRONES and _FREE_M + DRONE_LOW_M < cable.lowest[2] < _SEEN_M:
            cable = replace(cable, drone=1.0 - drone / _DRONES)
        found.append(cable)
    return found


def _walls_met(blocks: list[Array], x: Array, y: Array, ux: Array, uy: Array, reach_m: Array) -> tuple[Array, Array]:
    """(distance, height) of the nearest wall of blocks (`walls_of`) that each of R rays meets within its reach; infinite where there is
    none. Slab test: Kay and Kajiya 1986."""
    ox, oy, ax, ay, x0, y0, x1, y1, top = np.concatenate([np.empty((9, 0)), *blocks], axis=1)
    dx, dy, ux, uy = x[:, None] - ox, y[:, None] - oy, ux[:, None], uy[:, None]
    near, far = np.zeros(dx.shape), np.full(dx.shape, np.inf)
    for at, step, low, high in (
        (dx * ax + dy * ay, ux * ax + uy * ay, x0, x1),
        (dy * ax - dx * ay, uy * ax - ux * ay, y0, y1),
    ):
        beside = abs(step) < 1e-9
        slope = np.where(beside, 1.0, step)
        first, second = (low - at) / slope, (high - at) / slope
        near = np.maximum(near, np.where(beside, -np.inf, np.minimum(first, second)))
        far = np.minimum(far, np.where(beside, np.where((low < at) & (at < high), np.inf, -np.inf), np.maximum(first, second)))
    distance = np.where((near < far) & (near > 0.5) & (near < reach_m[:, None]), near, np.inf)
    distance = np.column_stack([distance, np.full(len(x), np.inf)])  # beyond all walls
    nearest = distance.argmin(axis=1)
    return distance[np.arange(len(x)), nearest], np.append(top, np.inf)[nearest]


def _pole_cables(recipe: Recipe, block: Block) -> list[Cable]:
    """Three wires between neighbouring poles that still stand."""
    seed, found = recipe.seed_of("buildings"), []
    for first, second in itertools.pairwise(poles_of(recipe, block)):
        side = first.key[-3]
        if side != second.key[-3] or "fallen_pole" in (first.kind, second.kind):
            continue
        dx, dy = block.sides[side].outward
        for wire, (out, z) in enumerate(((0.55, 8.1 + KERB_M), (-0.55, 8.1 + KERB_M), (0.0, 6.9 + KERB_M))):
            a = (first.position[0] + dx * out, first.position[1] + dy * out, z)
            b = (second.position[0] + dx * out, second.position[1] + dy * out, z)
            sag = 0.5 + 0.5 * uniform(seed, "wire", *first.key, wire)
            found.append(Cable(a, b, sag, 0.013 if wire < 2 else 0.024))
    return found
