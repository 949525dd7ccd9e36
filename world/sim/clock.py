"""Frames of any length, steps of one length.

In: the seconds that each rendered frame took.  Out: how many steps to take now, and how far between the last two to draw.
Source: Glenn Fiedler, "Fix Your Timestep!"; a frame that took too long is let go rather than caught up with.
"""

from __future__ import annotations

from world.sim.state import TICK_HZ

_STEPS_MAX = 15  # a quarter of a second: down to four frames a second the walk keeps real time


class Clock:
    """Counts in whole nanoseconds, so that no rate of frames drifts. `alpha` in [0, 1) is the share of a step not yet taken."""

    def __init__(self) -> None:
        self._pending = 0
        self.alpha = 0.0

    def steps(self, frame_s: float) -> int:
        """Steps to take for a frame that took `frame_s` seconds (at most 15)."""
        tick_ns = 1_000_000_000
        self._pending += max(0, round(frame_s * TICK_HZ * tick_ns))
        count, self._pending = divmod(self._pending, tick_ns)
        if count > _STEPS_MAX:
            count, self._pending = _STEPS_MAX, 0
        self.alpha = self._pending / tick_ns
        return count
