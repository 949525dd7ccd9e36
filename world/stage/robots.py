"""The patrols as they are drawn: a body, a head that turns apart, and the red light of its eye.

In: a `Snapshot`.  Out: nodes under the scene's root, and the lamps that join the light field for this frame. Nodes are pooled: a
patrol that leaves gives its nodes to the next.
"""

from __future__ import annotations

import math
from typing import Any

from panda3d.core import LMatrix4f, NodePath

from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Model, place
from world.mesh.kits.robots import EYE_AT, HEAD_AT, glider_body_model, glider_head_model
from world.mesh.surface import SurfaceBuilder
from world.stage.geometry import geom_node
from world.stage.lamps import LAMPS
from world.stage.masks import MIRROR_TAG
from world.stage.shaders import load_shader

_SKIRT_M = 0.35  # of the model, below which the hull's underside hangs
_SEEN_M = 120.0


class Robots:
    """The pool. `show` once a frame; `eyes` then holds where the nearest robots' eyes shine from, origin-relative."""

    def __init__(self, root: NodePath) -> None:
        self._root = root
        self._pool: list[tuple[NodePath, NodePath]] = []
        self.eyes: list[tuple[float, float, float]] = []

    def show(self, snapshot: Any, origin: tuple[float, float], eye: tuple[float, float, float]) -> None:
        """Places every robot within sight; `snapshot` None shows none."""
        seen: list[tuple[float, int]] = []
        if snapshot is not None:
            gaps = [math.dist(p[:2], eye[:2]) for p in snapshot.position]
            seen = sorted((gap, k) for k, gap in enumerate(gaps) if gap < _SEEN_M)
        while len(self._pool) < len(seen):
            self._pool.append(self._make())
        for n, (body, head) in enumerate(self._pool):
            if n >= len(seen):
                body.hide()
                continue
            k = seen[n][1]
            x, y, z = snapshot.position[k]
            body.show()
            body.setMat(_turned(float(snapshot.heading_deg[k]), (x - origin[0], y - origin[1], z - _SKIRT_M)))
            head.setMat(_turned(float(snapshot.head_deg[k] - snapshot.heading_deg[k]), HEAD_AT))
        ahead = (EYE_AT[0], EYE_AT[1] + 1.3, EYE_AT[2])
        self.eyes = [tuple(self._root.getRelativePoint(head, ahead)) for _, head in self._pool[: min(len(seen), LAMPS)]]

    def _make(self) -> tuple[NodePath, NodePath]:
        body = self._root.attachNewNode("robot")
        body.attachNewNode(_node(glider_body_model(), "body"))
        head = body.attachNewNode("head")
        head.attachNewNode(_node(glider_head_model(), "head"))
        body.setShader(load_shader("surface/city.vert", "surface/city.frag"))
        body.setTag(MIRROR_TAG, "city")
        return body, head


def _turned(heading_deg: float, at: tuple[float, float, float]) -> LMatrix4f:
    """A place and a heading as a matrix: Panda3D's own angles would be those of Ursina's y-up scene."""
    s, c = math.sin(math.radians(heading_deg)), math.cos(math.radians(heading_deg))
    return LMatrix4f(c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0, *at, 1)


def _node(model: Model, name: str) -> Any:
    builder = SurfaceBuilder()
    place(builder, model, Frame((0.0, 0.0, 0.0)))
    return geom_node(builder.build(), name)
