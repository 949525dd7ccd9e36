"""What can be heard: levels along paths, masked by the rain.

In: levels at 1 m (dB), path lengths (m) and losses (dB), rain (mm/h).  Out: levels, masking floors, and what a robot makes of it.
How: L = L1m - 20 log10(d) - .02 d - loss; a sound is noticed by as much as it exceeds the floor of its band. Rain hides footsteps
(1-8 kHz) much better than hums (100-400 Hz).
What makes it fair: whatever the ground, the weather and the keenness of robots, feet are noticed only from where a robot's hum would be
heard from `FAIR` times as far along the same way.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.sim.exact import log10

HUM_DB, CHIRP_DB = 60.0, 65.0  # the hum: of the quietest kinds
HUM_CULL_M = 70.0
HUM_SURE_M = 64.0  # on every side the ways of sound are known as far as that: a chunk
FAIR = 1.3
QUIET_DB = 20.0  # below this nothing is noticed, however still the night
_BELOW_FLOOR_DB = 6.0  # known sounds are made out this far below the floor
GAIN_PER_DB = 1.0 / 23.0
HEARING_CAP = 0.95

# dry, drizzle, rain, downpour
_RAIN_MM_H = (0.0, 6.0, 18.0, 45.0)
_STEP_FLOOR_DB = (26.0, 35.0, 45.0, 55.0)
_HUM_FLOOR_DB = (18.0, 22.0, 26.0, 32.0)
_SIGHT_SHARE = (1.0, 1.0, 0.8, 0.55)


def _by_rain(values: tuple[float, ...], rain_mm_h: float) -> float:
    """Straight lines between the four weathers, level beyond the last."""
    return float(np.interp(rain_mm_h, _RAIN_MM_H, values))


def step_floor_db(rain_mm_h: float, thunder_db: float = 0.0) -> float:
    """Masking floor for steps and clatter."""
    return _by_rain(_STEP_FLOOR_DB, rain_mm_h) + thunder_db


def hum_floor_db(rain_mm_h: float, thunder_db: float = 0.0) -> float:
    """Masking floor for hums."""
    return _by_rain(_HUM_FLOOR_DB, rain_mm_h) + thunder_db


def sight_share(rain_mm_h: float) -> float:
    """What rain leaves of every range of sight."""
    return _by_rain(_SIGHT_SHARE, rain_mm_h)


def level_db(level_1m_db: Any, length_m: Any, loss_db: Any) -> Any:
    """Level at the end of a path; arrays broadcast, infinite lengths give -infinity."""
    length = np.maximum(np.asarray(length_m, dtype=np.float64), 1.0)
    reached = np.isfinite(length) & np.isfinite(loss_db)
    safe = np.where(reached, length, 1.0)
    level = level_1m_db - 20.0 * log10(safe) - 0.02 * safe - np.where(reached, loss_db, 0.0)
    result = np.where(reached, level, -np.inf)
    return float(result) if result.ndim == 0 else result


def excess_db(level: Any, rain_mm_h: float, thunder_db: float = 0.0) -> Any:
    """By how much a step or a clatter of `level` stands out of the rain, and of thunder."""
    return level - max(QUIET_DB, step_floor_db(rain_mm_h, thunder_db) - _BELOW_FLOOR_DB)


def underfoot_db(level_1m_db: Any, length_m: Any, loss_db: Any, rain_mm_h: float, thunder_db: float = 0.0) -> Any:
    """By how much the sound of feet stands out at the end of a path; -infinity where no hum would be heard `FAIR` times as far along it."""
    farther = FAIR * np.asarray(length_m, dtype=np.float64)
    warned = (farther <= HUM_SURE_M) & (level_db(HUM_DB, farther, loss_db) > hum_floor_db(rain_mm_h, thunder_db))
    return np.where(warned, excess_db(level_db(level_1m_db, length_m, loss_db), rain_mm_h, thunder_db), -np.inf)


def alarm_by_sound(excess: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a noticed sound adds to the alert (0 where there is nothing to notice)."""
    return np.where(excess > 0.0, np.minimum((1.0 + np.maximum(excess, 0.0)) * GAIN_PER_DB, HEARING_CAP), 0.0)
