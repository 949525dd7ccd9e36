"""Facades: recessed bays, ledges, fins, balconies, shop fronts, torn rooms.

In: the sides of all of a chunk's buildings.  Out: faces appended to a `SurfaceBuilder` (near), or flat walls and panes (far).
Method: a facade is a grid of cells (Müller et al. 2006, "Procedural Modeling of Buildings", split grammar). The cells of all
walls of a chunk stand in one table, and each kind of face is made for the whole table at once.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.conditions import GROUP_COUNT
from world.fields import uniform
from world.mesh.ornament import add_balconies, add_ledges, add_shop_fronts
from world.mesh.surface import Finish, SurfaceBuilder
from world.mesh.walls import Cells, Faces, Side, Walls, add_rods
from world.plan.facade import Pane
from world.plan.records import Style, Wall
from world.recipe import Recipe


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
    Pane.FIRE: Finish.WINDOW_LIT,
    Pane.SHOP_DARK: Finish.GLASS,
}
_FINISH_OF_PANE = np.array([_PANE_FINISH.get(p, Finish.WINDOW_BROKEN) for p in Pane], dtype=np.uint8)
FIRE_TINT = (255, 108, 22)
_LAMP_WARM, _LAMP_COOL = (255, 190, 112), (205, 232, 255)
_UNIT_UV = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
_BROKEN_GREY = (120, 116, 110, 225)


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
    add_ledges(faces, closed, widths)
    add_balconies(faces, fronts.where((fronts.style == Style.BALCONY) & ~fronts.ground), recipe)
    add_shop_fronts(faces, closed, fronts, recipe)


def _table(recipe: Recipe, chosen: list[Side], walls: list[Side]) -> Cells:
    rows: dict[str, list[Any]] = {f.name: [] for f in fields(Cells)}
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
    return Cells(**columns, a=t["s0"] + margin, b=t["s1"] - margin, c=sill, d=head, depth=opening[:, 3])


def _bays(faces: Faces, n: Cells) -> None:
    """Walls as bands along the floors and piers between the openings; reveals, panes, a mullion."""
    if not len(n.w):
        return
    beside = (n.w[1:] == n.w[:-1]) & (n.z0[1:] == n.z0[:-1]) & (n.s0[1:] == n.s1[:-1])
    first = np.nonzero(np.concatenate([[True], ~beside]))[0]
    last = np.concatenate([first[1:], [len(n.w)]]) - 1
    for z0, z1 in ((n.z0, n.c), (n.d, n.z1)):
        faces.rect(n.w[first], n.s0[first], n.s1[last], z0[first], z1[first], 0.0, n.finish[first], n.tint[first])
    left = n.s0.copy()
    left[1:][beside] = n.b[:-1][beside]
    faces.rect(n.w, left, n.a, n.c, n.d, 0.0, n.finish, n.tint)
    faces.rect(n.w[last], n.b[last], n.s1[last], n.c[last], n.d[last], 0.0, n.finish[last], n.tint[last])
    shade = (n.tint * np.array([0.8, 0.8, 0.8, 0.75])).astype(np.uint8)
    faces.sides(n.w, n.a, n.b, n.c, n.d, 0.0, -n.depth, n.finish, shade, inward=True)
    _panes(faces, n, -n.depth)
    framed = n.where(np.isin(n.pane, (Pane.DARK, Pane.LIT, Pane.SHOP_LIT, Pane.SHOP_DARK)))
    middle = (framed.a + framed.b) / 2
    faces.rect(framed.w, middle - 0.03, middle + 0.03, framed.c, framed.d, 0.04 - framed.depth, Finish.METAL, (60, 60, 62, 220))


def _panes(faces: Faces, n: Cells, d: Any) -> None:
    tint = np.where((n.warmth < 0.72)[:, None], _LAMP_WARM, _LAMP_COOL).astype(np.uint8)
    tint[n.pane == Pane.BOARDED] = (110, 92, 72)
    tint[n.pane == Pane.SHUTTER] = (120, 122, 124)
    tint = np.concatenate([tint, np.full((len(tint), 1), 215, np.uint8)], axis=1)
    extra = np.zeros((len(n.w), 4), dtype=np.uint8)
    extra[:, 1] = np.where(n.pane == Pane.SHOP_LIT, 200, 90 + 100 * ((n.warmth * 97.0) % 1.0))
    burning = n.pane == Pane.FIRE
    tint[burning, :3] = FIRE_TINT
    extra[burning, 1] = 240
    extra[burning, 0] = 1 + (n.warmth[burning] * 997.0).astype(int) % (GROUP_COUNT - 1)
    extra[:, 1] *= np.isin(n.pane, (Pane.LIT, Pane.SHOP_LIT, Pane.FIRE))
    extra[:, 2] = (n.warmth * 9973.0 % 1.0 * 255).astype(np.uint8)
    extra[:, 3] = n.pane
    uv = np.broadcast_to(_UNIT_UV, (len(n.w), 4, 2))
    faces.rect(n.w, n.a, n.b, n.c, n.d, d, _FINISH_OF_PANE[n.pane], tint, uv, extra)


def _rooms(faces: Faces, n: Cells, party: NDArray[np.bool_]) -> None:
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


def _flat(faces: Faces, n: Cells, walls: list[Side]) -> None:
    """Far away: one wall, and the panes a hand's breadth in front of it."""
    w = np.arange(len(walls), dtype=np.intp)
    bottom = np.array([side.mass.z0 if side.mass.z0 < 0 else side.facade.floor_z[0] for side in walls])
    top = np.array([side.facade.floor_z[-1] for side in walls])
    finish = np.array([side.building.finish if side.wall == Wall.FRONT else Finish.CONCRETE for side in walls])
    tint = np.array([(*side.building.tint, 255) for side in walls])
    faces.rect(w, 0.0, np.array([side.facade.width_m for side in walls]), bottom, top, 0.0, finish, tint)
    n = n.where(~np.isin(n.pane, (Pane.BOARDED, Pane.SHUTTER)))
    _panes(faces, n, 0.05)
