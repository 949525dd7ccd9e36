"""Where robots look: heads that sweep, wait and stare; lamps that follow.

In: a `Patrol`, where it faces and what it is after, the tick.  Out: directions of heads and of beams. Closed-form in the tick, but for a
sentry's beam, which takes a moment to come round.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.sim.errands import SCAN_TICKS
from world.sim.exact import TURN, sines_cosines
from world.sim.kinds import HOVER_M, Harm, Kind
from world.sim.state import TICK_HZ, Band, Patrol

_SWEEP_DEG, _WARY_DEG, _SCAN_DEG = 35.0, 8.0, 60.0
_SWEEP_TICKS = 4 * TICK_HZ


def gaze(patrol: Patrol, facing: NDArray[np.float64], interest: NDArray[np.float64], tick: int) -> NDArray[np.float64]:
    """Where each head wants to look: sweeping on patrol, at what alarms it, sweeping wide where it arrived or where it is blind."""
    scanning = patrol.look_since >= 0
    blind = (patrol.harm & int(Harm.SENSOR)) != 0
    alarmed = patrol.band >= Band.OBSERVANT
    fresh = scanning & (tick - patrol.look_since < TICK_HZ // 3)
    ahead = np.where(((alarmed & ~scanning) | fresh | patrol.sighted)[:, None], interest, facing)
    wide = scanning | blind
    period = np.where(wide, SCAN_TICKS, _SWEEP_TICKS)
    degrees = np.where(patrol.sighted, 0.0, np.where(wide, _SCAN_DEG, np.where(alarmed, _WARY_DEG, _SWEEP_DEG)))
    phase, _ = sines_cosines((tick + 97 * (patrol.key % 1009)) % period * TURN // period)
    sine, cosine = sines_cosines(np.rint(degrees * phase * (TURN / 360.0)).astype(np.int64))
    x, y = ahead[:, 0], ahead[:, 1]
    return np.column_stack([x * cosine + y * sine, y * cosine - x * sine])


def beams(
    patrol: Patrol, position: NDArray[np.float64], head: NDArray[np.float64], hero: tuple[float, float, float], tick: int
) -> NDArray[np.float64]:
    """Unit directions (R, 3) of the lamps: ahead of the head, a little down; a sentry's sweeps the street, and stays on whom it sees."""
    flat, down = 0.9848, -0.1736  # ten degrees
    beam = np.column_stack([head * flat, np.full(len(head), down)])
    rows = np.flatnonzero(patrol.kind == Kind.SENTRY)
    if len(rows):
        sees = patrol.sighted[rows, None]
        turn, swing = 7 * TICK_HZ, 11 * TICK_HZ
        shift = patrol.key[rows] % 1009 * 61
        a, _ = sines_cosines((tick + shift) % turn * TURN // turn)
        b, _ = sines_cosines((tick + 2 * shift) % swing * TURN // swing)
        sweep = np.column_stack([7.0 * a, 7.0 * b, np.full(len(rows), -HOVER_M[Kind.SENTRY])])
        held = np.array([hero[0], hero[1], hero[2] + 0.9]) - position[rows]
        wanted = np.where(sees, held, sweep)
        wanted = wanted / np.sqrt((wanted * wanted).sum(axis=1, keepdims=True))
        eased = patrol.beam[rows] + (wanted - patrol.beam[rows]) * 0.12
        beam[rows] = eased / np.sqrt(np.maximum((eased * eased).sum(axis=1, keepdims=True), 1e-12))
    return beam
