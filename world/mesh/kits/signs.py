"""Neon: the planned signs as they hang, lit, buzzing half-dead, or dark; in detail for the near eye, as glowing panels for the far one.

In: a chunk's `Sign`s.  Out: faces in a `SurfaceBuilder`.
Frame of a sign: origin in the middle of its glowing face, +y away from its wall, z up. A blade's faces look along x, to either side;
the others' look along +y. All signs of a kind are drawn together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from world.fields import uniform
from world.mesh.kits.sign_faces import (
    DEAD_GLASS,
    DEEP_M,
    HOUSING,
    LEFT,
    OUT,
    RIGHT,
    TUBE_M,
    Panels,
    bordered,
    borders,
    draw_far_blades,
    draw_far_boards,
    draw_far_tubes,
    tubes_of,
    warm_cracks,
)
from world.mesh.kits.sign_spec import spec_of, warm_words
from world.mesh.kits.sign_table import SignTable, table_of
from world.mesh.kits.sketch import Floats, Sketch
from world.mesh.runs import counted, spread
from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.records import Sign, SignKind

Rgb = tuple[int, int, int]

STEEL: Rgb = (74, 78, 80)
_CABLE: Rgb = (16, 16, 17)
_BLACK: Rgb = (24, 26, 28)
_RIM_M = 0.06
_WALL_M = 0.2  # from the wall to a face that lies along it


def add_signs(builder: SurfaceBuilder, signs: Sequence[Sign], corner: tuple[float, float], *, far: bool = False) -> None:
    """All of a chunk's signs, each with its face where the plan put it."""
    if not signs:
        return
    sketch, table = Sketch(), table_of([spec_of(sign) for sign in signs])
    panels, form = Panels(table, whole=far), _FORM[table.kind]
    for k, draw in enumerate(_FAR if far else _NEAR):
        drawn = table.where(form == k)
        if len(drawn):
            draw(sketch, panels, drawn)
    panels.draw(sketch)
    origins = np.array([sign.position for sign in signs]) - np.array([*corner, 0.0])
    sketch.emit(builder, origins, np.radians([sign.heading_deg for sign in signs]))


def warm_signs() -> Iterator[str]:
    """Makes all that signs share, a word or a seed a step."""
    yield from warm_words()
    yield from warm_cracks()


def _arms(sketch: Sketch, n: SignTable) -> None:
    """Arms, wall plates, stay, transformer and feed cable of what stands out from a wall."""
    w, h, wall = n.w, n.h, -n.back
    for z in (-0.32 * h, 0.32 * h):
        sketch.box(n.of, (-0.025, wall, z - 0.025), (0.025, -w / 2 - 0.02, z + 0.025), Finish.METAL, STEEL, "-y +y")
        sketch.box(n.of, (-0.09, wall, z - 0.11), (0.09, wall + 0.025, z + 0.11), Finish.METAL, STEEL, "-y")
    top = h / 2 + _RIM_M
    sketch.path(n.of, [(0.0, wall + 0.02, top + 0.3 * w), (0.0, 0.2 * w, top)], 0.012, Finish.METAL, STEEL)
    low = -0.1 * h
    sketch.box(n.of, (-0.07, wall, low), (0.07, wall + 0.14, low + 0.24), Finish.METAL, (52, 54, 56), "-y")
    sketch.path(n.of, [(0.03, wall + 0.08, low), (0.04, wall + 0.18, low - 0.2), (0.03, -w / 2, low - 0.1)], 0.011, Finish.RUBBER, _CABLE)
    torn = n.draw("torn-cable") < 0.4
    n, w, top = n.where(torn), w[torn], top[torn]
    end = -0.3 - 0.5 * n.draw("torn-length")
    cable = [(-0.04, 0.1 * w, -top), (-0.05, 0.12 * w, -top + 0.4 * end), (-0.02, 0.05 * w, -top + end)]
    sketch.path(n.of, cable, 0.009, Finish.RUBBER, _CABLE)


def _blades(sketch: Sketch, panels: Panels, n: SignTable) -> None:
    w, h = n.w / 2, n.h / 2
    y, z, deep = w + _RIM_M, h + _RIM_M, DEEP_M / 2
    for (low_y, low_z), (high_y, high_z) in (((-w, h), (w, z)), ((-w, -z), (w, -h)), ((-y, -z), (-w, z)), ((w, -z), (y, z))):
        sketch.box(n.of, (-deep, low_y, low_z), (deep, high_y, high_z), Finish.METAL, HOUSING)
    edged = bordered(n)
    for normal in (LEFT, RIGHT):
        panels.add(n, normal, deep - 0.03)
        borders(sketch, n.where(edged), normal, deep + 0.012, w[edged] - 0.03, h[edged] - 0.03)
    dark, w, h = n.where(~n.lit), w[~n.lit], h[~n.lit]
    sketch.box(dark.of, (-0.03, -w, -h), (0.03, w, h), Finish.METAL, (20, 21, 22), "-y +y -z +z")
    _arms(sketch, n)


