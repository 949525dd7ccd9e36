"""One chunk of the city drawn by others, in a process of its own: `python peers.py NAME small|large SEED` prints one JSON object.

NAME  ours       our stage with all its look (mirror, light field, fog, bloom, rain), the other chunks left empty
      entities   an Ursina `Entity` for each object, its default shader: how an ordinary Ursina user would build it
      simplepbr  panda3d-simplepbr, a node for each object, 8 point lights at the chunk's strongest lamps and signs
All get the very triangles of our own chunk and the same camera. Figures are CPU time of this process (the rasteriser's threads
among it); in a picture of 16 × 16 almost nothing is left to rasterise.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
import time
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    Geom,
    GeomNode,
    GeomTriangles,
    GeomVertexArrayFormat,
    GeomVertexData,
    GeomVertexFormat,
    GraphicsOutput,
    Texture,
    loadPrcFileData,
)

from world.mesh.chunk_mesh import ChunkMesh, build_mesh
from world.mesh.surface import VERTEX as OUR_VERTEX
from world.mesh.surface import Surface
from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Recipe, with_settings

SMALL, LARGE = (16, 16), (960, 540)
LIGHTS = 8
VERTEX = np.dtype([("vertex", "<f4", 3), ("normal", "<f4", 3), ("color", "u1", 4), ("texcoord", "<f4", 2)])


def objects_of(pipe: Pipe, cx: int, cy: int) -> list[Surface]:
    """The chunk's surfaces, object by object: the ground, then each building, sign, car, cable …"""
    plan, recipe = pipe.plan(cx, cy), pipe.recipe
    kinds = ("buildings", "signs", "things", "cables", "spans", "holograms")
    empty = replace(plan, **dict.fromkeys(kinds, ()))
    surfaces = list(seen_near(build_mesh(recipe, empty)).values())
    for kind in kinds:
        for thing in getattr(plan, kind):
            mesh = seen_near(build_mesh(recipe, replace(empty, **{kind: (thing,)})))
            surfaces += [surface for name, surface in mesh.items() if name != "ground"]
    return [surface for surface in surfaces if surface.triangle_count]


def seen_near(mesh: ChunkMesh) -> dict[str, Surface]:
    """The surfaces of a chunk that stand before a near eye."""
    return {field.name: getattr(mesh, field.name) for field in fields(mesh) if field.name not in ("cx", "cy", "far")}


def plain_vertices(surface: Surface) -> NDArray[np.void]:
    """Position, unit normal, colour and uv of our packed vertices."""
    out = np.zeros(len(surface.vertices), VERTEX)
    out["vertex"] = surface.vertices["position"]
    out["normal"] = surface.vertices["normal"][:, :3].astype(np.float32) / 127.5 - 1.0
    out["color"] = surface.vertices["tint"]
    out["color"][:, 3] = 255
    out["texcoord"] = surface.vertices["uv"]
    return out


def cpu_ms_a_frame(draw: Any, frames: int) -> float:
    """Median CPU ms of `draw()`; a median of several frames, each counted over all threads."""
    for _ in range(3):
        draw()
    spent = []
    for _ in range(frames):
        before = time.process_time()
        draw()
        spent.append((time.process_time() - before) * 1e3)
    return statistics.median(spent)


def read_back(app: Any) -> Texture:
    """Every frame is copied to memory: llvmpipe draws nothing that nobody reads."""
    picture = Texture("picture")
    app.win.addRenderTexture(picture, GraphicsOutput.RTMCopyRam, GraphicsOutput.RTPColor)
    return picture


def offscreen(size: tuple[int, int]) -> None:
    lines = ["load-display p3headlessgl", "audio-library-name null", f"win-size {size[0]} {size[1]}", "sync-video 0"]
    loadPrcFileData("", "\n".join([*lines, "textures-power-2 none", "notify-level-device fatal"]))


