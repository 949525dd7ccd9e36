"""What is on top and what was torn open: cut storeys with slabs, columns and rebar; roofs and parapets.

In: the cut sides and the masses of a chunk's buildings.  Out: faces appended to a `SurfaceBuilder`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.mesh.runs import counted, spread
from world.mesh.surface import Finish, SurfaceBuilder
from world.mesh.walls import Array, Faces, Side, Walls, add_rods, inner_tints
from world.plan.records import Building, Mass, Wall

_SLAB_M = 0.28
_LAYERS = (0.06, 0.2)  # of bars, below the slab's top
_SHADE = inner_tints((104, 100, 94), 190, 70)


def add_cuts(builder: SurfaceBuilder, sides: list[Side], corner: tuple[float, float], *, far: bool = False) -> None:
    """Torn sides: slab edge above, a dark partition behind; near by columns, and bars hanging from the slab."""
    cut = [side for side in sides if side.wall == Wall.CUT]
    if not cut:
        return
    faces = Faces(builder, Walls([side.facade for side in cut], corner))
    masses = [(side.mass, side.facade, side.part[1] < 2) for side in cut]
    rows = [(f.width_m, f.bay_m, f.panes.shape[1], m.z0, m.z1, m.x1 - m.x0 if ends else m.y1 - m.y0) for m, f, ends in masses]
    width, bay, bays, z0, z1, deep = np.array(rows).T
    bays, ceiling, back, each = bays.astype(np.intp), z1 - _SLAB_M, -np.minimum(3.2, deep * 0.7), np.arange(len(cut))
    faces.sides(each, 0.0, width, z0, ceiling, 0.0, back, Finish.RUBBLE, _SHADE, inward=True)
    faces.rect(each, 0.0, width, z0, ceiling, back, Finish.PLASTER, (110, 104, 96, 80))
    w, k = counted(bays)
    left = bay[w] * k
    jut = 0.25 + 0.9 * ((left * 3.77 + z0[w] * 1.3) % 1.0)
    faces.bars(w, left, bay[w] * (k + 1), ceiling[w], z1[w], -0.3, jut, Finish.RUBBLE, (124, 120, 114, 235))
    if not far:
        first = np.cumsum(bays) - bays
        w, k = counted(bays + 1)
        third = k % np.maximum(1, bays // 3)[w] == 0
        w, k = w[third], k[third]
        s = np.clip(bay[w] * k, 0.2, width[w] - 0.2)
        faces.bars(w, s - 0.2, s + 0.2, z0[w], ceiling[w], -1.0, -0.5, Finish.CONCRETE, (112, 108, 104, 200))
        s, w, _ = spread(np.full(len(cut), 0.3), width - 0.3, np.maximum(2, (width / 0.55).astype(np.intp)))
        reach = jut[first[w] + np.minimum((s / bay[w]).astype(np.intp), bays[w] - 1)]
        length = 0.2 + 0.7 * ((s * 5.13 + z1[w]) % 1.0)
        droop = 0.05 + 0.35 * ((s * 9.7) % 1.0)
        bases = [faces.walls.at(w, s, z1[w] - lift, reach - 0.05) for lift in _LAYERS]
        tips = [faces.walls.at(w, s + 0.1, z1[w] - lift - droop, reach + length) for lift in _LAYERS]
        add_rods(builder, np.concatenate(bases), np.concatenate(tips), 0.013)
    faces.emit()


def add_roofs(builder: SurfaceBuilder, buildings: tuple[Building, ...], corner: tuple[float, float], *, far: bool) -> None:
    """The slab on top of each mass; a parapet and a stair head where nothing was torn off."""
    masses = [(b, m, k == len(b.masses) - 1 and Wall.CUT not in m.sides) for b in buildings for k, m in enumerate(b.masses)]
    if not masses:
        return
    boxes = Boxes(builder, [(b, m) for b, m, _ in masses], corner)
    x0, y0, x1, y1, z = boxes.rows
    finish = np.array([Finish.CONCRETE if whole else Finish.RUBBLE for _, _, whole in masses])
    boxes.top(np.arange(len(masses)), x0, y0, x1, y1, z, finish, (96, 94, 92, 220))
    w = np.nonzero([whole for _, _, whole in masses])[0]
    x0, y0, x1, y1, z = (row[w] for row in boxes.rows)
    t, h = 0.2, 0.9
    strips = ((x0, y0, x1, y0 + t), (x0, y1 - t, x1, y1), (x0, y0 + t, x0 + t, y1 - t), (x1 - t, y0 + t, x1, y1 - t))
    a0, b0, a1, b1 = (np.concatenate(column) for column in zip(*strips, strict=True))
    foot = np.tile(z, 4)
    boxes.add(np.tile(w, 4), a0, b0, a1, b1, foot, foot + h, Finish.CONCRETE, (112, 110, 106, 255))
    if not far:
        mx, my = (x0 + x1) / 2, (y0 + y1) / 2
        hx, hy = np.minimum(1.6, (x1 - x0) / 4), np.minimum(1.3, (y1 - y0) / 4)
        boxes.add(w, mx - hx, my - hy, mx + hx, my + hy, z, z + 2.5, Finish.CONCRETE, (104, 102, 100, 255))


# Four sides and the top of a box, counter-clockwise from outside: which of its two x, y, z each corner takes.
_BOX_X = np.array([[0, 1, 1, 0], [1, 1, 1, 1], [1, 0, 0, 1], [0, 0, 0, 0], [0, 1, 1, 0]])
_BOX_Y = np.array([[0, 0, 0, 0], [0, 1, 1, 0], [1, 1, 1, 1], [1, 0, 0, 1], [0, 0, 1, 1]])
_BOX_Z = np.array([[0, 0, 1, 1]] * 4 + [[1, 1, 1, 1]])


class Boxes:
    """Upright boxes in the frames of many masses: `rows` are their x0, y0, x1, y1, z1. With `middles`, `uv` is not metres along each
    face but the middle of its building."""

    def __init__(
        self, builder: SurfaceBuilder, masses: list[tuple[Building, Mass]], corner: tuple[float, float], middles: bool = False
    ) -> None:
        self._builder = builder
        self._middle = np.array([b.centre for b, _ in masses]) - np.array(corner) if middles else None
        self._origin = np.array([b.origin for b, _ in masses]) - np.array(corner)
        self._axis = np.array([b.axis for b, _ in masses])
        self.rows = np.array([(m.x0, m.y0, m.x1, m.y1, m.z1) for _, m in masses]).T

    def _at(self, w: NDArray[np.intp], x: Array, y: Array, z: Array) -> Array:
        ox, oy, ax, ay = self._origin[w, 0], self._origin[w, 1], self._axis[w, 0], self._axis[w, 1]
        return np.stack([ox + x * ax - y * ay, oy + x * ay + y * ax, z], axis=-1)

    def top(self, w: NDArray[np.intp], x0: Array, y0: Array, x1: Array, y1: Array, z: Array, finish: ArrayLike, tint: ArrayLike) -> None:
        """A face that looks up, for masses `w`."""
        at = self._at
        self._quads(w, np.stack([at(w, x0, y0, z), at(w, x1, y0, z), at(w, x1, y1, z), at(w, x0, y1, z)], axis=1), finish, tint)

    def add(
        self, w: NDArray[np.intp], x0: Array, y0: Array, x1: Array, y1: Array, z0: Array, z1: Array, finish: int, tint: ArrayLike
    ) -> None:
        """Boxes without their undersides."""
        x, y, z = (np.stack(np.broadcast_arrays(*ends, w)[:2]) for ends in ((x0, x1), (y0, y1), (z0, z1)))
        x, y, z = (ends[index].transpose(2, 0, 1) for ends, index in ((x, _BOX_X), (y, _BOX_Y), (z, _BOX_Z)))  # (N, 5, 4)
        of = np.repeat(w, 5)
        tints = np.asarray(tint)
        corners = self._at(of[:, None], x.reshape(-1, 4), y.reshape(-1, 4), z.reshape(-1, 4))
        self._quads(of, corners, finish, np.repeat(tints, 5, axis=0) if tints.ndim == 2 else tints)

    def _quads(self, w: NDArray[np.intp], corners: Array, finish: ArrayLike, tint: ArrayLike) -> None:
        uv = None if self._middle is None else np.broadcast_to(self._middle[w][:, None], (len(w), 4, 2))
        self._builder.quads(corners, finish, tint, uv)
