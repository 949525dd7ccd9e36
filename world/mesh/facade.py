"""Buildings: facades of recessed bays, ledges, fins and balconies, torn storeys, roofs.

In: recipe, a building, the chunk's corner.  Out: faces appended to a `SurfaceBuilder` (near), or the same building as flat walls and
panes (far). Method: a facade is a grid of cells (Müller et al. 2006, "Procedural Modeling of Buildings", split grammar), and each
kind of face is made for all cells at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.fields import uniform
from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.facade import Facade, Pane, facade_of
from world.plan.records import Building, Mass, Style, Wall
from world.recipe import Recipe

Array = NDArray[np.float64]
_LEDGE_M = 0.14


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
_PANE_FINISH = {
    Pane.DARK: Finish.GLASS,
    Pane.LIT: Finish.WINDOW_LIT,
    Pane.BROKEN: Finish.WINDOW_BROKEN,
    Pane.BOARDED: Finish.BARK,
    Pane.SHUTTER: Finish.SHUTTER,
    Pane.SHOP_LIT: Finish.WINDOW_LIT,
    Pane.SHOP_DARK: Finish.GLASS,
}
_FINISH_OF_PANE = np.array([_PANE_FINISH.get(p, Finish.RUBBLE) for p in Pane], dtype=np.uint8)
_LAMP_WARM, _LAMP_COOL = (255, 190, 112), (205, 232, 255)


class _Plane:
    """Local coordinates of a facade: s to the right, z up, d outward; relative to the chunk's corner."""

    def __init__(self, facade: Facade, corner: tuple[float, float]) -> None:
        self.origin = np.array([facade.origin[0] - corner[0], facade.origin[1] - corner[1], 0.0])
        self.along = np.array([*facade.along, 0.0])
        self.out = np.array([*facade.outward, 0.0])

    def at(self, s: ArrayLike, z: ArrayLike, d: ArrayLike) -> Array:
        s, z, d = np.broadcast_arrays(np.asarray(s, float), np.asarray(z, float), np.asarray(d, float))
        points: Array = self.origin + s[..., None] * self.along + d[..., None] * self.out
        points[..., 2] += z
        return points

    def face(self, s0: ArrayLike, s1: ArrayLike, z0: ArrayLike, z1: ArrayLike, d: ArrayLike) -> Array:
        """(N, 4, 3) quads facing outward."""
        return np.stack([self.at(s0, z0, d), self.at(s1, z0, d), self.at(s1, z1, d), self.at(s0, z1, d)], axis=-2)

    def reveals(self, s0: Array, s1: Array, z0: Array, z1: Array, d0: ArrayLike, d1: ArrayLike) -> Array:
        """(4 · N, 4, 3): the inner sides of an opening from the outer depth `d0` in to `d1`."""
        left = np.stack([self.at(s0, z0, d0), self.at(s0, z0, d1), self.at(s0, z1, d1), self.at(s0, z1, d0)], axis=-2)
        right = np.stack([self.at(s1, z0, d1), self.at(s1, z0, d0), self.at(s1, z1, d0), self.at(s1, z1, d1)], axis=-2)
        sill = np.stack([self.at(s0, z0, d0), self.at(s1, z0, d0), self.at(s1, z0, d1), self.at(s0, z0, d1)], axis=-2)
        head = np.stack([self.at(s0, z1, d1), self.at(s1, z1, d1), self.at(s1, z1, d0), self.at(s0, z1, d0)], axis=-2)
        return np.concatenate([left, right, sill, head])

    def bars(self, s0: ArrayLike, s1: ArrayLike, z0: ArrayLike, z1: ArrayLike, d0: ArrayLike, d1: ArrayLike) -> Array:
        """(5 · N, 4, 3): boxes standing out from depth `d0` to `d1`, open at the back."""
        s0, s1, z0, z1, d0, d1 = (np.asarray(a, float) for a in np.broadcast_arrays(s0, s1, z0, z1, d0, d1))
        front = self.face(s0, s1, z0, z1, d1)
        left = np.stack([self.at(s0, z0, d0), self.at(s0, z0, d1), self.at(s0, z1, d1), self.at(s0, z1, d0)], axis=-2)
        right = np.stack([self.at(s1, z0, d1), self.at(s1, z0, d0), self.at(s1, z1, d0), self.at(s1, z1, d1)], axis=-2)
        top = np.stack([self.at(s0, z1, d1), self.at(s1, z1, d1), self.at(s1, z1, d0), self.at(s0, z1, d0)], axis=-2)
        under = np.stack([self.at(s0, z0, d0), self.at(s1, z0, d0), self.at(s1, z0, d1), self.at(s0, z0, d1)], axis=-2)
        return np.concatenate([front, left, right, top, under])


