"""Neon: eight kinds of sign, lit, buzzing half-dead, or dark.

In: a `SignSpec` (kind, word, colour, character height, flicker group, luminance, lit, seed).  Out: its mesh, and the
facts from which its light is made (`SignGlow`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import arc, beam, box, catenary, lathe, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import DARK, Floats, Glow, Model, ModelBuilder, place
from world.mesh.kits.sign_parts import HOUSING, STEEL, bent, border, panel, rim, span, standoffs
from world.mesh.kits.sign_spec import (
    DEEP_M,
    GAP_M,
    OUT,
    RIM_M,
    SIDE,
    SignGlow,
    SignKind,
    SignSpec,
    cells_of,
    dead_cells,
    drawing_of,
    face_size,
    middle_of,
    rectangle_of,
    sign_glows,
    sign_size,
)
from world.mesh.surface import Finish, SurfaceBuilder

__all__ = ["SignGlow", "SignKind", "SignSpec", "sign", "sign_glows", "sign_model", "sign_size"]


def sign(builder: SurfaceBuilder, frame: Frame, spec: SignSpec) -> tuple[SignGlow, ...]:
    """Appends the sign and gives its glows (in its own frame)."""
    place(builder, sign_model(spec), frame, seed=spec.seed)
    return sign_glows(spec)


@lru_cache(maxsize=1024)
def sign_model(spec: SignSpec) -> Model:
    """The sign's mesh in its own frame."""
    builder = ModelBuilder()
    glow: Glow = (spec.group, min(255, round(spec.luminance / 4.0))) if spec.lit else DARK
    _MAKERS[spec.kind](builder, spec, glow)
    return builder.build()


def _word_face(builder: ModelBuilder, spec: SignSpec, glow: Glow, centre: Floats, normal: Sequence[float], margin: float = 0.0) -> None:
    """The panel with its tube border, `margin` metres clear of the frame."""
    w, h = face_size(spec)
    out = np.asarray(normal)
    panel(
        builder,
        centre,
        normal,
        (w - margin, h - margin),
        rectangle_of(spec),
        spec.colour,
        glow,
        cells_of(spec),
        dead_cells(spec),
        spec.seed,
    )
    if uniform(spec.seed, "bordered") < 0.7:
        broken = not spec.lit or uniform(spec.seed, "border-dead") < 0.2
        hue = spec.colour if uniform(spec.seed, "border-hue") < 0.6 else (255, 176, 66)
        if not broken:
            border(builder, centre + out * 0.035, normal, (w - 0.05, h - 0.05), hue, glow, 0.06)


def _projecting(builder: ModelBuilder, spec: SignSpec, w: float, h: float) -> Floats:
    """Arms, wall plates, stay, transformer and feed cable of a blade; gives the middle of the sign."""
    middle = np.array(middle_of(spec))
    z = np.array([0.18, 0.82]) * h + RIM_M
    near, far = np.zeros((2, 3)), np.zeros((2, 3))
    near[:, 2] = far[:, 2] = z
    far[:, 1] = GAP_M + RIM_M + (0.25 * w if spec.kind in (SignKind.ROUND, SignKind.ICON) else 0.0)
    beam(builder, near, far, 0.05, 0.05, Finish.METAL, STEEL)
    box(
        builder,
        np.column_stack([[-0.09] * 2, [0.0] * 2, z - 0.11]),
        np.column_stack([[0.09] * 2, [0.025] * 2, z + 0.11]),
        Finish.METAL,
        STEEL,
    )
    top = h + 2 * RIM_M
    tube(builder, [[0, 0.02, top + 0.35 * w + 0.1], [0, GAP_M + 0.75 * w, top - 0.01]], 0.012, Finish.METAL, STEEL, sides=4)
    box(builder, [-0.07, 0.02, 0.42 * h], [0.07, 0.16, 0.42 * h + 0.24], Finish.METAL, (52, 54, 56))
    loop = catenary([0.03, 0.1, 0.42 * h], [0.03, GAP_M + 0.04, 0.3 * h], 0.22, 6)
    tube(builder, loop, 0.012, Finish.RUBBER, (16, 16, 17), sides=3)
    if uniform(spec.seed, "torn-cable") < 0.4:
        end = -0.3 - 0.5 * uniform(spec.seed, "torn-length")
        tube(
            builder,
            [[-0.04, GAP_M + 0.6 * w, 0.02], [-0.05, GAP_M + 0.62 * w, 0.4 * end], [-0.02, GAP_M + 0.55 * w, end]],
            0.009,
            Finish.RUBBER,
            (16, 16, 17),
            sides=3,
        )
    return middle


def _blade(builder: ModelBuilder, spec: SignSpec, glow: Glow) -> None:
    w, h = face_size(spec)
    middle = _projecting(builder, spec, w, h)
    rim(builder, middle, SIDE, (w, h), DEEP_M, RIM_M)
    for x in (-1.0, 1.0):
        _word_face(builder, spec, glow, middle + vec(x * (DEEP_M / 2 - 0.03), 0.0, 0.0), (x, 0.0, 0.0))
    box(builder, middle - vec(0.02, w / 2, h / 2), middle + vec(0.02, w / 2, h / 2), Finish.METAL, (20, 21, 22), skip="-y +y -z +z")


