"""Surfaces as Panda3D geometry, without a copy in Python.

In: `world.mesh.Surface`.  Out: `GeomNode`. Bounds are set by hand: the automatic ones cost 15 ms for 100,000 vertices.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
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
)

from world.mesh.surface import VERTEX, Surface


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
    data = GeomVertexData(name, vertex_format(), GeomEnums.UHStatic)
    data.uncleanSetNumRows(len(surface.vertices))
    data.modifyArrayHandle(0).copyDataFrom(np.ascontiguousarray(surface.vertices).view(np.uint8))
    triangles = GeomTriangles(GeomEnums.UHStatic)
    triangles.setIndexType(GeomEnums.NTUint32)
    indices = triangles.modifyVertices()
    indices.uncleanSetNumRows(len(surface.indices))
    indices.modifyHandle().copyDataFrom(np.ascontiguousarray(surface.indices).view(np.uint8))
    geom = Geom(data)
    geom.addPrimitive(triangles)
    low, high = surface.vertices["position"].min(axis=0), surface.vertices["position"].max(axis=0)
    box = BoundingBox(LPoint3(*map(float, low - reach_m)), LPoint3(*map(float, high + reach_m)))
    geom.setBounds(box)
    node = GeomNode(name)
    node.addGeom(geom)
    node.setBounds(box)
    node.setFinal(True)
    return node


assert VERTEX.itemsize == 32, "the vertex format and VERTEX must agree"
