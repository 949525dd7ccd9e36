"""Quality `auto`: what to leave out so that the frame rate holds.

In: how long each frame took, the rate that is wanted.  Out: one of `LEVELS`: a share of the scene's pixels, of its reach, and whether
things shade what they stand on. Nothing here draws, and nothing that a level changes has to be made anew in a frame: a share of a target
is drawn into, a pass is switched, chunks come and go by the stream.

Frames are judged by the median of half a second, so that a hitch is no reason. It goes down when two such windows in a row are too slow,
as far as it will probably help. It goes up when four in a row leave room for what the better level costs. The screen's own beat may hide
how much room there is (frames never come faster): there it tries after eight seconds. What is too slow at its first window goes back to
where it was and is left alone for half a minute, then one, then two … Where not even the last level, as it is reached, makes frames faster
(a slow processor, a screen of 50 beats) all is put back, and left alone for longer and longer as well.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """What is drawn; `cost` of a frame is in shares of the best one's (measured on the software renderer, where pixels are dear)."""

    render_share: float  # of each side of the scene's target
    radius_share: float  # of the quality's reach
    contact: bool

    @property
    def cost(self) -> float:
        return 0.28 + 0.62 * self.render_share**2 + 0.05 * self.radius_share + 0.05 * self.contact


LEVELS = (
    Level(1.0, 1.0, True),
    Level(0.9, 1.0, True),
    Level(0.8, 0.9, True),
    Level(0.71, 0.8, False),
    Level(0.63, 0.7, False),
    Level(0.56, 0.6, False),
    Level(0.5, 0.5, False),
)
_WINDOW_S, _WINDOW_FRAMES = 0.5, 8
_SLOW, _ROOM, _HOLDS = 1.1, 0.93, 1.04  # of the time that a frame may take
_SLOW_WINDOWS, _ROOMY_WINDOWS = 2, 4
_TRIAL_WINDOWS, _RARE_TRIAL_WINDOWS = 16, 120  # on a beat; where frames come as they are done and the room is known
_EVEN = 0.05  # frames that differ by less than this come on a beat
_DEEPEST = 3  # levels at once
_BAN_S, _GIVEN_UP_S, _LONGEST_S = 30.0, 60.0, 1800.0
_HELPS = 0.04  # what makes frames faster by less than this does not help


class FrameRate:
    """Call `frame` with each frame's duration; it returns the level to draw the next one at."""

    def __init__(self, target_hz: float) -> None:
        self.target_hz = target_hz
        self.level = 0
        self._now_s = 0.0
        self._window: list[float] = []
        self._unsettled = 1  # windows to let pass after a change
        self._slow = self._roomy = self._easy = 0
        self._on_trial = self._helped = False
        self._ban_s = [_BAN_S] * len(LEVELS)
        self._until_s = [0.0] * len(LEVELS)
        self._fell_from: tuple[int, float] | None = None  # a level, and how long frames took on it
        self._given_up_s, self._given_up_until_s = _GIVEN_UP_S, 0.0

    def frame(self, dt_s: float) -> int:
        """Takes one frame into account."""
        self._now_s += dt_s
        self._window.append(dt_s)
        if len(self._window) >= _WINDOW_FRAMES and sum(self._window) >= _WINDOW_S:
            took = sorted(self._window)
            self._window.clear()
            if self._unsettled:
                self._unsettled -= 1
            else:
                spread = took[len(took) * 9 // 10] - took[len(took) // 10]
                self._judge(statistics.median(took), even=spread < _EVEN * took[len(took) // 2])
        return self.level

    def _judge(self, took_s: float, *, even: bool) -> None:
        may_s, better = 1.0 / self.target_hz, self.level - 1
        if self._on_trial and took_s > _HOLDS * may_s:
            self._until_s[self.level] = self._now_s + self._ban_s[self.level]
            self._ban_s[self.level] = min(2.0 * self._ban_s[self.level], _LONGEST_S)
            return self._go(self.level + 1)
        self._on_trial = False
        self._slow = self._slow + 1 if took_s > _SLOW * may_s else 0
        allowed = better >= 0 and self._now_s >= self._until_s[better]
        fits = allowed and took_s * LEVELS[better].cost / LEVELS[self.level].cost < _ROOM * may_s
        self._roomy = self._roomy + 1 if fits else 0
        self._easy = self._easy + 1 if allowed and took_s < _HOLDS * may_s else 0
        if not self._slow:
            self._fell_from = None
        if self._slow >= _SLOW_WINDOWS and self._now_s >= self._given_up_until_s:
            return self._fall(took_s, may_s)
        if self._roomy >= _ROOMY_WINDOWS or self._easy >= (_TRIAL_WINDOWS if even else _RARE_TRIAL_WINDOWS):
            self._go(better)
            self._on_trial = True
        return None

    def _fall(self, took_s: float, may_s: float) -> None:
        self._fell_from = self._fell_from or (self.level, took_s)
        if self.level + 1 < len(LEVELS):
            wanted = LEVELS[self.level].cost * may_s / took_s
            deepest = min(self.level + _DEEPEST, len(LEVELS) - 1)
            return self._go(next((k for k in range(self.level + 1, deepest) if LEVELS[k].cost <= wanted), deepest))
        level, before_s = self._fell_from
        if self._helped:  # what is too slow since then is for another reason
            return None
        self._helped = took_s <= (1.0 - _HELPS) * before_s
        if not self._helped:
            self._given_up_until_s = self._now_s + self._given_up_s
            self._given_up_s = min(2.0 * self._given_up_s, _LONGEST_S)
            self._fell_from = None
            self._go(level)
        return None

    def _go(self, level: int) -> None:
        self.level = level
        self._slow = self._roomy = self._easy = 0
        self._on_trial = self._helped = False
        self._unsettled = 1
