"""The hero's hands before his eye, his breath in the cold, the bottle he threw, and the way it would fly.

In: a `Snapshot`, the eye's frame, the points of a throw's arc.  Out: nodes under the scene's root that the scene's camera alone sees.
Hands have the nearest sliver of the depth range to themselves (shaders/include/depth.inc.glsl knows it), so that no wall cuts into them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import DepthOffsetAttrib, LMatrix4f, NodePath, OmniBoundingVolume, PTALVecBase4f, Vec4

from world.mesh.bodies.bottle import bottle_rig
from world.mesh.bodies.hands import hands_rig
from world.mesh.bodies.rig import PARTS_MAX, Role
from world.mesh.smoke import CORNERS
from world.mesh.surface import Finish, SurfaceBuilder
from world.posture.bottle import flown
from world.posture.hands import grip_of
from world.stage.blending import set_additive, set_veil
from world.stage.bodies import BodyPool, body_rows, set_body
from world.stage.geometry import geom_node
from world.stage.masks import MIRROR, SHADOW
from world.stage.shaders import load_shader

HANDS_HALF_HEIGHT = math.tan(math.radians(40.0)) * 9 / 16  # tangent of half the view that the hands are made for
HELD_DEPTH = 0.02  # of the depth range; as depth.inc.glsl
DOTS = 48  # of an arc, as surface/arc.vert.glsl
_GLINT = (0.3, 0.37, 0.4)  # cd/m², drawn, round the edge of wet plastic: one must find it again
_DOT_M = 0.3  # from one to the next


class HeroHands:
    """`show` once a frame, with the snapshot of whom the eye belongs to, or None: then there are none."""

    def __init__(self, root: NodePath) -> None:
        self._hands = root.attachNewNode("hands")
        node = geom_node(hands_rig().surface(), "hands", 1.0)
        assert node is not None
        node.setBounds(OmniBoundingVolume())
        self._hands.attachNewNode(node)
        self._uniforms = set_body(self._hands)
        self._hands.hide(MIRROR | SHADOW)  # without a body they would float
        self._hands.setAttrib(DepthOffsetAttrib.make(0, 0.0, HELD_DEPTH))
        self._breath = _quads(root, "breath", 1)
        set_breath(self._breath)
        self._arc = _quads(root, "arc", DOTS)
        self._dots = set_arc(self._arc)
        self._bottle = BodyPool(root, (bottle_rig(),), "bottle")
        for path in (self._hands, self._breath, self._arc):
            path.hide()

    def show(self, moment: Any, frame: LMatrix4f) -> None:
        """`frame`: the eye's axes and place, relative to the origin."""
        if moment is None:
            self._hands.hide()
            self._breath.hide()
            return
        grip = grip_of(moment)
        rows = body_rows(
            grip.parts[None],
            np.zeros((1, int(Role.ROLES), 4)),
            np.zeros((1, 3)),
            np.zeros(1),
            np.full(1, 0.37),
            np.zeros(1),
            np.full(1, grip.wet),
        )
        self._uniforms[:] = rows.ravel()
        self._hands.setMat(frame)
        self._hands.show()
        if grip.breath < 0.0:
            self._breath.hide()
        else:
            self._breath.setMat(frame)
            self._breath.setShaderInput("u_breath", Vec4(grip.breath, 0.35 + 0.65 * grip.panting, 0.0, 0.0))
            self._breath.show()

    def show_bottle(self, moment: Any, origin: tuple[float, float]) -> None:
        """The bottle where it flies or lies; none while it is in the hand."""
        away = None if moment is None else flown(moment)
        parts = np.zeros((0, PARTS_MAX, 3, 4)) if away is None else away.parts[None]
        count = len(parts)
        none = np.zeros(count)
        glint = np.zeros((count, int(Role.ROLES), 4))
        glint[:, Role.STATE, :3] = _GLINT
        rows = body_rows(parts, glint, np.zeros((count, 3)), none, none, none + 1.0)
        place = np.zeros((0, 3)) if away is None else np.array([away.place])
        self._bottle.show(np.zeros(count, np.int64), place, none, rows, origin)

    def show_arc(self, points: Sequence[tuple[float, float, float]] | None, origin: tuple[float, float]) -> None:
        """The arc of a throw as dots, or None: no arc. `points`: m, as `world.sim.throw.arc` gives them."""
        if not points or len(points) < 2:
            self._arc.hide()
            return
        dots = dots_along(np.asarray(points, dtype=np.float64))
        table = np.zeros((DOTS, 4), np.float32)
        table[: len(dots), :3] = dots - [*origin, 0.0]
        table[: len(dots), 3] = np.linspace(1.0, 0.45, len(dots))
        table[len(dots) - 1, 3] = 2.0  # where it comes down
        self._dots[:] = table.ravel()
        self._arc.show()


def dots_along(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of a polyline at even distances, its end the last; at most `DOTS`."""
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    run = np.concatenate([[0.0], np.cumsum(steps)])
    count = int(np.clip(run[-1] / _DOT_M, 2, DOTS))
    at = np.linspace(run[-1] / count, run[-1], count)
    return np.column_stack([np.interp(at, run, points[:, k]) for k in range(3)])


def set_breath(path: NodePath) -> None:
    """Draws a node as a breath."""
    path.setShaderInput("u_breath", Vec4(0.0))
    path.setShader(load_shader("surface/breath.vert", "surface/breath.frag"))
    set_veil(path)
    path.setTwoSided(True)
    path.hide(MIRROR | SHADOW)


def set_arc(path: NodePath) -> NDArray[np.float32]:
    """Draws a node as the dots of an arc; their table: place, how bright."""
    array = PTALVecBase4f.emptyArray(DOTS)
    path.setShaderInput("u_arc", array)
    path.setShader(load_shader("surface/arc.vert", "surface/arc.frag"))
    set_additive(path)
    path.setTwoSided(True)
    path.hide(MIRROR | SHADOW)
    table = np.frombuffer(memoryview(array).cast("B"), np.float32)
    table[:] = 0.0
    return table


def _quads(root: NodePath, name: str, count: int) -> NodePath:
    """So many quads whose corners the shader places; `extra` numbers them."""
    extra = np.zeros((count, 4), np.uint8)
    extra[:, 0] = np.arange(count)
    builder = SurfaceBuilder()
    normals, uv = np.broadcast_to([0.0, 0.0, 1.0], (count, 4, 3)), np.broadcast_to(CORNERS, (count, 4, 2))
    builder.quads(np.zeros((count, 4, 3)), Finish.EMBER, np.full((count, 4), 255, np.uint8), uv, extra, normals)
    path = root.attachNewNode(name)
    node = geom_node(builder.build(), name)
    assert node is not None
    node.setBounds(OmniBoundingVolume())
    path.attachNewNode(node)
    return path