def _fascias(sketch: Sketch, panels: Panels, n: SignTable) -> None:
    h = n.h / 2
    x, z = n.w / 2 + 0.25, h + _RIM_M
    sketch.box(n.of, (-x, -_WALL_M, -z), (x, -0.03, z), Finish.METAL, HOUSING, "-y")
    for low, high in ((h, z), (-z, -h)):
        sketch.box(n.of, (-x, -0.03, low), (x, 0.05, high), Finish.METAL, STEEL, "-y")
    panels.add(n, OUT, 0.0)
    for quarter, (sx, sz) in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1))):
        edged = n.lit & (n.draw("edge", quarter) < 0.75)
        e, end, high = n.where(edged), sx * (x[edged] - 0.08), sz * (h[edged] - 0.02)
        sketch.path(e.of, [(end, 0.05, 0.0), (end, 0.05, high), (0.02 * sx, 0.05, high)], TUBE_M, Finish.TUBE, e.colour, e.luminance)
    # Small lamps on bent arms that light the board from above, all dead.
    count = np.maximum(2, np.rint(2 * x / 1.4).astype(np.int64))
    of, k = counted(count)
    lamp = np.zeros((len(of), 3, 2, 3)) + _LAMP  # of each lamp three bars, from end to end
    lamp[..., 0] += ((k + 0.5) / count[of] * 2 * x[of] - x[of])[:, None, None]
    lamp[..., 2] += z[of][:, None, None]
    bars = lamp.reshape(-1, 2, 3)
    sketch.rods(n.of.at(np.repeat(of, 3)), bars[:, 0], bars[:, 1], np.tile(_LAMP_RADII, (len(of), 1)), Finish.METAL, STEEL)


_LAMP = np.array([[(0, -0.1, 0), (0, -0.02, 0.24)], [(0, -0.02, 0.24), (0, 0.24, 0.2)], [(0, 0.23, 0.22), (0, 0.27, 0.08)]])
_LAMP_RADII = np.array([(0.013, 0.013), (0.013, 0.013), (0.03, 0.085)])
_DRUM = 12
_TURN = [k * 2 * math.pi / _DRUM for k in range(_DRUM + 1)]
_RING = np.array([(math.cos(turn), math.sin(turn)) for turn in _TURN])
_FILLED = np.array([(0, k, k + 1, k + 2) for k in range(1, _DRUM - 2, 2)])  # a convex rim as quads


def _drums(sketch: Sketch, n: SignTable, deep: float, *, across: bool) -> None:
    """Round housings: their rims and their dark faces, on either side of what stands `across` the street. What lies along the wall is
    drawn in tubes that stand before it on their posts, so that its front is behind the sign's middle."""
    radius = (n.w / 2)[:, None, None]

    def add(x: Floats, y: Floats, z: Floats) -> None:
        """Quads (Q, 4) of each, `x` along the drum's axis."""
        corners = np.empty((len(n), *y.shape, 3))
        corners[..., 0], corners[..., 1] = (x, radius * y) if across else (-(radius * y), x - deep - 0.05)
        corners[..., 2] = radius * z
        each = n.of.at(np.repeat(np.arange(len(n)), len(y)))
        sketch.quads(each, corners.reshape(-1, 4, 3), Finish.PAINT, _BLACK)

    y, z = _RING.T
    add(np.array([deep, -deep, -deep, deep]), *(np.stack([r[1:], r[1:], r[:-1], r[:-1]], axis=1) for r in (y, z)))
    for way in (-1.0, 1.0) if across else (1.0,):
        add(np.full(4, way * (deep - 0.01)), way * y[_FILLED], z[_FILLED])


def _rounds(sketch: Sketch, panels: Panels, n: SignTable) -> None:
    deep, inner = DEEP_M / 2, n.w / 2 - 0.06
    _drums(sketch, n, deep, across=True)
    finish, tint = np.where(n.lit, Finish.TUBE, Finish.GLASS), np.where(n.lit[:, None], n.colour, DEAD_GLASS)
    for x in (-1.0, 1.0):
        panels.add(n, (x, 0.0, 0.0), deep + 0.002)
        ring = [(x * (deep + 0.02), inner * c, inner * s) for c, s in _RING[:-1]]
        sketch.path(n.of, ring, TUBE_M, finish, tint, n.luminance)
    _arms(sketch, n)


@cache
def _tube_draws(seed: int, count: int) -> Floats:
    return np.asarray(uniform(seed, "dead-tube", np.arange(count)))


