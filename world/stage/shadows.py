"""Shadows of the few strongest lights near the eye, in one atlas.

In: the emitters round the eye, the scene, the robots.  Out: the atlas (depth from up to four lights, two by two) and the uniforms of
shaders/include/shadow.inc.glsl. A tile is drawn again only when another light takes it, when something was built within its reach, or
while a robot moves there: standing still, shadows cost nothing but their reading.
Source: shadow maps, Williams 1978; which lights, see `world.light.strongest`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from panda3d.core import (
    Camera,
    CS_zup_right,
    FrameBufferProperties,
    GraphicsOutput,
    GraphicsPipe,
    NodePath,
    PerspectiveLens,
    PTAFloat,
    PTALMatrix4f,
    PTALVecBase4f,
    SamplerState,
    Texture,
    Vec3,
    Vec4,
    WindowProperties,
)

from world.errors import Refusal
from world.light.strongest import Strongest, strongest
from world.space.chunk_space import CHUNK_M, Emitters
from world.stage.axes import camera_matrix
from world.stage.masks import CAST_TAG, SHADOW
from world.stage.shaders import load_shader

LIGHTS = 4  # as many as the shader takes
TILE_PX = 512
_NEAR_M = 0.45  # past the sign's own panel
_DOWN = 0.75  # how much lights on walls look down, for one metre ahead
_WIDE_DEG, _DOWN_DEG = 112.0, 138.0
_ROBOT_M = 18.0
_SORT = -70  # before the mirror and the scene


class Shadows:
    """The atlas. `show` once a frame, after everything stands where it is drawn."""

    def __init__(self, app: Any, root: NodePath, count: int) -> None:
        self._app, self._root, self.count = app, root, min(count, LIGHTS)
        self.from_ = PTALMatrix4f.emptyArray(LIGHTS)
        self.at, self.way, self.light = (PTALVecBase4f.emptyArray(LIGHTS) for _ in range(3))
        self.strength = PTAFloat.emptyArray(LIGHTS)
        for array in (self.from_, self.at, self.way, self.light, self.strength):
            np.frombuffer(memoryview(array).cast("B"), np.float32)[:] = 0.0
        self.atlas = Texture("shadows")
        self._tiles: list[_Tile] = []
        self._out: GraphicsOutput | None = None
        if self.count:
            self._out = self._buffer()
            self._tiles = [_Tile(root, self._out, k) for k in range(self.count)]
        else:
            self.atlas.setup2dTexture(1, 1, Texture.T_float, Texture.F_depth_component)
            self.atlas.setClearColor((1, 1, 1, 1))

    def inputs(self) -> dict[str, Any]:
        """What the shaders take."""
        return {
            "u_shadows": self.atlas,
            "u_shadow_from": self.from_,
            "u_shadow_at": self.at,
            "u_shadow_way": self.way,
            "u_shadow_light": self.light,
            "u_shadow_strength": self.strength,
        }

    @property
    def cast(self) -> int:
        """How many of the shaders' places for lights are in use, from the first on."""
        return max((k + 1 for k, tile in enumerate(self._tiles) if tile.light is not None), default=0)

    def show(
        self,
        emitters: Emitters,
        eye: tuple[float, float, float],
        origin: tuple[float, float],
        power: Any,
        changed: set[tuple[int, int]],
        robots: Any,
    ) -> None:
        """Chooses the lights for an eye, and draws again what is not as it was. `changed` are chunks built or taken down since."""
        if self._out is None:
            return
        chosen = strongest(emitters, eye, self.count)
        self._keep_tiles(chosen)
        drawn = False
        for k, tile in enumerate(self._tiles):
            n = tile.light
            if n is None:
                self.strength.setElement(k, 0.0)
                tile.draw(False)
                continue
            position = chosen.position[n]
            matrix = tile.stand(Vec3(position[0] - origin[0], position[1] - origin[1], position[2]))
            moving = _near(robots, position)
            stale = tile.fresh or moving or tile.moving or any(_touches(place, position, float(chosen.reach_m[n])) for place in changed)
            tile.moving = moving
            tile.draw(stale)
            drawn |= stale
            candela = chosen.candela[n] * float(power[chosen.group[n]])
            self.from_.setElement(k, matrix)
            self.at.setElement(k, Vec4(*tile.place, float(chosen.size_m[n]) ** 2))
            self.way.setElement(k, Vec4(*chosen.way[n], float(chosen.aside[n])))
            self.light.setElement(k, Vec4(*candela, 1.0 / float(chosen.reach_m[n]) ** 2))
            self.strength.setElement(k, float(chosen.strength[n]))
        self._out.setActive(drawn)

    def close(self) -> None:
        """Frees the atlas."""
        for tile in self._tiles:
            tile.camera.removeNode()
        if self._out is not None:
            self._app.graphicsEngine.removeWindow(self._out)

    def _keep_tiles(self, chosen: Strongest) -> None:
        """Gives each chosen light a tile: the one it has, or one that is free."""
        keys = [(*np.round(p, 2).tolist(), *np.round(w, 2).tolist()) for p, w in zip(chosen.position, chosen.way, strict=True)]
        waiting = [n for n, key in enumerate(keys) if all(tile.key != key for tile in self._tiles)]
        for tile in self._tiles:
            tile.fresh = False
            tile.light = keys.index(tile.key) if tile.key in keys else None
            if tile.light is None and waiting:
                tile.light = waiting.pop(0)
                tile.key, tile.fresh = keys[tile.light], True
                tile.aim(chosen.way[tile.light], float(chosen.reach_m[tile.light]))

    def _buffer(self) -> GraphicsOutput:
        properties = FrameBufferProperties()
        properties.setRgbaBits(8, 8, 8, 8)
        properties.setDepthBits(24)
        flags = GraphicsPipe.BF_refuse_window | GraphicsPipe.BF_fb_props_optional
        size = WindowProperties.size(2 * TILE_PX, 2 * TILE_PX)
        out = self._app.graphicsEngine.makeOutput(
            self._app.pipe, "shadows", _SORT, properties, size, flags, self._app.win.getGsg(), self._app.win
        )
        if out is None:
            raise Refusal(
                f"no graphics: a render target of {2 * TILE_PX}x{2 * TILE_PX} (shadows) could not be made; --quality low needs none"
            )
        self.atlas.setMinfilter(SamplerState.FT_nearest)
        self.atlas.setMagfilter(SamplerState.FT_nearest)
        out.addRenderTexture(self.atlas, GraphicsOutput.RTM_bind_or_copy, GraphicsOutput.RTP_depth)
        out.setClearDepthActive(False)
        out.setClearColorActive(False)
        return out


