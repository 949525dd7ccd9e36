"""Thin lines and flat shapes over the picture, drawn anew as often as one likes: one node, one draw.

In: points and widths in UI units (the window is 1 high, x from -aspect/2), colours with alpha.  Out: a node under Ursina's UI camera.
How: a line is a strip with soft sides a pixel wide, so that it is smooth without multisampling; a glow is a wide faint one under it.
What is asked for is only noted; the corners of all of it are worked out together, because fifty short lines one by one cost ten times as
much.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import Geom, GeomNode, GeomTriangles, GeomVertexData, GeomVertexFormat, NodePath, OmniBoundingVolume
from ursina import camera, window
from ursina.shader import imported_shaders

Colour = tuple[float, float, float, float]
Points = Sequence[Sequence[float]] | NDArray[np.float64]
_VERTEX = np.dtype([("place", "<f4", 3), ("colour", "u1", 4), ("uv", "<f4", 2)])
_GLOW, _SHADE = 6.0, 7.0  # widths that they are wide
_MITRE = 0.35  # sharper corners are cut off
_QUAD = np.array([[0, 4, 5], [0, 5, 1], [1, 5, 6], [1, 6, 2], [2, 6, 7], [2, 7, 3]], dtype=np.int64)  # between two points' four rails


class Strokes:
    """Between `begin` and `end`, `line` and `fill`; what is drawn stays until the next `end`."""

    def __init__(self, parent: Any = None, z: float = -0.8) -> None:
        self._triangles = GeomTriangles(Geom.UHDynamic)
        self._triangles.setIndexType(Geom.NTUint32)
        geom = Geom(GeomVertexData("strokes", GeomVertexFormat.getV3c4t2(), Geom.UHDynamic))
        geom.addPrimitive(self._triangles)
        self._node = GeomNode("strokes")
        self._node.addGeom(geom)
        self._node.setBounds(OmniBoundingVolume())
        self._node.setFinal(True)
        self.path: NodePath = (parent or camera.ui).attachNewNode(self._node)
        self.path.setShader(imported_shaders["ashes_panel"]._shader)
        self.path.setTwoSided(True)
        self.path.setPos(0, 0, z)
        self.corners: NDArray[np.float64] = np.zeros((0, 2))  # (N, 2) of what is drawn
        self.begin()

    def show(self, visible: bool) -> None:
        """Shows or hides it all."""
        if visible:
            self.path.show()
        else:
            self.path.hide()

    def begin(self) -> None:
        """A clean sheet."""
        self._asked = 0
        self._lines: list[NDArray[np.float64]] = []
        self._closed: list[bool] = []
        self._strips: list[tuple[int, int, float, float, float, float, float, float]] = []  # order, line, core, half width, colour
        self._fills: list[tuple[int, NDArray[np.float64], Colour]] = []
        self._pixel = 1.0 / max(float(window.size[1]), 1.0)

    def line(self, points: Points, width: float, colour: Colour, *, closed: bool = False, glow: float = 0.0, shade: float = 0.0) -> None:
        """A line through `points` (N, 2); `glow` is the share of its alpha that shines about it, `shade` that of the dark behind both."""
        p = np.asarray(points, dtype=np.float64)
        if len(p) < 2:
            return
        r, g, b, alpha = colour
        line = len(self._lines)
        self._lines.append(np.concatenate([p, p[:1]]) if closed else p)
        self._closed.append(closed)
        if shade > 0.0:
            self._strips.append((self._asked, line, width, 0.5 * _SHADE * width, 0.0, 0.0, 0.0, alpha * shade))
        if glow > 0.0:
            self._strips.append((self._asked + 1, line, 0.0, 0.5 * _GLOW * width, r, g, b, alpha * glow))
        core, half = max(0.0, 0.5 * (width - self._pixel)), 0.5 * (width + self._pixel)
        self._strips.append((self._asked + 2, line, core, half, r, g, b, alpha))
        self._asked += 3

    def fill(self, points: Points, colour: Colour) -> None:
        """A convex shape, or a fan round its first point."""
        p = np.asarray(points, dtype=np.float64)
        if len(p) >= 3:
            self._fills.append((self._asked, p, colour))
            self._asked += 1

    def end(self) -> None:
        """Draws what was asked for, the first lowest."""
        if not self._asked and not len(self.corners):
            return
        rails, rail_colours, strip_triangles, strip_order = self._all_strips()
        places, colours, triangles, orders = [rails], [rail_colours], [strip_triangles], [strip_order]
        first = len(rails)
        for order, p, colour in self._fills:
            k = np.arange(1, len(p) - 1)
            places.append(p)
            colours.append(np.tile(np.array(colour), (len(p), 1)))
            triangles.append(first + np.column_stack([np.zeros_like(k), k, k + 1]))
            orders.append(np.full(len(k), order))
            first += len(p)
        self.corners = np.concatenate(places)
        index = np.concatenate(triangles)[np.argsort(np.concatenate(orders), kind="stable")]
        self._hand_over(np.concatenate(colours), index)

    def remove(self) -> None:
        """Takes the node away."""
        self.path.removeNode()

    def _all_strips(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
        """(corners, their colours, triangles, the order in which they were asked for): four rails a point, clear, full, full, clear."""
        if not self._strips:
            return np.zeros((0, 2)), np.zeros((0, 4)), np.zeros((0, 3), np.int64), np.zeros(0, np.int64)
        p, length = np.concatenate(self._lines), np.array([len(line) for line in self._lines])
        start = np.concatenate([[0], np.cumsum(length)[:-1]])
        normal = _normals(p, start, length, np.array(self._closed))
        strips = np.array(self._strips)
        line, count = strips[:, 1].astype(np.int64), length[strips[:, 1].astype(np.int64)]
        of = np.repeat(np.arange(len(strips)), count)
        step = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
        point = start[line][of] + step
        core, half = strips[of, 2], strips[of, 3]
        rails = p[point][:, None] + normal[point][:, None] * np.stack([-half, -core, core, half], axis=1)[..., None]
        colours = np.repeat(strips[of, None, 4:], 4, axis=1)
        colours[:, (0, 3), 3] = 0.0
        goes_on = step < count[of] - 1
        triangles = (np.flatnonzero(goes_on) * 4)[:, None, None] + _QUAD
        order = np.repeat(strips[of[goes_on], 0].astype(np.int64), len(_QUAD))
        return rails.reshape(-1, 2), colours.reshape(-1, 4), triangles.reshape(-1, 3), order

    def _hand_over(self, colours: NDArray[np.float64], index: NDArray[np.int64]) -> None:
        """The corners and triangles to the engine."""
        vertex = np.zeros(len(self.corners), _VERTEX)
        vertex["place"][:, :2] = self.corners
        vertex["colour"] = np.rint(np.clip(colours, 0.0, 1.0) * 255.0)
        geom = self._node.modifyGeom(0)
        data = geom.modifyVertexData()
        data.uncleanSetNumRows(len(vertex))
        indices = geom.modifyPrimitive(0).modifyVertices()
        indices.uncleanSetNumRows(index.size)
        if index.size:
            data.modifyArrayHandle(0).copyDataFrom(vertex.tobytes())
            indices.modifyHandle().copyDataFrom(index.astype("<u4").tobytes())


def _normals(p: NDArray[np.float64], start: NDArray[np.int64], length: NDArray[np.int64], closed: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Normals (N, 2) of lines that lie one after the other in `p`: of unit length, longer in corners so that the sides stay parallel."""
    way = np.diff(p, axis=0)
    way /= np.maximum(np.sqrt((way**2).sum(axis=1, keepdims=True)), 1e-9)
    side = np.column_stack([-way[:, 1], way[:, 0]])  # side[i] is that of the way from point i to the next
    last = start + length - 1
    before, after = np.concatenate([side[:1], side]), np.concatenate([side, side[-1:]])
    before[start] = np.where(closed[:, None], side[last - 1], side[start])
    after[last] = np.where(closed[:, None], side[start], side[last - 1])
    middle = before + after
    middle /= np.maximum(np.sqrt((middle**2).sum(axis=1, keepdims=True)), 1e-9)
    return middle / np.maximum((middle * after).sum(axis=1, keepdims=True), _MITRE)
