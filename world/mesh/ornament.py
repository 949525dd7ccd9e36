"""What stands out from a facade: ledges, fins, balconies, shop fascias and awnings.

In: the table of a chunk's cells, its walls.  Out: faces appended through `Faces`.
"""

from __future__ import annotations

import numpy as np

from world.mesh.runs import counted
from world.mesh.surface import Finish
from world.mesh.walls import Array, Cells, Faces, Side
from world.plan.facade import Pane
from world.plan.records import Style, Wall
from world.recipe import Recipe

_LEDGE_M = 0.14
BALCONY_M = 0.16  # how thick a balcony's slab is; it stands out by a metre
AWNING_OUT_M, AWNING_DROP_M = 1.05, 1.55  # of an awning's hem: from the wall, below the cell's upper edge
_RAILS_TO_M = 36.0  # higher up nobody tells a rail from the slab it stands on
_RAILS = 8  # a bay
_RAIL = (78, 80, 84, 255)


def add_ledges(faces: Faces, walls: list[Side], widths: Array) -> None:
    """Bands along the floors, and the fins of one style."""
    fronts = [k for k, side in enumerate(walls) if side.wall == Wall.FRONT]
    if not fronts:
        return
    lighter = np.minimum(255, np.array([(*side.building.tint, 255) for side in walls]) * [1.08, 1.08, 1.08, 1.0]).astype(np.uint8)
    banded = (Style.RIBBON, Style.BALCONY)
    levels = [walls[k].facade.floor_z[int(walls[k].facade.has_ground) :: 1 if walls[k].building.style in banded else 3] for k in fronts]
    w = np.repeat(fronts, [len(level) for level in levels])
    z = np.concatenate(levels)
    faces.bars(w, 0.0, widths[w], z - 0.12, z + 0.06, -0.02, _LEDGE_M, Finish.CONCRETE, lighter[w])
    finned = [k for k in fronts if walls[k].building.style == Style.FINS and len(walls[k].facade.floor_z) > 2]
    if finned:
        facades = [walls[k].facade for k in finned]
        of, bay = counted(np.array([f.panes.shape[1] + 1 for f in facades]))
        w, s = np.array(finned)[of], np.array([f.bay_m for f in facades])[of] * bay
        low, high = np.array([(f.floor_z[int(f.has_ground)], f.floor_z[-1]) for f in facades])[of].T
        faces.bars(w, s - 0.1, s + 0.1, low, high, -0.02, 0.34, Finish.CONCRETE, lighter[w])


def balconies_of(fronts: Cells, recipe: Recipe) -> Cells:
    """The bays that have one."""
    styled = (fronts.style == Style.BALCONY) & ~fronts.ground & (fronts.pane != Pane.HOLE)
    return fronts.where(styled & (fronts.draw < 0.25 + 0.7 * recipe.buildings.clutter))


def add_balconies(faces: Faces, fronts: Cells, recipe: Recipe) -> None:
    """Slabs a metre deep with a parapet or with bars."""
    n = balconies_of(fronts, recipe)
    s0, s1 = n.s0 + 0.08, n.s1 - 0.08
    faces.bars(n.w, s0, s1, n.z0 - BALCONY_M, n.z0, 0.0, 1.0, Finish.CONCRETE, n.tint)
    low = n.z0 < _RAILS_TO_M
    n, s0, s1 = n.where(low), s0[low], s1[low]
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
    step = np.repeat(np.linspace(0.03, 0.97, _RAILS), len(o.w))
    w, z, s = np.tile(o.w, _RAILS), np.tile(o.z0, _RAILS), np.tile(a, _RAILS) + np.tile(b - a, _RAILS) * step
    for flip in (False, True):  # too thin to have sides
        faces.rect(w, s - 0.014, s + 0.014, z, z + 1.0, 0.96, Finish.METAL, _RAIL, flip=flip)


_CANVAS = np.array([(96, 60, 48, 255), (48, 74, 70, 255), (92, 86, 72, 255), (58, 62, 84, 255)])


def awnings_of(walls: list[Side], fronts: Cells) -> Cells:
    """The bays of shops that have one."""
    shop = np.array([s.building.shop and s.facade.has_ground and s.wall == Wall.FRONT and len(s.facade.floor_z) > 1 for s in walls], bool)
    return fronts.where(fronts.ground & shop[fronts.w] & (fronts.draw < 0.3))


def add_shop_fronts(faces: Faces, walls: list[Side], fronts: Cells) -> None:
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
    n = awnings_of(walls, fronts)
    s0, s1, z = n.s0 + 0.1, n.s1 - 0.1, n.z1 - 1.0
    at = faces.walls.at
    low, high = np.full(len(n.w), AWNING_OUT_M), np.full(len(n.w), 0.16)
    canvas = np.stack([at(n.w, s0, z - 0.35, low), at(n.w, s1, z - 0.35, low), at(n.w, s1, z, high), at(n.w, s0, z, high)], axis=1)
    tint = _CANVAS[(n.draw * 997.0).astype(int) % 4]
    faces.builder.quads(canvas, Finish.BARK, tint)
    faces.builder.quads(canvas[:, ::-1], Finish.BARK, tint * np.array([1, 1, 1, 0.5]))
    for flip in (False, True):
        faces.rect(n.w, s0, s1, n.z1 - AWNING_DROP_M, z - 0.35, AWNING_OUT_M, Finish.BARK, tint, flip=flip)
