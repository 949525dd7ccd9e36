"""Every program is made, linked and drawn once before a walk begins: a driver's compiler in the middle of a step is a halt of 30 to 100 ms.

In: a stage whose first view is complete.  Out: how many programs stand ready. Drivers finish a program for the state that it is drawn
in (its target, its blending, its depth test), so each is drawn as the scene draws it: into a small half-float target with a depth, by
nodes that are set up by the same functions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from panda3d.core import Camera, NodePath, OmniBoundingVolume, PerspectiveLens

from world.mesh.surface import Finish, SurfaceBuilder
from world.stage.blending import set_veil
from world.stage.bodies import set_body
from world.stage.geometry import geom_node
from world.stage.hands import set_arc, set_breath
from world.stage.permutations import PERMUTATIONS
from world.stage.shaders import load_shader
from world.stage.smoke import set_smoke, set_sparks
from world.stage.targets import Targets, blank, card, flat_camera
from world.stage.weather import rain
from world.stage.wrecks import set_wreck

_SIZE = (8, 8)
_DROPS = 8
_VARIED = {"USE_CONTACT", "USE_DEVELOPED", "USE_LARGER"}  # switches that hang on the grade or the size
_CORNERS = [[(-4.0, 4.0, -4.0), (4.0, 4.0, -4.0), (4.0, 4.0, 4.0), (-4.0, 4.0, 4.0)]]


def warm(app: Any, stage: Any) -> int:
    """Draws each of `PERMUTATIONS` once; the number of programs that the card holds afterwards."""
    targets = Targets(app)
    try:
        _draw_surfaces(targets, stage)
        _draw_cards(targets, stage)
        app.graphicsEngine.renderFrame()
        app.graphicsEngine.renderFrame()  # makes the targets, then draws into them
    finally:
        targets.close()
    return programs(app)


def programs(app: Any) -> int:
    """Programs on the card."""
    return int(app.win.getGsg().getPreparedObjects().getNumPreparedShaders())


def _draw_surfaces(targets: Targets, stage: Any) -> None:
    root = NodePath("warm")
    root.setState(stage.root.getState())
    root.setShaderInput("u_clip_z", -1e6)
    root.setShaderInput("u_skyline_from", 0.0)
    for vertex, fragment, switches in PERMUTATIONS:
        if not vertex.startswith("surface/"):
            continue
        path = root.attachNewNode(_quad())
        if "USE_BODY" in switches:
            set_body(path)
        if fragment == "surface/smoke.frag":
            set_smoke(path, switches)
        elif fragment == "surface/spark.frag":
            set_sparks(path, switches)
            set_wreck(path)
        elif fragment == "surface/breath.frag":
            set_breath(path)
        elif fragment == "surface/arc.frag":
            set_arc(path)
        elif fragment == "surface/hologram.frag":
            path.setTwoSided(True)
            set_veil(path)
        path.setShader(load_shader(vertex, fragment, switches))
    rain(_DROPS).reparentTo(root)
    stage.root.find("sky").copyTo(root)
    for path in root.findAllMatches("**"):
        path.show()
    target = targets.scene("warm", _SIZE, blank("warm"), blank("warm depth", nearest=True))
    eye = root.attachNewNode(Camera("warm", PerspectiveLens()))
    target.out.makeDisplayRegion().setCamera(eye)


def _draw_cards(targets: Targets, stage: Any) -> None:
    for name, held in stage.passes.all.items():
        if held.card is None:
            continue
        form = held.texture.getFormat()
        for vertex, fragment, switches in PERMUTATIONS:
            if fragment == held.fragment and set(switches) - _VARIED == set(held.switches) - _VARIED:
                target = targets.filled(f"warm {name}", _SIZE, fragment, {}, form=form, switches=switches)
                assert target.card is not None
                target.card.setState(held.card.getState())
                target.card.setShader(load_shader(vertex, fragment, switches))
    shown = card("post/copy.frag", {"u_source": stage.passes.picture})
    target = targets.scene("warm copy", _SIZE, blank("warm copy"))
    target.out.makeDisplayRegion().setCamera(flat_camera(shown))


def _quad() -> Any:
    """A face in front of the camera, in the format of everything that stands."""
    builder = SurfaceBuilder()
    builder.quads(np.array(_CORNERS), Finish.CONCRETE, (255, 255, 255, 255), None, (0, 0, 0, 0))
    node = geom_node(builder.build(), "warm")
    assert node is not None
    node.setBounds(OmniBoundingVolume())
    return node