def _fascia(builder: ModelBuilder, spec: SignSpec, glow: Glow) -> None:
    w, h = face_size(spec)
    width, depth, height = sign_size(spec)
    box(builder, [-width / 2, 0.0, 0.0], [width / 2, depth - 0.05, height], Finish.METAL, HOUSING, skip="-y")
    middle = np.array(middle_of(spec))
    rim(builder, middle - vec(0.0, 0.01, 0.0), OUT, (w + 0.5, h), 0.08, RIM_M, STEEL)
    _word_face(builder, spec, glow, middle, OUT)
    line = np.array([[-w / 2 - 0.2, 0.0], [-w / 2 - 0.2, h / 2 - 0.06]])
    lines = [line, line * [-1.0, 1.0], line * [1.0, -1.0], line * [-1.0, -1.0]]
    right, out = span(OUT)
    bent(
        builder,
        middle,
        right,
        out,
        lines,
        spec.colour,
        glow,
        np.array([not spec.lit] * 4) | (uniform(spec.seed, "edge", np.arange(4)) < 0.2),
    )
    count = max(2, round(width / 1.2))
    for x in (np.arange(count) + 0.5) / count * width - width / 2:  # arms of small lamps that light the board from above, all dead
        neck = arc([x, 0.12, height], 0.22, 150, 20, 5)
        tube(builder, neck, 0.012, Finish.METAL, STEEL, sides=4)
        lathe(builder, [[0.0, 0.06], [0.05, 0.04], [0.08, -0.06], [0.0, -0.03]][::-1], neck[-1], Finish.METAL, STEEL, sides=7)


def _rooftop(builder: ModelBuilder, spec: SignSpec, glow: Glow) -> None:
    w, h = face_size(spec)
    _, depth, _ = sign_size(spec)
    middle = np.array(middle_of(spec))
    foot, count = 0.5 * h, max(2, round(w / 1.6) + 1)
    x = np.linspace(-w / 2 + 0.1, w / 2 - 0.1, count)
    top = middle[2] + h / 2
    y = depth - 0.1

    def at(xs: object, depth_m: float, z: float) -> Floats:
        return np.column_stack(np.broadcast_arrays(np.asarray(xs, float), depth_m, z)).astype(float)

    beam(builder, at(x, y, 0.0), at(x, y, top), 0.09, 0.09, Finish.METAL, STEEL)
    beam(builder, at(x, 0.05, 0.0), at(x, y, foot + 0.7 * h), 0.07, 0.07, Finish.METAL, STEEL)
    beam(builder, at(x[:-1], y, 0.05), at(x[1:], y, foot - 0.05), 0.04, 0.04, Finish.METAL, STEEL)
    beam(builder, at(x[1:], y + 0.03, 0.05), at(x[:-1], y + 0.03, foot - 0.05), 0.04, 0.04, Finish.METAL, STEEL)
    for z in (0.06, foot, foot + h * 0.5):
        beam(builder, at([-w / 2], y, z), at([w / 2], y, z), 0.06, 0.06, Finish.METAL, STEEL)
    box(builder, middle - vec(w / 2, 0.06, h / 2), middle + vec(w / 2, -0.01, h / 2), Finish.METAL, (26, 28, 30))
    rim(builder, middle, OUT, (w, h), 0.12, RIM_M)
    _word_face(builder, spec, glow, middle, OUT)


def _disc(builder: ModelBuilder, middle: Floats, radius: float) -> None:
    """A drum with a raised rim, its axis along x."""
    d = DEEP_M / 2
    profile = [
        [0.0, -d + 0.03],
        [radius - 0.05, -d + 0.03],
        [radius - 0.04, -d],
        [radius, -d],
        [radius, d],
        [radius - 0.04, d],
        [radius - 0.05, d - 0.03],
        [0.0, d - 0.03],
    ]
    lathe(builder, profile, middle, Finish.PAINT, (24, 26, 28), sides=20, axis="x", crease_deg=40)


def _ring(builder: ModelBuilder, spec: SignSpec, glow: Glow, middle: Floats, radius: float) -> None:
    right, out = span(SIDE)
    turn = np.radians(np.linspace(-75, 255, 19))
    line = np.column_stack([np.cos(turn), np.sin(turn)]) * radius
    for x in (-1.0, 1.0):
        bent(builder, middle + vec(x * (DEEP_M / 2 + 0.015), 0.0, 0.0), right, out, [line], spec.colour, glow, np.array([not spec.lit]))


