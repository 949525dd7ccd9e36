"""Thin lines and flat shapes over the picture, drawn anew as often as one likes: one node, one draw.

In: points and widths in UI units (the window is 1 high, x from -aspect/2), colours with alpha.  Out: a node under Ursina's UI camera.
How: a line is a strip with soft sides a pixel wide, so that it is smooth without multisampling; a glow is a wide faint one under it.
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


class Strokes:
    """Between `begin` and `end`, `line` and `fill`; what is drawn stays until the next `end`."""

    def __init__(self, parent: Any = None, z: float = -0.8) -> None:
        self._data = GeomVertexData("strokes", GeomVertexFormat.getV3c4t2(), Geom.UHDynamic)
        self._triangles = GeomTriangles(Geom.UHDynamic)
        self._triangles.setIndexType(Geom.NTUint32)
        geom = Geom(self._data)
        geom.addPrimitive(self._triangles)
        self._node = GeomNode("strokes")
        self._node.addGeom(geom)
        self._node.setBounds(OmniBoundingVolume())
        self._node.setFinal(True)
        self.path: NodePath = (parent or camera.ui).attachNewNode(self._node)
        self.path.setShader(imported_shaders["ashes_panel"]._shader)
        self.path.setTwoSided(True)
        self.path.setZ(0)
        self.path.setPos(0, 0, z)
        self._parts: list[tuple[NDArray[np.void], NDArray[np.uint32]]] = []
        self._drawn = 0

    def show(self, visible: bool) -> None:
        """Shows or hides it all."""
        if visible:
            self.path.show()
        else:
            self.path.hide()

    def begin(self) -> None:
        """A clean sheet."""
        self._parts = []

    def line(self, points: Points, width: float, colour: Colour, *, closed: bool = False, glow: float = 0.0, shade: float = 0.0) -> None:
        """A line through `points` (N, 2); `glow` is the share of its alpha that shines about it, `shade` that of the dark behind both."""
        p = np.asarray(points, dtype=np.float64)
        if len(p) < 2:
            return
        if closed:
            p = np.concatenate([p, p[:1]])
        normal = _normals(p, closed)
        if shade > 0.0:
            self._strip(p, normal, width, 0.5 * _SHADE * width, (0.0, 0.0, 0.0, colour[3] * shade))
        if glow > 0.0:
            self._strip(p, normal, 0.0, 0.5 * _GLOW * width, (*colour[:3], colour[3] * glow))
        pixel = 1.0 / max(float(window.size[1]), 1.0)
        self._strip(p, normal, max(0.0, 0.5 * (width - pixel)), 0.5 * (width + pixel), colour)

    def fill(self, points: Points, colour: Colour) -> None:
        """A convex shape, or a fan round its first point."""
        p = np.asarray(points, dtype=np.float64)
        if len(p) < 3:
            return
        k = np.arange(1, len(p) - 1, dtype=np.uint32)
        self._add(p, np.tile(_bytes(colour), (len(p), 1)), np.column_stack([np.zeros_like(k), k, k + 1]))

    def end(self) -> None:
        """Draws what was asked for."""
        if not self._parts and not self._drawn:
            return
        first, vertices, triangles = 0, [], []
        for vertex, triangle in self._parts:
            vertices.append(vertex)
            triangles.append(triangle + np.uint32(first))
            first += len(vertex)
        joined = np.concatenate(vertices) if vertices else np.zeros(0, _VERTEX)
        index = np.concatenate(triangles) if triangles else np.zeros((0, 3), np.uint32)
        data = self._node.modifyGeom(0).modifyVertexData()
        data.uncleanSetNumRows(len(joined))
        if len(joined):
            data.modifyArrayHandle(0).copyDataFrom(joined.tobytes())
        triangles_now = self._node.modifyGeom(0).modifyPrimitive(0)
        handle = triangles_now.modifyVertices()
        handle.uncleanSetNumRows(index.size)
        if index.size:
            handle.modifyHandle().copyDataFrom(index.astype("<u4").tobytes())
        self._drawn = len(joined)

    @property
    def corners(self) -> int:
        """How many corners are drawn."""
        return self._drawn

    def remove(self) -> None:
        """Takes the node away."""
        self.path.removeNode()

    def _strip(self, p: NDArray[np.float64], normal: NDArray[np.float64], solid: float, wide: float, colour: Colour) -> None:
        """Four rails: clear, full, full, clear."""
        rails = np.stack([p + normal * side for side in (-wide, -solid, solid, wide)], axis=1).reshape(-1, 2)
        full = _bytes(colour)
        clear = full.copy()
        clear[3] = 0
        colours = np.tile(np.stack([clear, full, full, clear]), (len(p), 1))
        k = (np.arange(len(p) - 1, dtype=np.uint32) * 4)[:, None]
        quad = np.array([[0, 4, 5], [0, 5, 1], [1, 5, 6], [1, 6, 2], [2, 6, 7], [2, 7, 3]], dtype=np.uint32).reshape(1, -1)
        self._add(rails, colours, (k + quad).reshape(-1, 3))

    def _add(self, p: NDArray[np.float64], colours: NDArray[np.uint8], triangles: NDArray[np.uint32]) -> None:
        vertex = np.zeros(len(p), _VERTEX)
        vertex["place"][:, :2] = p
        vertex["colour"] = colours
        self._parts.append((vertex, triangles))


def _bytes(colour: Colour) -> NDArray[np.uint8]:
    return np.clip(np.rint(np.asarray(colour) * 255.0), 0, 255).astype(np.uint8)


def _normals(p: NDArray[np.float64], closed: bool) -> NDArray[np.float64]:
    """Unit normals (N, 2), longer in corners so that the sides stay parallel."""
    way = np.diff(p, axis=0)
    way /= np.maximum(np.sqrt((way**2).sum(axis=1, keepdims=True)), 1e-9)
    side = np.column_stack([-way[:, 1], way[:, 0]])
    before, after = np.concatenate([side[-1:] if closed else side[:1], side]), np.concatenate([side, side[:1] if closed else side[-1:]])
    middle = before + after
    middle /= np.maximum(np.sqrt((middle**2).sum(axis=1, keepdims=True)), 1e-9)
    return middle / np.maximum((middle * after).sum(axis=1, keepdims=True), _MITRE)
