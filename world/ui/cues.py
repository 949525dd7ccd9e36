"""What can be heard, as cues for the eye: the one source of captions and of the arcs at the screen's edge.

In: the audible table of `world.sound` (voices that sound on, shots as they arrive).  Out: `Cue`s: whose sound it is, its words, the way it
comes, how far it stands out of the rain, what it tells of a machine's state.
Nothing else is asked: a cue tells no more than a good ear does, and a sound that the rain drowns gives none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from world.sim import Event, EventKind, Harm, Kind, Snapshot
from world.sound import Heard, Shot
from world.space import Material

OWN_LOUD_DB = 60.0  # a step of one's own is told of from here on
HUMS = {Kind.GLIDER: "servo hum", Kind.HEAVY: "heavy grinding", Kind.RUNNER: "quick legs", Kind.SENTRY: "rotors"}
# families of voice that are one machine's, told as one: what more than its hum they tell
MACHINES = {"hum": "", "wheels": "", "whir": "", "limp": "limping", "blind": "groping"}
# families of voice of places; "" tells nothing that one would act on
PLACES = {
    "neon": "neon buzzes",
    "fire": "fire crackles",
    "sparks": "sparks spit",
    "hologram": "hologram murmurs",
    "hiss": "pipe hisses",
    "arcade": "a game plays to nobody",
    "radio": "radio between stations",
    "cooler": "",
    "drips": "",
}
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
# shots that no event has made; "" is one's own body, or music
OTHERS = {
    "thunder": "thunder",
    "announcement": "loudspeaker talks",
    "chime": "shop door chimes",
    "arc": "broken sign arcs",
    "footfall": "hard quick steps",
    "heart": "",
    "breath": "",
    "hold": "",
    "pulse": "",
    "note": "",
    "pad": "",
}
_UNCOUNTED = frozenset({"footfall", "arc"})
_BROKEN = {Harm.JOINT: "its joint cracks", Harm.SENSOR: "its sensor shatters", Harm.CIRCUIT: "its circuit bursts"}
_GLANCED = "your blow glances off"
_CALLS = frozenset({EventKind.CHIRP, EventKind.ALERT, EventKind.FOUND, EventKind.CAPTURED})
_THREATS = _CALLS | {EventKind.TAKEN}
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
    band: int | None = None  # a machine's `Band`, where its sound tells it
    threat: bool = False
    own: bool = False  # one's own: it comes from nowhere else
    counted: bool = True  # how often it was heard tells something


def cues_of(heard: Heard, moment: Snapshot) -> tuple[Cue, ...]:
    """The voices that stand out of the rain; of a machine's, the plainest, with what all of them tell."""
    cues: dict[tuple[str, int], Cue] = {}
    for voice in sorted(heard.voices, key=lambda one: -one.above_db):
        family, number = voice.key
        if voice.above_db <= 0.0:
            continue
        if family in MACHINES:
            key, more = ("hum", int(moment.key[number])), MACHINES[family]
            known = cues.get(key)
            if known is None:
                what = HUMS[Kind(int(moment.kind[number]))]
                known = Cue(key, what, voice.direction, voice.distance_m, voice.above_db, heard.time_s, True, voice.band, True)
            cues[key] = replace(known, what=f"{known.what}, {more}") if more else known
        elif PLACES.get(family):
            key = family, number
            cues[key] = Cue(key, PLACES[family], voice.direction, voice.distance_m, voice.above_db, heard.time_s, True)
    return tuple(cues.values())


def cue_of(shot: Shot, moment: Snapshot) -> Cue | None:
    """The cue of a sound that begins; None where there are no words for it."""
    event = shot.event
    if event is None:
        what, threat = OTHERS.get(shot.sound, ""), shot.sound == "footfall"
        key = shot.sound, 0
        counted = shot.sound not in _UNCOUNTED
        cue = Cue(key, what, shot.direction, shot.distance_m, shot.above_db, shot.time_s, False, None, threat, counted=counted)
        return cue if what else None
    what = _words_of(event)
    if not what:
        return None
    machine = event.kind in _CALLS and event.robot >= 0
    whose = int(moment.key[event.robot]) if 0 <= event.robot < len(moment.key) else -1
    own = event.kind is EventKind.CAPTURED or (not machine and shot.distance_m <= 1.0)
    band = int(event.band) if machine else None
    key, threat = (event.kind.name, whose), event.kind in _THREATS
    counted = event.kind is not EventKind.FOOTSTEP
    return Cue(key, what, shot.direction, shot.distance_m, shot.above_db, shot.time_s, False, band, threat, own, counted)


def _words_of(event: Event) -> str:
    words = EVENTS[event.kind]
    if event.kind is EventKind.FOOTSTEP:
        if event.level_db < OWN_LOUD_DB:
            return ""
        where = "in water" if event.puddle else _ON.get(event.material, "")
        return f"{words}, {where}" if where else f"{words}, loud"
    if event.kind is EventKind.STRIKE:
        return _BROKEN.get(Harm(event.harm), words)
    if event.kind is EventKind.MISS and event.robot >= 0:
        return _GLANCED
    if event.kind is EventKind.BOTTLE:
        return "bottle splashes" if event.puddle else f"{words} {event.material.name.lower()}"
    return words
