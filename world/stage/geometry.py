"""Surfaces as Panda3D geometry, without a copy in Python.

In: `world.mesh.Surface`.  Out: `GeomNode`, or a node with one for each class of finish, of a Geom for each part of the space: Panda3D
leaves out the Geoms of a node that are out of view, one by one. Bounds are set by hand: the automatic ones cost 15 ms for 100,000 vertices.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    BoundingBox,
    Geom,
    GeomEnums,
    GeomNode,
    GeomTriangles,
    GeomVertexArrayFormat,
    GeomVertexData,
    GeomVertexFormat,
    InternalName,
    LODNode,
    LPoint3,
    PandaNode,
)

from world.mesh.lean import leaner
from world.mesh.surface import VERTEX, Surface
from world.stage.finishes import by_class
from world.stage.permutations import LEAN

GRAIN_M, LEAN_M, BEYOND_M = 0.12, 24.0, 1e6
_COARSEST = 0.0035  # radians, a pixel's angle to the camera that `LEAN_M` is for: `medium` at 540 lines
MOST_TRIANGLES, LEAST_M = 1200, 6.0

@lru_cache(maxsize=1)
def vertex_format() -> GeomVertexFormat:
    """`world.mesh.surface.VERTEX` for Panda3D."""
    array = GeomVertexArrayFormat()
    array.addColumn(InternalName.getVertex(), 3, Geom.NTFloat32, Geom.CPoint)
    array.addColumn(InternalName.make("packed_normal"), 4, Geom.NTUint8, Geom.COther)
    array.addColumn(InternalName.make("tint"), 4, Geom.NTUint8, Geom.COther)
    array.addColumn(InternalName.getTexcoord(), 2, Geom.NTFloat32, Geom.CTexcoord)
    array.addColumn(InternalName.make("extra"), 4, Geom.NTUint8, Geom.COther)
    form = GeomVertexFormat()
    form.addArray(array)
    return GeomVertexFormat.registerFormat(form)


def geom_node(surface: Surface, name: str, reach_m: float = 0.5) -> GeomNode | None:
    """A node of one Geom, or None for an empty surface. The shader moves no vertex further than `reach_m`."""
    if not len(surface.indices):
        return None
    return _node(name, [_Parts(surface, name, reach_m).geom()])


def city_node(surface: Surface, name: str) -> PandaNode | None:
    """A node with a `GeomNode` below it for each class of finish, named as the class; all share one vertex buffer. None for an empty
    surface."""
    if not len(surface.indices):
        return None
    parts, parent = _Parts(surface, name), PandaNode(name)
    for switch, those in by_class(surface):
        parent.addChild(_node(switch, [parts.geom(group) for group in parts.parted(those)]))
    return parent


def near_node(surface: Surface, name: str) -> PandaNode | None:
    """The same, and beside each class what stands for it from `LEAN_M` on, in the same parts: nodes "lean USE_…". A camera's scale of
    levels of detail says how far that is to it: `coarseness`."""
    if not len(surface.indices):
        return None
    lean, source = leaner(surface, GRAIN_M)
    parts, lean_parts, parent = _Parts(surface, name), _Parts(lean, name), PandaNode(name)
    of_source = np.full(surface.triangle_count, -1)
    of_source[source] = np.arange(len(source))
    for switch, those in by_class(surface):
        whole, coarse = PandaNode(switch), PandaNode(f"{LEAN} {switch}")
        for group in parts.parted(those):
            node = _node(switch, [parts.geom(group)])
            at = node.getBounds().getApproxCenter()
            whole.addChild(within(LEAN_M, 0.0, at, node))
            left = of_source[group]
            left = left[left >= 0]
            if len(left):
                coarse.addChild(within(BEYOND_M, LEAN_M, at, _node(switch, [lean_parts.geom(left)])))
        parent.addChild(whole)
        parent.addChild(coarse)
    return parent


def body_node(surface: Surface, name: str, reach_m: float) -> PandaNode:
    """What moves, whole near by and lean further off."""
    parent, lean = PandaNode(name), leaner(surface, GRAIN_M)[0]
    for form, far_m, near_m in ((surface, LEAN_M, 0.0), (lean, BEYOND_M, LEAN_M)):
        node = geom_node(form, name, reach_m)
        if node is not None:
            parent.addChild(within(far_m, near_m, LPoint3(0.0, 0.0, 1.0), node))
    return parent


def coarseness(pixel_angle: float) -> float:
    """What distances count for to a camera whose pixels are `pixel_angle` (radians) wide. What is lean is never drawn nearer than at
    `LEAN_M`."""
    return min(1.0, pixel_angle / _COARSEST)


def within(far_m: float, near_m: float, centre: LPoint3, node: GeomNode) -> LODNode:
    """The node where the eye is no further than `far_m` and no nearer than `near_m` to `centre`."""
    level = LODNode("level")
    level.addSwitch(far_m, near_m)
    level.setCenter(centre)
    level.addChild(node)
    return level


class _Parts:
    """A surface's one vertex buffer, and Geoms of some of its triangles. The shader moves no vertex further than `reach_m`."""

    def __init__(self, surface: Surface, name: str, reach_m: float = 0.5) -> None:
        self._data = GeomVertexData(name, vertex_format(), GeomEnums.UHStatic)
        self._data.uncleanSetNumRows(len(surface.vertices))
        self._data.modifyArrayHandle(0).copyDataFrom(np.ascontiguousarray(surface.vertices).view(np.uint8))
        self._faces = surface.indices.reshape(-1, 3)
        corners = np.ascontiguousarray(surface.vertices["position"].T)[:, self._faces.T]  # (3, 3, T): axis, corner, triangle
        self._low, self._high = corners.min(axis=1) - reach_m, corners.max(axis=1) + reach_m

    def parted(self, those: NDArray[np.intp]) -> list[NDArray[np.intp]]:
        """Those triangles, by where they are, in groups."""
        return [those[group] for group in parted((self._low.take(those, axis=1) + self._high.take(those, axis=1)) / 2)]

    def geom(self, those: NDArray[np.intp] | None = None) -> Geom:
        """Of those triangles, or of all."""
        faces, low, high = self._faces, self._low, self._high
        if those is not None:
            faces, low, high = faces.take(those, axis=0), low.take(those, axis=1), high.take(those, axis=1)
        triangles = GeomTriangles(GeomEnums.UHStatic)
        triangles.setIndexType(GeomEnums.NTUint32)
        rows = triangles.modifyVertices()
        rows.uncleanSetNumRows(faces.size)
        rows.modifyHandle().copyDataFrom(np.ascontiguousarray(faces).reshape(-1).view(np.uint8))
        geom = Geom(self._data)
        geom.addPrimitive(triangles)
        geom.setBounds(BoundingBox(LPoint3(*low.min(axis=1).tolist()), LPoint3(*high.max(axis=1).tolist())))
        return geom


def parted(middles: NDArray[np.float32]) -> list[NDArray[np.intp]]:
    """Triangles, by their middles (3, T), in groups of no more than `MOST_TRIANGLES`, or no wider than `LEAST_M`: halved at the median
    of their longest side, time and again (Bentley's k-d tree, 1975). Places of each group's, in order."""
    found, left = [], [np.arange(middles.shape[1])]
    while left:
        these = left.pop()
        at = middles.take(these, axis=1)
        spread = at.max(axis=1) - at.min(axis=1)
        axis = int(spread.argmax())
        if len(these) <= MOST_TRIANGLES or spread[axis] <= LEAST_M:
            found.append(np.sort(these))
            continue
        order = np.argpartition(at[axis], len(these) // 2)
        left += [these[order[len(these) // 2 :]], these[order[: len(these) // 2]]]
    return found


def _node(name: str, geoms: list[Geom]) -> GeomNode:
    node, whole = GeomNode(name), BoundingBox()
    for geom in geoms:
        node.addGeom(geom)
        whole.extendBy(geom.getBounds())
    node.setBounds(whole)
    node.setFinal(len(geoms) == 1)  # else each Geom is looked at by itself
    return node


assert VERTEX.itemsize == 32, "the vertex format and VERTEX must agree"
