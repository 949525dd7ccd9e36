"""When a broken sign arcs, and how bright.

In: a sign's own number, the time.  Out: luminous intensity, and when arcs begin, closed-form: an arc strikes some of the times its turn
comes, three times within a third of a second, each weaker. shaders/surface/spark.vert.glsl throws its sparks by the same turns.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WRAP_S = 4096.0  # the shaders' time
ARC_CD = 16.0
_PERIOD_S, _SLOWER_S = 5.0, 8.0
_OFTEN = 0.5
STRIKES = np.array([[0.0, 1.0], [0.19, 0.65], [0.34, 0.4]])  # when (s), how strong
_DECAY_S = 0.05

Floats = NDArray[np.float64]


def arc_candela(own: Floats, time_s: float) -> Floats:
    """(N,) cd that arcs of signs with numbers `own` (N,) in [0, 1) shed at a time."""
    period = _PERIOD_S + _SLOWER_S * own
    turn = (time_s % WRAP_S) / period + 37.0 * own
    beat = np.floor(turn)
    strikes = _strikes(own, beat)
    since = ((turn - beat) * period)[:, None] - STRIKES[:, 0]
    glow = np.where(since >= 0.0, STRIKES[:, 1] * np.exp(-np.maximum(since, 0.0) / _DECAY_S), 0.0).sum(axis=1)
    result: Floats = ARC_CD * glow * strikes
    return result


def arcs_between(own: float, from_s: float, to_s: float) -> list[tuple[int, float]]:
    """(number, time in s) of the arcs that begin from `from_s` (included) to `to_s` on the sign with that number; none of an arc that the
    shaders' time cuts short as it wraps."""
    period, shift = _PERIOD_S + _SLOWER_S * own, 37.0 * own
    found = []
    for wrap in range(int(from_s // WRAP_S), int(to_s // WRAP_S) + 1):
        begins, ends = max(from_s - wrap * WRAP_S, 0.0), min(to_s - wrap * WRAP_S, WRAP_S)
        for beat in range(int(begins / period + shift), int(ends / period + shift) + 2):
            at = (beat - shift) * period
            if begins <= at < ends and _strikes(np.array([own]), np.array([beat]))[0]:
                found.append((beat, wrap * WRAP_S + at))
    return found


def _strikes(own: Floats, beat: Floats) -> NDArray[np.bool_]:
    """Whether an arc strikes when its turn comes."""
    return np.asarray(np.mod(own * 29.7 + beat * 0.618034, 1.0) < _OFTEN)
