"""A body of rigid parts: one mesh whose every vertex knows its part, and the joints that the parts turn about.

In: parts by name, each with its parent and its joint.  Out: `Rig`. All is modelled where it is at rest, in one frame (+x right, +y forward,
+z up, metres, the ground at z = 0); the part's number stands in the vertex's variant byte, the lamp that it belongs to in its flicker
group (`Role`). Parts come after their parents, so that one pass in order places them.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from world.mesh.kits.frame import Frame, Point
from world.mesh.kits.model import Floats, Model, ModelBuilder, place
from world.mesh.surface import Surface, SurfaceBuilder

PARTS_MAX = 16  # as many as shaders/include/body.inc.glsl holds


class Role(enum.IntEnum):
    """What a lamp of a body is for; what colour it burns in now is for the posture to say."""

    NONE = 0
    EYE = 1  # the sensor
    STATE = 2  # tells how alarmed it is
    WORK = 3  # the lamp that it works by
    BEACON = 4  # turns and warns
    TRIM = 5  # what is left of its trade: a lit cross, a button
    ROLES = 6


@dataclass(frozen=True)
class Joint:
    """A part: its name, the part that carries it (None: the first, which the ground does), and the point about which it turns."""

    name: str
    parent: str | None
    pivot: Point


@dataclass(frozen=True)
class Rig:
    """`model.extra[:, 2]` is each vertex's part; `parent` (P,) (-1: none), `pivot` (P, 3) m; `depth` (P,) how many parts carry it.
    `underside_m`: the height in the model of what the simulation calls its position. `eye` and `circuit`: where it looks from and where it
    sparks when it is broken, each with the part that carries it."""

    model: Model
    names: tuple[str, ...]
    parent: NDArray[np.int64]
    pivot: Floats
    depth: NDArray[np.int64]
    underside_m: float
    eye: tuple[int, Point]
    circuit: tuple[int, Point]

    def part(self, name: str) -> int:
        """The number of a part."""
        return self.names.index(name)

    def surface(self) -> Surface:
        """Ready for the stage."""
        builder = SurfaceBuilder()
        place(builder, self.model, Frame((0.0, 0.0, 0.0)))
        surface = builder.build()
        vertices = surface.vertices.copy()
        vertices["extra"][:, 2] = self.model.extra[:, 2]
        return Surface(vertices, surface.indices)


class RigBuilder:
    """Gathers a builder for each part: `rig["head"]` is one."""

    def __init__(self, joints: Sequence[Joint]) -> None:
        assert len(joints) <= PARTS_MAX
        self._joints = tuple(joints)
        self._builders = {joint.name: ModelBuilder() for joint in joints}

    def __getitem__(self, name: str) -> ModelBuilder:
        return self._builders[name]

    def build(self, *, underside_m: float, eye: tuple[str, Point], circuit: tuple[str, Point]) -> Rig:
        """The rig; parts without a face are joints alone."""
        names = tuple(joint.name for joint in self._joints)
        parent = np.array([-1 if joint.parent is None else names.index(joint.parent) for joint in self._joints])
        depth = np.zeros(len(names), np.int64)
        whole = ModelBuilder()
        for k, joint in enumerate(self._joints):
            assert parent[k] < k
            depth[k] = 0 if parent[k] < 0 else depth[parent[k]] + 1
            if not self._builders[joint.name].empty:
                part = open_to_the_sky(self._builders[joint.name].build())
                extra = part.extra.copy()
                extra[:, 2] = k
                whole.add(replace(part, extra=extra))
        pivot = np.array([joint.pivot for joint in self._joints], dtype=np.float64)
        at = (names.index(eye[0]), eye[1]), (names.index(circuit[0]), circuit[1])
        return Rig(whole.build(), names, parent, pivot, depth, underside_m, *at)


def open_to_the_sky(model: Model) -> Model:
    """With less light from all round on what looks down: a body shades its own underside."""
    dark = model.extra[:, 1] == 0
    openness = 0.5 + 0.5 * np.sqrt(np.clip(0.5 + 0.5 * model.normal[:, 2], 0.0, 1.0))
    tint = model.tint.copy()
    tint[dark, 3] = np.rint(tint[dark, 3] * openness[dark]).astype(np.uint8)
    return replace(model, tint=tint)