def place_camera(camera: Any, pose: Pose, corner: tuple[float, float], y_up: bool) -> None:
    """The pose, relative to the chunk's corner, in Panda's axes or in Ursina's (x, z, y)."""
    x, y, z = pose.position[0] - corner[0], pose.position[1] - corner[1], pose.position[2]
    if y_up:
        camera.setPos(x, z, y)
        camera.setHpr(0, 0, 0)
        camera.rotation = (-pose.pitch_deg, pose.heading_deg, 0)
    else:
        camera.setPosHpr(x, y, z, -pose.heading_deg, pose.pitch_deg, 0)


def figures(surfaces: list[Surface], build_ms: float, frame_ms: float, picture: Texture) -> dict[str, float]:
    """What is printed; `lit` is the share of the picture that is not of one colour, so that an empty picture shows."""
    pixels = np.frombuffer(picture.getRamImage(), np.uint8).reshape(-1, picture.getNumComponents())[:, :3]
    lit = float(np.mean(np.any(pixels != pixels[-1], axis=1)))
    triangles = sum(surface.triangle_count for surface in surfaces)
    return {"objects": len(surfaces), "triangles": triangles, "build_ms": build_ms, "frame_ms": frame_ms, "lit": lit}


def entities(pipe: Pipe, cx: int, cy: int, pose: Pose, size: tuple[int, int], frames: int) -> dict[str, float]:
    offscreen(size)
    from ursina import Entity, Mesh, Ursina, camera

    app = Ursina(size=size, window_type="offscreen", borderless=False, fullscreen=False, development_mode=False, editor_ui_enabled=False)
    surfaces = objects_of(pipe, cx, cy)
    before = time.process_time()
    for surface in surfaces:
        Entity(model=Mesh(**mesh_lists(surface)), double_sided=True)
    build_ms = (time.process_time() - before) * 1e3
    place_camera(camera, pose, (cx * 64.0, cy * 64.0), y_up=True)
    picture = read_back(app)
    frame_ms = cpu_ms_a_frame(app.step, frames)
    return figures(surfaces, build_ms, frame_ms, picture)


class LoneChunk(Pipe):
    """A city of one chunk: the others are there to light it and have no surface."""

    def __init__(self, recipe: Recipe, cx: int, cy: int) -> None:
        super().__init__(recipe)
        whole, none = self.mesh, np.zeros(0, np.uint32)

        def mesh(i: int, j: int) -> ChunkMesh:
            if (i, j) == (cx, cy):
                return whole(i, j)
            blank = Surface(np.zeros(0, OUR_VERTEX), none)
            return ChunkMesh(i, j, *[blank] * (len(fields(ChunkMesh)) - 2))

        self.mesh = mesh


def ours(pipe: Pipe, cx: int, cy: int, pose: Pose, size: tuple[int, int], frames: int) -> dict[str, float]:
    from world.conditions import conditions_at
    from world.stage.boot import boot

    app = boot(size, window=False)
    from world.stage.geometry import geom_node
    from world.stage.stage import Stage

    mesh = pipe.mesh(cx, cy)
    before = time.process_time()
    for surface in (*seen_near(mesh).values(), mesh.far):
        geom_node(surface, "chunk")
    build_ms = (time.process_time() - before) * 1e3
    stage = Stage(app, LoneChunk(pipe.recipe, cx, cy), size=size, quality="medium")
    stage.settle(pose)

    def draw() -> None:
        stage.show(pose, conditions_at(pipe.recipe, 1.0), None)
        app.graphicsEngine.renderFrame()
        stage.picture()

    frame_ms = cpu_ms_a_frame(draw, frames)
    lit = float(np.mean(np.any(stage.picture() != stage.picture()[-1, -1], axis=2)))
    triangles = sum(surface.triangle_count for surface in seen_near(mesh).values())
    objects = len(stage.root.findAllMatches("**/+GeomNode"))
    return {"objects": objects, "triangles": triangles, "build_ms": build_ms, "frame_ms": frame_ms, "lit": lit}


