"""Facades: recessed bays, ledges, fins, balconies, shop fronts, torn rooms.

In: the sides of all of a chunk's buildings.  Out: faces appended to a `SurfaceBuilder` (near), or flat walls and panes (far).
Method: a facade is a grid of cells (Müller et al. 2006, "Procedural Modeling of Buildings", split grammar). The cells of all
walls of a chunk stand in one table, and each kind of face is made for the whole table at once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.mesh.surface import Finish, SurfaceBuilder, cross3
from world.plan.facade import Facade, Pane
from world.plan.records import Building, Mass, Style, Wall
from world.recipe import Recipe

Array = NDArray[np.float64]
Index = NDArray[np.intp]
_LEDGE_M = 0.14


class Side(NamedTuple):
    """One side of one mass of a building: `part` = (mass index, side)."""

    building: Building
    mass: Mass
    part: tuple[int, int]
    facade: Facade

    @property
    def wall(self) -> Wall:
        return self.mass.sides[self.part[1]]


class _Opening(NamedTuple):
    """Where the pane sits in its cell: side margin as a share of the bay, sill and head (m), depth of the reveal (m)."""

    margin: float
    sill: float
    head: float
    depth: float


_OPENINGS = {
    Style.PUNCHED: _Opening(0.2, 0.95, 0.55, 0.24),
    Style.RIBBON: _Opening(0.05, 1.0, 0.62, 0.18),
    Style.FINS: _Opening(0.12, 0.45, 0.35, 0.2),
    Style.BALCONY: _Opening(0.12, 0.12, 0.55, 0.3),
    Style.DUCTS: _Opening(0.28, 1.15, 0.85, 0.16),
}
_SHOP = _Opening(0.06, 0.06, 1.05, 0.55)
_OPENING_TABLE = np.array([_OPENINGS[style] for style in Style])
_PANE_FINISH = {
    Pane.DARK: Finish.GLASS,
    Pane.LIT: Finish.WINDOW_LIT,
    Pane.BROKEN: Finish.WINDOW_BROKEN,
    Pane.BOARDED: Finish.BARK,
    Pane.SHUTTER: Finish.SHUTTER,
    Pane.SHOP_LIT: Finish.WINDOW_LIT,
    Pane.SHOP_DARK: Finish.GLASS,
}
_FINISH_OF_PANE = np.array([_PANE_FINISH.get(p, Finish.WINDOW_BROKEN) for p in Pane], dtype=np.uint8)
_LAMP_WARM, _LAMP_COOL = (255, 190, 112), (205, 232, 255)
_UNIT_UV = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
_CONCRETE_GREY, _BROKEN_GREY, _RAIL = (112, 110, 106, 255), (120, 116, 110, 225), (78, 80, 84, 255)


class Walls:
    """Local coordinates of many facades at once: wall `w`, s to the right, z up, d outward; relative to the chunk's corner."""

    def __init__(self, facades: list[Facade], corner: tuple[float, float]) -> None:
        count = len(facades)
        self.origin, self.along, self.out = np.zeros((count, 3)), np.zeros((count, 3)), np.zeros((count, 3))
        self.origin[:, :2] = np.array([f.origin for f in facades]) - np.array(corner)
        self.along[:, :2] = [f.along for f in facades]
        self.out[:, :2] = [f.outward for f in facades]
        self.up = np.array([0.0, 0.0, 1.0])

    def at(self, w: Index, s: Array, z: Array, d: Array) -> Array:
        points: Array = self.origin[w] + s[:, None] * self.along[w] + d[:, None] * self.out[w]
        points[:, 2] += z
        return points

    def quad(self, w: Index, *corners: tuple[Array, Array, Array]) -> Array:
        """(N, 4, 3) from four (s, z, d) corners."""
        return np.stack([self.at(w, *c) for c in corners], axis=1)