def add_building(builder: SurfaceBuilder, recipe: Recipe, building: Building, corner: tuple[float, float], *, far: bool = False) -> None:
    """All of one building."""
    tint = (*building.tint, 255)
    for index, mass in enumerate(building.masses):
        for side in range(4):
            facade = facade_of(recipe, building, index, side)
            plane = _Plane(facade, corner)
            kind = mass.sides[side]
            if kind == Wall.CUT:
                _cut(builder, plane, facade, mass, side)
            elif far:
                _flat(builder, plane, facade, building, mass, tint)
            else:
                _cells(builder, plane, facade, building, mass, kind)
                if kind == Wall.FRONT:
                    _ornaments(builder, plane, facade, building, recipe, (index, side))
        _roof(builder, mass, corner, intact=index == len(building.masses) - 1 and Wall.CUT not in mass.sides, far=far)


def _grid(facade: Facade) -> tuple[Array, Array, Array, Array, NDArray[np.uint8], NDArray[np.bool_]]:
    """(s0, s1, z0, z1, pane, is ground) of every cell, flat."""
    floors, bays = facade.panes.shape
    s = facade.bay_m * np.arange(bays + 1)
    s0, s1 = np.broadcast_to(s[:-1], (floors, bays)), np.broadcast_to(s[1:], (floors, bays))
    z0 = np.broadcast_to(facade.floor_z[:-1, None], (floors, bays))
    z1 = np.broadcast_to(facade.floor_z[1:, None], (floors, bays))
    ground = np.zeros((floors, bays), dtype=bool)
    ground[0] = facade.has_ground
    return s0.ravel(), s1.ravel(), z0.ravel(), z1.ravel(), facade.panes.ravel(), ground.ravel()


def _pane_rects(facade: Facade, building: Building) -> tuple[Array, Array, Array, Array, Array]:
    """(left, right, sill, head, depth) of every cell's opening."""
    s0, s1, z0, z1, _, ground = _grid(facade)
    opening = _OPENINGS[building.style]
    margin = np.where(ground, _SHOP.margin, opening.margin) * (s1 - s0)
    sill = z0 + np.where(ground, _SHOP.sill, opening.sill)
    head = z1 - np.where(ground, _SHOP.head, opening.head)
    return s0 + margin, s1 - margin, sill, np.maximum(head, sill + 0.4), np.where(ground, _SHOP.depth, opening.depth)


def _pane_attributes(facade: Facade, which: NDArray[np.bool_]) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """(finish, tint, extra) of the chosen panes."""
    pane = facade.panes.ravel()[which]
    warmth = facade.warmth.ravel()[which]
    tint = np.where((warmth < 0.72)[:, None], _LAMP_WARM, _LAMP_COOL).astype(np.uint8)
    tint[pane == Pane.BOARDED] = (110, 92, 72)
    tint[pane == Pane.SHUTTER] = (120, 122, 124)
    tint = np.concatenate([tint, np.full((len(tint), 1), 215, np.uint8)], axis=1)
    extra = np.zeros((len(pane), 4), dtype=np.uint8)
    extra[:, 1] = np.where(pane == Pane.SHOP_LIT, 200, 90 + 100 * ((warmth * 97.0) % 1.0))
    extra[:, 2] = (warmth * 9973.0 % 1.0 * 255).astype(np.uint8)
    extra[:, 3] = pane
    return _FINISH_OF_PANE[pane], tint, extra


