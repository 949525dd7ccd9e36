"""Smoke and sparks in the scene.

In: nodes of `world.mesh.smoke` and `world.mesh.sparks`.  Out: the same, drawn over what is solid; smoke is lit, and never in the mirror.
"""

from __future__ import annotations

from panda3d.core import NodePath

from world.stage.blending import set_additive, set_veil
from world.stage.masks import MIRROR, SHADOW
from world.stage.permutations import Switches
from world.stage.shaders import load_shader

_EARLY = 5  # before holograms and rain
SMOKE_REACH_M, COLUMN_REACH_M = 12.0, 75.0  # how far a puff gets from its source


def set_sparks(path: NodePath, switches: Switches = ()) -> None:
    """Draws a node as sparks, which the water mirrors."""
    path.setShader(load_shader("surface/spark.vert", "surface/spark.frag", switches))
    set_additive(path)
    path.setTwoSided(True)
    path.hide(SHADOW)


def set_smoke(path: NodePath) -> None:
    """Draws a node as smoke: light of its own and a veil over what is behind it."""
    path.setShader(load_shader("surface/smoke.vert", "surface/smoke.frag"))
    set_veil(path, _EARLY)
    path.setTwoSided(True)
    path.hide(MIRROR | SHADOW)
