"""The chain of pictures: mirror, scene, contact shade, fog, lens, bloom, the picture in tones, the finished picture (which may
be larger).

In: the scene's root, a size, a quality, a grade.  Out: render targets wired to each other; the stage sets cameras and uniforms.
What a grade leaves out is not drawn. Motion blur and depth of field need the scene and its fog as one picture (`developed`); without
them the last passes put it together themselves, and a full-size target is saved.
"""

from __future__ import annotations

import math
from typing import Any

from panda3d.core import (
    Camera,
    ColorWriteAttrib,
    CS_zup_right,
    CullFaceAttrib,
    DepthTestAttrib,
    GraphicsOutput,
    NodePath,
    PerspectiveLens,
    RenderAttrib,
    Texture,
)

from world.settings import Grade
from world.stage.geometry import coarseness
from world.stage.lamps import LAMPS
from world.stage.looks import draw_mirrored, draw_near
from world.stage.masks import DEPTH, MAIN, MIRROR
from world.stage.permutations import Switches, served
from world.stage.quality import Quality
from world.stage.shaders import load_shader
from world.stage.shadows import LIGHTS
from world.stage.targets import Size, Target, Targets, blank, card, flat_camera, scaled

NEAR_M, FAR_M = 0.08, 1400.0
BLOOM_LEVELS = 5
LEAST_LINES = 240  # a picture of fewer is drawn in full, whatever the quality
LEAST_MIRROR_LINES = 180  # of fewer, a far window is a pixel that comes and goes as one walks, and a whole streak with it
_EYED = ("mirror smear", "contact", "fog", "develop", "motion", "focus", "defocus", "picture")  # what goes back from depth to the scene
_EXPOSED = ("bloom down 0", "develop", "picture")


