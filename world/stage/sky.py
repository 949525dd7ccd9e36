"""The sky in the scene.

In: the scene's root, which camera it is for.  Out: a node that draws the sky wherever nothing solid stands, before all that is seen
through.
"""

from __future__ import annotations

from panda3d.core import BitMask32, DepthTestAttrib, NodePath, RenderAttrib

from world.stage.masks import BOTH, SHADOW, SKY
from world.stage.shaders import load_shader
from world.stage.targets import screen_strip


def night_sky(root: NodePath, camera: BitMask32) -> NodePath:
    """For the scene's camera or the mirror's. Set `u_lens`, `u_right`, `u_forward` and `u_up` on it every frame."""
    path = root.attachNewNode(screen_strip())
    path.setName("sky")
    path.setShader(load_shader("sky/sky.vert", "sky/sky.frag"))
    path.setAttrib(DepthTestAttrib.make(RenderAttrib.MLessEqual))
    path.setDepthWrite(False)
    path.setTwoSided(True)
    path.setBin(SKY, 0)
    path.hide((BOTH | SHADOW) & ~camera)
    return path
