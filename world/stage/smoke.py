"""Smoke and sparks in the scene.

In: surfaces and nodes of `world.mesh.smoke` and `world.mesh.sparks`.  Out: nodes, drawn over what is solid; smoke is lit. The water
mirrors columns of smoke, flames and sparks, but not what rises in the street.
"""

from __future__ import annotations

from panda3d.core import NodePath, PandaNode

from world.mesh.smoke import Plume
from world.mesh.surface import Surface
from world.stage.blending import set_additive, set_veil
from world.stage.geometry import geom_node
from world.stage.masks import MIRROR, SHADOW
from world.stage.permutations import Switches
from world.stage.shaders import load_shader

FLAMES: Switches = ("USE_FLAME",)
_EARLY = 5  # before holograms and rain
SMOKE_REACH_M, COLUMN_REACH_M = 12.0, 75.0  # how far a puff gets from its source
DRIPS_M = 24.0  # as smoke.vert.glsl has it


def set_sparks(path: NodePath, switches: Switches = ()) -> None:
    """Draws a node as sparks, which the water mirrors."""
    path.setShader(load_shader("surface/spark.vert", "surface/spark.frag", switches))
    set_additive(path)
    path.setTwoSided(True)
    path.hide(SHADOW)


def smoke_nodes(surface: Surface) -> dict[str, PandaNode | None]:
    """What rises ("smoke"), what drips ("drips", near by alone), and the flames, which a program of their own draws ("flames"); None where
    there are none."""
    faces = surface.indices.reshape(-1, 3)
    kind = surface.vertices["extra"][faces[:, 0], 0]
    smoke, drips, flames = (
        Surface(surface.vertices, faces[those].ravel())
        for those in ((kind != Plume.FLAME) & (kind != Plume.DRIP), kind == Plume.DRIP, kind == Plume.FLAME)
    )
    return {
        "smoke": geom_node(smoke, "smoke", SMOKE_REACH_M),
        "drips": geom_node(drips, "drips", SMOKE_REACH_M),
        "flames": geom_node(flames, "flames", SMOKE_REACH_M),
    }


def set_smoke(path: NodePath, switches: Switches = (), *, mirrored: bool = False) -> None:
    """Draws a node as smoke: light of its own and a veil over what is behind it. `mirrored`: the water shows it."""
    path.setShader(load_shader("surface/smoke.vert", "surface/smoke.frag", switches))
    set_veil(path, _EARLY)
    path.setTwoSided(True)
    path.hide(SHADOW)
    if not mirrored:
        path.hide(MIRROR)
