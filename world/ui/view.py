"""What a walk is seen through: the stage, eyes that adapt, the shutter, quality `auto`, and shaders that are edited meanwhile.

In: settings, a moment, how long the last frame took.  Out: the frame on the window; news for the HUD.
"""

from __future__ import annotations

import math
from typing import Any

from world.conditions import Conditions
from world.pipe import Pipe
from world.place import text_of_pose
from world.pose import Pose, Vector
from world.settings import Settings
from world.sim import Snapshot
from world.stage.frame_rate import LEVELS, FrameRate
from world.stage.quality import AUTO
from world.stage.shader_watch import ShaderWatch
from world.stage.stage import Camera, Stage
from world.stage.warm import warm

_FRAME_MAX_S = 0.25  # what takes longer is a halt of the machine's
_STRIDE_MAX_M = 3.0  # further in a frame, and it is another place: nothing smears over that


class View:
    """Call `draw` once a frame."""

    def __init__(self, app: Any, pipe: Pipe, start: Pose, hour: Conditions, settings: Settings, *, quality: str, edited: bool) -> None:
        self._app = app
        size = (app.win.getXSize(), app.win.getYSize())
        self.stage = Stage(app, pipe, size=size, quality=quality, grade=settings)
        self.stage.settle(start)
        self.stage.show(start, hour)
        self.programs = warm(app, self.stage)
        self.stage.adaptation.forget()
        self._rate = FrameRate(settings.frame_rate) if quality == AUTO else None
        self._watch = ShaderWatch(app, self.stage) if edited else None
        self._level = 0
        self._last: Pose | None = None

    @property
    def standing(self) -> int:
        """How many chunks stand."""
        return len(self.stage.chunks.standing)

    @property
    def level(self) -> str:
        """What quality `auto` has come to, in words; "" when it is not asked."""
        if self._rate is None:
            return ""
        now = LEVELS[self._level]
        return f"auto {self._level + 1}/{len(LEVELS)}: {now.render_share:.0%} of the pixels' side, {self.stage.chunks.radius_m:.0f} m"

    def words(self, moment: Snapshot, seed: int, fps: float) -> str:
        """What there is to say about the frame, in two lines."""
        return (
            f"{fps:.0f} frames/s   {text_of_pose(moment.eye)}   seed {seed}\n"
            f"{self.standing} chunks   {len(moment.band)} machines near   tick {moment.tick}   {self.level}"
        )

    def draw(self, eye: Pose, hour: Conditions, moment: Snapshot, dt_s: float, arc: tuple[Vector, ...] = ()) -> tuple[str, bool] | None:
        """Sets the next frame, the way that a throw would go shown in it as an `arc`; what a person should read, and whether it is an
        error."""
        news = self._watch.poll(dt_s) if self._watch else None
        if self._rate is not None:
            level = self._rate.frame(dt_s)
            if level != self._level:
                self._level = level
                self.stage.set_level(LEVELS[level])
        near = self._last is not None and math.dist(self._last.position, eye.position) < _STRIDE_MAX_M
        self.stage.stream(eye)
        camera = Camera(before=self._last if near else None, dt_s=min(dt_s, _FRAME_MAX_S), hands=True, arc=arc)
        self.stage.show(eye, hour, moment, camera)
        self._last = eye
        return news

    def settle(self, at: Pose) -> None:
        """The eye opens elsewhere."""
        self.stage.settle(at)
        self.stage.adaptation.forget()
        self._last = None

    def change_settings(self, settings: Settings) -> None:
        """Another grade from the next frame on; another frame rate for quality `auto`."""
        self.stage.grade = settings
        if self._rate is not None:
            self._rate.target_hz = settings.frame_rate

    def close(self) -> None:
        """Takes the stage away."""
        self.stage.close()
