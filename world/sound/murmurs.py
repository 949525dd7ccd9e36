"""What places say by themselves: neon, fires, holograms, coolers, pipes, games, radios, drips; doors that greet, loudspeakers.

In: a recipe's plan, the ear, the hour.  Out: per chunk the `Sources` that it owns; voices of those in earshot, and the shots of those
that speak now and then, in closed form in time.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.conditions import SPEED_OF_SOUND, Conditions
from world.fields import uniform
from world.mesh.sparks import arcs_of
from world.plan import ChunkPlan, plan_chunk
from world.plan.interior import interior_of
from world.plan.rooms import Use
from world.pose import Pose
from world.recipe import Recipe
from world.sim import World
from world.sim.ears import hum_floor_db, level_db, step_floor_db
from world.sound.heard import SHOT_FULL_DB, Bus, Shot, Voice, cutoff_of, gain_of, lateral_of, towards_of, voice_of
from world.space.chunk_space import CHUNK_M
from world.space.sound_graph import Paths
from world.space.window import Remembered
from world.things import KINDS

_MOST, _ALIKE = 10, 3  # voices of places at a time, and of one sound: an arcade is not all that there is
_FADE_DB = 8.0
_KEPT = 48
# sound, dB at 1 m, how far it is listened for (m), height (m)
_OF_THING: dict[str, tuple[str, float, float, float]] = {
    "tin_fire": ("fire", 44.0, 12.0, 0.2),
    "fire_barrel": ("fire", 54.0, 24.0, 1.0), "wreck_embers": ("fire", 52.0, 20.0, 0.8), "pipe_burst": ("hiss", 54.0, 24.0, 0.6),
    "vending_machine": ("cooler", 42.0, 9.0, 1.0), "fridge_lit": ("cooler", 42.0, 9.0, 1.0),
    "arcade_cabinet_lit": ("arcade", 48.0, 16.0, 1.3),
    "claw_machine_lit": ("arcade", 46.0, 14.0, 1.3), "television_lit": ("radio", 42.0, 10.0, 0.7), "radio": ("radio", 42.0, 9.0, 0.2),
    "robot_broken": ("sparks", 48.0, 16.0, 0.3), "drone_crashed": ("sparks", 40.0, 14.0, 0.3), "drain": ("drips", 34.0, 8.0, 0.0),
}  # fmt: skip
_LIT_ONLY = frozenset({"vending_machine"})  # shapes of these without a lamp are dead
_FIRE_DB, _FIRE_M = 70.0, 70.0  # a house
_HOLOGRAM_DB, _HOLOGRAM_M = 54.0, 34.0
_NEON_DB, _NEON_M = 42.0, 11.0
_DRIPS_DB, _DRIPS_M = 42.0, 14.0
_CHIME_DB, _CHIME_M, _CHIME_S = 58.0, 26.0, 47.0
_CALL_DB, _CALL_M, _CALL_S = 70.0, 110.0, 71.0


@dataclass(frozen=True)
class Sources:
    """N things that sound, as arrays; `every_s` 0: on and on."""

    position: NDArray[np.float64]  # (N, 3)
    level_db: NDArray[np.float64]  # (N,) at 1 m
    reach_m: NDArray[np.float64]  # (N,)
    group: NDArray[np.int64]  # (N,) index of `Conditions.power`, 0: steady
    every_s: NDArray[np.float64]  # (N,)
    identity: NDArray[np.int64]  # (N,)
    sound: tuple[str, ...]
    arcs: NDArray[np.float64]  # (A, 4) where signs arc (m), and their own numbers

    def __len__(self) -> int:
        return len(self.sound)


class Places(ABC):
    """What is asked for sources."""

    @abstractmethod
    def around(self, x: float, y: float) -> Sources:
        """Those of the 3 × 3 chunks round a point."""


class _Nowhere(Places):
    def around(self, x: float, y: float) -> Sources:
        return table(())


class CityPlaces(Places):
    """The sources of a city. `prepare` makes them beside the walk; until then, with `waiting` off, there are none."""

    def __init__(self, recipe: Recipe, *, waiting: bool = True) -> None:
        self._recipe, self._waiting = recipe, waiting
        self._of: Remembered[tuple[int, int], tuple[Source, ...]] = Remembered(
            lambda key: sources_of(recipe, plan_chunk(recipe, *key)), _KEPT
        )
        self._ready: dict[tuple[int, int], Sources] = {}

    def prepare(self, x: float, y: float) -> None:
        """Makes the sources round (x, y)."""
        cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        near = [(cx + i, cy + j) for j in (-1, 0, 1) for i in (-1, 0, 1)]
        rows = tuple(row for chunk in near for row in self._of(chunk))
        arcs = np.concatenate([arcs_of(plan_chunk(self._recipe, *chunk).signs)[:, :4] for chunk in near])
        self._ready = {**dict(list(self._ready.items())[-3:]), (cx, cy): table(rows, arcs)}

    def around(self, x: float, y: float) -> Sources:
        """Those round a point."""
        key = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        if key not in self._ready and self._waiting:
            self.prepare(x, y)
        return self._ready.get(key, _EMPTY)


Source = tuple[float, float, float, float, float, int, float, str]  # place, dB, reach, group, every, sound


def table(rows: tuple[Source, ...], arcs: NDArray[np.float64] | None = None) -> Sources:
    """Rows as arrays; a source's identity is a hash of its place."""
    t = np.array([row[:7] for row in rows], dtype=np.float64).reshape(-1, 7)
    cells = np.rint(t[:, :3] * 8.0).astype(np.int64)
    identity = (cells[:, 0] * 73_856_093 ^ cells[:, 1] * 19_349_663 ^ cells[:, 2] * 83_492_791) & 0x7FFF_FFFF
    sounds = tuple(row[7] for row in rows)
    return Sources(
        t[:, :3], t[:, 3], t[:, 4], t[:, 5].astype(np.int64), t[:, 6], identity, sounds, np.zeros((0, 4)) if arcs is None else arcs
    )  # fmt: skip