def _round(builder: ModelBuilder, spec: SignSpec, glow: Glow) -> None:
    w, h = face_size(spec)
    middle = _projecting(builder, spec, w, h)
    _disc(builder, middle, w / 2)
    rectangle = rectangle_of(spec)
    size = (rectangle.width_em * spec.size_m * 0.86, rectangle.height_em * spec.size_m * 0.86)
    for x in (-1.0, 1.0):
        face = middle + vec(x * (DEEP_M / 2 - 0.018), 0.0, 0.0)
        panel(builder, face, (x, 0.0, 0.0), size, rectangle, spec.colour, glow, cells_of(spec), dead_cells(spec), spec.seed)
    _ring(builder, spec, glow, middle, w / 2 - 0.07)


def _icon(builder: ModelBuilder, spec: SignSpec, glow: Glow) -> None:
    w, h = face_size(spec)
    middle = _projecting(builder, spec, w, h)
    _disc(builder, middle, w / 2)
    lines = drawing_of(spec)
    dead = (uniform(spec.seed, "dead-tube", np.arange(len(lines))) < 0.15) | (not spec.lit)
    for x in (-1.0, 1.0):
        right, out = span((x, 0.0, 0.0))
        face = middle + vec(x * (DEEP_M / 2 + 0.02), 0.0, 0.0)
        bent(builder, face, right, out, lines, spec.colour, glow, dead, radius=0.014)
        standoffs(builder, face, right, out, lines, 0.06)


def _pavement(builder: ModelBuilder, spec: SignSpec, glow: Glow) -> None:
    w, h = face_size(spec)
    middle = np.array(middle_of(spec))
    rim(builder, middle, OUT, (w, h), 0.24, RIM_M, (58, 60, 62))
    for y in (-1.0, 1.0):
        _word_face(builder, spec, glow, middle + vec(0.0, y * 0.09, 0.0), (0.0, y, 0.0))
    x = np.array([-1.0, 1.0]) * (w / 2 - 0.04)
    for foot in x:
        beam(builder, [foot, -0.18, 0.03], [foot, 0.18, 0.03], 0.05, 0.06, Finish.METAL, STEEL)
        beam(builder, [foot, 0.0, 0.05], [foot, 0.0, 0.17], 0.05, 0.05, Finish.METAL, STEEL)
    tail = [[w / 2, -0.1, 0.2], [w / 2 + 0.03, -0.15, 0.02], [w / 2 - 0.2, -0.18, 0.012]]
    tube(builder, tail, 0.009, Finish.RUBBER, (16, 16, 17), sides=3)


def _tubes(builder: ModelBuilder, spec: SignSpec, glow: Glow) -> None:
    w, h = face_size(spec)
    middle = np.array(middle_of(spec))
    lines = drawing_of(spec)
    right, out = span(OUT)
    dead = (uniform(spec.seed, "dead-tube", np.arange(len(lines))) < 0.12) | (not spec.lit)
    bent(builder, middle, right, out, lines, spec.colour, glow, dead)
    standoffs(builder, middle, right, out, lines, 0.1)
    rim(builder, middle - out * 0.1, OUT, (w, h), 0.03, 0.03, STEEL)
    for count, along in ((max(2, round(w / 0.3)), 0), (max(1, round(h / 0.3)), 2)):
        at = (np.arange(1, count) / count - 0.5) * (w if along == 0 else h)
        low, high = np.tile(middle - out * 0.1, (len(at), 1)), np.tile(middle - out * 0.1, (len(at), 1))
        low[:, along] += at
        high[:, along] += at
        low[:, 2 - along] -= (h if along == 0 else w) / 2
        high[:, 2 - along] += (h if along == 0 else w) / 2
        if len(at):
            beam(builder, low, high, 0.008, 0.008, Finish.METAL, STEEL)
    for x in (-w / 2 + 0.05, w / 2 - 0.05):
        beam(builder, [x, 0.0, middle[2]], [x, middle[1] - 0.1, middle[2]], 0.03, 0.03, Finish.METAL, STEEL)


def _banner(builder: ModelBuilder, spec: SignSpec, glow: Glow) -> None:
    w, h = face_size(spec)
    width, depth, height = sign_size(spec)
    box(builder, [-width / 2, 0.04, 0.0], [width / 2, depth - 0.06, height], Finish.METAL, HOUSING)
    middle = np.array(middle_of(spec)) - [0.0, 0.02, 0.0]
    rim(builder, middle, OUT, (w, h), 0.08, RIM_M, STEEL)
    _word_face(builder, spec, glow, middle, OUT)
    tube(
        builder, catenary([width / 2 - 0.1, 0.1, 0.0], [width / 2 + 0.25, 0.02, -0.5], 0.1, 5), 0.012, Finish.RUBBER, (16, 16, 17), sides=3
    )


_MAKERS = {
    SignKind.BLADE: _blade,
    SignKind.FASCIA: _fascia,
    SignKind.ROOFTOP: _rooftop,
    SignKind.ROUND: _round,
    SignKind.PAVEMENT: _pavement,
    SignKind.TUBES: _tubes,
    SignKind.ICON: _icon,
    SignKind.BANNER: _banner,
}
