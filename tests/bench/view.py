"""A whole view drawn by us and by others, the very meshes that our main camera is shown: `python view.py PLACE pbr|entities|light`.

In: a place's name.  Out: one JSON object of CPU milliseconds (all threads), 960×540, medium.
pbr       in one process, in turns, so that one machine's mood is both's: ours with all its look (mirror, light field, rain, fog, bloom,
          picture), and panda3d-simplepbr with 8 point lights, no shadows, no MSAA, each of our nodes a node; our passes and parts beside
entities  the same meshes as Ursina Entities with Ursina's own default shader, a node an Entity, in an Ursina as it comes
light     our frame under a hundred emitters and under three thousand
"""

from __future__ import annotations

import json
import statistics
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    Camera,
    FrameBufferProperties,
    GraphicsOutput,
    GraphicsPipe,
    LODNode,
    LPoint3,
    NodePath,
    PointLight,
    Texture,
    WindowProperties,
)
from peers import LIGHTS, mesh_lists, offscreen, plain_node, read_back

from world.bench_passes import SIZE, PassBench, emitter_costs, in_turns
from world.cli.city import pose_of
from world.mesh.surface import VERTEX as OUR_VERTEX
from world.mesh.surface import Surface
from world.pipe import Pipe
from world.place import parse_place
from world.plan.climate import conditions_here
from world.pose import Pose
from world.recipe.load import load_recipe
from world.stage.masks import MAIN

ROUNDS = 7
_NOT_MESHES = ("rain", "splash", "smoke", "drips", "flames", "sparks", "sky")  # made by shaders of ours


def seen(stage: Any) -> list[tuple[Surface, NDArray[np.float64]]]:
    """The surfaces that the main camera draws, node by node, and where each node stands (relative to the stage's origin)."""
    camera, found = stage.passes.scene_camera, []
    frustum = camera.node().getLens().makeBounds()
    for path in stage.root.findAllMatches("**/+GeomNode"):
        above = path.getAncestors()
        if path.getName() in _NOT_MESHES or any(step.isHidden(MAIN) for step in above):
            continue
        if any(isinstance(step.node(), LODNode) and not _near_enough(step, camera) for step in above):
            continue
        for geom in path.node().getGeoms():
            bounds = geom.getBounds().makeCopy()
            bounds.xform(path.getMat(camera))
            if frustum.contains(bounds) == 0:
                continue
            vertices = np.frombuffer(memoryview(geom.getVertexData().getArray(0)).cast("B"), np.uint8).view(OUR_VERTEX)
            indices = np.frombuffer(memoryview(geom.getPrimitive(0).getVertices()).cast("B"), np.uint32)
            used, local = np.unique(indices, return_inverse=True)
            found.append((Surface(vertices[used], local.astype(np.uint32).ravel()), np.array(path.getPos(stage.root))))
    return found


def _near_enough(path: NodePath, camera: NodePath) -> bool:
    gap = (camera.getPos(path) - LPoint3(path.node().getCenter())).length()
    return path.node().getOut(0) <= gap < path.node().getIn(0)


def settled(app: Any, place: str) -> tuple[Any, Pipe, Pose, Any]:
    """Our stage at a place, shown: stage, pipe, pose, conditions."""
    from world.stage.stage import Stage

    pipe = Pipe(load_recipe("drizzle"))
    pose = pose_of(parse_place(place), pipe)
    stage = Stage(app, pipe, size=SIZE, quality="medium")
    stage.settle(pose)
    conditions = conditions_here(pipe.recipe, 10.0, *pose.position[:2])
    stage.show(pose, conditions, None)
    app.graphicsEngine.renderFrame()
    return stage, pipe, pose, conditions


def pbr(place: str) -> dict[str, Any]:
    from world.stage.boot import boot

    app = boot((64, 36), window=False)
    stage, pipe, pose, conditions = settled(app, place)
    surfaces = seen(stage)
    bench = PassBench(app, stage, pose, conditions)  # knows what of ours is drawn, before theirs switches it off
    draw_theirs = _simplepbr(app, stage, pipe, pose, surfaces)
    spent = in_turns({"ours": bench.frame, "simplepbr": draw_theirs}, ROUNDS)
    return {
        "triangles": sum(surface.triangle_count for surface, _ in surfaces),
        "nodes": len(surfaces),
        "ours": statistics.median(spent["ours"]),
        "simplepbr": statistics.median(spent["simplepbr"]),
        "ours / simplepbr": statistics.median(a / b for a, b in zip(spent["ours"], spent["simplepbr"], strict=True)),
        "passes": bench.passes(ROUNDS),
        "parts": bench.parts(ROUNDS),
    }