_EMPTY = table(())
NOWHERE = _Nowhere()


def sources_of(recipe: Recipe, plan: ChunkPlan) -> tuple[Source, ...]:
    """What a chunk owns that sounds."""
    return (*_things(plan), *_lights(plan), *_houses(recipe, plan))


def _things(plan: ChunkPlan) -> Iterator[Source]:
    for thing in plan.things:
        yield from _thing(thing.kind, thing.variant, thing.position)
    for span in plan.spans:
        x, y = span.middle
        yield x, y, 0.3, _DRIPS_DB, _DRIPS_M, 0, 0.0, "drips"


def _thing(kind: str, variant: int, place: tuple[float, float, float]) -> Iterator[Source]:
    if kind not in _OF_THING or (kind in _LIT_ONLY and not KINDS[kind].lamps_of(variant)):
        return
    sound, level, reach, up = _OF_THING[kind]
    yield place[0], place[1], place[2] + up, level, reach, 0, 0.0, sound


def _lights(plan: ChunkPlan) -> Iterator[Source]:
    for sign in plan.signs:
        if sign.lit and sign.group:
            yield *sign.position, _NEON_DB, _NEON_M, sign.group, 0.0, "neon"
    for board in plan.holograms:
        x, y, z = board.position
        yield x, y, z + 0.3 * board.height_m, _HOLOGRAM_DB, _HOLOGRAM_M, board.group, 0.0, "hologram"
        if z < 4.0:  # it stands in a square, where people were spoken to
            yield x, y, z + 4.0, _CALL_DB, _CALL_M, 0, _CALL_S, "announcement"


def _houses(recipe: Recipe, plan: ChunkPlan) -> Iterator[Source]:
    for building in plan.buildings:
        if building.burns:
            yield *building.centre, 0.5 * building.top_m, _FIRE_DB, _FIRE_M, 0, 0.0, "fire"
        inside = interior_of(recipe, building)
        if inside is None:
            continue
        for thing in inside.things:
            yield from _thing(thing.kind, thing.variant, thing.position)
        box = inside.door.box
        x, y = inside.world((box.x0 + box.x1) / 2, 0.6)
        if inside.lit and inside.use == Use.KONBINI:
            yield x, y, 2.2, _CHIME_DB, _CHIME_M, 0, _CHIME_S, "chime"
        if inside.use == Use.SUBWAY:
            u, v, z = inside.way[-1]
            px, py = inside.world(u, v)
            yield px, py, z + 0.2, _DRIPS_DB + 4.0, _DRIPS_M + 6.0, 0, 0.0, "drips"
            if inside.lit:
                yield px, py, z + 2.6, _CALL_DB, _CALL_M, 0, _CALL_S, "announcement"


