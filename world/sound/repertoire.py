"""Every sound by its name: how it is made, how many variants it has, whether it also exists dulled, whether places answer it.

In: a name.  Out: a `Sound`; `samples(name, variant)` remembers the last made. Order is that of need: what a walk hears first comes
first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from world.sim.kinds import Kind
from world.sound import hero, machines, places, score, weather
from world.sound.samples import LOW_RATE, RATE, VARIANTS, Samples, dulled


@dataclass(frozen=True)
class Sound:
    """`make(variant)` gives its samples; `dull_hz` is where its dulled twin ends (0: it has none, being always near)."""

    make: Callable[[int], Samples]
    variants: int = VARIANTS
    dull_hz: float = 0.0
    answered: bool = False
    kept_hz: int = RATE  # the rate at which it is kept on disk


def _one(make: Callable[[], Samples]) -> Callable[[int], Samples]:
    return lambda variant: make()


def _kind_hum(kind: Kind, code: int, variant: int) -> Samples:
    return machines.hum(kind, code)


BEDS = {
    "rain": _one(weather.rain), "drizzle": _one(weather.drizzle), "downpour": _one(weather.downpour), "roof": _one(weather.rain_on_roof),
    "indoors": _one(weather.rain_indoors), "wind": _one(weather.wind), "city": _one(places.city),
}  # fmt: skip

LOOPS: dict[str, Sound] = {
    **{name: Sound(make, 1) for name, make in BEDS.items()},
    **{
        f"hum/{kind.name}/{code}": Sound(partial(_kind_hum, kind, code), 1, machines.DULL_HZ[kind], answered=True)
        for code in range(len(machines.HUM_CODES))
        for kind in Kind
    },
    "whir": Sound(_one(machines.whir), 1, 500.0),
    "wheels": Sound(_one(machines.wheels), 1, 180.0),
    "neon": Sound(_one(places.neon), 1, 260.0),
    "fire": Sound(_one(places.fire), 1, 240.0),
    "hologram": Sound(_one(places.hologram), 1, 260.0),
    "cooler": Sound(_one(places.cooler), 1, 160.0),
    "hiss": Sound(_one(places.hiss), 1, 700.0),
    "drips": Sound(_one(weather.drips), 1, 900.0),
    "sparks": Sound(_one(machines.sparks), 1, 2500.0),
    "limp": Sound(_one(machines.limp), 1, 280.0),
    "blind": Sound(_one(machines.blind), 1, 900.0),
    "arcade": Sound(_one(places.arcade), 1, 420.0),
    "radio": Sound(_one(places.radio), 1, 600.0),
}

SHOTS: dict[str, Sound] = {
    **{
        f"step/{surface}/{gait}": Sound(partial(hero.step, surface, gait), answered=gait == "walk")
        for gait in ("walk", "run", "creep")
        for surface in hero.SURFACES
    },
    "splash": Sound(hero.splash, answered=True),
    "servo": Sound(machines.servo, dull_hz=600.0, answered=True),
    **{f"chirp/{kind.name}": Sound(partial(machines.chirp, kind), dull_hz=700.0, answered=True) for kind in Kind},
    "arc": Sound(places.arc, dull_hz=1200.0, answered=True),
    "footfall": Sound(machines.footfall, dull_hz=200.0, answered=True),
    "breath": Sound(hero.breath),
    "heart": Sound(hero.heart, 1),
    "landing": Sound(hero.landing, answered=True),
    "clamber": Sound(hero.clamber),
    "hold": Sound(hero.hold),
    "gasp": Sound(hero.gasp, answered=True),
    "throw": Sound(hero.throw),
    **{f"bottle/{surface}": Sound(partial(hero.bottle, surface), dull_hz=500.0, answered=True) for surface in (*hero.SURFACES, "PUDDLE")},
    "pick_up": Sound(hero.pick_up),
    "miss": Sound(hero.miss),
    **{
        f"strike/{what}": Sound(partial(hero.strike, what), answered=True) for what in ("joint", "sensor", "circuit", "armour")
    },
    "rubble": Sound(hero.rubble, answered=True),
    "sting": Sound(machines.sting, 1),
    "found": Sound(machines.found, dull_hz=250.0, answered=True),
    "seized": Sound(machines.seized, dull_hz=400.0, answered=True),
    "scurry": Sound(hero.scurry, dull_hz=500.0, answered=True),
    "chime": Sound(places.chime, dull_hz=500.0, answered=True),
    "thunder": Sound(weather.thunder, kept_hz=LOW_RATE),
    "pulse": Sound(score.pulse, 1),
    "note": Sound(score.note, len(score.NOTES), kept_hz=LOW_RATE),
    "pad": Sound(score.pad, len(score.CHORDS), kept_hz=LOW_RATE),
    "announcement": Sound(places.announcement, dull_hz=500.0),
}  # fmt: skip


@lru_cache(maxsize=192)
def samples(name: str, variant: int = 0) -> Samples:
    """The samples of a name."""
    sound = LOOPS[name] if name in LOOPS else SHOTS[name]
    return sound.make(variant % sound.variants)


@lru_cache(maxsize=192)
def dull(name: str, variant: int = 0) -> Samples:
    """The same with its top taken off."""
    sound = LOOPS[name] if name in LOOPS else SHOTS[name]
    return dulled(samples(name, variant), sound.dull_hz) if sound.dull_hz else samples(name, variant)


def answered_as(name: str) -> str:
    """The sound whose answers stand for those of `name` ("" for none): a place does not tell one gait from another."""
    parts = name.split("/")
    asked = "/".join([*parts[:-1], "walk"]) if parts[0] == "step" else name
    return asked if SHOTS[asked].answered else ""
