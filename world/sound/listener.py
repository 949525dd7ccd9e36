"""An ear that goes through a city: all that sounds on and all that begins, moment by moment; for the walk and for the film.

In: the `World`, its places, rising moments with their events.  Out: `Heard` and `Shot`s; the voices chosen among all that sound; what gives
way to what is louder.
How: at most `VOICES_MAX` voices play. One that plays keeps its place until another is clearly more audible, so that two of a kind do
not take turns. Thunder and capture duck what would compete with them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from world.conditions import Conditions
from world.sim import Event, EventKind, Snapshot, World
from world.sound.arcs import arcing
from world.sound.audible import hear
from world.sound.body import Body
from world.sound.happenings import footfalls, shots, thunder
from world.sound.heard import Bus, Heard, Shot, Voice, angles_of
from world.sound.murmurs import NOWHERE, Places, calls
from world.sound.score import score

VOICES_MAX = 24
KEEPS_DB = 4.0  # by so much must another be more audible to take a voice's place
_DUCKS = {"thunder": (0.35, 2.6), "sting": (0.2, 3.0)}  # to which share, until how long after (s)
DUCKED = (Bus.SCORE, Bus.WEATHER)
_ATTACK_S, _RELEASE_S = 0.05, 1.2
_LONGEST_CELL_S = 1.0


class Choice:
    """Which voices play."""

    def __init__(self, most: int = VOICES_MAX) -> None:
        self._most = most
        self._playing: frozenset[tuple[str, int]] = frozenset()

    def of(self, voices: Iterable[Voice]) -> tuple[Voice, ...]:
        """The most audible of `voices`, the most audible first."""

        def rank(voice: Voice) -> float:
            return -(voice.above_db + (KEEPS_DB if voice.whose in self._playing else 0.0))

        chosen = sorted(voices, key=rank)[: self._most]
        self._playing = frozenset(voice.whose for voice in chosen)
        return tuple(sorted(chosen, key=lambda voice: -voice.above_db))


class Listener:
    """`listen` to each moment in turn. With `hero`, one's own body is heard too; a camera has none."""

    def __init__(self, world: World, places: Places = NOWHERE, *, hero: bool = True) -> None:
        self._world, self._places = world, places
        self._body = Body(world) if hero else None
        self._choice = Choice()
        self._before: Snapshot | None = None
        self.heard: Heard | None = None

    def change_world(self, world: World, places: Places) -> None:
        """Another city round the ear."""
        self._world, self._places = world, places
        self._body = Body(world) if self._body is not None else None
        self._before = None

    def listen(self, moment: Snapshot, hour: Conditions, events: Sequence[Event] = (), *, since_s: float | None = None) -> tuple[Shot, ...]:
        """`heard` anew, and what has begun to sound since the last moment (at first: since `since_s`)."""
        before, self._before = self._before, moment
        from_s = before.time_s if before is not None else moment.time_s if since_s is None else since_s
        heard = hear(self._world, moment, hour, self._places, before)
        self.heard = replace(heard, voices=self._choice.of(heard.voices))
        begun = [*shots(self._world, moment, hour, events), *thunder(self._world.recipe, moment.eye, from_s, moment.time_s)]
        begun += calls(self._world, moment.eye, hour, self._places, from_s, moment.time_s)
        begun += arcing(self._world, moment.eye, hour, self._places, from_s, moment.time_s)
        begun += self._music(from_s, moment.time_s)
        if before is not None and moment.time_s - before.time_s < _LONGEST_CELL_S:
            begun += footfalls(self._world, before, moment, hour)
        if self._body is not None:
            begun += self._body.feel(moment, self.heard)
        return tuple(begun)

    def _music(self, from_s: float, to_s: float) -> list[Shot]:
        assert self.heard is not None
        alarm = max((voice.band for voice in self.heard.voices if voice.key[0] == "hum" and voice.above_db > 0.0), default=0)
        cues = score(self._world.recipe, from_s, to_s, alarm)
        return [Shot(cue.time_s, cue.sound, cue.variant, Bus.SCORE, cue.gain, 0.0, 18_000.0) for cue in cues]


def turned(heard: Heard, moment: Snapshot) -> Heard:
    """The same, for a head that has turned since."""
    voices = []
    for voice in heard.voices:
        azimuth, elevation = angles_of(moment.eye, voice.direction)
        voices.append(replace(voice, azimuth_deg=azimuth, elevation_deg=elevation))
    return replace(heard, time_s=moment.time_s, voices=tuple(voices), heading_deg=moment.eye.heading_deg)


def ducking(loud: Iterable[Shot], time_s: float) -> float:
    """What is left of the gain of `DUCKED` buses at a time, 0 .. 1, after shots that began before."""
    left = 1.0
    for one in loud:
        share, lasts = duck_of(one)
        age = time_s - one.time_s
        if share < 1.0 and 0.0 <= age < lasts + 5.0 * _RELEASE_S:
            depth = min(1.0, age / _ATTACK_S) if age < lasts else math.exp(-(age - lasts) / _RELEASE_S)
            left = min(left, 1.0 - (1.0 - share) * depth)
    return left


def duck_of(one: Shot) -> tuple[float, float]:
    """(share, s): to how much of itself what is ducked sinks under a shot, and for how long; distant thunder ducks nothing."""
    share, lasts = _DUCKS.get(one.sound, (1.0, 0.0))
    if one.event is None or one.event.kind != EventKind.CAPTURED:
        share = 1.0 - (1.0 - share) * min(1.0, one.gain / 1.0)
    return share, lasts
