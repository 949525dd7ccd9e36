"""The net of streets: bent avenues, superblocks between them, each cut into blocks by streets of its own.

In: a recipe.  Out: `Superblock`s and `Block`s, in closed form from their indices, so that any part of the endless city can be asked for
alone. Avenues join the nodes of a jittered lattice that two noise fields bend; a superblock's streets run straight from avenue to
avenue, where they end in a T. What the blocks leave of the plane is road (`world.plan.strips`).
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.fields import NoiseField, uniform
from world.plan.district import DENSITY, district_of, recipe_in
from world.plan.quad import Line, Quad, between, holds, inset, line_through, middle, place_in, planes, reaches, side_length
from world.plan.records import Point
from world.recipe import Knobs, Recipe, remembered

# What decides where the nodes lie; what the avenues are; all blocks.
NODES = Knobs({"roads.cell_m", "roads.jitter", "roads.warp_m"})
AVENUES = Knobs({"roads.avenue_m", "overpass.rows", "water.canals", "water.canal_m"})
_BLOCKS = Knobs({"roads.street_m", "roads.block_m", "roads.pavement_m", "roads.plaza_prob", "world.landmark_m"})
LATTICE = NODES | AVENUES | _BLOCKS | DENSITY

QUAY_M = 4.4  # the road on either bank of a canal
_STREETS_MAX = 9  # blocks along a side of a superblock, at the most
_WARP_WAVE_M = 900.0
_KERB_LINE_MIN_M = 14.0  # a block narrower than that is not cut off


class Way(enum.IntEnum):
    """What kind of road runs along a side."""

    STREET = 0
    AVENUE = 1
    HIGHWAY = 2  # an avenue under an elevated road
    CANAL = 3  # water between two quays


class Use(enum.IntEnum):
    """What a block is used for."""

    BUILT = 0
    PLAZA = 1
    PARK = 2
    LANDMARK = 3  # a plaza round a tower


@dataclass(frozen=True, slots=True)
class Avenue:
    """A lattice line: axis 0 runs north, 1 runs east. `half_m` is half of all between its kerbs."""

    axis: int
    index: int
    way: Way
    half_m: float


@dataclass(frozen=True)
class Block:
    """Land between kerbs. `kerb` is its rim, `land` what the pavements leave; `ways` the roads west, east, south, north of it,
    `halves` half their widths (m)."""

    key: tuple[int, int, int, int]
    kerb: Quad
    land: Quad
    pavement_m: float
    ways: tuple[Way, Way, Way, Way]
    halves: tuple[float, float, float, float]
    use: Use
    district: str

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def plaza(self) -> bool:
        return self.use != Use.BUILT

    @property
    def centre(self) -> Point:
        return middle(self.kerb)

    @cached_property
    def sides(self) -> tuple[Front, Front, Front, Front]:
        """The building lines west, east, south, north."""
        return tuple(Front.of(self.land, side) for side in range(4))  # type: ignore[return-value]

    @cached_property
    def planes(self) -> NDArray[np.float64]:
        """`quad.planes` of the kerb."""
        return planes(self.kerb)


@dataclass(frozen=True, slots=True)
class Front:
    """One side of a block's land, as seen from the street: from `origin` `along` to the right for `length_m`; `outward` to the street."""

    origin: Point
    along: Point
    outward: Point
    length_m: float

    @staticmethod
    def of(land: Quad, side: int) -> Front:
        a, b = ((3, 0), (1, 2), (0, 1), (2, 3))[side]
        origin, along = line_through(land[a], land[b])
        return Front(origin, along, (along[1], -along[0]), side_length(land, side))

    def point(self, s: Any, off: float) -> tuple[Any, Any]:
        """`s` metres along (a number, or an array of them), `off` metres out."""
        return (
            self.origin[0] + self.along[0] * s + self.outward[0] * off,
            self.origin[1] + self.along[1] * s + self.outward[1] * off,
        )

    @property
    def heading_deg(self) -> float:
        """Where `outward` points."""
        return math.degrees(math.atan2(self.outward[0], self.outward[1])) % 360.0


@dataclass(frozen=True)
class Superblock:
    """Superblock (i, j): the land between four avenues. `columns`, `rows`: places (0 .. 1) of its streets."""

    i: int
    j: int
    nodes: Quad
    kerb: Quad
    avenues: tuple[Avenue, Avenue, Avenue, Avenue]  # west, east, south, north
    district: str
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    street_half_m: float
    pavement_m: float
    blocks: tuple[Block, ...]  # row by row

    def block(self, k: int, m: int) -> Block:
        return self.blocks[m * (len(self.columns) + 1) + k]


@lru_cache(maxsize=64)
def _warp(seed: int, axis: int) -> NoiseField:
    return NoiseField(seed, f"warp/{axis}", _WARP_WAVE_M)