def mesh_lists(surface: Surface) -> dict[str, Any]:
    """A surface as Ursina's `Mesh` takes it, y up."""
    v = plain_vertices(surface)
    return {
        "vertices": v["vertex"][:, [0, 2, 1]].tolist(),
        "triangles": surface.indices.reshape(-1, 3)[:, ::-1].ravel().tolist(),
        "colors": (v["color"] / 255.0).tolist(),
        "uvs": v["texcoord"].tolist(),
        "normals": v["normal"][:, [0, 2, 1]].tolist(),
    }


def plain_node(surface: Surface) -> GeomNode:
    """A surface as others draw it: float normals, byte colours."""
    layout = GeomVertexArrayFormat()
    layout.addColumn("vertex", 3, Geom.NTFloat32, Geom.C_point)
    layout.addColumn("normal", 3, Geom.NTFloat32, Geom.C_normal)
    layout.addColumn("color", 4, Geom.NTUint8, Geom.C_color)
    layout.addColumn("texcoord", 2, Geom.NTFloat32, Geom.C_texcoord)
    assert VERTEX.itemsize == layout.getTotalBytes()
    data = GeomVertexData("mesh", GeomVertexFormat.registerFormat(GeomVertexFormat(layout)), Geom.UHStatic)
    data.uncleanSetNumRows(len(surface.vertices))
    data.modifyArrayHandle(0).copyDataFrom(plain_vertices(surface))
    triangles = GeomTriangles(Geom.UHStatic)
    triangles.setIndexType(Geom.NTUint32)
    indices = triangles.modifyVertices()
    indices.uncleanSetNumRows(len(surface.indices))
    indices.modifyHandle().copyDataFrom(surface.indices)
    geom = Geom(data)
    geom.addPrimitive(triangles)
    node = GeomNode("mesh")
    node.addGeom(geom)
    return node


def simplepbr(pipe: Pipe, cx: int, cy: int, pose: Pose, size: tuple[int, int], frames: int) -> dict[str, float]:
    offscreen(size)
    import simplepbr as pbr
    from direct.showbase.ShowBase import ShowBase
    from panda3d.core import PointLight

    app = ShowBase(windowType="offscreen")
    pbr.init(max_lights=LIGHTS, msaa_samples=0, enable_shadows=False)
    surfaces = objects_of(pipe, cx, cy)
    before = time.process_time()
    for surface in surfaces:
        app.render.attachNewNode(plain_node(surface))
    build_ms = (time.process_time() - before) * 1e3
    emitters = pipe.space(cx, cy).emitters
    for k in np.argsort(-emitters.candela.sum(axis=1))[:LIGHTS]:
        light = PointLight("sign")
        light.setColor((*emitters.candela[k], 1.0))
        light.attenuation = (0, 0, 1)
        node_path = app.render.attachNewNode(light)
        node_path.setPos(*(emitters.position[k] - (cx * 64.0, cy * 64.0, 0.0)))
        app.render.setLight(node_path)
    place_camera(app.cam, pose, (cx * 64.0, cy * 64.0), y_up=False)
    picture = read_back(app)
    frame_ms = cpu_ms_a_frame(app.taskMgr.step, frames)
    return figures(surfaces, build_ms, frame_ms, picture)


RENDERERS = {"ours": ours, "entities": entities, "simplepbr": simplepbr}


def whole_view(cx: int, cy: int) -> Pose:
    """From over the chunk's south-western corner down on all of it."""
    return Pose((cx * 64.0 - 22.0, cy * 64.0 - 22.0, 42.0), 45.0, -27.0)


def main() -> None:
    name, size, seed = sys.argv[1], LARGE if sys.argv[2] == "large" else SMALL, sys.argv[3]
    pipe = Pipe(with_settings(Recipe(), [], seed))
    x, y, _ = pipe.start().position
    cx, cy = math.floor(x / 64.0), math.floor(y / 64.0)
    found = RENDERERS[name](pipe, cx, cy, whole_view(cx, cy), size, 5 if size == LARGE else 40)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