_UNIT_UV = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])


def _cells(builder: SurfaceBuilder, plane: _Plane, facade: Facade, building: Building, mass: Mass, kind: Wall) -> None:
    """Wall, reveals and panes of every cell; holes are torn rooms."""
    s0, s1, z0, z1, pane, ground = _grid(facade)
    finish, tint = building.finish, (*building.tint, 255)
    hole = pane == Pane.HOLE
    if kind == Wall.PARTY:
        _wall_rect(builder, plane, s0[~hole], s1[~hole], z0[~hole], z1[~hole], Finish.CONCRETE, tint)
    else:
        a, b, c, d, depth = _pane_rects(facade, building)
        solid = ~hole
        wall_finish = np.where(ground, Finish.CONCRETE if building.shop else finish, finish)[solid]
        for rect in ((s0, s1, z0, c), (s0, s1, d, z1), (s0, a, c, d), (b, s1, c, d)):
            _wall_rect(builder, plane, *(r[solid] for r in rect), wall_finish, tint)
        shade = (*(int(t * 0.8) for t in building.tint), 190)
        reveals = plane.reveals(a[solid], b[solid], c[solid], d[solid], 0.0, -depth[solid])
        builder.quads(reveals, np.tile(wall_finish, 4), shade)
        pane_finish, pane_tint, extra = _pane_attributes(facade, solid)
        uv = np.broadcast_to(_UNIT_UV, (int(solid.sum()), 4, 2))
        builder.quads(plane.face(a[solid], b[solid], c[solid], d[solid], -depth[solid]), pane_finish, pane_tint, uv, extra)
    if hole.any():
        _holes(builder, plane, s0[hole], s1[hole], z0[hole], z1[hole], kind == Wall.FRONT)
    if mass.z0 < 0:  # foundation: the wall goes on below the street
        builder.quads(plane.face(0.0, facade.width_m, mass.z0, 0.0, 0.0), finish, (*building.tint, 200))


def _wall_rect(builder: SurfaceBuilder, plane: _Plane, s0: Array, s1: Array, z0: Array, z1: Array, finish: ArrayLike, tint: ArrayLike) -> None:
    uv = np.stack([np.stack([s0, z0], -1), np.stack([s1, z0], -1), np.stack([s1, z1], -1), np.stack([s0, z1], -1)], axis=1)
    builder.quads(plane.face(s0, s1, z0, z1, 0.0), finish, tint, uv)


def _holes(builder: SurfaceBuilder, plane: _Plane, s0: Array, s1: Array, z0: Array, z1: Array, deep: bool) -> None:
    """Rooms seen through a torn bay: broken lips, side walls, floor, ceiling, a dark back."""
    depth = -2.6 if deep else -0.7
    lip = 0.12
    rooms = plane.reveals(s0, s1, z0 + lip, z1 - lip, 0.0, depth)
    dark = np.zeros((len(rooms), 4, 4), dtype=np.uint8)
    dark[:] = (92, 88, 84, 130)
    dark[:, 1:3, 3] = 36
    dark[2 * len(s0) :, 1, 3] = 130  # sills and heads: the first two corners are the outer ones
    dark[2 * len(s0) :, 2:, 3] = 36
    builder.quads(rooms, Finish.RUBBLE, dark)
    builder.quads(plane.face(s0, s1, z0 + lip, z1 - lip, depth), Finish.PLASTER, (80, 76, 72, 30))
    builder.quads(plane.bars(s0, s1, z0, z0 + lip, -0.05, 0.06), Finish.RUBBLE, (120, 116, 110, 230))
    builder.quads(plane.bars(s0, s1, z1 - lip, z1, -0.05, 0.03), Finish.RUBBLE, (110, 106, 100, 200))
    ragged = 0.1 + 0.25 * ((s0 * 7.31 + z0 * 3.17) % 1.0)
    builder.quads(plane.bars(s0, s0 + ragged, z0 + lip, z0 + lip + (z1 - z0) * 0.45, -0.3, 0.02), Finish.RUBBLE, (120, 116, 110, 220))
    builder.quads(plane.bars(s1 - 0.45 + ragged, s1, z1 - lip - 0.7 - ragged, z1 - lip, -0.3, 0.02), Finish.RUBBLE, (120, 116, 110, 220))