@remembered(NODES, size=8192)
def node(recipe: Recipe, i: int, j: int) -> Point:
    """Crossing (m) of avenue i (running north) and avenue j (running east)."""
    seed, roads = recipe.seed_of("roads"), recipe.roads
    x = roads.cell_m * (i + roads.jitter * (2.0 * uniform(seed, "avenue", 0, i) - 1.0))
    y = roads.cell_m * (j + roads.jitter * (2.0 * uniform(seed, "avenue", 1, j) - 1.0))
    return round(x + roads.warp_m * _warp(seed, 0).at(x, y), 2), round(y + roads.warp_m * _warp(seed, 1).at(x, y), 2)


@remembered(NODES, size=4096)
def _nodes(recipe: Recipe, i: int, j: int) -> Quad:
    return node(recipe, i, j), node(recipe, i + 1, j), node(recipe, i + 1, j + 1), node(recipe, i, j + 1)


@remembered(AVENUES, size=1024)
def avenue(recipe: Recipe, axis: int, index: int) -> Avenue:
    """Lattice line `index` of an axis."""
    half = recipe.roads.avenue_m / 2
    if axis == 1 and uniform(recipe.seed_of("overpass"), "highway", index) < recipe.overpass.rows:
        return Avenue(axis, index, Way.HIGHWAY, max(half, 7.0))
    if axis == 0 and uniform(recipe.seed_of("water"), "canal", index) < recipe.water.canals:
        return Avenue(axis, index, Way.CANAL, recipe.water.canal_m / 2 + QUAY_M)
    return Avenue(axis, index, Way.AVENUE, half)


@remembered(LATTICE, size=512)
def superblock(recipe: Recipe, i: int, j: int) -> Superblock:
    """The superblock north-east of node (i, j)."""
    nodes = _nodes(recipe, i, j)
    avenues = avenue(recipe, 0, i), avenue(recipe, 0, i + 1), avenue(recipe, 1, j), avenue(recipe, 1, j + 1)
    kerb = inset(nodes, (avenues[0].half_m, avenues[1].half_m, avenues[2].half_m, avenues[3].half_m))
    centre = middle(nodes)
    district = district_of(recipe, i, j, centre, tuple(a.way for a in avenues))
    here = recipe_in(recipe, centre[0], centre[1], district)
    half, pavement = here.roads.street_m / 2, here.roads.pavement_m
    pitch = here.roads.block_m + here.roads.street_m + 2 * pavement
    wide, deep = (side_length(kerb, 2) + side_length(kerb, 3)) / 2, (side_length(kerb, 0) + side_length(kerb, 1)) / 2
    columns, rows = _cuts(recipe, i, j, 0, wide, pitch), _cuts(recipe, i, j, 1, deep, pitch)
    bare = Superblock(i, j, nodes, kerb, avenues, district, columns, rows, half, pavement, ())
    return Superblock(i, j, nodes, kerb, avenues, district, columns, rows, half, pavement, _blocks(recipe, here, bare))


def _cuts(recipe: Recipe, i: int, j: int, axis: int, length_m: float, pitch_m: float) -> tuple[float, ...]:
    count = max(1, min(_STREETS_MAX, round(length_m / pitch_m), int(length_m / _KERB_LINE_MIN_M)))
    seed = recipe.seed_of("roads")
    return tuple((k + 0.3 * (uniform(seed, "street", i, j, axis, k) - 0.5)) / count for k in range(1, count))


def _lines(quad: Quad, cuts: tuple[float, ...], axis: int) -> list[tuple[Point, Point]]:
    """The centre lines of a superblock's streets: northwards (axis 0) or eastwards."""
    if axis == 0:
        return [(place_in(quad, s, 0.0), place_in(quad, s, 1.0)) for s in cuts]
    return [(place_in(quad, 0.0, t), place_in(quad, 1.0, t)) for t in cuts]