class Faces:
    """Gathers boxes and rectangles on walls into one `SurfaceBuilder`, normals and metric uv given."""

    def __init__(self, builder: SurfaceBuilder, walls: Walls) -> None:
        self.builder, self.walls = builder, walls

    def rect(
        self,
        w: Index,
        s0: Any,
        s1: Any,
        z0: Any,
        z1: Any,
        d: Any,
        finish: Any,
        tint: Any,
        uv: Any = None,
        extra: Any = (0, 0, 0, 0),
        flip: bool = False,
    ) -> None:
        """Faces outward (inward if `flip`)."""
        s0, s1, z0, z1, d = _rows(w, s0, s1, z0, z1, d)
        corners = self.walls.quad(w, (s0, z0, d), (s1, z0, d), (s1, z1, d), (s0, z1, d))
        normal = self.walls.out[w]
        if uv is None:
            uv = _uv((s0, z0), (s1, z0), (s1, z1), (s0, z1))
        if flip:
            corners, normal, uv = corners[:, ::-1], -normal, uv[:, ::-1]
        self.builder.quads(corners, finish, tint, uv, extra, normal[:, None])

    def sides(self, w: Index, s0: Any, s1: Any, z0: Any, z1: Any, d0: Any, d1: Any, finish: Any, tint: Any, *, inward: bool) -> None:
        """The four sides of a box between depths: seen from inside (an opening, `d0` outer) or from outside (a bar, `d1` outer).
        `tint` may be (4 · N, 4, 4): left, right, sill, head."""
        s0, s1, z0, z1, d0, d1 = _rows(w, s0, s1, z0, z1, d0, d1)
        q = self.walls.quad
        left = q(w, (s0, z0, d0), (s0, z0, d1), (s0, z1, d1), (s0, z1, d0))
        right = q(w, (s1, z0, d1), (s1, z0, d0), (s1, z1, d0), (s1, z1, d1))
        low = q(w, (s0, z0, d0), (s1, z0, d0), (s1, z0, d1), (s0, z0, d1))
        high = q(w, (s0, z1, d1), (s1, z1, d1), (s1, z1, d0), (s0, z1, d0))
        along, up = self.walls.along[w], np.broadcast_to(self.walls.up, (len(w), 3))
        sign = 1.0 if inward else -1.0
        normals = np.concatenate([along * sign, -along * sign, up * sign, -up * sign])
        uv_side = _uv((d0, z0), (d1, z0), (d1, z1), (d0, z1))
        uv_flat = _uv((s0, d0), (s1, d0), (s1, d1), (s0, d1))
        corners, uv = np.concatenate([left, right, low, high]), np.concatenate([uv_side, uv_side, uv_flat, uv_flat])
        finish = np.tile(finish, 4) if np.ndim(finish) else finish
        tint = np.tile(tint, (4, 1)) if np.ndim(tint) == 2 else tint
        # From outer to inner depth the order above runs counter-clockwise as seen from inside the opening, and likewise for a
        # bar (whose depths rise) as seen from outside.
        self.builder.quads(corners, finish, tint, uv, (0, 0, 0, 0), normals[:, None])

    def bars(self, w: Index, s0: Any, s1: Any, z0: Any, z1: Any, d0: Any, d1: Any, finish: Any, tint: Any) -> None:
        """Boxes that stand out from depth `d0` to `d1`, open at the back."""
        self.sides(w, s0, s1, z0, z1, d0, d1, finish, tint, inward=False)
        self.rect(w, s0, s1, z0, z1, d1, finish, tint)


def _rows(w: Index, *values: Any) -> list[Array]:
    return [np.broadcast_to(np.asarray(v, dtype=np.float64), (len(w),)) for v in values]


def _uv(*corners: tuple[Array, Array]) -> Array:
    return np.stack([np.stack(c, axis=-1) for c in corners], axis=1)


@dataclass(frozen=True)
class _Cells:
    """The table: one row a cell. `w` its wall; `a, b, c, d` its opening (left, right, sill, head), `depth` of the reveal."""

    w: Index
    s0: Array
    s1: Array
    z0: Array
    z1: Array
    pane: NDArray[np.uint8]
    warmth: Array
    ground: NDArray[np.bool_]
    finish: NDArray[np.uint8]
    tint: NDArray[np.uint8]
    style: NDArray[np.uint8]
    a: Array
    b: Array
    c: Array
    d: Array
    depth: Array
    draw: Array  # uniform in [0, 1), the cell's own

    def where(self, which: NDArray[np.bool_]) -> _Cells:
        return _Cells(*(getattr(self, f.name)[which] for f in fields(self)))


