"""The chain of pictures: mirror, scene, fog, bloom, the picture in tones, the finished picture.

In: the scene's root, a size, a quality.  Out: render targets wired to each other; the stage sets cameras and uniforms.
Each pass is one buffer with one camera or one triangle strip; all half-float but the last.
"""

from __future__ import annotations

from typing import Any

from panda3d.core import (
    Camera,
    ColorWriteAttrib,
    CS_zup_right,
    CullFaceAttrib,
    DepthTestAttrib,
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
    RenderAttrib,
    SamplerState,
    Texture,
    WindowProperties,
)

from world.errors import Refusal
from world.stage.masks import DEPTH, MAIN, MIRROR, MIRROR_TAG
from world.stage.shaders import load_shader

NEAR_M, FAR_M = 0.08, 1400.0
BLOOM_LEVELS = 5
Size = tuple[int, int]


class Passes:
    """All targets. `scene_camera` and `mirror_camera` are node paths under the scene's root; `picture` is the finished texture."""

    def __init__(self, app: Any, root: NodePath, size: Size, *, mirror_share: float, fog_share: float) -> None:
        self._app, self._root = app, root
        self.size = size
        self._outputs: list[GraphicsOutput] = []
        self.lens = PerspectiveLens()
        self.lens.setCoordinateSystem(CS_zup_right)
        self.lens.setNearFar(NEAR_M, FAR_M)
        self._sort = -60
        mirror_size = _scaled(size, mirror_share)
        self.mirror = _texture("mirror", mipmaps=True)
        out = self._buffer("mirror", mirror_size, self.mirror, Texture.F_rgba16)
        out.setClearColor((0, 0, 0, 0))
        out.setClearColorActive(True)
        self.mirror_camera = self._camera("mirror", out, MIRROR)
        self.scene = _texture("scene")
        self.depth = _texture("depth", nearest=True)
        out = self._buffer("scene", size, self.scene, Texture.F_rgba16, self.depth)
        out.setClearColor((0, 0, 0, 0))  # alpha: what hides the sky
        self.scene_camera = self._camera("scene", out, MAIN)
        self._depth_first(out)
        self.cards: dict[str, NodePath] = {}
        fog_size = _scaled(size, fog_share)
        marched = self._pass("fog", fog_size, "post/fog.frag", {"u_depth": self.depth})
        self._fog_texel = (1 / fog_size[0], 1 / fog_size[1])
        evening = {"u_fogged": marched, "u_texel": self._fog_texel}
        self.fogged = self._pass("fog even", fog_size, "post/fog_even.frag", evening)
        self.bloom = self._bloom(size)
        tones = self._pass(
            "picture",
            size,
            "post/picture.frag",
            {
                "u_scene": self.scene,
                "u_fogged": self.fogged,
                "u_bloom": self.bloom,
                "u_fog_texel": self._fog_texel,
            },
            Texture.F_rgba8,
        )
        finishing = {"u_tones": tones, "u_texel": (1 / size[0], 1 / size[1])}
        self.picture = self._pass("finish", size, "post/finish.frag", finishing, Texture.F_rgba8)
        self._shown = self._show(self.picture)

    @property
    def outputs(self) -> dict[str, GraphicsOutput]:
        """The targets by name, in the order in which they are drawn."""
        return {out.getName(): out for out in self._outputs}

    def close(self) -> None:
        """Takes every target away again."""
        for out in self._outputs:
            self._app.graphicsEngine.removeWindow(out)
        self._app.win.removeDisplayRegion(self._shown)
        self._outputs.clear()

    def clip_mirror(self, height_m: float) -> None:
        """The mirror's camera sees nothing below the water; and behind a mirror all is turned inside out."""
        state = NodePath("state")
        state.setAttrib(CullFaceAttrib.makeReverse())
        state.setShaderInput("u_clip_z", height_m)
        self.mirror_camera.node().setInitialState(state.getState())

    def _camera(self, name: str, out: GraphicsOutput, mask: Any) -> NodePath:
        node = Camera(name, self.lens)
        node.setCameraMask(mask)
        path = self._root.attachNewNode(node)
        state = NodePath("state")
        state.setShaderInput("u_clip_z", -1e6)
        node.setInitialState(state.getState())
        if mask == MIRROR:
            node.setTagStateKey(MIRROR_TAG)
            lean = NodePath("lean")
            lean.setShader(load_shader("surface/city.vert", "surface/city.frag", ("USE_MIRROR",)), 1)
            node.setTagState("city", lean.getState())
        region = out.makeDisplayRegion()
        region.setCamera(path)
        return path

    def _depth_first(self, out: GraphicsOutput) -> None:
        """Before the scene, the depth of what is dear to shade; the scene then shades it once, where it is in front."""
        node = Camera("depth", self.lens)
        node.setCameraMask(DEPTH)
        state = NodePath("state")
        state.setShader(load_shader("surface/shadow.vert", "surface/shadow.frag"), 1)
        state.setAttrib(ColorWriteAttrib.make(ColorWriteAttrib.COff), 1)
        node.setInitialState(state.getState())
        self._root.hide(DEPTH)
        region = out.makeDisplayRegion()
        region.setSort(-1)
        region.setCamera(self.scene_camera.attachNewNode(node))
        state = NodePath("state")
        state.setState(self.scene_camera.node().getInitialState())
        state.setAttrib(DepthTestAttrib.make(RenderAttrib.MLessEqual))
        self.scene_camera.node().setInitialState(state.getState())

    def _bloom(self, size: Size) -> Texture:
        levels, source, at = [], self.scene, size
        for level in range(BLOOM_LEVELS):
            first = level == 0
            inputs: dict[str, Any] = {"u_source": source, "u_texel": (1 / at[0], 1 / at[1])}
            if first:
                inputs |= {"u_fogged": self.fogged, "u_fog_texel": self._fog_texel}
            at = _scaled(at, 0.5)
            source = self._pass(f"bloom down {level}", at, "post/bloom_down.frag", inputs, switches=("USE_FIRST",) if first else ())
            levels.append((source, at))
        for level in range(BLOOM_LEVELS - 2, -1, -1):
            below, at = levels[level]
            above_size = levels[level + 1][1]
            inputs = {"u_source": source, "u_base": below, "u_texel": (1 / above_size[0], 1 / above_size[1])}
            source = self._pass(f"bloom up {level}", at, "post/bloom_up.frag", inputs)
        return source

    def _pass(
        self, name: str, size: Size, fragment: str, inputs: dict[str, Any], form: int = Texture.F_rgba16, switches: tuple[str, ...] = ()
    ) -> Texture:
        target = _texture(name)
        out = self._buffer(name, size, target, form)
        card = self._card(fragment, inputs, switches)
        region = out.makeDisplayRegion()
        region.setCamera(_flat_camera(card))
        self.cards[name] = card
        return target

    def _show(self, picture: Texture) -> Any:
        """The finished picture on the window, under the interface."""
        card = self._card("post/copy.frag", {"u_source": picture}, ())
        self.cards["show"] = card
        region = self._app.win.makeDisplayRegion()
        region.setSort(-20)
        region.setCamera(_flat_camera(card))
        return region

    def _card(self, fragment: str, inputs: dict[str, Any], switches: tuple[str, ...]) -> NodePath:
        card = NodePath(screen_strip())
        card.setShader(load_shader("post/screen.vert", fragment, switches))
        card.setDepthTest(False)
        card.setDepthWrite(False)
        card.setTwoSided(True)
        for key, value in inputs.items():
            card.setShaderInput(key, value)
        return card

    def _buffer(self, name: str, size: Size, target: Texture, form: int, depth: Texture | None = None) -> GraphicsOutput:
        properties = FrameBufferProperties()
        if form == Texture.F_rgba8:
            properties.setRgbaBits(8, 8, 8, 8)
        else:
            properties.setRgbaBits(16, 16, 16, 16)
            properties.setFloatColor(True)
        if name in ("scene", "mirror"):
            properties.setDepthBits(24)
        flags = GraphicsPipe.BF_refuse_window | GraphicsPipe.BF_fb_props_optional
        self._sort += 1
        out = self._app.graphicsEngine.makeOutput(
            self._app.pipe, name, self._sort, properties, WindowProperties.size(*size), flags, self._app.win.getGsg(), self._app.win
        )
        if out is None:
            raise Refusal(f"no graphics: a render target of {size[0]}x{size[1]} ({name}) could not be made")
        target.setFormat(form)
        out.addRenderTexture(target, GraphicsOutput.RTM_bind_or_copy, GraphicsOutput.RTP_color)
        if depth is not None:
            out.addRenderTexture(depth, GraphicsOutput.RTM_bind_or_copy, GraphicsOutput.RTP_depth)
        out.setClearDepthActive(name in ("scene", "mirror"))
        out.setClearColorActive(name in ("scene", "mirror"))
        self._outputs.append(out)
        return out


def _scaled(size: Size, share: float) -> Size:
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _texture(name: str, *, mipmaps: bool = False, nearest: bool = False) -> Texture:
    texture = Texture(name)
    texture.setWrapU(SamplerState.WM_clamp)
    texture.setWrapV(SamplerState.WM_clamp)
    smooth = SamplerState.FT_linear_mipmap_linear if mipmaps else SamplerState.FT_linear
    texture.setMinfilter(SamplerState.FT_nearest if nearest else smooth)
    texture.setMagfilter(SamplerState.FT_nearest if nearest else SamplerState.FT_linear)
    return texture


def screen_strip() -> GeomNode:
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


def _flat_camera(card: NodePath) -> NodePath:
    """A camera that sees the card alone; the shader ignores its lens."""
    root = NodePath("flat")
    card.reparentTo(root)
    return root.attachNewNode(Camera("flat", PerspectiveLens()))