def light(place: str) -> dict[str, Any]:
    from world.stage.boot import boot

    app = boot((64, 36), window=False)
    stage, pipe, pose, conditions = settled(app, place)
    return emitter_costs(stage, PassBench(app, stage, pose, conditions), pipe, pose, ROUNDS)


def _simplepbr(app: Any, stage: Any, pipe: Pipe, pose: Pose, surfaces: list[tuple[Surface, NDArray[np.float64]]]) -> Any:
    """Their scene in a target of its own; what draws it, alone, and reads it back."""
    import simplepbr

    root = NodePath("theirs")
    for surface, at in surfaces:
        root.attachNewNode(plain_node(surface)).setPos(*at)
    properties = FrameBufferProperties()
    properties.setRgbaBits(8, 8, 8, 8)
    properties.setDepthBits(24)
    flags = GraphicsPipe.BF_refuse_window | GraphicsPipe.BF_fb_props_optional
    size = WindowProperties.size(*SIZE)
    out = app.graphicsEngine.makeOutput(app.pipe, "theirs", -100, properties, size, flags, app.win.getGsg(), app.win)
    picture = Texture("theirs")
    out.addRenderTexture(picture, GraphicsOutput.RTM_bind_or_copy, GraphicsOutput.RTP_color)
    camera = root.attachNewNode(Camera("theirs", stage.passes.lens))
    camera.setMat(stage.passes.scene_camera.getMat())
    out.makeDisplayRegion().setCamera(camera)
    pipeline = simplepbr.init(render_node=root, window=out, camera_node=camera, max_lights=LIGHTS, msaa_samples=0, enable_shadows=False)
    x, y = stage.chunks.origin
    emitters = [pipe.space(*chunk).emitters for chunk in stage.rings.wanted(*pose.position[:2])]
    candela, position = (np.concatenate([getattr(e, name) for e in emitters]) for name in ("candela", "position"))
    for k in np.argsort(-candela.sum(axis=1) / (1.0 + np.linalg.norm(position - pose.position, axis=1)))[:LIGHTS]:
        lamp = PointLight("lamp")
        lamp.setColor((*candela[k], 1.0))
        lamp.attenuation = (0, 0, 1)
        path = root.attachNewNode(lamp)
        path.setPos(*(position[k] - (x, y, 0.0)))
        root.setLight(path)
    app.taskMgr.step()  # simplepbr's own task tells its shader of the camera
    theirs = [*pipeline._filtermgr.buffers, out]

    def draw() -> None:
        for ours in stage.passes.outputs.values():
            ours.setActive(False)
        for buffer in theirs:
            buffer.setActive(True)
        app.graphicsEngine.renderFrame()
        if not app.graphicsEngine.extractTextureData(picture, app.win.getGsg()):
            raise RuntimeError("their picture could not be read back")
        pixels = np.frombuffer(picture.getRamImage(), np.uint8)
        if pixels.min() == pixels.max():
            raise RuntimeError("their picture is empty")
        picture.clearRamImage()
        for buffer in theirs:
            buffer.setActive(False)

    draw()
    return draw


def entities(place: str) -> dict[str, Any]:
    offscreen(SIZE)
    from ursina import Entity, Mesh, Ursina, camera

    app = Ursina(size=SIZE, window_type="offscreen", borderless=False, fullscreen=False, development_mode=False, editor_ui_enabled=False)
    stage, _, pose, _ = settled(app, place)
    surfaces, (x, y) = seen(stage), stage.chunks.origin
    stage.close()
    for surface, at in surfaces:
        Entity(model=Mesh(**mesh_lists(surface)), position=(at[0], at[2], at[1]))
    camera.setPos(pose.position[0] - x, pose.position[2], pose.position[1] - y)
    camera.setHpr(0, 0, 0)
    camera.rotation = (-pose.pitch_deg, pose.heading_deg, 0)
    camera.fov = pose.fov_deg
    read_back(app)
    spent = in_turns({"entities": app.step}, ROUNDS)
    return {"entities": statistics.median(spent["entities"])}


def main() -> None:
    place, what = sys.argv[1:3]
    print(json.dumps({"pbr": pbr, "entities": entities, "light": light}[what](place)))


if __name__ == "__main__":
    main()