def add_facades(builder: SurfaceBuilder, recipe: Recipe, sides: list[Side], corner: tuple[float, float], *, far: bool = False) -> None:
    """All `sides` that are not torn open (those are `world.mesh.torn`'s)."""
    closed = [side for side in sides if side.wall != Wall.CUT]
    if not closed:
        return
    walls = Walls([side.facade for side in closed], corner)
    faces = Faces(builder, walls)
    if far:
        _flat(faces, _table(recipe, [s for s in closed if s.wall == Wall.FRONT], closed), closed)
        return
    cells = _table(recipe, closed, closed)
    party = np.array([side.wall == Wall.PARTY for side in closed])[cells.w]
    hole = cells.pane == Pane.HOLE
    blank = cells.where(party & ~hole)
    faces.rect(blank.w, blank.s0, blank.s1, blank.z0, blank.z1, 0.0, Finish.CONCRETE, blank.tint)
    _bays(faces, cells.where(~party & ~hole))
    _rooms(faces, cells.where(hole), party[hole])
    below = np.array([k for k, side in enumerate(closed) if side.mass.z0 < 0], dtype=np.intp)
    widths = np.array([side.facade.width_m for side in closed])
    if len(below):  # the wall goes on a little below the street
        tint = np.array([(*closed[k].building.tint, 200) for k in below])
        faces.rect(below, 0.0, widths[below], -0.6, 0.0, 0.0, Finish.CONCRETE, tint)
    fronts = cells.where(~party)
    _ledges(faces, closed, widths)
    _balconies(faces, fronts.where((fronts.style == Style.BALCONY) & ~fronts.ground), recipe)
    _shop_fronts(faces, closed, fronts, recipe)


def _table(recipe: Recipe, chosen: list[Side], walls: list[Side]) -> _Cells:
    rows: dict[str, list[Any]] = {f.name: [] for f in fields(_Cells)}
    position = {id(side): k for k, side in enumerate(walls)}
    for side in chosen:
        f = side.facade
        floors, bays = f.panes.shape
        n = floors * bays
        edges = f.bay_m * np.arange(bays + 1)
        rows["w"].append(np.full(n, position[id(side)]))
        rows["s0"].append(np.tile(edges[:-1], floors))
        rows["s1"].append(np.tile(edges[1:], floors))
        rows["z0"].append(np.repeat(f.floor_z[:-1], bays))
        rows["z1"].append(np.repeat(f.floor_z[1:], bays))
        rows["pane"].append(f.panes.ravel())
        rows["warmth"].append(f.warmth.ravel())
        ground = np.zeros(n, dtype=bool)
        ground[:bays] = f.has_ground
        rows["ground"].append(ground)
        rows["finish"].append(np.where(ground & side.building.shop, Finish.CONCRETE, side.building.finish).astype(np.uint8))
        rows["tint"].append(np.tile(np.array([*side.building.tint, 255], np.uint8), (n, 1)))
        rows["style"].append(np.full(n, side.building.style, np.uint8))
        rows["draw"].append(np.asarray(uniform(recipe.world.seed, "cell", *side.building.key, *side.part, np.arange(n))))
    t = {name: np.concatenate(parts) if parts else np.zeros(0) for name, parts in rows.items() if name not in ("a", "b", "c", "d", "depth")}
    if not chosen:
        empty = np.zeros(0)
        t |= {
            "w": empty.astype(np.intp),
            "pane": empty.astype(np.uint8),
            "style": empty.astype(np.uint8),
            "tint": np.zeros((0, 4), np.uint8),
        }
        t |= {"ground": empty.astype(bool), "finish": empty.astype(np.uint8)}
    opening = np.where(t["ground"][:, None], np.array(_SHOP)[None], _OPENING_TABLE[t["style"]])
    margin = opening[:, 0] * (t["s1"] - t["s0"])
    sill = t["z0"] + opening[:, 1]
    head = np.maximum(t["z1"] - opening[:, 2], sill + 0.4)
    columns: dict[str, Any] = t
    return _Cells(**columns, a=t["s0"] + margin, b=t["s1"] - margin, c=sill, d=head, depth=opening[:, 3])


