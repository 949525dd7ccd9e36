"""Render targets and what fills them: textures, buffers, and a strip of two triangles with a shader on it.

In: the app, sizes, names of shaders.  Out: `Targets`, which makes them in the order in which they are drawn, and takes them away again.
All are half-float but those whose form says otherwise. A target that is switched off is not drawn and costs nothing, not even memory
(the driver is asked for it at its first frame).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from panda3d.core import (
    Camera,
    FrameBufferProperties,
    Geom,
    GeomNode,
    GeomTristrips,
    GeomVertexData,
    GeomVertexFormat,
    GeomVertexWriter,
    GraphicsOutput,
    GraphicsPipe,
    NodePath,
    OmniBoundingVolume,
    PerspectiveLens,
    SamplerState,
    Texture,
    WindowProperties,
)

from world.errors import Refusal
from world.stage.permutations import Switches
from world.stage.shaders import load_shader

Size = tuple[int, int]
_FIRST_SORT = -60  # before the window's own


@dataclass(frozen=True)
class Target:
    """A buffer and what it draws into. `card` is None where a camera draws a scene; else it is drawn by the shader `fragment`, with at
    least these switches."""

    out: GraphicsOutput
    texture: Texture
    size: Size
    card: NodePath | None = None
    fragment: str = ""
    switches: Switches = ()


class Targets:
    """Makes targets; each is drawn after those made before it."""

    def __init__(self, app: Any) -> None:
        self._app, self._sort = app, _FIRST_SORT
        self._outputs: list[GraphicsOutput] = []

    def close(self) -> None:
        """Takes all of them away."""
        for out in self._outputs:
            self._app.graphicsEngine.removeWindow(out)
        self._outputs.clear()

    def scene(self, name: str, size: Size, texture: Texture, depth: Texture | None = None) -> Target:
        """A target with a depth of its own, cleared each frame; its alpha says what hides the sky."""
        out = self._buffer(name, size, texture, Texture.F_rgba16, depth_bits=24)
        if depth is not None:
            out.addRenderTexture(depth, GraphicsOutput.RTM_bind_or_copy, GraphicsOutput.RTP_depth)
        out.setClearColor((0, 0, 0, 0))
        out.setClearColorActive(True)
        out.setClearDepthActive(True)
        return Target(out, texture, size)

    def filled(
        self,
        name: str,
        size: Size,
        fragment: str,
        inputs: dict[str, Any],
        *,
        form: int = Texture.F_rgba16,
        switches: Switches = (),
        mipmaps: bool = False,
        on: bool = True,
    ) -> Target:
        """A target that one shader fills from corner to corner."""
        texture = blank(name, mipmaps=mipmaps)
        out = self._buffer(name, size, texture, form)
        out.setClearDepthActive(False)
        out.setClearColorActive(False)
        drawn = card(fragment, inputs, switches)
        out.makeDisplayRegion().setCamera(flat_camera(drawn))
        out.setActive(on)
        return Target(out, texture, size, drawn, fragment, switches)

    def _buffer(self, name: str, size: Size, texture: Texture, form: int, depth_bits: int = 0) -> GraphicsOutput:
        properties = FrameBufferProperties()
        if form == Texture.F_rgba8:
            properties.setRgbaBits(8, 8, 8, 8)
        else:
            properties.setRgbaBits(16, 16, 16, 16)
            properties.setFloatColor(True)
        if depth_bits:
            properties.setDepthBits(depth_bits)
        flags = GraphicsPipe.BF_refuse_window | GraphicsPipe.BF_fb_props_optional
        self._sort += 1
        out = self._app.graphicsEngine.makeOutput(
            self._app.pipe, name, self._sort, properties, WindowProperties.size(*size), flags, self._app.win.getGsg(), self._app.win
        )
        if out is None:
            raise Refusal(f"no graphics: a render target of {size[0]}x{size[1]} ({name}) could not be made")
        texture.setFormat(form)
        out.addRenderTexture(texture, GraphicsOutput.RTM_bind_or_copy, GraphicsOutput.RTP_color)
        self._outputs.append(out)
        return out


def scaled(size: Size, share: float) -> Size:
    """A share of a size, at least one pixel."""
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def blank(name: str, *, mipmaps: bool = False, nearest: bool = False) -> Texture:
    """A texture to be drawn into."""
    texture = Texture(name)
    texture.setWrapU(SamplerState.WM_clamp)
    texture.setWrapV(SamplerState.WM_clamp)
    smooth = SamplerState.FT_linear_mipmap_linear if mipmaps else SamplerState.FT_linear
    texture.setMinfilter(SamplerState.FT_nearest if nearest else smooth)
    texture.setMagfilter(SamplerState.FT_nearest if nearest else SamplerState.FT_linear)
    return texture


def card(fragment: str, inputs: dict[str, Any], switches: Switches = ()) -> NodePath:
    """A strip over the whole target, drawn by a shader."""
    made = NodePath(screen_strip())
    made.setShader(load_shader("post/screen.vert", fragment, switches))
    made.setDepthTest(False)
    made.setDepthWrite(False)
    made.setTwoSided(True)
    for key, value in inputs.items():
        made.setShaderInput(key, value)
    return made


def flat_camera(shown: NodePath) -> NodePath:
    """A camera that sees the card alone; the shader ignores its lens."""
    root = NodePath("flat")
    shown.reparentTo(root)
    return root.attachNewNode(Camera("flat", PerspectiveLens()))


def screen_strip() -> GeomNode:
    """Two triangles over a whole target, for post/screen.vert and sky/sky.vert."""
    data = GeomVertexData("strip", GeomVertexFormat.getV3(), Geom.UHStatic)
    writer = GeomVertexWriter(data, "vertex")
    for x, z in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        writer.addData3(x, 0, z)
    strip = GeomTristrips(Geom.UHStatic)
    strip.addConsecutiveVertices(0, 4)
    geom = Geom(data)
    geom.addPrimitive(strip)
    node = GeomNode("strip")
    node.addGeom(geom)
    node.setBounds(OmniBoundingVolume())
    node.setFinal(True)
    return node
