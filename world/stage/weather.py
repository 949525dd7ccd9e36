"""Rain as geometry: hashed drops that the shader lets fall, and the crowns they strike from the street.

In: nothing.  Out: nodes of small quads; where and how bright they are is closed-form in time (shaders/surface/rain.vert.glsl,
splash.vert.glsl).
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
from world.stage.blending import set_additive
from world.stage.masks import MIRROR, SHADOW
from world.stage.shaders import load_shader

_VERTEX = np.dtype([("place", "<f4", 4), ("corner", "<f4", 2)])


def rain(drops: int) -> NodePath:
    """The rain round the eye: `drops` streaks and a quarter as many crowns at a downpour, fewer shown in a drizzle."""
    path = NodePath("rain")
    _quads("rain", drops).reparentTo(path)
    _quads("splash", drops // 4).reparentTo(path)
    path.setTwoSided(True)
    set_additive(path)
    path.hide(MIRROR | SHADOW)
    return path


def _quads(name: str, count: int) -> NodePath:
    """`count` quads of four hashed numbers each, drawn by the shader of that name."""
    k = np.arange(count)
    vertices = np.zeros((count, 4), _VERTEX)
    for axis in range(4):  # x, y, z: where; w: from which rain rate on it is there
        vertices["place"][:, :, axis] = np.asarray(uniform(3, name, k, axis))[:, None]
    vertices["corner"] = np.array([(-1, 0), (1, 0), (1, 1), (-1, 1)], np.float32)
    indices = (k[:, None] * 4 + np.array([0, 1, 2, 0, 2, 3])).astype(np.uint32)
    array = GeomVertexArrayFormat()
    array.addColumn(InternalName.getVertex(), 4, Geom.NTFloat32, Geom.COther)
    array.addColumn(InternalName.getTexcoord(), 2, Geom.NTFloat32, Geom.CTexcoord)
    form = GeomVertexFormat()
    form.addArray(array)
    data = GeomVertexData(name, GeomVertexFormat.registerFormat(form), GeomEnums.UHStatic)
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
    node = GeomNode(name)
    node.addGeom(geom)
    node.setBounds(OmniBoundingVolume())
    node.setFinal(True)
    path = NodePath(node)
    path.setShader(load_shader(f"surface/{name}.vert", f"surface/{name}.frag"))
    return path