def _blocks(recipe: Recipe, here: Recipe, sb: Superblock) -> tuple[Block, ...]:
    k4, half = sb.kerb, sb.street_half_m
    columns, rows = _lines(k4, sb.columns, 0), _lines(k4, sb.rows, 1)
    # Each block's sides run clockwise or not: a line's left is inside for west going south, east going north, and so on.
    wests: list[Line] = [line_through(k4[3], k4[0]), *(line_through(b, a, half) for a, b in columns)]
    easts: list[Line] = [*(line_through(a, b, half) for a, b in columns), line_through(k4[1], k4[2])]
    souths: list[Line] = [line_through(k4[0], k4[1]), *(line_through(a, b, half) for a, b in rows)]
    norths: list[Line] = [*(line_through(b, a, half) for a, b in rows), line_through(k4[2], k4[3])]
    outer = tuple(a.way for a in sb.avenues)
    outer_half = tuple(a.half_m for a in sb.avenues)
    nx, ny = len(columns), len(rows)
    crown = _landmark_block(recipe, sb.i, sb.j, (nx + 1) * (ny + 1))
    blocks = []
    for m in range(ny + 1):
        for k in range(nx + 1):
            kerb = between(wests[k], easts[k], souths[m], norths[m])
            outside = (k == 0, k == nx, m == 0, m == ny)
            ways = tuple(outer[s] if outside[s] else Way.STREET for s in range(4))
            halves = tuple(outer_half[s] if outside[s] else half for s in range(4))
            land = inset(kerb, (sb.pavement_m,) * 4)
            use = Use.BUILT
            if m * (nx + 1) + k == crown:
                use = Use.LANDMARK
            elif uniform(recipe.seed_of("roads"), "plaza", sb.i, sb.j, k, m) < here.roads.plaza_prob:
                use = Use.PARK if sb.district == "park" else Use.PLAZA
            blocks.append(Block((sb.i, sb.j, k, m), kerb, land, sb.pavement_m, ways, halves, use, sb.district))  # type: ignore[arg-type]
    return tuple(blocks)


def _landmark_block(recipe: Recipe, i: int, j: int, count: int) -> int:
    """Which of a superblock's blocks carries a tower, or -1: one superblock in each group of p × p does."""
    p = max(1, round(recipe.world.landmark_m / recipe.roads.cell_m))
    gi, gj, seed = i // p, j // p, recipe.world.seed
    if (i - gi * p, j - gj * p) != (int(p * uniform(seed, "landmark/x", gi, gj)), int(p * uniform(seed, "landmark/y", gi, gj))):
        return -1
    return int(count * uniform(seed, "landmark/block", gi, gj))


def indices_about(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> tuple[range, range]:
    """(i, j) of every node that jitter and warp may have brought into the rectangle or beside it."""
    cell = recipe.roads.cell_m
    slack = 1 + math.ceil((recipe.roads.jitter * cell + 3.0 * recipe.roads.warp_m) / cell)
    i0, j0 = math.floor(x0 / cell) - slack, math.floor(y0 / cell) - slack
    i1, j1 = math.floor(x1 / cell) + slack, math.floor(y1 / cell) + slack
    return range(i0, i1 + 1), range(j0, j1 + 1)


def cells_under(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> list[tuple[int, int]]:
    """(column, row) of the cells of the unbent lattice that a rectangle covers: what lies over each is remembered."""
    cell = recipe.roads.cell_m
    columns, rows = (range(math.floor(low / cell), math.floor(high / cell) + 1) for low, high in ((x0, x1), (y0, y1)))
    return [(column, row) for row in rows for column in columns]


def cell_box(recipe: Recipe, column: int, row: int) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 (m) of such a cell."""
    cell = recipe.roads.cell_m
    return column * cell, row * cell, (column + 1) * cell, (row + 1) * cell


@remembered(NODES, size=4096)
def _over_cell(recipe: Recipe, column: int, row: int) -> tuple[tuple[int, int], ...]:
    """(j, i) of every superblock whose nodes' bounds meet a cell."""
    box = cell_box(recipe, column, row)
    columns, rows = indices_about(recipe, *box)
    return tuple((j, i) for j in rows for i in columns if reaches(_nodes(recipe, i, j), *box))


def superblocks_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> list[Superblock]:
    """All superblocks whose avenues' crossings bound something that reaches into the rectangle, west to east, south to north."""
    about = {index for cell in cells_under(recipe, x0, y0, x1, y1) for index in _over_cell(recipe, *cell)}
    return [superblock(recipe, i, j) for j, i in sorted(about) if reaches(_nodes(recipe, i, j), x0, y0, x1, y1)]


def blocks_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> list[Block]:
    """Every block whose kerb's bounds meet the rectangle, in a fixed order."""
    reach = 20.0  # a block stands back from its superblock's nodes
    found = superblocks_in(recipe, x0 - reach, y0 - reach, x1 + reach, y1 + reach)
    return [b for sb in found if reaches(sb.kerb, x0, y0, x1, y1) for b in sb.blocks if reaches(b.kerb, x0, y0, x1, y1)]


def superblock_at(recipe: Recipe, x: float, y: float) -> Superblock:
    """The superblock whose nodes hold the point."""
    near = superblocks_in(recipe, x - 1.0, y - 1.0, x + 1.0, y + 1.0)
    return next((sb for sb in near if holds(sb.nodes, x, y)), near[0])


def block_near(recipe: Recipe, x: float, y: float) -> Block:
    """The block whose kerb is nearest to the point."""
    near = [b for sb in superblocks_in(recipe, x - 30.0, y - 30.0, x + 30.0, y + 30.0) for b in sb.blocks]
    return min(near, key=lambda b: float(np.max(b.planes @ (x, y, 1.0))))
