"""Rain as geometry: hashed drops that the shader lets fall.

In: nothing.  Out: a node of thin quads; where and how bright they are is closed-form in time (shaders/surface/rain.vert.glsl).
"""

from __future__ import annotations

import numpy as np
from panda3d.core import (
    Geom,
    GeomEnums,
    GeomNode,
    GeomTriangles,
    GeomVertexArrayFormat,
    GeomVertexData,
    GeomVertexFormat,
    InternalName,
    NodePath,
    OmniBoundingVolume,
)

from world.fields import uniform
from world.stage.chunks import set_additive
from world.stage.masks import MIRROR
from world.stage.shaders import load_shader

_VERTEX = np.dtype([("place", "<f4", 4), ("corner", "<f4", 2)])


def rain(drops: int = 7000) -> NodePath:
    """The rain round the eye: `drops` quads at a downpour, fewer shown in a drizzle."""
    k = np.arange(drops)
    vertices = np.zeros((drops, 4), _VERTEX)
    for axis in range(4):  # x, y, z in the box; w: from which rain rate on it falls
        vertices["place"][:, :, axis] = np.asarray(uniform(3, "rain", k, axis))[:, None]
    vertices["corner"] = np.array([(-1, 0), (1, 0), (1, 1), (-1, 1)], np.float32)
    indices = (k[:, None] * 4 + np.array([0, 1, 2, 0, 2, 3])).astype(np.uint32)
    array = GeomVertexArrayFormat()
    array.addColumn(InternalName.getVertex(), 4, Geom.NTFloat32, Geom.COther)
    array.addColumn(InternalName.getTexcoord(), 2, Geom.NTFloat32, Geom.CTexcoord)
    form = GeomVertexFormat()
    form.addArray(array)
    data = GeomVertexData("rain", GeomVertexFormat.registerFormat(form), GeomEnums.UHStatic)
    data.uncleanSetNumRows(vertices.size)
    data.modifyArrayHandle(0).copyDataFrom(vertices.reshape(-1).view(np.uint8))
    triangles = GeomTriangles(GeomEnums.UHStatic)
    triangles.setIndexType(GeomEnums.NTUint32)
    rows = triangles.modifyVertices()
    rows.uncleanSetNumRows(indices.size)
    rows.modifyHandle().copyDataFrom(indices.reshape(-1).view(np.uint8))
    geom = Geom(data)
    geom.addPrimitive(triangles)
    geom.setBounds(OmniBoundingVolume())
    node = GeomNode("rain")
    node.addGeom(geom)
    node.setBounds(OmniBoundingVolume())
    node.setFinal(True)
    path = NodePath(node)
    path.setShader(load_shader("surface/rain.vert", "surface/rain.frag"))
    path.setTwoSided(True)
    set_additive(path)
    path.hide(MIRROR)
    return path
