"""Frames: frame n of a film is a function of its manifest and n.

In: `Manifest`, a running app.  Out: RGB pictures. The clock is n / fps and nothing else; the city is complete round the camera
before a frame is drawn; the patrol steps by ticks. So a frame rendered alone equals that frame in sequence.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from world import __version__
from world.conditions import calmed
from world.film.flight import Flight
from world.film.path import FlightPath
from world.film.patrol import PatrolRun
from world.film.samples import Mean, grade_of_sample, jitter_px, when
from world.pipe import Pipe
from world.plan.climate import conditions_here
from world.pose import Pose
from world.recipe import Recipe
from world.settings import Grade
from world.sim import TICK_HZ, Snapshot, World

if TYPE_CHECKING:
    from world.stage.stage import Camera

FILM_GRADE = Grade(motion_blur=0.5)  # the shutter is open for half of each frame, as a film camera's
_PACKAGES = ("panda3d", "ursina", "numpy", "scipy", "av")


@dataclass(frozen=True)
class Manifest:
    """Everything that could change a byte of a film. `start_s` is the city's clock at frame 0; `versions` of what made it."""

    recipe: Recipe
    flight: Flight
    size: tuple[int, int]
    fps: int
    frames: int
    start_s: float
    quality: str
    versions: tuple[tuple[str, str], ...]
    flash_safe: bool = False
    grade: Grade = FILM_GRADE
    focus_m: float = 0.0  # 0: as the flight has it
    samples: int = 1  # pictures that a frame is the mean of

    @property
    def seconds(self) -> float:
        return self.frames / self.fps


def versions() -> tuple[tuple[str, str], ...]:
    """Names and versions of what draws and encodes, for a manifest."""
    return (("ashes-of-neon", __version__), *((name, version(name)) for name in _PACKAGES))


class FrameSource:
    """Draws the frames of one manifest. Ask in any order; close it when done (it is a context manager)."""

    def __init__(self, app: Any, pipe: Pipe, manifest: Manifest) -> None:
        from world.stage.stage import Stage

        self._app, self._manifest = app, manifest
        self._path = FlightPath(manifest.flight)
        self.world = World.of(pipe)
        self._patrol = PatrolRun(self.world, round(manifest.start_s * TICK_HZ), self._path.pose_at)
        grade = grade_of_sample(manifest.grade, manifest.samples)
        self._stage = Stage(app, pipe, size=manifest.size, quality=manifest.quality, grade=grade)

    def __enter__(self) -> FrameSource:
        return self

    def __exit__(self, *exc: object) -> None:
        self._stage.close()

    def pose(self, frame: int) -> Pose:
        """Where the camera is at a frame."""
        return self._path.pose_at(frame / self._manifest.fps)

    def snapshot(self, frame: int) -> Snapshot:
        """The patrol at a frame, sensed from the camera."""
        return self._patrol.at(frame / self._manifest.fps, self.pose(frame))

    def render(self, frame: int) -> NDArray[np.uint8]:
        """Frame `frame` of the film, (height, width, 3) RGB, top row first."""
        manifest, samples = self._manifest, self._manifest.samples
        self._stage.settle(self.pose(frame))
        mean = Mean()
        for sample in range(samples):
            at_s = max(0.0, (frame + when(sample, samples) * manifest.grade.motion_blur) / manifest.fps)
            pose = self._path.pose_at(at_s)
            hour = conditions_here(manifest.recipe, manifest.start_s + at_s, *pose.position[:2])
            hour = calmed(hour, manifest.recipe) if manifest.flash_safe else hour
            self._stage.show(pose, hour, self._patrol.at(at_s, pose), self._camera(frame, at_s, sample))
            self._app.graphicsEngine.renderFrame()
            mean.add(self._stage.picture())
        return mean.picture()

    def _camera(self, frame: int, at_s: float, sample: int) -> Camera:
        """Shutter and focus of a sample. It opens before the sample's instant and closes after it: both are places on the path, so no
        frame needs another."""
        from world.stage.stage import Camera

        manifest = self._manifest
        half_s = 0.5 / manifest.fps / manifest.samples
        return Camera(
            before=self._path.pose_at(at_s - half_s),
            after=self._path.pose_at(at_s + half_s),
            focus_m=manifest.focus_m or self._path.focus_at(at_s),
            jitter_px=jitter_px(sample, manifest.samples),
            grain_s=manifest.start_s + frame / manifest.fps,
        )
