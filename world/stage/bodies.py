"""Bodies as they are drawn: one node, one draw and one small array of uniforms each.

In: `Rig`s; where bodies are, their parts' matrices, their lamps.  Out: nodes under the scene's root. Nodes are pooled by rig: who leaves
gives its node to the next of its kind. Layout of the array: shaders/include/body.inc.glsl.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from panda3d.core import LMatrix4f, NodePath, PTALVecBase4f

from world.mesh.bodies.rig import PARTS_MAX, Rig, Role
from world.stage.geometry import body_node
from world.stage.looks import set_look
from world.stage.masks import CAST_TAG
from world.stage.permutations import BODY

ROWS = 3 * PARTS_MAX + int(Role.ROLES) + 2
_REACH_M = 1.6  # that parts get from where they rest
Floats = NDArray[np.float64]


def body_rows(
    parts: Floats, lamps: Floats, eye: Floats, candela: Floats, own: Floats, rim: Floats, wet: Floats | None = None
) -> NDArray[np.float32]:
    """(N, ROWS, 4) for N bodies: matrices (N, PARTS_MAX, 3, 4), light by role (N, ROLES, 4), the eye in the body's frame (N, 3) and
    its candela, its own share, how strongly its lamps rim it, how soaked it is (None: as the weather has it) (N,)."""
    rows = np.zeros((len(parts), ROWS, 4), np.float32)
    rows[:, : 3 * PARTS_MAX] = parts.reshape(len(parts), 3 * PARTS_MAX, 4)
    rows[:, 3 * PARTS_MAX : -2] = lamps
    rows[:, -2, :3], rows[:, -2, 3] = eye, candela
    rows[:, -1, 0], rows[:, -1, 1], rows[:, -1, 2] = own, -1.0 if wet is None else wet, rim
    return rows


class BodyPool:
    """Draws bodies of some rigs."""

    def __init__(self, root: NodePath, rigs: Sequence[Rig], name: str) -> None:
        self._root, self._name = root, name
        self._nodes = [body_node(rig.surface(), f"{name} {k}", _REACH_M) for k, rig in enumerate(rigs)]  # none is made in mid-walk
        self._pools: list[list[tuple[NodePath, NDArray[np.float32]]]] = [[] for _ in rigs]
        self._shown = [0] * len(rigs)

    def show(
        self, rig: NDArray[np.int64], place: Floats, heading_deg: Floats, rows: NDArray[np.float32], origin: tuple[float, float]
    ) -> None:
        """Draws N bodies: which rig (N,), where its frame is (N, 3) and turned to (N,), its uniforms (N, ROWS, 4)."""
        used = [0] * len(self._nodes)
        turns = np.radians(heading_deg)
        sines, cosines = np.sin(turns).tolist(), np.cos(turns).tolist()
        places = (place - [*origin, 0.0]).tolist()
        for n, which in enumerate(rig.tolist()):
            pool, k = self._pools[which], used[which]
            if k == len(pool):
                pool.append(self._make(which))
            path, uniforms = pool[k]
            used[which] += 1
            uniforms[:] = rows[n].ravel()
            s, c = sines[n], cosines[n]
            path.setMat(LMatrix4f(c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0, *places[n], 1))
        for which, pool in enumerate(self._pools):
            for k in range(self._shown[which], used[which]):
                pool[k][0].show()
            for k in range(used[which], self._shown[which]):
                pool[k][0].hide()
        self._shown = used

    @property
    def drawn(self) -> int:
        """Bodies in the scene."""
        return sum(self._shown)

    def _make(self, which: int) -> tuple[NodePath, NDArray[np.float32]]:
        path = self._root.attachNewNode(self._name)
        path.attachNewNode(self._nodes[which])
        uniforms = set_body(path)
        path.hide()
        return path, uniforms


def set_body(path: NodePath) -> NDArray[np.float32]:
    """Draws a node as a body; its uniforms, to be written to."""
    array = PTALVecBase4f.emptyArray(ROWS)
    path.setShaderInput("u_body", array)
    set_look(path, BODY)
    path.setTag(CAST_TAG, "body")
    uniforms = np.frombuffer(memoryview(array).cast("B"), np.float32)
    uniforms[:] = 0.0
    return uniforms


assert math.prod((ROWS, 4)) == 224, "shaders/include/body.inc.glsl declares u_body[56]"