def _bays(faces: Faces, n: _Cells) -> None:
    """Wall round the opening, its reveals, the pane, a mullion."""
    for s0, s1, z0, z1 in ((n.s0, n.s1, n.z0, n.c), (n.s0, n.s1, n.d, n.z1), (n.s0, n.a, n.c, n.d), (n.b, n.s1, n.c, n.d)):
        faces.rect(n.w, s0, s1, z0, z1, 0.0, n.finish, n.tint)
    shade = (n.tint * np.array([0.8, 0.8, 0.8, 0.75])).astype(np.uint8)
    faces.sides(n.w, n.a, n.b, n.c, n.d, 0.0, -n.depth, n.finish, shade, inward=True)
    _panes(faces, n, -n.depth)
    framed = n.where(np.isin(n.pane, (Pane.DARK, Pane.LIT, Pane.SHOP_LIT, Pane.SHOP_DARK)))
    middle = (framed.a + framed.b) / 2
    faces.bars(
        framed.w, middle - 0.03, middle + 0.03, framed.c, framed.d, -framed.depth, -framed.depth + 0.05, Finish.METAL, (60, 60, 62, 220)
    )


def _panes(faces: Faces, n: _Cells, d: Any) -> None:
    tint = np.where((n.warmth < 0.72)[:, None], _LAMP_WARM, _LAMP_COOL).astype(np.uint8)
    tint[n.pane == Pane.BOARDED] = (110, 92, 72)
    tint[n.pane == Pane.SHUTTER] = (120, 122, 124)
    tint = np.concatenate([tint, np.full((len(tint), 1), 215, np.uint8)], axis=1)
    extra = np.zeros((len(n.w), 4), dtype=np.uint8)
    extra[:, 1] = np.where(n.pane == Pane.SHOP_LIT, 200, 90 + 100 * ((n.warmth * 97.0) % 1.0))
    extra[:, 1] *= np.isin(n.pane, (Pane.LIT, Pane.SHOP_LIT))
    extra[:, 2] = (n.warmth * 9973.0 % 1.0 * 255).astype(np.uint8)
    extra[:, 3] = n.pane
    uv = np.broadcast_to(_UNIT_UV, (len(n.w), 4, 2))
    faces.rect(n.w, n.a, n.b, n.c, n.d, d, _FINISH_OF_PANE[n.pane], tint, uv, extra)