class Passes:
    """All targets. `size` is the picture's, `drawn` that of all before it is finished. `scene_camera` and `mirror_camera` are node paths
    under the scene's root; `picture` is the finished texture."""

    def __init__(self, app: Any, root: NodePath, size: Size, quality: Quality) -> None:
        self._app, self._root, self._quality = app, root, quality
        self.size, self.drawn = size, _at_least(LEAST_LINES, size, quality.scene_share)
        self.lens = PerspectiveLens()
        self.lens.setCoordinateSystem(CS_zup_right)
        self.lens.setNearFar(NEAR_M, FAR_M)
        self._targets = Targets(app)
        self.all: dict[str, Target] = {}
        mirrored = _at_least(LEAST_MIRROR_LINES, size, quality.mirror_share)
        mirror = self.all["mirror"] = self._targets.scene("mirror", mirrored, blank("mirror"))
        self.mirror, self.mirror_camera = mirror.texture, self._camera("mirror", mirror.out, MIRROR)
        small = scaled(mirrored, 0.25)
        whole = {"u_source": self.mirror, "u_texel": (1 / mirrored[0], 1 / mirrored[1])}
        shrunk = self._fill("mirror small", small, "post/mirror_small.frag", whole)
        self.smear = self._fill("mirror smear", small, "post/smear.frag", {"u_source": shrunk})
        self.depth = blank("depth", nearest=True)
        scene = self.all["scene"] = self._targets.scene("scene", self.drawn, blank("scene"), self.depth)
        self.scene, self.scene_camera = scene.texture, self._camera("scene", scene.out, MAIN)
        shaded = scene.out.getDisplayRegion(scene.out.getNumDisplayRegions() - 1)
        self._scene_regions = (shaded,) if quality.plain else (shaded, self._depth_first(scene.out))
        self._make(self.drawn)
        self._shown = self._show(self.picture)
        self.render_share = 1.0
        self._lit = LAMPS, LIGHTS
        self.reload()
        self.contact_afforded = True
        self._asked: object = None
        self.cards = {name: target.card for name, target in self.all.items() if target.card is not None} | {"show": self._shown_card}
        self.set_share(1.0)
        self.grade(Grade(), moving=False)

    @property
    def outputs(self) -> dict[str, GraphicsOutput]:
        """What the present grade draws, by name, in the order in which it is drawn."""
        return {name: target.out for name, target in self.all.items() if target.out.isActive()}

    @property
    def eyed(self) -> list[NodePath]:
        """Cards that need the eye's place, axes and lens."""
        return [self.cards[name] for name in _EYED]

    @property
    def exposed(self) -> list[NodePath]:
        """Cards that need the exposure."""
        return [self.cards[name] for name in _EXPOSED]

    def close(self) -> None:
        """Takes every target away again."""
        self._targets.close()
        self._app.win.removeDisplayRegion(self._shown)

    def clip_mirror(self, height_m: float) -> None:
        """The mirror's camera sees nothing below the water; and behind a mirror all is turned inside out."""
        state = NodePath("state")
        state.setAttrib(CullFaceAttrib.makeReverse())
        state.setShaderInput("u_clip_z", height_m)
        self.mirror_camera.node().setInitialState(state.getState())

    def light(self, lamps: int, shadows: int) -> None:
        """So many lamps shine near by, and so many lights throw shadows."""
        lit = served(lamps, shadows)
        if self._lit != lit:
            self._lit = lit
            self.reload()

    def reload(self) -> None:
        """Takes the cameras' shaders as they are loaded now."""
        draw_mirrored(self.mirror_camera.node(), self._lit[0])
        draw_near(self.scene_camera.node(), *self._lit, plainly=self._quality.plain)

    def grade(self, grade: Grade, *, moving: bool) -> None:
        """Switches passes on and off, and sets their amounts. `moving`: there is a movement to be blurred."""
        contact = grade.contact > 0.0 and self._quality.contact and self.contact_afforded
        blurred, defocused, bloomed = moving and grade.motion_blur > 0.0, grade.depth_of_field > 0.0, grade.bloom > 0.0
        cards = self.cards
        cards["fog"].setShaderInput("u_scatter", grade.fog_scatter)
        for name in ("develop", "picture"):
            cards[name].setShaderInput("u_contact_share", grade.contact)
        cards["picture"].setShaderInput("u_grade", (grade.bloom, grade.aberration, grade.vignette, 0.0))
        cards["finish"].setShaderInput("u_finish", (grade.grain, float(grade.smooth_edges)))
        cards["motion"].setShaderInput("u_open", grade.motion_blur)
        smoothed = grade.smooth_edges and self.drawn != self.size  # before it is enlarged; else as it is finished
        asked = (contact, blurred, defocused, bloomed, smoothed)
        if asked == self._asked:
            return
        self._asked = asked
        for name in ("contact", "contact even"):
            self.all[name].out.setActive(contact)
        self.all["finish edges"].out.setActive(smoothed)
        cards["finish"].setShaderInput("u_tones", self.all["finish edges" if smoothed else "picture"].texture)
        developed = blurred or defocused
        self.all["develop"].out.setActive(developed)
        self.all["motion"].out.setActive(blurred)
        for name in ("focus", "defocus"):
            self.all[name].out.setActive(defocused)
        for name in self.all:
            if name.startswith("bloom"):
                self.all[name].out.setActive(bloomed)
        last = self.all["motion" if blurred else "develop"].texture
        for name in ("focus", "defocus"):
            cards[name].setShaderInput("u_source", last)
        last = self.all["defocus"].texture if defocused else last
        shaded: Switches = ("USE_CONTACT",) if contact else ()
        cards["develop"].setShader(load_shader("post/screen.vert", "post/develop.frag", shaded))
        together: tuple[tuple[str, str, Switches, Switches], ...] = (
            ("bloom down 0", "post/bloom_down.frag", ("USE_FIRST",), ("USE_FIRST", "USE_DEVELOPED")),
            ("picture", "post/picture.frag", shaded, ("USE_DEVELOPED",)),
        )
        for name, fragment, apart, met in together:
            cards[name].setShaderInput("u_developed", last)
            cards[name].setShader(load_shader("post/screen.vert", fragment, met if developed else apart))

    def set_share(self, share: float) -> None:
        """Draws the scene into a part of its target, `share` of each side: fewer pixels, and nothing is made anew."""
        width, height = scaled(self.drawn, share)
        exact = width / self.drawn[0], height / self.drawn[1]
        self.render_share = share
        for region in self._scene_regions:
            region.setDimensions(0.0, exact[0], 0.0, exact[1])
        for drawn in self.cards.values():
            drawn.setShaderInput("u_share", exact)
        self._root.setShaderInput("u_pixel", (1 / width, 1 / height))

    def view(self, half_w: float, half_h: float) -> float:
        """The lens has these tangents of half its angles from now on; the angle of a pixel (radians)."""
        self.lens.setFov(2 * math.degrees(math.atan(half_w)), 2 * math.degrees(math.atan(half_h)))
        angle = 2.0 * half_h / (self.drawn[1] * self.render_share)
        self.scene_camera.node().setLodScale(coarseness(angle) ** 2)  # it is multiplied with the square of a distance
        return angle

    def _make(self, size: Size) -> None:
        quality, fill = self._quality, self._fill
        half, fog_size = scaled(size, 0.5), scaled(self.size, quality.fog_share)
        fill("contact", half, "post/contact.frag", {"u_depth": self.depth})
        fill("contact even", half, "post/contact_even.frag", {"u_source": self.all["contact"].texture})
        marched = fill("fog", fog_size, "post/fog.frag", {"u_depth": self.depth})
        self._fog = {"u_fog_texel": (1 / fog_size[0], 1 / fog_size[1])}
        fill("fog even", fog_size, "post/fog_even.frag", {"u_fogged": marched, "u_texel": self._fog["u_fog_texel"]})
        self._fog["u_fogged"] = self.all["fog even"].texture
        scene = {
            "u_scene": self.scene,
            "u_depth": self.depth,
            "u_contact": self.all["contact even"].texture,
            **self._fog,
        }
        fill("develop", size, "post/develop.frag", scene, mipmaps=True, on=False)
        fill("motion", size, "post/motion.frag", {"u_source": self.all["develop"].texture, "u_depth": self.depth}, mipmaps=True, on=False)
        fill("focus", (1, 1), "post/focus.frag", {"u_source": self.all["develop"].texture, "u_depth": self.depth}, on=False)
        lens = {"u_source": self.all["develop"].texture, "u_depth": self.depth, "u_focus": self.all["focus"].texture}
        fill("defocus", size, "post/defocus.frag", lens, on=False)
        bloom = self._bloom(size)
        fill("picture", size, "post/picture.frag", {**scene, "u_bloom": bloom}, form=Texture.F_rgba8)
        finishing = {"u_tones": self.all["picture"].texture, "u_texel": (1 / size[0], 1 / size[1])}
        fill("finish edges", size, "post/edges.frag", finishing, form=Texture.F_rgba8)
        larger = ("USE_LARGER",) if size != self.size else ()
        fill("finish", self.size, "post/finish.frag", finishing, form=Texture.F_rgba8, switches=larger)
        self.picture = self.all["finish"].texture

    def _fill(self, name: str, size: Size, fragment: str, inputs: dict[str, Any], **how: Any) -> Texture:
        self.all[name] = self._targets.filled(name, size, fragment, inputs, **how)
        return self.all[name].texture

    def _camera(self, name: str, out: GraphicsOutput, mask: Any) -> NodePath:
        node = Camera(name, self.lens)
        node.setCameraMask(mask)
        path = self._root.attachNewNode(node)
        state = NodePath("state")
        state.setShaderInput("u_clip_z", -1e6)
        node.setInitialState(state.getState())
        region = out.makeDisplayRegion()
        region.setCamera(path)
        return path

    def _depth_first(self, out: GraphicsOutput) -> Any:
        """Before the scene, the depth of what is dear to shade; the scene then shades it once, where it is in front."""
        node = Camera("depth", self.lens)
        node.setCameraMask(DEPTH)
        state = NodePath("state")
        state.setShader(load_shader("surface/shadow.vert", "surface/shadow.frag"), 1)
        state.setAttrib(ColorWriteAttrib.make(ColorWriteAttrib.COff), 1)
        node.setInitialState(state.getState())
        region = out.makeDisplayRegion()
        region.setSort(-1)
        region.setCamera(self.scene_camera.attachNewNode(node))
        state = NodePath("state")
        state.setState(self.scene_camera.node().getInitialState())
        state.setAttrib(DepthTestAttrib.make(RenderAttrib.MLessEqual))
        self.scene_camera.node().setInitialState(state.getState())
        return region

    def _bloom(self, size: Size) -> Texture:
        levels, source, at = [], self.scene, size
        for level in range(BLOOM_LEVELS):
            first = level == 0
            inputs: dict[str, Any] = {"u_source": source, "u_texel": (1 / at[0], 1 / at[1])}
            if first:
                inputs |= self._fog
            at = scaled(at, 0.5)
            switches = ("USE_FIRST",) if first else ()
            source = self._fill(f"bloom down {level}", at, "post/bloom_down.frag", inputs, switches=switches)
            levels.append((source, at))
        for level in range(BLOOM_LEVELS - 2, -1, -1):
            below, at = levels[level]
            above_size = levels[level + 1][1]
            inputs = {"u_source": source, "u_base": below, "u_texel": (1 / above_size[0], 1 / above_size[1])}
            source = self._fill(f"bloom up {level}", at, "post/bloom_up.frag", inputs)
        return source

    def _show(self, picture: Texture) -> Any:
        """The finished picture on the window, under the interface."""
        self._shown_card = card("post/copy.frag", {"u_source": picture})
        region = self._app.win.makeDisplayRegion()
        region.setSort(-20)
        region.setCamera(flat_camera(self._shown_card))
        return region


def _at_least(lines: int, size: Size, share: float) -> Size:
    """A share of a size, but no fewer lines than these (or all)."""
    return scaled(size, max(share, min(1.0, lines / size[1])))
