"""Sparks of broken machines, near and far.

In: where circuits are broken, whose, since when.  Out: pooled nodes whose sparks the shader throws; they lie in puddles as all that
glows does.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath, PTALVecBase4f

from world.mesh.bodies.wreck_sparks import wreck_sparks
from world.posture.curves import Floats
from world.posture.twitch import burst
from world.stage.geometry import geom_node
from world.stage.smoke import set_sparks

_REACH_M = 6.0
_BEATS = 512.0


class Wrecks:
    """`show` once a frame."""

    def __init__(self, root: NodePath) -> None:
        self._root = root
        self._pool: list[tuple[NodePath, Floats]] = []

    def show(self, place: Floats, own: Floats, harmed_s: Floats, origin: tuple[float, float]) -> None:
        """Sparks of W wrecks: where (W, 3) m, their own shares, seconds since they broke (W,)."""
        since, beat, strikes = burst(own, harmed_s)
        rows = np.column_stack([own, since, np.mod(beat, _BEATS), strikes])
        while len(self._pool) < len(place):
            self._pool.append(self._make())
        for n, (path, uniforms) in enumerate(self._pool):
            if n >= len(place):
                path.hide()
                continue
            uniforms[:] = rows[n]
            x, y, z = place[n]
            path.setPos(x - origin[0], y - origin[1], z)
            path.show()

    def _make(self) -> tuple[NodePath, Floats]:
        path = self._root.attachNewNode("wreck")
        path.attachNewNode(geom_node(wreck_sparks(), "wreck sparks", _REACH_M))
        set_sparks(path, ("USE_WRECK",))
        return path, set_wreck(path)


def set_wreck(path: NodePath) -> Floats:
    """Gives a node the input of USE_WRECK: own share, seconds into the burst, its number, whether it strikes."""
    array = PTALVecBase4f.emptyArray(1)
    path.setShaderInput("u_wreck", array)
    uniforms = np.frombuffer(memoryview(array).cast("B"), np.float32)
    uniforms[:] = 0.0
    return uniforms