def _rooms(faces: Faces, n: _Cells, party: NDArray[np.bool_]) -> None:
    """Rooms seen through a torn bay: broken lips, side walls, floor, ceiling, a dark back."""
    count = len(n.w)
    if not count:
        return
    depth = np.where(party, -0.7, -2.6)
    lip = 0.12
    dark = np.zeros((4 * count, 4, 4), dtype=np.uint8)
    dark[:] = (92, 88, 84, 130)
    dark[: 2 * count, 1:3, 3] = 36
    dark[count : 2 * count, 1:3, 3], dark[count : 2 * count, 0, 3], dark[count : 2 * count, 3, 3] = 130, 36, 36
    dark[2 * count : 3 * count, 2:, 3] = 36
    dark[3 * count :, :2, 3] = 36
    faces.sides(n.w, n.s0, n.s1, n.z0 + lip, n.z1 - lip, 0.0, depth, Finish.RUBBLE, dark, inward=True)
    faces.rect(n.w, n.s0, n.s1, n.z0 + lip, n.z1 - lip, depth, Finish.PLASTER, (80, 76, 72, 30))
    ragged = 0.1 + 0.3 * n.draw
    tall = n.z1 - n.z0
    faces.bars(n.w, n.s0, n.s1, n.z0, n.z0 + lip, -0.05, 0.06, Finish.RUBBLE, _BROKEN_GREY)
    faces.bars(n.w, n.s0, n.s1, n.z1 - lip, n.z1, -0.05, 0.03, Finish.RUBBLE, _BROKEN_GREY)
    faces.bars(n.w, n.s0, n.s0 + ragged, n.z0 + lip, n.z0 + lip + tall * 0.45, -0.3, 0.02, Finish.RUBBLE, _BROKEN_GREY)
    faces.bars(n.w, n.s1 - 0.5 + ragged, n.s1, n.z1 - lip - 0.7 - ragged, n.z1 - lip, -0.3, 0.02, Finish.RUBBLE, _BROKEN_GREY)
    for share, reach in ((0.3, 0.5), (0.55, 0.85), (0.8, 0.4)):  # bars that the slab left hanging
        s = n.s0 + (n.s1 - n.s0) * share
        base = faces.walls.at(n.w, s, n.z1 - lip / 2, np.zeros(count))
        tip = faces.walls.at(n.w, s + 0.12, n.z1 - lip - reach * (0.5 + n.draw), 0.1 + 0.3 * n.draw)
        add_rods(faces.builder, base, tip, 0.014)


def _ledges(faces: Faces, walls: list[Side], widths: Array) -> None:
    """Bands along the floors, and the fins of one style."""
    w, z = [], []
    fin_w, fin_s, fin_low, fin_high = [], [], [], []
    for k, side in enumerate(walls):
        if side.wall != Wall.FRONT:
            continue
        f = side.facade
        upper = f.floor_z[1:] if f.has_ground else f.floor_z
        for height in upper[:: 1 if side.building.style in (Style.RIBBON, Style.BALCONY) else 3]:
            w.append(k)
            z.append(height)
        if side.building.style == Style.FINS and len(f.floor_z) > 2:
            for s in f.bay_m * np.arange(f.panes.shape[1] + 1):
                fin_w.append(k)
                fin_s.append(s)
                fin_low.append(f.floor_z[1] if f.has_ground else f.floor_z[0])
                fin_high.append(f.floor_z[-1])
    lighter = np.array([(*(min(255, int(t * 1.08)) for t in side.building.tint), 255) for side in walls])
    tint = lighter[w] if w else lighter[:0]
    at, heights = np.array(w, dtype=np.intp), np.array(z)
    if len(at):
        faces.bars(at, 0.0, widths[at], heights - 0.12, heights + 0.06, -0.02, _LEDGE_M, Finish.CONCRETE, tint)
    if fin_w:
        fins, s = np.array(fin_w, dtype=np.intp), np.array(fin_s)
        faces.bars(fins, s - 0.1, s + 0.1, np.array(fin_low), np.array(fin_high), -0.02, 0.34, Finish.CONCRETE, lighter[fins])


def _balconies(faces: Faces, n: _Cells, recipe: Recipe) -> None:
    """Slabs a metre deep with a parapet or with bars."""
    n = n.where((n.draw < 0.25 + 0.7 * recipe.buildings.clutter) & (n.pane != Pane.HOLE))
    s0, s1 = n.s0 + 0.08, n.s1 - 0.08
    faces.bars(n.w, s0, s1, n.z0 - 0.16, n.z0, 0.0, 1.0, Finish.CONCRETE, n.tint)
    solid = n.draw * 37.0 % 1.0 < 0.4
    p = n.where(solid)
    a, b = s0[solid], s1[solid]
    faces.bars(p.w, a, b, p.z0, p.z0 + 1.0, 0.9, 1.0, p.finish, p.tint)
    faces.rect(p.w, a, b, p.z0, p.z0 + 1.0, 0.9, p.finish, p.tint, flip=True)
    for end in (a, b - 0.08):
        faces.bars(p.w, end, end + 0.08, p.z0, p.z0 + 1.0, 0.0, 0.96, p.finish, p.tint)
    o = n.where(~solid)
    a, b = s0[~solid], s1[~solid]
    faces.bars(o.w, a, b, o.z0 + 0.98, o.z0 + 1.04, 0.93, 0.99, Finish.METAL, _RAIL)
    for step in np.linspace(0.03, 0.97, 9):  # too thin to have sides
        s = a + (b - a) * step
        for flip in (False, True):
            faces.rect(o.w, s - 0.014, s + 0.014, o.z0, o.z0 + 1.0, 0.96, Finish.METAL, _RAIL, flip=flip)


