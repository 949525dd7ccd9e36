"""Facades: recessed bays, ledges, fins, balconies, shop fronts, torn rooms.

In: the sides of all of a chunk's buildings.  Out: faces appended to a `SurfaceBuilder` (near), or flat walls and panes (far).
Method: a facade is a grid of cells (Müller et al. 2006, "Procedural Modeling of Buildings", split grammar). The cells of all
walls of a chunk stand in one table, and each kind of face is made for the whole table at once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.conditions import GROUP_COUNT
from world.fields import Keyed
from world.mesh.ornament import add_balconies, add_ledges, add_shop_fronts
from world.mesh.runs import counted
from world.mesh.surface import Finish, SurfaceBuilder
from world.mesh.walls import Cells, Faces, Side, Walls, add_rods, inner_tints
from world.plan.facade import Pane, failing
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
    Pane.OPEN_LIT: Finish.WINDOW_LIT,  # from afar: near by one looks into `world.mesh.interior`'s rooms
    Pane.OPEN_DARK: Finish.GLASS,
}


def _among(*panes: Pane) -> NDArray[np.bool_]:
    """By pane: whether it is one of these."""
    return np.array([pane in panes for pane in Pane])


_OPEN, _SHUT, _SHOP_WINDOW = _among(Pane.OPEN_LIT, Pane.OPEN_DARK), _among(Pane.BOARDED, Pane.SHUTTER), _among(Pane.SHOP_LIT, Pane.OPEN_LIT)
_FRAMED, _LIT = _among(Pane.DARK, Pane.LIT, Pane.SHOP_LIT, Pane.SHOP_DARK), _among(Pane.LIT, Pane.FIRE)
_FINISH_OF_PANE = np.array([_PANE_FINISH.get(p, Finish.WINDOW_BROKEN) for p in Pane], dtype=np.uint8)
FIRE_TINT = (255, 108, 22)
_FLAT_FROM_M = 30.0
_LAMP_WARM, _LAMP_COOL = (255, 190, 112), (205, 232, 255)
_ROOM_SHADE = inner_tints((92, 88, 84), 130, 36)
_BROKEN_GREY = (120, 116, 110, 225)


def add_facades(builder: SurfaceBuilder, recipe: Recipe, sides: list[Side], corner: tuple[float, float], *, far: bool = False) -> None:
    """All `sides` that are not torn open (those are `world.mesh.torn`'s)."""
    closed = [side for side in sides if side.wall != Wall.CUT]
    if not closed:
        return
    walls = Walls([side.facade for side in closed], corner)
    faces = Faces(builder, walls)
    if far:
        _flat(faces, cells_of(recipe, [s for s in closed if s.wall == Wall.FRONT], closed), closed)
        faces.emit()
        return
    cells = cells_of(recipe, closed, closed)
    cells = cells.where(~_OPEN[cells.pane])
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
    add_balconies(faces, fronts, recipe)
    add_shop_fronts(faces, closed, fronts)
    faces.emit()


def cells_of(recipe: Recipe, chosen: list[Side], walls: list[Side]) -> Cells:
    """The cells of the `chosen` sides, wall by wall, floor by floor, from left to right; `w` counts in `walls`."""
    position = {id(side): k for k, side in enumerate(walls)}
    place = np.array([position[id(side)] for side in chosen], dtype=np.intp)
    grids = [side.facade.panes for side in chosen]
    count = np.array([grid.size for grid in grids], dtype=np.intp)
    of, index = counted(count)

    def column(values: list[Any]) -> Any:
        return np.array(values)[of] if chosen else np.zeros(0, dtype=np.intp)

    floor, bay = np.divmod(index, column([grid.shape[1] for grid in grids])) if chosen else (index, index)
    storeys = max((grid.shape[0] for grid in grids), default=0)
    levels = np.zeros((len(chosen), storeys + 1))
    for row, side in zip(levels, chosen, strict=True):
        row[: len(side.facade.floor_z)] = side.facade.floor_z
    bay_m = column([side.facade.bay_m for side in chosen])
    s0, s1, z0, z1 = bay_m * bay, bay_m * (bay + 1), levels[of, floor], levels[of, floor + 1]
    ground = (floor == 0) & column([side.facade.has_ground for side in chosen]).astype(bool)
    finish = np.where(
        ground & column([side.building.shop for side in chosen]), Finish.CONCRETE, column([s.building.finish for s in chosen])
    )
    style = column([side.building.style for side in chosen])
    opening = np.where(ground[:, None], np.array(_SHOP), _OPENING_TABLE[style])
    margin, sill = opening[:, 0] * (s1 - s0), z0 + opening[:, 1]
    keys = [column(list(key)) for key in zip(*((*side.building.key, *side.part) for side in chosen), strict=True)]
    return Cells(
        {
            "w": place[of],
            "s0": s0,
            "s1": s1,
            "z0": z0,
            "z1": z1,
            "pane": np.concatenate([grid.ravel() for grid in grids]) if chosen else np.zeros(0, np.uint8),
            "warmth": np.concatenate([side.facade.warmth.ravel() for side in chosen]) if chosen else np.zeros(0),
            "ground": ground,
            "finish": finish.astype(np.uint8),
            "tint": column([(*side.building.tint, 255) for side in chosen]).astype(np.uint8).reshape(-1, 4),
            "style": style.astype(np.uint8),
            "a": s0 + margin,
            "b": s1 - margin,
            "c": sill,
            "d": np.maximum(z1 - opening[:, 2], sill + 0.4),
            "depth": opening[:, 3],
            "draw": Keyed(*keys, index).uniform(recipe.seed_of("buildings"), "cell"),
        }
    )


def _runs(n: Cells) -> tuple[NDArray[np.bool_], NDArray[np.intp], NDArray[np.intp]]:
    """(whether the next cell stands beside it (N - 1,), first cells of rows, last cells) of cells in order."""
    beside = (n.w[1:] == n.w[:-1]) & (n.z0[1:] == n.z0[:-1]) & (n.s0[1:] == n.s1[:-1])
    first = np.nonzero(np.concatenate([[True], ~beside]))[0]
    return beside, first, np.concatenate([first[1:], [len(n.w)]]) - 1


def _bays(faces: Faces, n: Cells) -> None:
    """Walls as bands along the floors and piers between the openings; reveals, panes, a mullion. High above the street, where nobody
    sees how deep a window sits, bands alone and the panes on them."""
    high = n.where(n.z0 > _FLAT_FROM_M)
    if len(high.w):
        _, first, last = _runs(high)
        faces.rect(high.w[first], high.s0[first], high.s1[last], high.z0[first], high.z1[first], 0.0, high.finish[first], high.tint[first])
        _panes(faces, high, 0.03)
    n = n.where(n.z0 <= _FLAT_FROM_M)
    if not len(n.w):
        return
    beside, first, last = _runs(n)
    for z0, z1 in ((n.z0, n.c), (n.d, n.z1)):
        faces.rect(n.w[first], n.s0[first], n.s1[last], z0[first], z1[first], 0.0, n.finish[first], n.tint[first])
    left = n.s0.copy()
    left[1:][beside] = n.b[:-1][beside]
    faces.rect(n.w, left, n.a, n.c, n.d, 0.0, n.finish, n.tint)
    faces.rect(n.w[last], n.b[last], n.s1[last], n.c[last], n.d[last], 0.0, n.finish[last], n.tint[last])
    shade = (n.tint * np.array([0.8, 0.8, 0.8, 0.75])).astype(np.uint8)
    faces.sides(n.w, n.a, n.b, n.c, n.d, 0.0, -n.depth, n.finish, shade, inward=True)
    _panes(faces, n, -n.depth)
    _soot(faces, n)
    framed = n.where(_FRAMED[n.pane])
    middle = (framed.a + framed.b) / 2
    faces.rect(framed.w, middle - 0.03, middle + 0.03, framed.c, framed.d, 0.04 - framed.depth, Finish.METAL, (60, 60, 62, 220))


def _soot(faces: Faces, n: Cells) -> None:
    """What burnt inside blackened the wall above: a tongue of soot from the head of the opening up to the next sill, in the wall's own
    skin, so that its edges are the wall."""
    n = n.where((n.pane == Pane.FIRE) | ((n.pane == Pane.BROKEN) & (n.draw < 0.5)))
    if not len(n.w):
        return
    top = np.minimum(n.d + 1.0 + 1.2 * (n.draw * 7.0 % 1.0), n.z1 + (n.c - n.z0) - 0.05)
    lean = 0.25 * ((n.draw * 31.0 % 1.0) - 0.5)
    wide = 0.12 + 0.3 * (n.b - n.a)
    outer, dark = (n.a - 0.25, n.b + 0.25), (n.a - 0.02, n.b + 0.02)
    high = (n.a + wide + lean, n.b - wide + lean)
    clean = n.tint.astype(np.float64)
    black = clean * [0.1, 0.09, 0.085, 1.0]
    across, up, shade = (
        np.concatenate([np.stack(columns, axis=1) for columns in parts])
        for parts in (
            ((dark[0], dark[1], high[1], high[0]), (outer[0], dark[0], high[0], outer[0]), (dark[1], outer[1], outer[1], high[1])),
            ((n.d, n.d, top, top),) * 3,
            ((black, black, clean, clean), (clean, black, clean, clean), (black, clean, clean, clean)),
        )
    )
    w, finish = np.tile(n.w, 3), np.tile(n.finish, 3)
    corners = faces.walls.corners(w, across, up, np.full((len(w), 1), 0.006))
    faces.builder.quads(corners, finish, shade, np.stack([across, up], axis=-1), (0, 0, 0, 0), faces.walls.out[w][:, None])


def _panes(faces: Faces, n: Cells, d: Any) -> None:
    tint = np.where((n.warmth < 0.72)[:, None], _LAMP_WARM, _LAMP_COOL).astype(np.uint8)
    tint[n.pane == Pane.BOARDED] = (110, 92, 72)
    tint[n.pane == Pane.SHUTTER] = (120, 122, 124)
    tint = np.concatenate([tint, np.full((len(tint), 1), 215, np.uint8)], axis=1)
    extra = np.zeros((len(n.w), 4), dtype=np.uint8)
    shop = _SHOP_WINDOW[n.pane]
    extra[:, 1] = np.where(shop, 200, 90 + 100 * ((n.warmth * 97.0) % 1.0))
    burning = n.pane == Pane.FIRE
    tint[burning, :3] = FIRE_TINT
    extra[burning, 1] = 70 + 180 * (n.warmth[burning] * 31.0 % 1.0)
    grouped = burning | failing(n.pane, n.warmth)
    extra[grouped, 0] = 1 + (n.warmth[grouped] * 997.0).astype(int) % (GROUP_COUNT - 1)
    extra[:, 1] *= shop | _LIT[n.pane]
    extra[:, 2] = (n.warmth * 9973.0 % 1.0 * 255).astype(np.uint8)
    extra[:, 3] = np.where(shop, Pane.SHOP_LIT, np.where(n.pane == Pane.OPEN_DARK, Pane.SHOP_DARK, n.pane))
    faces.rect(n.w, n.a, n.b, n.c, n.d, d, _FINISH_OF_PANE[n.pane], tint, extra, pane=True)


def _rooms(faces: Faces, n: Cells, party: NDArray[np.bool_]) -> None:
    """Rooms seen through a torn bay: broken lips, side walls, floor, ceiling, a dark back."""
    count = len(n.w)
    if not count:
        return
    depth = np.where(party, -0.7, -2.6)
    lip = 0.12
    faces.sides(n.w, n.s0, n.s1, n.z0 + lip, n.z1 - lip, 0.0, depth, Finish.RUBBLE, _ROOM_SHADE, inward=True)
    faces.rect(n.w, n.s0, n.s1, n.z0 + lip, n.z1 - lip, depth, Finish.PLASTER, (80, 76, 72, 30))
    ragged = 0.1 + 0.3 * n.draw
    tall = n.z1 - n.z0
    faces.bars(n.w, n.s0, n.s1, n.z0, n.z0 + lip, -0.05, 0.06, Finish.RUBBLE, _BROKEN_GREY)
    faces.bars(n.w, n.s0, n.s1, n.z1 - lip, n.z1, -0.05, 0.03, Finish.RUBBLE, _BROKEN_GREY)
    faces.bars(n.w, n.s0, n.s0 + ragged, n.z0 + lip, n.z0 + lip + tall * 0.45, -0.3, 0.02, Finish.RUBBLE, _BROKEN_GREY)
    faces.bars(n.w, n.s1 - 0.5 + ragged, n.s1, n.z1 - lip - 0.7 - ragged, n.z1 - lip, -0.3, 0.02, Finish.RUBBLE, _BROKEN_GREY)
    bars = np.array([(0.3, 0.5), (0.55, 0.85), (0.8, 0.4)])  # that the slab left hanging: where, how far down
    k, w = np.repeat(np.arange(3), count), np.tile(n.w, 3)
    s0, s1, z1, draw = (np.tile(column, 3) for column in (n.s0, n.s1, n.z1, n.draw))
    s = s0 + (s1 - s0) * bars[k, 0]
    base = faces.walls.at(w, s, z1 - lip / 2, np.zeros(3 * count))
    add_rods(faces.builder, base, faces.walls.at(w, s + 0.12, z1 - lip - bars[k, 1] * (0.5 + draw), 0.1 + 0.3 * draw), 0.014)


def _flat(faces: Faces, n: Cells, walls: list[Side]) -> None:
    """Far away: one wall, and the panes a hand's breadth in front of it."""
    w = np.arange(len(walls), dtype=np.intp)
    bottom = np.array([side.mass.z0 if side.mass.z0 < 0 else side.facade.floor_z[0] for side in walls])
    top = np.array([side.facade.floor_z[-1] for side in walls])
    finish = np.array([side.building.finish if side.wall == Wall.FRONT else Finish.CONCRETE for side in walls])
    tint = np.array([(*side.building.tint, 255) for side in walls])
    faces.rect(w, 0.0, np.array([side.facade.width_m for side in walls]), bottom, top, 0.0, finish, tint)
    n = n.where(~_SHUT[n.pane])
    _panes(faces, n, 0.05)
