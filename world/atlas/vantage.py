"""Where one can stand and see it.

In: a pipe, a `Sight`.  Out: a `Pose` on foot that looks at it, or None. A body must fit there without stepping into anything, and
the line from its eyes to the sight must be free for all but its last tenth (what is looked at stands in its own way).
"""

from __future__ import annotations

import math

import numpy as np

from world.atlas.sights import EYE_M, Sight
from world.pipe import Pipe
from world.pose import Pose
from world.space.chunk_space import Flag
from world.space.sight import cuts
from world.space.walk import STEP_M, deepest, headroom, support
from world.space.window import SpaceWindow

_BODY_M = 1.75
_ROOM_M = 0.45  # round the middle of a body, so that nothing fills the picture
_SEEN_SHARE = 0.9
_SIGHT_MAX_M = 60.0  # further than that nothing is asked about the way


class Lookout:
    """Asks one city for places to stand."""

    def __init__(self, pipe: Pipe) -> None:
        self._window = SpaceWindow(pipe.space)

    def pose(self, sight: Sight) -> Pose | None:
        """The first of the sight's places where one can stand and see it."""
        for x, y, floor in sight.stands:
            z = self._feet(x, y, floor)
            if z is None:
                continue
            eye = (x, y, z + EYE_M)
            if self._sees(eye, sight):
                return _looking(eye, sight)
        return None

    def _feet(self, x: float, y: float, floor: float | None) -> float | None:
        """The height one stands at, or None where a body does not fit."""
        rows = self._window.near(x, y, 1.0)
        limit = (self._window.ground(x, y) if floor is None else floor) + STEP_M
        z = support(self._window, rows, x, y, limit).height
        if floor is not None and abs(z - floor) > 2 * STEP_M:
            return None
        if deepest(rows, x, y, z, _BODY_M, radius=_ROOM_M) is not None or headroom(rows, x, y, z) < _BODY_M:
            return None
        return z

    def _sees(self, eye: tuple[float, float, float], sight: Sight) -> bool:
        a, b = np.array([eye]), np.array([sight.at])
        length = float(np.linalg.norm(b - a))
        if length > _SIGHT_MAX_M:
            b = a + (b - a) * (_SIGHT_MAX_M / length)
        region = self._window.region(eye[0], eye[1])
        _, _, enter, _ = cuts(region, a, b, Flag.SIGHT)
        return not (enter < _SEEN_SHARE).any()


def _looking(eye: tuple[float, float, float], sight: Sight) -> Pose:
    """Towards the sight; the pitch follows half way, as a person's head does."""
    dx, dy, dz = (sight.at[k] - eye[k] for k in range(3))
    pitch = math.degrees(math.atan2(dz, math.hypot(dx, dy)))
    heading = math.degrees(math.atan2(dx, dy)) % 360.0
    place = (round(eye[0], 2), round(eye[1], 2), round(eye[2], 2))
    return Pose(place, round(heading, 1), round(max(-20.0, min(24.0, 0.6 * pitch)), 1))