_CANVAS = np.array([(96, 60, 48, 255), (48, 74, 70, 255), (92, 86, 72, 255), (58, 62, 84, 255)])


def _shop_fronts(faces: Faces, walls: list[Side], fronts: _Cells, recipe: Recipe) -> None:
    """A sheet-metal fascia over the shops; canvas awnings."""
    shops = [
        k for k, s in enumerate(walls) if s.building.shop and s.facade.has_ground and s.wall == Wall.FRONT and len(s.facade.floor_z) > 1
    ]
    if not shops:
        return
    w = np.array(shops, dtype=np.intp)
    top = np.array([walls[k].facade.floor_z[1] for k in shops])
    width = np.array([walls[k].facade.width_m for k in shops])
    faces.bars(w, 0.15, width - 0.15, top - 0.95, top - 0.12, -0.02, 0.16, Finish.METAL, (74, 78, 80, 255))
    n = fronts.where(fronts.ground & np.isin(fronts.w, w) & (fronts.draw < 0.3))
    s0, s1, z = n.s0 + 0.1, n.s1 - 0.1, n.z1 - 1.0
    at = faces.walls.at
    low, high = np.full(len(n.w), 1.05), np.full(len(n.w), 0.16)
    canvas = np.stack([at(n.w, s0, z - 0.35, low), at(n.w, s1, z - 0.35, low), at(n.w, s1, z, high), at(n.w, s0, z, high)], axis=1)
    tint = _CANVAS[(n.draw * 997.0).astype(int) % 4]
    faces.builder.quads(canvas, Finish.BARK, tint)
    faces.builder.quads(canvas[:, ::-1], Finish.BARK, tint * np.array([1, 1, 1, 0.5]))
    for flip in (False, True):
        faces.rect(n.w, s0, s1, z - 0.55, z - 0.35, 1.05, Finish.BARK, tint, flip=flip)


def _flat(faces: Faces, n: _Cells, walls: list[Side]) -> None:
    """Far away: one wall, and the panes a hand's breadth in front of it."""
    w = np.arange(len(walls), dtype=np.intp)
    bottom = np.array([side.mass.z0 if side.mass.z0 < 0 else side.facade.floor_z[0] for side in walls])
    top = np.array([side.facade.floor_z[-1] for side in walls])
    finish = np.array([side.building.finish if side.wall == Wall.FRONT else Finish.CONCRETE for side in walls])
    tint = np.array([(*side.building.tint, 255) for side in walls])
    faces.rect(w, 0.0, np.array([side.facade.width_m for side in walls]), bottom, top, 0.0, finish, tint)
    n = n.where(~np.isin(n.pane, (Pane.BOARDED, Pane.SHUTTER)))
    _panes(faces, n, 0.05)


def add_rods(builder: SurfaceBuilder, base: Array, tip: Array, radius: float, finish: Finish = Finish.METAL) -> None:
    """Straight three-sided rods from `base` (N, 3) to `tip` (N, 3)."""
    axis = tip - base
    axis /= np.maximum(np.linalg.norm(axis, axis=1, keepdims=True), 1e-9)
    guide = np.where(abs(axis[:, 2:]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    side = cross3(axis, guide)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = cross3(axis, side)
    ring = [radius * (np.cos(t) * side + np.sin(t) * other) for t in (0.0, 2.0944, 4.1888)]
    for p, q in ((0, 1), (1, 2), (2, 0)):
        builder.quads(np.stack([base + ring[p], base + ring[q], tip + ring[q], tip + ring[p]], axis=1), finish, (88, 70, 58, 255))
