"""Hangs the planned signs, cables and holograms into a chunk's mesh.

In: records of the plan, the chunk's corner.  Out: faces appended to a `SurfaceBuilder`. A sign's word is chosen among those
that fill the planned face best, so that what is drawn has the size that was planned (and lit).
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np

from world.mesh.kits.frame import Frame
from world.mesh.kits.model import place
from world.mesh.kits.sign_spec import SignKind as Kit
from world.mesh.kits.sign_spec import SignSpec, sign_size
from world.mesh.kits.signs import sign_model
from world.mesh.lettering import stacks, words
from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.records import Cable, Hologram, Sign, SignKind

_KIT = {
    SignKind.BLADE: Kit.BLADE,
    SignKind.TALL: Kit.BLADE,
    SignKind.FASCIA: Kit.FASCIA,
    SignKind.TUBES: Kit.TUBES,
    SignKind.ICON: Kit.ICON,
    SignKind.ROOF: Kit.ROOFTOP,
    SignKind.ROUND: Kit.ROUND,
}
_ANY, _MODEL_M = (255, 255, 255), 0.7
_LUMINANCE = {Kit.TUBES: 1000.0, Kit.ICON: 1000.0}


@lru_cache(maxsize=8)
def _words_of_length(low: int, high: int) -> tuple[int, ...]:
    return tuple(k for k, word in enumerate(words()) if stacks(k) and low <= len(word.text) <= high)


@lru_cache(maxsize=1)
def _short_latin() -> tuple[int, ...]:
    return tuple(k for k, word in enumerate(words()) if word.latin and len(word.latin) <= 8)


@lru_cache(maxsize=1)
def _drawn() -> tuple[int, ...]:
    return tuple(k for k, word in enumerate(words()) if word.icon)


def spec_of(sign_: Sign) -> SignSpec:
    """The kit's description of a planned sign."""
    kit = _KIT[sign_.kind]
    size = sign_.width_m
    if kit is Kit.BLADE:
        letters = max(1, round(sign_.height_m / sign_.width_m))
        choice = _words_of_length(max(1, letters - 1), letters) or _words_of_length(1, 9)
        word = choice[sign_.word % len(choice)]
        size = min(sign_.width_m * 0.86, sign_.height_m / max(1, len(words()[word].text)))
    elif kit is Kit.FASCIA:
        word = sign_.word % len(words())
        letters = max(2, len(words()[word].text))
        size = min(sign_.height_m * 0.8, (sign_.width_m - 0.6) / letters)
    elif kit is Kit.TUBES:
        word = _short_latin()[sign_.word % len(_short_latin())]
        size = min(sign_.height_m * 0.62, sign_.width_m / (0.75 * max(2, len(words()[word].latin))))
    elif kit is Kit.ROUND:
        choice = _words_of_length(1, 2)
        word = choice[sign_.word % len(choice)]
        size = sign_.width_m / (1.1 + 0.9 * (len(words()[word].text) - 1))
    elif kit is Kit.ICON:
        word = _drawn()[sign_.word % len(_drawn())]
        size = sign_.width_m / 1.3
    else:
        word = sign_.word % len(words())
    return SignSpec(kit, word, sign_.colour, size, sign_.group, _LUMINANCE.get(kit, 620.0), sign_.lit, sign_.word % 2)


def add_sign(builder: SurfaceBuilder, sign_: Sign, corner: tuple[float, float]) -> None:
    """One sign, hung so that its middle is where the plan put it."""
    spec = spec_of(sign_)
    height = sign_size(replace(spec, colour=_ANY, group=0, size_m=_MODEL_M))[2] * spec.size_m / _MODEL_M
    heading = math.radians(sign_.heading_deg)
    out = (math.sin(heading), math.cos(heading))
    back = 0.22 if sign_.kind in (SignKind.TUBES, SignKind.FASCIA) else 0.35 + sign_.width_m / 2
    if sign_.kind is SignKind.FASCIA:
        back -= 0.06
    if sign_.kind is SignKind.ICON:
        back = 0.22
    x, y = sign_.position[0] - back * out[0] - corner[0], sign_.position[1] - back * out[1] - corner[1]
    # One model serves all colours, groups and sizes: what glows takes the sign's own.
    model = sign_model(replace(spec, colour=_ANY, group=0, size_m=_MODEL_M)).scaled(spec.size_m / _MODEL_M)
    glows = (model.extra[:, 1] > 0)[:, None]
    model = replace(model, tint=np.where(glows, np.array([*spec.colour, 255], np.uint8), model.tint))
    place(builder, model, Frame((x, y, sign_.position[2] - height / 2), sign_.heading_deg), group=spec.group, seed=spec.seed)


def add_cable(builder: SurfaceBuilder, cable: Cable, corner: tuple[float, float]) -> None:
    """A parabola (a catenary this flat differs by millimetres), three-sided, in twelve pieces."""
    a, b = np.array(cable.a), np.array(cable.b)
    t = np.linspace(0.0, 1.0, 13)[:, None]
    line = a + (b - a) * t - np.array([corner[0], corner[1], 0.0])
    line[:, 2] -= cable.sag_m * 4.0 * (t * (1 - t))[:, 0]
    axis = np.gradient(line, axis=0)
    axis /= np.linalg.norm(axis, axis=1, keepdims=True)
    side = np.cross(axis, (0.0, 0.0, 1.0))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(side, axis)
    ring = [line + cable.radius_m * (math.cos(w) * side + math.sin(w) * up) for w in (math.pi / 2, math.pi * 7 / 6, math.pi * 11 / 6)]
    for p, q in ((0, 1), (1, 2), (2, 0)):
        quads = np.stack([ring[p][:-1], ring[q][:-1], ring[q][1:], ring[p][1:]], axis=1)
        builder.quads(quads[:, ::-1], Finish.RUBBER, (70, 72, 76, 255))


def add_hologram(builder: SurfaceBuilder, hologram: Hologram, corner: tuple[float, float]) -> None:
    """The board's quad; uv 0..1; extra: flicker group, strength, content, aspect · 16. The hologram shader does the rest."""
    heading = math.radians(hologram.heading_deg)
    right = np.array([math.cos(heading), -math.sin(heading), 0.0])  # seen from behind, so the face reads to the left
    x, y, z = hologram.position
    foot = np.array([x - corner[0], y - corner[1], z])
    half = hologram.width_m / 2 * right
    top = np.array([0.0, 0.0, hologram.height_m])
    quad = [foot + half, foot - half, foot - half + top, foot + half + top]
    aspect = min(255, round(16 * hologram.width_m / hologram.height_m))
    uv = [[[0, 0], [1, 0], [1, 1], [0, 1]]]
    builder.quads([quad], Finish.LAMP, (*hologram.colour, 255), uv, (hologram.group, 200, hologram.content, aspect))
