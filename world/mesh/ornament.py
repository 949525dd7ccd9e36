"""What stands out from a facade: ledges, fins, balconies, shop fascias and awnings.

In: the table of a chunk's cells, its walls.  Out: faces appended through `Faces`.
"""

from __future__ import annotations

import numpy as np

from world.mesh.surface import Finish
from world.mesh.walls import Array, Cells, Faces, Side
from world.plan.facade import Pane
from world.plan.records import Style, Wall
from world.recipe import Recipe

_LEDGE_M = 0.14
_RAILS_TO_M = 36.0  # higher up nobody tells a rail from the slab it stands on
_RAIL = (78, 80, 84, 255)


def add_ledges(faces: Faces, walls: list[Side], widths: Array) -> None:
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


def add_balconies(faces: Faces, n: Cells, recipe: Recipe) -> None:
    """Slabs a metre deep with a parapet or with bars."""
    n = n.where((n.draw < 0.25 + 0.7 * recipe.buildings.clutter) & (n.pane != Pane.HOLE))
    s0, s1 = n.s0 + 0.08, n.s1 - 0.08
    faces.bars(n.w, s0, s1, n.z0 - 0.16, n.z0, 0.0, 1.0, Finish.CONCRETE, n.tint)
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
    for step in np.linspace(0.03, 0.97, 8):  # too thin to have sides
        s = a + (b - a) * step
        for flip in (False, True):
            faces.rect(o.w, s - 0.014, s + 0.014, o.z0, o.z0 + 1.0, 0.96, Finish.METAL, _RAIL, flip=flip)


_CANVAS = np.array([(96, 60, 48, 255), (48, 74, 70, 255), (92, 86, 72, 255), (58, 62, 84, 255)])


def add_shop_fronts(faces: Faces, walls: list[Side], fronts: Cells, recipe: Recipe) -> None:
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
