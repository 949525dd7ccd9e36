"""How alarm becomes behaviour: bands, with hysteresis, dwell and decay.

In: alert levels (R,), the bands they were in, ticks.  Out: levels after decay, and bands.
Source of the thresholds and times: measured off a Thief-like (1.5/6/10/18/23 of 23 points, decays of 5/5/8/25/65 s).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.sim.state import TICK_HZ

THRESHOLD = np.array([0.0, 0.07, 0.26, 0.43, 0.78, 1.0])
EVIDENCE_CAP = 0.95  # for all that is not seeing the hero within reach
PURSUIT_SIGHT_M = 20.0
_HYSTERESIS = 0.04
_DWELL = 2 * TICK_HZ
_HOLD = (np.array([1.0, 1.0, 2.0, 3.0, 4.0, 5.0]) * TICK_HZ).astype(np.int64)
_WIDTH = np.array([0.07, 0.19, 0.17, 0.35, 0.22, 0.22])
_DECAY_S = np.array([5.0, 5.0, 8.0, 25.0, 65.0, 65.0])
_TOP = 1.0 - 1e-9


def decayed(
    alert: NDArray[np.float64], band: NDArray[np.int64], evidence_at: NDArray[np.int64], tick: int, dt: float, memory: float = 1.0
) -> NDArray[np.float64]:
    """Levels `dt` later where there has been no evidence for the band's hold; they fade `memory` times as slowly."""
    fading = tick - evidence_at > _HOLD[band]
    return np.maximum(0.0, alert - np.where(fading, _WIDTH[band] / (_DECAY_S[band] * memory) * dt, 0.0))


def banded(alert: NDArray[np.float64], band: NDArray[np.int64], since: NDArray[np.int64], tick: int) -> NDArray[np.int64]:
    """Bands: up at once, down one at a time, after 2 s and well below the threshold."""
    level = np.minimum(alert, _TOP)
    raw = np.searchsorted(np.minimum(THRESHOLD, _TOP), level, side="right") - 1
    down = (raw < band) & (alert < THRESHOLD[band] - _HYSTERESIS) & (tick - since >= _DWELL)
    return np.where(raw > band, raw, np.where(down, band - 1, band)).astype(np.int64)
