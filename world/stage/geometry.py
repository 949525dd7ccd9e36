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
    LPoint3,
    PandaNode,
)

from world.mesh.surface import VERTEX, Surface
from world.stage.finishes import by_class

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
    return _node(_data(surface, name), [surface.indices], surface.vertices["position"], name, reach_m)


def city_node(surface: Surface, name: str) -> PandaNode | None:
    """A node with a `GeomNode` below it for each class of finish, named as the class; all share one vertex buffer. None for an empty
    surface."""
    if not len(surface.indices):
        return None
    data, parent = _data(surface, name), PandaNode(name)
    for switch, indices in by_class(surface):
        parent.addChild(_node(data, parted(surface.vertices["position"], indices), surface.vertices["position"], switch, 0.5))
    return parent


def parted(positions: NDArray[np.float32], indices: NDArray[np.uint32]) -> list[NDArray[np.uint32]]:
    """The triangles in groups of no more than `MOST_TRIANGLES`, or no wider than `LEAST_M`, by where they are: halved at the median of
    their longest side, time and again (Bentley's k-d tree, 1975)."""
    faces = indices.reshape(-1, 3)
    middles = positions[faces].mean(axis=1)
    found, left = [], [np.arange(len(faces))]
    while left:
        these = left.pop()
        at = middles[these]
        spread = at.max(axis=0) - at.min(axis=0)
        axis = int(spread.argmax())
        if len(these) <= MOST_TRIANGLES or spread[axis] <= LEAST_M:
            found.append(faces[np.sort(these)].ravel())
            continue
        order = np.argpartition(at[:, axis], len(these) // 2)
        left += [these[order[len(these) // 2 :]], these[order[: len(these) // 2]]]
    return found


def _data(surface: Surface, name: str) -> GeomVertexData:
    data = GeomVertexData(name, vertex_format(), GeomEnums.UHStatic)
    data.uncleanSetNumRows(len(surface.vertices))
    data.modifyArrayHandle(0).copyDataFrom(np.ascontiguousarray(surface.vertices).view(np.uint8))
    return data


def _node(data: GeomVertexData, groups: list[NDArray[np.uint32]], positions: NDArray[np.float32], name: str, reach_m: float) -> GeomNode:
    node, whole = GeomNode(name), BoundingBox()
    for indices in groups:
        triangles = GeomTriangles(GeomEnums.UHStatic)
        triangles.setIndexType(GeomEnums.NTUint32)
        rows = triangles.modifyVertices()
        rows.uncleanSetNumRows(len(indices))
        rows.modifyHandle().copyDataFrom(np.ascontiguousarray(indices).view(np.uint8))
        geom = Geom(data)
        geom.addPrimitive(triangles)
        there = positions[indices]
        low, high = there.min(axis=0), there.max(axis=0)
        box = BoundingBox(LPoint3(*map(float, low - reach_m)), LPoint3(*map(float, high + reach_m)))
        geom.setBounds(box)
        node.addGeom(geom)
        whole.extendBy(box)
    node.setBounds(whole)
    node.setFinal(len(groups) == 1)  # else each Geom is looked at by itself
    return node


assert VERTEX.itemsize == 32, "the vertex format and VERTEX must agree"