def _bent(sketch: Sketch, n: SignTable, dead_share: float) -> None:
    """Drawings in tubes, on glass posts from the wall side."""
    pieces, of, lines = tubes_of(n)
    draws = np.concatenate([_tube_draws(spec.seed, int(own[-1]) + 1)[own] for spec, own in zip(n.spec, lines, strict=True)])
    dead = (draws < dead_share) | ~n.lit[of]
    line, owners = np.concatenate(lines), n.of.at(of)
    a, b = (np.column_stack([-p[:, 0], 0.0 * p[:, 0], p[:, 1]]) for p in (pieces[:, :2], pieces[:, 2:4]))
    for which, finish in ((~dead, Finish.TUBE), (dead, Finish.GLASS)):
        o = of[which]
        glows = finish is Finish.TUBE
        tint, luminance = (n.colour[o], n.luminance[o]) if glows else (DEAD_GLASS, 0)
        sketch.rods(owners.at(which), a[which], b[which], TUBE_M, finish, tint, luminance, pieces[which, 4:])
    first = np.concatenate([[True], (line[1:] != line[:-1]) | (of[1:] != of[:-1])])
    posts = a[first]
    sketch.rods(n.of.at(of[first]), posts - [0.0, 0.09, 0.0], posts, 0.008, Finish.GLASS, DEAD_GLASS)


def _icons(sketch: Sketch, _: Panels, n: SignTable) -> None:
    _drums(sketch, n, 0.05, across=False)
    _bent(sketch, n, 0.15)
    for z in (-0.3 * n.w, 0.3 * n.w):
        sketch.box(n.of, (-0.04, -_WALL_M, z - 0.03), (0.04, -0.05, z + 0.03), Finish.METAL, STEEL, "-y +y")


def _tubes(sketch: Sketch, _: Panels, n: SignTable) -> None:
    _bent(sketch, n, 0.12)
    x, z, y = n.w / 2, n.h / 2, -0.1
    sketch.path(n.of, [(-x, y, -z), (x, y, -z), (x, y, z), (-x, y, z), (-x, y, -z)], 0.018, Finish.METAL, STEEL)
    count = np.maximum(3, np.rint(n.w / 0.45).astype(np.int64))
    at, of, k = spread(-x, x, count)
    inner = (k > 0) & (k < count[of] - 1)
    at, of = at[inner], of[inner]
    sketch.path(n.of.at(of), [(at, 0 * at + y, 0 * at - z[of]), (at, 0 * at + y, 0 * at + z[of])], 0.005, Finish.METAL, STEEL)
    for side in (-x + 0.05, x - 0.05):
        sketch.path(n.of, [(side, -_WALL_M, 0.0), (side, y, 0.0)], 0.018, Finish.METAL, STEEL)


def _rooftops(sketch: Sketch, panels: Panels, n: SignTable) -> None:
    w, h = n.w, n.h
    foot, back = -h / 2 - 0.5 * h, -1.2
    x, of, k = spread(-w / 2 + 0.1, w / 2 - 0.1, np.maximum(2, np.rint(w / 1.8).astype(np.int64) + 1))
    owner = n.of.at(of)
    sketch.path(owner, [(x, -0.12, foot[of]), (x, -0.12, h[of] / 2)], 0.05, Finish.METAL, STEEL)
    sketch.path(owner, [(x, back, foot[of]), (x, -0.12, 0.2 * h[of])], 0.04, Finish.METAL, STEEL)
    to = np.nonzero(k > 0)[0]  # braces, each from the post before
    sketch.path(owner.at(to), [(x[to - 1], -0.12, foot[of[to]]), (x[to], -0.12, -h[of[to]] / 2)], 0.025, Finish.METAL, STEEL)
    sketch.box(n.of, (-w / 2, -0.08, -h / 2), (w / 2, -0.01, h / 2), Finish.METAL, (26, 28, 30))
    panels.add(n, OUT, 0.0)
    edged = bordered(n)
    borders(sketch, n.where(edged), OUT, 0.03, w[edged] / 2, h[edged] / 2)


# The forms of signs, and which form each kind has.
_NEAR = (_blades, _fascias, _rooftops, _rounds, _tubes, _icons)
_FAR = (draw_far_blades, draw_far_boards, draw_far_boards, draw_far_blades, draw_far_tubes, draw_far_tubes)
_FORM_OF_KIND = {
    SignKind.BLADE: 0,
    SignKind.TALL: 0,
    SignKind.FASCIA: 1,
    SignKind.ROOF: 2,
    SignKind.ROUND: 3,
    SignKind.TUBES: 4,
    SignKind.ICON: 5,
}
_FORM = np.array([_FORM_OF_KIND[kind] for kind in SignKind])