class _Tile:
    """A quarter of the atlas, and the camera that draws it from where a light is."""

    def __init__(self, root: NodePath, out: GraphicsOutput, index: int) -> None:
        self.key: tuple[float, ...] = ()
        self.light: int | None = None  # which of the chosen it shows
        self.fresh, self.moving = False, False
        self.place = Vec3(0)
        self._lens = PerspectiveLens()
        self._lens.setCoordinateSystem(CS_zup_right)
        self._forward = Vec3(0, 1, 0)
        node = Camera(f"shadow {index}", self._lens)
        node.setCameraMask(SHADOW)
        state = NodePath("state")
        state.setShader(load_shader("surface/shadow.vert", "surface/shadow.frag"), 1)
        state.setTwoSided(True, 1)
        node.setInitialState(state.getState())
        node.setTagStateKey(CAST_TAG)
        posed = NodePath("posed")
        posed.setShader(load_shader("surface/shadow.vert", "surface/shadow.frag", ("USE_BODY",)), 2)
        node.setTagState("body", posed.getState())
        self.camera = root.attachNewNode(node)
        x, y = 0.5 * (index & 1), 0.5 * (index >> 1)
        self._region = out.makeDisplayRegion(x, x + 0.5, y, y + 0.5)
        self._region.setClearDepthActive(True)
        self._region.setCamera(self.camera)

    def aim(self, way: Any, reach_m: float) -> None:
        """Towards where the light shines: lights on walls at the street before them."""
        level = abs(way[2]) < 0.5
        self._forward = Vec3(*way) + Vec3(0, 0, -_DOWN if level else 0.0)
        self._forward.normalize()
        self._lens.setFov(_WIDE_DEG if level else _DOWN_DEG, _WIDE_DEG if level else _DOWN_DEG)
        self._lens.setNearFar(_NEAR_M, max(reach_m, 2.0))

    def stand(self, place: Vec3) -> Any:
        """Puts the camera there; the matrix from the scene to its clip space."""
        self.place = place
        guide = Vec3(0, 0, 1) if abs(self._forward.z) < 0.95 else Vec3(0, 1, 0)
        right = self._forward.cross(guide)
        right.normalize()
        up = right.cross(self._forward)
        self.camera.setMat(camera_matrix(place, right, self._forward, up))
        return self.camera.getTransform().getInverse().getMat() * self._lens.getProjectionMat()

    def draw(self, wanted: bool) -> None:
        self._region.setActive(wanted)


def _near(robots: Any, position: Any) -> bool:
    """Whether a robot, or somebody who goes, moves where a light's shadows fall."""
    if robots is None:
        return False
    goes = robots.others.position[robots.others.speed > 0.0]
    places = np.concatenate([robots.position[:, :2], goes[:, :2]])
    return bool((np.hypot(*(places - position[:2]).T) < _ROBOT_M).any())


def _touches(place: tuple[int, int], position: Any, reach_m: float) -> bool:
    """Whether a chunk reaches into a light's reach."""
    gaps = [max(abs((c + 0.5) * CHUNK_M - p) - 0.5 * CHUNK_M, 0.0) for c, p in zip(place, position[:2], strict=True)]
    return math.hypot(*gaps) < reach_m