def _ornaments(
    builder: SurfaceBuilder, plane: _Plane, facade: Facade, building: Building, recipe: Recipe, part: tuple[int, int]
) -> None:
    """Ledges, fins, balconies, mullions, a fascia over the shops."""
    width = facade.width_m
    lighter = (*(min(255, int(t * 1.08)) for t in building.tint), 255)
    upper = facade.floor_z[1:] if facade.has_ground else facade.floor_z
    every = 1 if building.style in (Style.RIBBON, Style.BALCONY) else 3
    ledges = upper[::every]
    builder.quads(plane.bars(0.0, width, ledges - 0.12, ledges + 0.06, -0.02, _LEDGE_M), Finish.CONCRETE, lighter)
    bays = facade.panes.shape[1]
    bottom = facade.floor_z[1] if facade.has_ground and len(facade.floor_z) > 1 else facade.floor_z[0]
    if building.style == Style.FINS and len(facade.floor_z) > 2:
        edges = facade.bay_m * np.arange(bays + 1)
        builder.quads(plane.bars(edges - 0.1, edges + 0.1, bottom, facade.floor_z[-1], -0.02, 0.34), building.finish, lighter)
    a, b, c, d, depth = _pane_rects(facade, building)
    pane, ground = facade.panes.ravel(), _grid(facade)[5]
    framed = np.isin(pane, (Pane.DARK, Pane.LIT, Pane.SHOP_LIT, Pane.SHOP_DARK))
    if framed.any():
        middle = (a + b)[framed] / 2
        bars = plane.bars(middle - 0.03, middle + 0.03, c[framed], d[framed], -depth[framed], -depth[framed] + 0.05)
        builder.quads(bars, Finish.METAL, (60, 60, 62, 220))
    if building.style == Style.BALCONY:
        keep = ~ground & (pane != Pane.HOLE)
        draw = uniform(recipe.world.seed, "balcony", *building.key, *part, np.arange(len(pane)))
        keep &= draw < 0.25 + 0.7 * recipe.buildings.clutter
        s0, s1, z0, _, _, _ = _grid(facade)
        s0, s1, z0 = s0[keep] + 0.08, s1[keep] - 0.08, z0[keep]
        builder.quads(plane.bars(s0, s1, z0 - 0.16, z0, 0.0, 1.0), Finish.CONCRETE, lighter)
        solid = draw[keep] * 37.0 % 1.0 < 0.4
        builder.quads(plane.bars(s0[solid], s1[solid], z0[solid], z0[solid] + 1.0, 0.9, 1.0), building.finish, lighter)
        for ends in (s0[solid], s1[solid] - 0.08):
            builder.quads(plane.bars(ends, ends + 0.08, z0[solid], z0[solid] + 1.0, 0.0, 0.96), building.finish, lighter)
        open_ = ~solid
        rail = (78, 80, 84, 255)
        builder.quads(plane.bars(s0[open_], s1[open_], z0[open_] + 0.98, z0[open_] + 1.04, 0.93, 0.99), Finish.METAL, rail)
        for step in np.linspace(0.03, 0.97, 9):
            s = s0[open_] + (s1 - s0)[open_] * step
            builder.quads(plane.bars(s - 0.012, s + 0.012, z0[open_], z0[open_] + 1.0, 0.945, 0.975), Finish.METAL, rail)
    if building.shop and facade.has_ground and len(facade.floor_z) > 1:
        top = facade.floor_z[1]
        builder.quads(plane.bars(0.15, width - 0.15, top - 0.95, top - 0.12, -0.02, 0.16), Finish.METAL, (74, 78, 80, 255))
        awning = uniform(recipe.world.seed, "awning", *building.key, *part, np.arange(bays)) < 0.3
        s = facade.bay_m * np.arange(bays)[awning]
        if len(s):
            _awnings(builder, plane, s + 0.1, s + facade.bay_m - 0.1, top - 1.0, building)


