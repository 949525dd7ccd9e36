"""What begins to sound: by events, by the feet of runners, by thunder.

In: the `World`, a moment, the hour, events or the moment before.  Out: `Shot`s, each along its way: those that the rain drowns are not
given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.conditions import SPEED_OF_SOUND, Conditions, conditions_at, thunders
from world.plan import plan_chunk
from world.plan.interior import interior_of
from world.plan.rooms import Look
from world.pose import Pose
from world.recipe import Recipe
from world.sim import Event, EventKind, Snapshot, World
from world.sim.ears import level_db, step_floor_db
from world.sim.kinds import Harm, Kind
from world.sim.state import Vector
from world.sound.heard import DULLEST_HZ, SHOT_FULL_DB, Bus, Shot, cutoff_of, gain_of, lateral_of, towards_of
from world.sound.samples import VARIANTS
from world.space import Material
from world.space.chunk_space import CHUNK_M

STRIDE_M = 0.75  # of a runner, from one footfall to the next
_FOOTFALL_DB, _FOOTFALL_M = 60.0, 45.0
_THUNDER_DB, _THUNDER_NEAR_M, _THUNDER_HZ = 70.0, 500.0, 8000.0  # at the ear from there, and its treble
_OWN_GAIN = 0.85  # of what one does oneself, to the same sound made by another
_RUNNING_M_S, _CREEPING_M_S = 2.8, 0.95
_OWN = frozenset({
    EventKind.FOOTSTEP, EventKind.LANDING, EventKind.MANTLE, EventKind.VAULT, EventKind.BREATH, EventKind.THROW, EventKind.PICKED_UP,
    EventKind.GASP, EventKind.RUBBLE, EventKind.CAPTURED,
})  # fmt: skip
_SOFT_FLOOR = {Look.CAFE: "WOOD", Look.DINER: "TILE", Look.SHOP: "TILE", Look.ARCADE: "CARPET", Look.HOME: "MAT", Look.STATION: "TILE",
               Look.TRACK: "RUBBLE"}  # fmt: skip
# sound, dB at 1 m (0: the event's own), bus
_PLAIN: dict[EventKind, tuple[str, float, Bus]] = {
    EventKind.MANTLE: ("clamber", 0.0, Bus.STEPS), EventKind.VAULT: ("clamber", 0.0, Bus.STEPS),
    EventKind.LANDING: ("landing", 0.0, Bus.STEPS),
    EventKind.BREATH: ("breath", 44.0, Bus.STEPS),  # nobody hears it as one does oneself
    EventKind.THROW: ("throw", 52.0, Bus.STEPS), EventKind.PICKED_UP: ("pick_up", 50.0, Bus.STEPS),
    EventKind.RUBBLE: ("rubble", 0.0, Bus.STEPS), EventKind.GASP: ("gasp", 56.0, Bus.STEPS),
    EventKind.ALERT: ("servo", 54.0, Bus.MACHINES), EventKind.CAPTURED: ("sting", 60.0, Bus.MACHINES),
    EventKind.FOUND: ("found", 56.0, Bus.MACHINES), EventKind.FLED: ("scurry", 56.0, Bus.PLACES),
    EventKind.TAKEN: ("seized", 64.0, Bus.MACHINES),
}  # fmt: skip
_BLOWS = {Harm.JOINT: "strike/joint", Harm.SENSOR: "strike/sensor", Harm.CIRCUIT: "strike/circuit"}


def shots(world: World, moment: Snapshot, hour: Conditions, events: Sequence[Event]) -> tuple[Shot, ...]:
    """One shot for each event that makes a sound and is not drowned by the rain."""
    found = []
    for event in events:
        sound, level, bus = _sound_of(world, event, moment)
        if not sound:
            continue
        own = event.kind in _OWN or (event.kind == EventKind.MISS and event.robot < 0)
        way = (1.0, 0.0, (0.0, 0.0, -1.0)) if own else _way(world, moment.eye, event.position)
        shot = _shot(moment, hour, sound, event.tick % VARIANTS, bus, level, way, event)
        if own:
            found.append(replace(shot, gain=_OWN_GAIN * shot.gain))
        elif shot.above_db >= -6.0:
            found.append(shot)
    return tuple(found)


def footfalls(world: World, before: Snapshot, now: Snapshot, hour: Conditions) -> tuple[Shot, ...]:
    """The feet of runners that came down since the moment before."""
    _, was, is_now = np.intersect1d(before.key, now.key, assume_unique=True, return_indices=True)
    steps = np.floor(now.travelled_m[is_now] / STRIDE_M) - np.floor(before.travelled_m[was] / STRIDE_M)
    away = now.position[is_now] - np.array(now.eye.position)
    due = (steps >= 1.0) & (now.kind[is_now] == Kind.RUNNER) & ((away**2).sum(axis=1) < _FOOTFALL_M**2)
    found = []
    for robot in is_now[due].tolist():
        way = _way(world, now.eye, (float(now.position[robot, 0]), float(now.position[robot, 1]), float(now.position[robot, 2]) + 0.2))
        fast = 6.0 * min(1.0, float(now.speed_m_s[robot]) / 6.0)
        shot = _shot(now, hour, "footfall", int(now.travelled_m[robot] / STRIDE_M), Bus.MACHINES, _FOOTFALL_DB + fast, way, None)
        if shot.above_db >= -6.0:
            found.append(shot)
    return tuple(found)


def thunder(recipe: Recipe, eye: Pose, from_s: float, to_s: float) -> tuple[Shot, ...]:
    """The thunder that arrives in a span of time: fainter and duller the further off it struck."""
    found = []
    for stroke in thunders(recipe, from_s, to_s):
        far = stroke.distance_m / _THUNDER_NEAR_M
        level = _THUNDER_DB - 20.0 * math.log10(far)
        bearing = math.radians(stroke.heading_deg)
        direction = (math.sin(bearing), math.cos(bearing), 0.0)
        above = level - step_floor_db(conditions_at(recipe, stroke.thunder_s).rain_mm_h)
        lateral = math.sin(bearing - math.radians(eye.heading_deg))
        gain, cutoff, variant = gain_of(level, SHOT_FULL_DB), max(DULLEST_HZ, _THUNDER_HZ / far), stroke.number % VARIANTS
        distance = stroke.distance_m
        found.append(Shot(stroke.thunder_s, "thunder", variant, Bus.WEATHER, gain, lateral, cutoff, above, distance, direction))
    return tuple(found)


def _sound_of(world: World, event: Event, moment: Snapshot) -> tuple[str, float, Bus]:
    """(sound, level at 1 m, bus) of an event; no sound: ""."""
    if event.kind == EventKind.FOOTSTEP:
        if event.puddle:
            return "splash", event.level_db, Bus.STEPS
        vx, vy, _ = moment.walker.velocity
        speed = math.hypot(vx, vy)
        gait = "run" if speed > _RUNNING_M_S else "creep" if speed <= _CREEPING_M_S or moment.walker.crouched else "walk"
        return f"step/{surface_at(world.recipe, event.position, event.material)}/{gait}", event.level_db, Bus.STEPS
    if event.kind == EventKind.BOTTLE:
        surface = "PUDDLE" if event.puddle else surface_at(world.recipe, event.position, event.material)
        return f"bottle/{surface}", event.level_db, Bus.STEPS
    if event.kind == EventKind.CHIRP:
        kind = Kind(int(moment.kind[event.robot])) if 0 <= event.robot < len(moment.kind) else Kind.GLIDER
        return f"chirp/{kind.name}", event.level_db, Bus.MACHINES
    if event.kind == EventKind.STRIKE:
        return _BLOWS.get(Harm(event.harm), "strike/armour"), event.level_db, Bus.STEPS
    if event.kind == EventKind.MISS:
        return ("miss", 54.0, Bus.STEPS) if event.robot < 0 else ("strike/armour", event.level_db, Bus.STEPS)
    sound, level, bus = _PLAIN.get(event.kind, ("", 0.0, Bus.STEPS))
    return sound, level or event.level_db, bus


def surface_at(recipe: Recipe, at: Vector, material: Material) -> str:
    """What one treads on: in rooms, concrete by its `Material` may be boards, carpet or mats."""
    if material != Material.CONCRETE:
        return material.name
    x, y, z = at
    for interior in _interiors(recipe, math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)):
        (ox, oy), (ax, ay) = interior.origin, interior.axis
        u, v = (x - ox) * ax + (y - oy) * ay, (y - oy) * ax - (x - ox) * ay
        for room in interior.rooms:
            box = room.box
            if box.x0 <= u <= box.x1 and box.y0 <= v <= box.y1 and abs(z - box.z0) < 0.4:
                return _SOFT_FLOOR.get(room.look, material.name)
    return material.name


@lru_cache(maxsize=32)
def _interiors(recipe: Recipe, cx: int, cy: int) -> tuple:  # type: ignore[type-arg]
    found = (interior_of(recipe, building) for building in plan_chunk(recipe, cx, cy).touching_buildings)
    return tuple(interior for interior in found if interior is not None)


_Way = tuple[float, float, Vector]  # length m, loss dB, unit vector to where it comes from


def _way(world: World, eye: Pose, place: Vector) -> _Way:
    at: NDArray[np.float64] = np.array([place])
    paths = world.sounds.paths(np.array(eye.position), at)
    return float(paths.length[0]), float(paths.loss[0]), towards_of(eye, paths.near[0])


def _shot(moment: Snapshot, hour: Conditions, sound: str, variant: int, bus: Bus, level_1m: float, way: _Way, event: Event | None) -> Shot:
    length, loss, towards = way
    level = level_db(level_1m, length, loss)
    gain, cutoff = gain_of(level, SHOT_FULL_DB), cutoff_of(loss, length)
    above = level - step_floor_db(hour.rain_mm_h, hour.thunder_db)
    begins = moment.time_s + (length / SPEED_OF_SOUND if math.isfinite(length) else 0.0)
    return Shot(begins, sound, variant, bus, gain, lateral_of(moment.eye, towards), cutoff, above, length, towards, event)
