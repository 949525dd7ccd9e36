"""What the postures of all machines are made of, worked out once for all of them.

In: a `Snapshot`, which of its machines.  Out: `Seen`, what matters of them; `Manner`: shares of 0 .. 1 that ease with time, slow waves that
are each machine's own, jerks of broken circuits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.posture.curves import TURN, Floats, eased, own_share
from world.posture.twitch import jerks
from world.sim import Snapshot
from world.sim.kinds import Harm


@dataclass(frozen=True)
class Seen:
    """What of a snapshot's machines postures go by, for those in sight, (N,) each but `position`, `beam` (N, 3): the way its lamp shines,
    ahead and down where it is out."""

    time_s: float
    key: NDArray[np.int64]
    kind: NDArray[np.int64]
    trade: NDArray[np.int64]
    position: Floats
    heading_deg: Floats
    head_deg: Floats
    band: NDArray[np.int64]
    alert: Floats
    speed_m_s: Floats
    travelled_m: Floats
    harm: NDArray[np.int64]
    harmed_s: Floats
    beam: Floats


def seen(moment: Snapshot, rows: NDArray[np.intp]) -> Seen:
    """Those machines of a moment."""
    turn = np.radians(moment.heading_deg)
    beam = np.column_stack([0.5 * np.sin(turn), 0.5 * np.cos(turn), np.full(len(turn), -0.866)])
    beam[moment.lights.robot] = moment.lights.way
    return Seen(
        moment.time_s,
        moment.key[rows],
        moment.kind[rows],
        moment.trade[rows],
        moment.position[rows],
        moment.heading_deg[rows],
        moment.head_deg[rows],
        moment.band[rows],
        moment.alert[rows],
        moment.speed_m_s[rows],
        moment.travelled_m[rows],
        moment.harm[rows],
        moment.harmed_s[rows],
        beam[rows],
    )


_PERIODS_S = (0.9, 1.3, 1.7, 2.1, 2.9, 3.7, 4.7, 5.9)
_PERIOD = np.array(_PERIODS_S)[:, None]
_APART = 0.37 * np.arange(len(_PERIODS_S))[:, None]
LIMBS = 4


@dataclass(frozen=True)
class Manner:
    """Of N machines, (N,) each. `alert` 0 .. 1; `lame`, `blind`, `down`: how far a broken joint, sensor or circuit shows; `away` radians
    from where the body faces to where the head looks (to the right); `waves` (8, N); `jolts` (LIMBS, N)."""

    time_s: float
    own: Floats
    alert: Floats
    speed: Floats
    travelled: Floats
    lame: Floats
    blind: Floats
    down: Floats
    away: Floats
    waves: Floats
    jolts: Floats

    def of(self, rows: NDArray[np.intp]) -> Manner:
        """Those rows."""
        own, alert, speed, travelled, lame, blind, down, away = (
            one[rows] for one in (self.own, self.alert, self.speed, self.travelled, self.lame, self.blind, self.down, self.away)
        )
        waves, jolts = self.waves[:, rows], self.jolts[:, rows]
        return Manner(self.time_s, own, alert, speed, travelled, lame, blind, down, away, waves, jolts)

    def wave(self, period_s: float) -> Floats:
        """A slow wave in [-1, 1] that never repeats exactly."""
        return self.waves[_PERIODS_S.index(period_s)]

    @property
    def side(self) -> Floats:
        """-1 or 1: which of two limbs is the one that fails."""
        return np.where(self.own < 0.5, -1.0, 1.0)


def manner_of(moment: Seen) -> Manner:
    """Of all its machines."""
    own = own_share(moment.key)
    harms = (moment.harm[None] & np.array([[int(Harm.JOINT)], [int(Harm.SENSOR)], [int(Harm.CIRCUIT)]])) != 0
    lame, blind, down = harms * eased(moment.harmed_s[None] / np.array([[0.65], [0.8], [0.5]]), 0.0, 1.0)
    phase = TURN * (moment.time_s / _PERIOD + own + _APART)
    waves = 0.65 * np.sin(phase) + 0.35 * np.sin(1.618 * phase + 2.0 * own)
    jolts = np.zeros((LIMBS, len(own)))
    if harms[2].any():
        jolts = jerks(own, moment.harmed_s, LIMBS) * down
    away = np.mod(moment.head_deg - moment.heading_deg + 180.0, 360.0) - 180.0
    alert = eased(moment.alert, 0.15, 0.95)
    return Manner(moment.time_s, own, alert, moment.speed_m_s, moment.travelled_m, lame, blind, down, np.radians(away), waves, jolts)