def murmurs(eye: Pose, hour: Conditions, near: NDArray[np.intp], sources: Sources, paths: Paths) -> list[Voice]:
    """The voices of places, of the rows `near` by their `paths`, those with failing power in step with their light."""
    floor = hum_floor_db(hour.rain_mm_h, hour.thunder_db)
    voices = []
    for k, row in enumerate(near.tolist()):
        length, loss, reach = float(paths.length[k]), float(paths.loss[k]), float(sources.reach_m[row])
        level = float(level_db(float(sources.level_db[row]), length, loss))
        above = level - floor
        if length > reach or above < -_FADE_DB:
            continue
        fade = min(1.0, 2.0 * (1.0 - length / reach)) * min(1.0, 1.0 + above / _FADE_DB)
        group = int(sources.group[row])
        fade *= min(1.0, float(hour.power[group])) if group else 1.0
        identity, sound = int(sources.identity[row]), sources.sound[row]
        way = (length, loss, paths.near[k])
        voices.append(voice_of(eye, (sound, identity), sound, level, above, fade, way, identity=identity, bus=Bus.PLACES))
    return voices


def nearest(eye: Pose, places: Places, *, lasting: bool) -> tuple[NDArray[np.intp], Sources]:
    """Rows of the sources within reach, the likeliest to be heard first."""
    sources = places.around(*eye.position[:2])
    away = sources.position - np.array(eye.position)
    distance = np.sqrt((away**2).sum(axis=1))
    rows = np.flatnonzero((distance < sources.reach_m) & ((sources.every_s == 0.0) == lasting))
    loud = sources.level_db[rows] - 20.0 * np.log10(np.maximum(distance[rows], 1.0))
    kept: list[int] = []
    of_each: dict[str, int] = {}
    for row in rows[np.argsort(-loud, kind="stable")].tolist():
        sound = sources.sound[row]
        of_each[sound] = of_each.get(sound, 0) + 1
        if of_each[sound] <= _ALIKE and len(kept) < _MOST:
            kept.append(row)
    return np.array(kept, dtype=np.intp), sources


def calls(world: World, eye: Pose, hour: Conditions, places: Places, from_s: float, to_s: float) -> tuple[Shot, ...]:
    """What begins to speak from `from_s` (included) to `to_s`: each source once in a cell of time of its own, at a drawn instant."""
    rows, sources = nearest(eye, places, lasting=False)
    due = []
    for row in rows.tolist():
        every, identity = float(sources.every_s[row]), int(sources.identity[row])
        for cell in range(math.floor(from_s / every), math.floor(to_s / every) + 1):
            at = every * (cell + 0.8 * _when(identity, cell))
            if from_s <= at < to_s:
                due.append((row, cell, at))
    if not due:
        return ()
    paths = world.sounds.paths(np.array(eye.position), sources.position[[row for row, _, _ in due]])
    found = []
    for k, (row, cell, at) in enumerate(due):
        length, loss = float(paths.length[k]), float(paths.loss[k])
        level = float(level_db(float(sources.level_db[row]), length, loss))
        above = level - step_floor_db(hour.rain_mm_h, hour.thunder_db)
        if above < -_FADE_DB:
            continue
        towards = towards_of(eye, paths.near[k])
        gain, cutoff = gain_of(level, SHOT_FULL_DB), cutoff_of(loss, length)
        begins = at + length / SPEED_OF_SOUND
        found.append(Shot(begins, sources.sound[row], cell, Bus.PLACES, gain, lateral_of(eye, towards), cutoff, above, length, towards))
    return tuple(found)


@lru_cache(maxsize=256)
def _when(identity: int, cell: int) -> float:
    return float(uniform(0, "sound/call", identity, cell))
