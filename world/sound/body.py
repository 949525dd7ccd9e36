"""One's own heart and breath: what fear does to them.

In: moment after moment, with what is heard in it.  Out: `Shot`s of beats and breaths.
How: the heart goes by how alarmed the machines in earshot are, by how well one can be seen where they are near, and by exertion; it
rises within a second and calms over ten. Only what is heard counts: the heart knows no more than the ear.
"""

from __future__ import annotations

import math

from world.sim import Snapshot, World
from world.sim.exposure import hero_lux, hero_visibility
from world.sound.heard import SHOT_FULL_DB, Bus, Heard, Shot, gain_of

REST_BPM, FEAR_BPM, SPENT_BPM = 58.0, 84.0, 62.0  # at rest; and what fear and exertion add
_HEARD_FROM = 0.22  # fear from which one hears one's own heart
_HEART_DB, _HEART_RISE_DB = 42.0, 16.0
_NEAR_M = 25.0
_LOOK_S = 0.25  # from one look at oneself to the next
_RISE_S, _CALM_S = 0.8, 9.0
_BREATH_DB, _TREMBLING = 40.0, 0.5  # fear from which breath is heard
_HOLD_DB, _LET_GO_DB = 46.0, 42.0


class Body:
    """Follows the hero: `feel` once a moment."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.fear = 0.0  # 0 .. 1
        self._beats = 0.0  # phase of the heart
        self._visible, self._looked_s = 0.0, -math.inf
        self._before: Snapshot | None = None

    @property
    def bpm(self) -> float:
        """The pulse."""
        spent = self._before.walker.exertion if self._before is not None else 0.0
        return REST_BPM + max(FEAR_BPM * self.fear, SPENT_BPM * spent)

    def feel(self, moment: Snapshot, heard: Heard) -> tuple[Shot, ...]:
        """What begins to sound since the last moment."""
        before, self._before = self._before, moment
        passed = moment.time_s - before.time_s if before is not None else 0.0
        if before is None or not 0.0 < passed < 1.0:
            return ()
        cause = self._cause(moment, heard)
        ease = _RISE_S if cause > self.fear else _CALM_S
        self.fear += (cause - self.fear) * (1.0 - math.exp(-passed / ease))
        return (*self._breath(before, moment), *self._heart(moment, passed))

    def _cause(self, moment: Snapshot, heard: Heard) -> float:
        hums = [voice for voice in heard.voices if voice.key[0] == "hum" and voice.above_db > 0.0]
        if not hums:
            return 0.0
        alarm = max(voice.band for voice in hums) / 5.0
        nearest = min(voice.distance_m for voice in hums)
        if nearest < _NEAR_M and moment.time_s - self._looked_s >= _LOOK_S:
            self._looked_s = moment.time_s
            self._visible = hero_visibility(moment.walker, hero_lux(self._world, moment.walker, moment.tick, moment.lights))
        exposed = 0.75 * self._visible * max(0.0, 1.0 - nearest / _NEAR_M)
        return min(1.0, max(alarm, exposed) + 0.25 * min(alarm, exposed))

    def _heart(self, moment: Snapshot, passed: float) -> tuple[Shot, ...]:
        held = moment.hands.held_since >= 0
        earlier = self._beats
        self._beats += self.bpm / 60.0 * passed
        felt = max(self.fear, 0.8 * moment.walker.exertion, 0.45 if held else 0.0)
        if math.floor(self._beats) == math.floor(earlier) or felt < _HEARD_FROM:
            return ()
        beat = math.floor(self._beats)
        found = [_own(moment, "heart", 0, _HEART_DB + _HEART_RISE_DB * (felt - _HEARD_FROM) / (1.0 - _HEARD_FROM))]
        if self.fear >= _TREMBLING and not held and moment.walker.exertion < 0.3 and beat % 4 == 0:
            found.append(_own(moment, "breath", beat // 4, _BREATH_DB + 8.0 * self.fear))
        return tuple(found)

    @staticmethod
    def _breath(before: Snapshot, now: Snapshot) -> tuple[Shot, ...]:
        was, is_now = before.hands.held_since >= 0, now.hands.held_since >= 0
        if is_now and not was:
            return (_own(now, "hold", now.tick, _HOLD_DB),)
        if was and not is_now and now.hands.air > 0.0:  # else it bursts out: the sim's own event
            return (_own(now, "breath", now.tick, _LET_GO_DB),)
        return ()


def _own(moment: Snapshot, sound: str, variant: int, level: float) -> Shot:
    return Shot(moment.time_s, sound, variant, Bus.STEPS, gain_of(level, SHOT_FULL_DB), 0.0, 18_000.0)
