"""The stage: a city, an eye and an hour, made into a picture.

In: `Pipe`, `Pose`, `Conditions`, the patrols' snapshot.  Out: the frame on the window, and `picture()`.
Call `stream` (walking) or `settle` (pictures, films), then `show`, then let the engine render a frame.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import NodePath, PTAFloat, SamplerState, Vec2, Vec3, Vec4

from world.conditions import GROUP_COUNT, Conditions
from world.errors import Refusal, nearest
from world.pipe import Pipe
from world.pose import Pose
from world.settings import Grade
from world.stage.axes import camera_matrix
from world.stage.cards import SignCards
from world.stage.chunks import Chunks
from world.stage.exposure import Adaptation, exposure_at
from world.stage.frame_rate import Level
from world.stage.hands import HANDS_HALF_HEIGHT, HeroHands
from world.stage.hung import Hung
from world.stage.lamps import Lamps
from world.stage.masks import DEPTH, MAIN, MIRROR, NEAR_FIRST, make_bins
from world.stage.others import Others
from world.stage.passes import FAR_M, NEAR_M, Passes
from world.stage.quality import AUTO, AUTO_BASE, QUALITIES
from world.stage.robots import Robots
from world.stage.shadows import Shadows
from world.stage.sky import night_sky
from world.stage.skyline import Skyline
from world.stage.textures import FieldRings, hologram_words, lettering_texture, nearest_level, pattern_texture
from world.stage.weather import rain

EXPOSURE = 0.95
_SENSOR_MM = (36.0, 20.25)  # of the camera that f-numbers speak of, at 16:9
WIDEST_F = 0.7  # a depth of field of 1
_DOWNPOUR_MM_H = 30.0
_FEW = 4


@dataclass(frozen=True)
class Camera:
    """What a picture's camera does beside standing somewhere. `before`, `after`: where it is when the shutter opens and closes (None: it
    stands still); `focus_m`: what is sharp (0: what is in the middle of the view); `dt_s`: since the last picture, for eyes that adapt in
    time (None: they are adapted); `jitter_px`: where in each pixel the picture is taken, from its middle; `grain_s`: the time that the
    grain takes for its own (None: the hour's), so that a picture's samples have one grain;
    `hands`: the eye is the hero's, and sees his own; `arc`: the points (m) of the way that a throw would go, to be shown."""

    before: Pose | None = None
    after: Pose | None = None
    focus_m: float = 0.0
    dt_s: float | None = None
    jitter_px: tuple[float, float] = (0.0, 0.0)
    grain_s: float | None = None
    hands: bool = False
    arc: tuple[tuple[float, float, float], ...] = ()


STILL = Camera()


class Stage:
    """One city on one window (or none). `size` is the picture's, whatever the window's; `grade` may be exchanged at any time."""

    def __init__(self, app: Any, pipe: Pipe, *, size: tuple[int, int], quality: str = "medium", grade: Grade | None = None) -> None:
        quality = AUTO_BASE if quality == AUTO else quality
        if quality not in QUALITIES:
            raise Refusal(f"--quality {quality}: must be one of {', '.join(QUALITIES)}{nearest(quality, QUALITIES)}")
        self._app = app
        self._quality = QUALITIES[quality]
        make_bins()
        self.root = NodePath("city")
        self.root.setBin(NEAR_FIRST, 0)
        self.root.hide(DEPTH)  # but for what says that it is shown
        self.rings = FieldRings()
        self.chunks = Chunks(self.root, pipe, self.rings, self._quality.radius_m)
        self.skyline = Skyline(self.root, pipe, self._quality.skyline_m, mirrored=not self._quality.plain)
        self.passes = Passes(app, self.root, size, self._quality)
        self.grade = grade or Grade()
        self.adaptation = Adaptation()
        self._rain = rain(self._quality.drops)
        self._rain.reparentTo(self.root)
        self._skies = night_sky(self.root, MAIN), night_sky(self.root, MIRROR)
        self._robots = Robots(self.root)
        self._others = Others(self.root)
        self._hung = Hung(self.root)
        self._hands = HeroHands(self.root)
        self.shadows = Shadows(app, self.root, self._quality.shadows)
        self._cards = SignCards(self._quality.cards)
        self._lamps = Lamps(self.rings)
        self._power = PTAFloat.emptyArray(GROUP_COUNT)
        self._constants()

    def stream(self, pose: Pose) -> None:
        """Brings in at most one piece of a chunk round the pose; the skyline when the chunks are (all but) in."""
        if self.chunks.stream(pose.position[0], pose.position[1], pose.heading_deg) < _FEW:
            self.skyline.stream(pose.position[0], pose.position[1])

    def settle(self, pose: Pose) -> None:
        """Waits until all in reach of the pose is in."""
        self.chunks.settle(pose.position[0], pose.position[1])
        self.skyline.settle(pose.position[0], pose.position[1])

    def rebuild(self, pipe: Pipe) -> None:
        """Another city from now on; the old one stays until the new chunks are in."""
        self.chunks.rebuild(pipe)
        self.skyline.rebuild(pipe)

    def show(self, pose: Pose, conditions: Conditions, robots: Any = None, camera: Camera = STILL) -> None:
        """Sets eye and hour of the next frame."""
        x, y, z = pose.position
        self.chunks.frame(x, y)
        origin = self.chunks.origin
        self.skyline.frame(x, y, origin)
        eye = Vec3(x - origin[0], y - origin[1], z)
        right, forward, up = (Vec3(*axis) for axis in pose.axes())
        half_w, half_h = self._half_angles(pose)
        self.root.setShaderInput("u_pixel_angle", self.passes.view(half_w, half_h))
        film, (width, height) = self.passes.lens.getFilmSize(), self.passes.drawn
        self.passes.lens.setFilmOffset(camera.jitter_px[0] * film.x / width, camera.jitter_px[1] * film.y / height)
        self.passes.scene_camera.setMat(camera_matrix(eye, right, forward, up))
        water = conditions.water_level_m

        def mirrored(v: Vec3) -> Vec3:
            return Vec3(v.x, v.y, -v.z)

        mirror_eye = Vec3(eye.x, eye.y, 2 * water - eye.z)
        self.passes.mirror_camera.setMat(camera_matrix(mirror_eye, mirrored(right), mirrored(forward), mirrored(up)))
        self._robots.show(robots, origin, pose.position, conditions.calm)
        self._others.show(robots, origin, pose.position)
        wide = half_h / HANDS_HALF_HEIGHT  # whatever the lens, the hands are where they are in the picture
        self._hands.show(robots if camera.hands else None, camera_matrix(eye, right * wide, forward, up * wide))
        self._hands.show_bottle(robots, origin)
        self._hands.show_arc(camera.arc, origin)
        self.shadows.show(self.chunks.emitters(), pose.position, origin, conditions.power, self.chunks.changes(), robots)
        plans = self.chunks.plans
        self._hung.show(plans, conditions, origin, pose.position)
        self._cards.show(plans, origin, pose.position, conditions.power)
        lights = None if robots is None else robots.lights
        self._lamps.show(lights, self._robots.arcs, plans, conditions, origin, pose.position)
        self.passes.light(self._lamps.shining, self.shadows.cast)
        self.root.setShaderInput("u_cards", self._cards.array)
        lens = Vec4(NEAR_M, FAR_M, half_w, half_h)
        np.frombuffer(memoryview(self._power).cast("B"), np.float32)[:] = conditions.power
        self.rings.upload(conditions.power)
        common = {
            "u_eye": eye,
            "u_time": conditions.time_s % 4096.0,
            "u_water": water,
            "u_wetness": conditions.wetness,
            "u_rain": min(1.0, math.sqrt(conditions.rain_mm_h / _DOWNPOUR_MM_H)),
            "u_wind": Vec2(*conditions.wind_m_s),
            "u_fog": conditions.fog_per_m,
            "u_sky_lux": conditions.sky_lux,
            "u_lightning": _flash(conditions),
            "u_calm": float(conditions.calm),
            "u_power": self._power,
            **self._lamps.inputs(),
        }
        targets = [self.root, *self.passes.cards.values()]
        for target in targets:
            for name, value in common.items():
                target.setShaderInput(name, value)
        eye_frame = {"u_lens": lens, "u_right": right, "u_forward": forward, "u_up": up}
        for target in (*self.passes.eyed, *self._skies):
            for key, value in eye_frame.items():
                target.setShaderInput(key, value)
        for key in ("u_right", "u_forward", "u_up"):
            self._skies[1].setShaderInput(key, mirrored(eye_frame[key]))
        grain_s = conditions.time_s if camera.grain_s is None else camera.grain_s
        self.passes.cards["finish"].setShaderInput("u_frame", float(int(grain_s * 60) % 4096))
        exposure = EXPOSURE * self._adapted(pose, conditions, camera)
        for card in self.passes.exposed:
            card.setShaderInput("u_exposure", exposure)
        self._set_lens(pose, camera, origin)
        self.passes.clip_mirror(water + 0.01)
        self._rain.show() if conditions.rain_mm_h > 0 else self._rain.hide()

    def set_level(self, level: Level) -> None:
        """Leaves out what `level` does; nothing is made anew for it."""
        self.passes.set_share(level.render_share)
        self.passes.contact_afforded = level.contact
        self.chunks.radius_m = self._quality.radius_m * level.radius_share

    def picture(self) -> NDArray[np.uint8]:
        """The frame just rendered: (H, W, 3) uint8 sRGB, top row first."""
        texture = self.passes.picture
        if not self._app.graphicsEngine.extractTextureData(texture, self._app.win.getGsg()):
            raise Refusal("the picture could not be read back from the graphics card")
        width, height = self.passes.size
        pixels = np.frombuffer(memoryview(texture.getRamImageAs("RGB")), np.uint8).reshape(height, width, 3)
        picture = pixels[::-1].copy()
        texture.clearRamImage()  # else the next frame's card uploads this image over what was drawn
        return picture

    def _half_angles(self, pose: Pose) -> tuple[float, float]:
        """Tangents of half the view's width and height."""
        width, height = self.passes.size
        tangent = math.tan(math.radians(pose.fov_deg / 2))
        half_h = tangent * 9 / 16
        return tangent if width * 9 == height * 16 else half_h * width / height, half_h

    def _adapted(self, pose: Pose, conditions: Conditions, camera: Camera) -> float:
        if not self.grade.adapting:
            return 1.0
        target = exposure_at(self.rings, pose, conditions.sky_lux - conditions.lightning_lux)
        return target if camera.dt_s is None else self.adaptation.ease(target, camera.dt_s)

    def _set_lens(self, pose: Pose, camera: Camera, origin: tuple[float, float]) -> None:
        """The grade, the shutter, the aperture."""
        before, after = camera.before or pose, camera.after or pose
        self.passes.grade(self.grade, moving=before != after)
        motion, width_over_height = self.passes.cards["motion"], self.passes.size[0] / self.passes.size[1]
        for name, at in (("before", before), ("after", after)):
            x, y, z = at.position
            motion.setShaderInput(f"u_{name}_eye", Vec3(x - origin[0], y - origin[1], z))
            for axis, value in zip(("right", "forward", "up"), at.axes(), strict=True):
                motion.setShaderInput(f"u_{name}_{axis}", Vec3(*value))
        motion.setShaderInput("u_moved_lens", Vec4(*self._half_angles(before), *self._half_angles(after)))
        focal_mm = _SENSOR_MM[0] / 2 / math.tan(math.radians(pose.fov_deg / 2))
        disc_mm = focal_mm**2 / 1000.0 * self.grade.depth_of_field / WIDEST_F  # across, at 1/m
        self.passes.cards["defocus"].setShaderInput("u_pupil", disc_mm / 2 / _SENSOR_MM[1])
        self.passes.cards["defocus"].setShaderInput("u_turn", Vec2(camera.jitter_px[0] + 0.5, camera.jitter_px[1] + 0.5))
        self.passes.cards["focus"].setShaderInput("u_focus_m", camera.focus_m)
        self.passes.cards["focus"].setShaderInput("u_texel_aspect", Vec2(1 / width_over_height, 1.0))

    def close(self) -> None:
        """Stops the worker and frees the targets."""
        self.chunks.close()
        self.skyline.close()
        self.passes.close()
        self.shadows.close()
        self.root.removeNode()

    def _constants(self) -> None:
        fixed = {
            "u_light_level": self.rings.level,
            "u_light_flow": self.rings.flow,
            "u_light_slots": self.rings.slots,
            "u_light_walls_x": self.rings.walls_x,
            "u_light_walls_y": self.rings.walls_y,
            "u_relief": self.rings.relief,
            "u_noise": pattern_texture(),
            "u_lettering": lettering_texture(),
            "u_words": hologram_words(),
            "u_fire": Vec3(0.31, 0.95, 1.0),
        }
        for target in [self.root, *self.passes.cards.values()]:
            for name, value in fixed.items():
                target.setShaderInput(name, value)
            if not self._quality.smooth:
                target.setShaderInput("u_noise", pattern_texture(), nearest_level(SamplerState.WM_repeat))
        for name, value in self.shadows.inputs().items():
            self.root.setShaderInput(name, value)
        self.root.setShaderInput("u_mirror", self.passes.mirror)
        self.root.setShaderInput("u_smear", self.passes.smear)


def _flash(conditions: Conditions) -> Vec4:
    """Lightning for the shaders: where it is, and how bright."""
    turn = math.radians(conditions.lightning_from_deg)
    return Vec4(math.sin(turn), math.cos(turn), conditions.lightning_lux, 0.0)