def _awnings(builder: SurfaceBuilder, plane: _Plane, s0: Array, s1: Array, z: float, building: Building) -> None:
    """Sloped canvas over a shop bay, with a valance."""
    tint = ((96, 60, 48, 255), (48, 74, 70, 255), (92, 86, 72, 255), (58, 62, 84, 255))[building.key[2] % 4]
    top = np.stack([plane.at(s0, z - 0.35, 1.05), plane.at(s1, z - 0.35, 1.05), plane.at(s1, z, 0.16), plane.at(s0, z, 0.16)], axis=-2)
    builder.quads(top, Finish.BARK, tint)
    builder.quads(top[:, ::-1], Finish.BARK, (*tint[:3], 120))
    builder.quads(plane.face(s0, s1, z - 0.55, z - 0.35, 1.05), Finish.BARK, tint)
    builder.quads(plane.face(s0, s1, z - 0.55, z - 0.35, 1.05)[:, ::-1], Finish.BARK, tint)


def _cut(builder: SurfaceBuilder, plane: _Plane, facade: Facade, mass: Mass, side: int) -> None:
    """A torn side: slab edge above, columns, a dark partition behind."""
    depth_m = (mass.x1 - mass.x0) if side < 2 else (mass.y1 - mass.y0)
    back = -min(3.2, depth_m * 0.7)
    slab = 0.28
    z0, z1 = mass.z0, mass.z1
    width = facade.width_m
    s0, s1 = np.array([0.0]), np.array([width])
    rooms = plane.reveals(s0, s1, np.array([z0]), np.array([z1 - slab]), 0.0, back)
    tints = np.zeros((4, 4, 4), dtype=np.uint8)
    tints[:] = (104, 100, 94, 190)
    tints[:2, 1:3, 3] = 70
    tints[2:, 2:, 3] = 70
    builder.quads(rooms, Finish.RUBBLE, tints)
    bays = facade.panes.shape[1]
    edges = facade.bay_m * np.arange(bays + 1)
    builder.quads(plane.face(edges[:-1], edges[1:], z0, z1 - slab, back), Finish.PLASTER, (110, 104, 96, 80))
    jut = 0.25 + 0.9 * ((edges[:-1] * 3.77 + z0 * 1.3) % 1.0)
    builder.quads(plane.bars(edges[:-1], edges[1:], z1 - slab, z1, -0.3, jut), Finish.RUBBLE, (124, 120, 114, 235))
    columns = np.clip(edges[:: max(1, bays // 3)], 0.2, width - 0.2)
    builder.quads(plane.bars(columns - 0.2, columns + 0.2, z0, z1 - slab, -1.0, -0.5), Finish.CONCRETE, (112, 108, 104, 200))
    rods = np.linspace(0.3, width - 0.3, max(2, int(width / 0.55)))
    reach = jut[np.minimum((rods / facade.bay_m).astype(int), bays - 1)]
    length = 0.2 + 0.7 * ((rods * 5.13 + z1) % 1.0)
    droop = 0.05 + 0.35 * ((rods * 9.7) % 1.0)
    for lift, thin in ((0.06, 0.014), (0.2, 0.012)):
        base, tip = plane.at(rods, z1 - lift, reach - 0.05), plane.at(rods + 0.1, z1 - lift - droop, reach + length)
        add_rods(builder, base, tip, thin)


def add_rods(builder: SurfaceBuilder, base: Array, tip: Array, radius: float, finish: Finish = Finish.METAL) -> None:
    """Straight three-sided rods from `base` (N, 3) to `tip` (N, 3)."""
    axis = tip - base
    axis /= np.maximum(np.linalg.norm(axis, axis=1, keepdims=True), 1e-9)
    guide = np.where(abs(axis[:, 2:]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    side = np.cross(axis, guide)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(axis, side)
    ring = [radius * (np.cos(t) * side + np.sin(t) * other) for t in (0.0, 2.0944, 4.1888)]
    for p, q in ((0, 1), (1, 2), (2, 0)):
        builder.quads(np.stack([base + ring[p], base + ring[q], tip + ring[q], tip + ring[p]], axis=1), finish, (88, 70, 58, 255))


def _roof(builder: SurfaceBuilder, mass: Mass, corner: tuple[float, float], *, intact: bool, far: bool) -> None:
    """The slab on top; a parapet round it when nothing was torn off."""
    x0, y0, x1, y1, z = mass.x0 - corner[0], mass.y0 - corner[1], mass.x1 - corner[0], mass.y1 - corner[1], mass.z1
    builder.quads([[(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)]], Finish.RUBBLE if not intact else Finish.CONCRETE, (96, 94, 92, 220))
    if not intact:
        return
    t, h = 0.2, 0.9
    low = np.array([(x0, y0, z), (x0, y1 - t, z), (x0, y0 + t, z), (x1 - t, y0 + t, z)])
    high = np.array([(x1, y0 + t, z + h), (x1, y1, z + h), (x0 + t, y1 - t, z + h), (x1, y1 - t, z + h)])
    add_boxes(builder, low, high, Finish.CONCRETE, (112, 110, 106, 255))
    if not far and min(x1 - x0, y1 - y0) > 6.0:
        mx, my = (x0 + x1) / 2, (y0 + y1) / 2
        add_boxes(builder, np.array([[mx - 1.6, my - 1.3, z]]), np.array([[mx + 1.6, my + 1.3, z + 2.5]]), Finish.CONCRETE, (104, 102, 100, 255))


def add_boxes(builder: SurfaceBuilder, low: Array, high: Array, finish: ArrayLike, tint: ArrayLike) -> None:
    """Upright boxes `low`..`high` (N, 3), without their undersides."""
    x0, y0, z0 = low.T
    x1, y1, z1 = high.T

    def quad(*points: tuple[Array, Array, Array]) -> Array:
        return np.stack([np.stack(p, axis=-1) for p in points], axis=1)

    for corners in (
        quad((x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)),
        quad((x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)),
        quad((x1, y1, z0), (x0, y1, z0), (x0, y1, z1), (x1, y1, z1)),
        quad((x0, y1, z0), (x0, y0, z0), (x0, y0, z1), (x0, y1, z1)),
        quad((x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)),
    ):
        builder.quads(corners, finish, tint)


def _flat(builder: SurfaceBuilder, plane: _Plane, facade: Facade, building: Building, mass: Mass, tint: ArrayLike) -> None:
    """Far away: one wall, and the panes a hand's breadth in front of it."""
    s0, s1, z0, z1, pane, _ = _grid(facade)
    bottom = mass.z0 if mass.z0 < 0 else facade.floor_z[0]
    wall = (np.array([0.0]), np.array([facade.width_m]), np.array([bottom]), np.array([facade.floor_z[-1]]))
    _wall_rect(builder, plane, *wall, building.finish, tint)
    if mass.sides[0] == Wall.PARTY and (pane == Pane.BOARDED).all():
        return
    a, b, c, d, _ = _pane_rects(facade, building)
    shown = ~np.isin(pane, (Pane.BOARDED, Pane.SHUTTER))
    hole = pane[shown] == Pane.HOLE
    finish, pane_tint, extra = _pane_attributes(facade, shown)
    finish = np.where(hole, Finish.WINDOW_BROKEN, finish)
    uv = np.broadcast_to(_UNIT_UV, (int(shown.sum()), 4, 2))
    a, b, c, d = a[shown], b[shown], c[shown], d[shown]
    a, b = np.where(hole, s0[shown], a), np.where(hole, s1[shown], b)
    c, d = np.where(hole, z0[shown], c), np.where(hole, z1[shown], d)
    builder.quads(plane.face(a, b, c, d, 0.05), finish, pane_tint, uv, extra)
