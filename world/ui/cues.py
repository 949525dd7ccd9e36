"""What can be heard, as cues for the eye: the one source of captions and of the arcs at the screen's edge.

In: the audible table of `world.sound` (voices that sound on, shots as they arrive).  Out: `Cue`s: whose sound it is, its words, the way it
comes, how far it stands out of the rain, what it tells of a machine's state.
Nothing else is asked: a cue tells no more than a good ear does, and a sound that the rain drowns gives none.
"""

from __future__ import annotations

from dataclasses import dataclass

from world.sim import Event, EventKind, Kind, Snapshot
from world.sound import Heard, Shot
from world.space import Material

OWN_LOUD_DB = 60.0  # a step of one's own is told of from here on
# by family of voice; a machine's hum has words by its kind
VOICES = {
    "hum": "",
    "neon": "neon buzzing",
    "fire": "fire",
    "sparks": "sparks",
    "hologram": "hologram murmurs",
    "hiss": "burst pipe",
    "arcade": "a game plays to nobody",
    "radio": "radio, between stations",
}
HUMS = {Kind.GLIDER: "servo hum", Kind.HEAVY: "heavy grinding", Kind.RUNNER: "quick legs", Kind.SENTRY: "rotors"}
# by what happened; "" makes no sound, or none that tells anything
EVENTS = {
    EventKind.FOOTSTEP: "your step",
    EventKind.LANDING: "you land",
    EventKind.MANTLE: "you climb",
    EventKind.VAULT: "you climb",
    EventKind.CHIRP: "machine calls",
    EventKind.ALERT: "servo jerks round",
    EventKind.CALM: "",
    EventKind.CAPTURED: "it has you",
    EventKind.BREATH: "",
    EventKind.THROW: "bottle thrown",
    EventKind.BOTTLE: "bottle hits",
    EventKind.PICKED_UP: "bottle picked up",
    EventKind.STRIKE: "your blow lands",
    EventKind.MISS: "your blow misses",
    EventKind.RUBBLE: "rubble slides",
    EventKind.GASP: "you gasp for air",
    EventKind.FOUND: "machine stops at a wreck",
    EventKind.SHELTER: "",
    EventKind.FLED: "somebody runs",
    EventKind.TAKEN: "somebody is seized",
}
OTHERS = {
    "thunder": "thunder",
    "announcement": "loudspeaker, far words",
    "chime": "shop door chimes",
    "footfall": "hard quick steps",
}  # shots that nothing in the street has made
_MACHINES = frozenset({EventKind.CHIRP, EventKind.ALERT, EventKind.FOUND, EventKind.CAPTURED})
_THREATS = _MACHINES | {EventKind.TAKEN}
_ON = {
    Material.GLASS: "on glass",
    Material.METAL: "on metal",
}


@dataclass(frozen=True)
class Cue:
    """One sound. `direction` is in the world, from the ear to where the sound comes from; `distance_m` along its way."""

    key: tuple[str, int]  # whose: the same sound keeps its key
    what: str
    direction: tuple[float, float, float]
    distance_m: float
    above_db: float  # above the masking
    begins_s: float
    lasting: bool  # a voice that sounds on, given anew each frame
    band: int | None = None  # a machine's `Band`
    threat: bool = False
    own: bool = False  # one's own: it comes from nowhere else


def cues_of(heard: Heard, moment: Snapshot) -> tuple[Cue, ...]:
    """The voices that stand out of the rain."""
    cues = []
    for voice in heard.voices:
        family, number = voice.key
        if voice.above_db <= 0.0 or family not in VOICES:
            continue
        machine = family == "hum"
        what = HUMS[Kind(int(moment.kind[number]))] if machine else VOICES[family]
        key = (family, int(moment.key[number]) if machine else number)
        band = voice.band if machine else None
        cues.append(Cue(key, what, voice.direction, voice.distance_m, voice.above_db, heard.time_s, True, band, machine))
    return tuple(cues)


def cue_of(shot: Shot, moment: Snapshot) -> Cue | None:
    """The cue of a sound that begins; None where there are no words for it."""
    event = shot.event
    if event is None:
        what = OTHERS.get(shot.sound, "")
        return Cue((shot.sound, 0), what, shot.direction, shot.distance_m, shot.above_db, shot.time_s, False) if what else None
    what = _words_of(event)
    if not what:
        return None
    machine = event.kind in _MACHINES and event.robot >= 0
    whose = int(moment.key[event.robot]) if 0 <= event.robot < len(moment.key) else -1
    own = not machine and shot.distance_m <= 1.0
    band = int(event.band) if machine else None
    key = (event.kind.name, whose)
    threat = event.kind in _THREATS
    return Cue(key, what, shot.direction, shot.distance_m, shot.above_db, shot.time_s, False, band, threat, own)


def _words_of(event: Event) -> str:
    words = EVENTS[event.kind]
    if event.kind is EventKind.FOOTSTEP:
        if event.level_db < OWN_LOUD_DB:
            return ""
        where = "in water" if event.puddle else _ON.get(event.material, "")
        return f"{words}, {where}" if where else f"{words}, loud"
    if event.kind is EventKind.BOTTLE:
        return "bottle splashes" if event.puddle else f"{words} {event.material.name.lower()}"
    return words
