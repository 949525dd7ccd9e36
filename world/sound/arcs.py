"""Broken signs that arc: a crackle for each arc, as it strikes.

In: the `World`, the ear, the hour, what is round it, a span of time.  Out: `Shot`s, by the very turns by which the arcs are seen.
"""

from __future__ import annotations

import numpy as np

from world.conditions import SPEED_OF_SOUND, Conditions
from world.conditions.sparks import arcs_between
from world.pose import Pose
from world.sim import World
from world.sim.ears import level_db, step_floor_db
from world.sound.heard import SHOT_FULL_DB, Bus, Shot, cutoff_of, gain_of, lateral_of, towards_of
from world.sound.murmurs import Places

_ARC_DB, _ARC_M = 60.0, 30.0
_MOST = 6  # signs, the nearest
_DROWNED_DB = -6.0


def arcing(world: World, eye: Pose, hour: Conditions, places: Places, from_s: float, to_s: float) -> tuple[Shot, ...]:
    """The arcs that strike from `from_s` (included) to `to_s`; what the rain drowns is not given."""
    arcs = places.around(*eye.position[:2]).arcs
    away = ((arcs[:, :3] - np.array(eye.position)) ** 2).sum(axis=1)
    near = np.argsort(away, kind="stable")[:_MOST]
    near = near[away[near] < _ARC_M**2]
    struck = [(row, number, at) for row in near.tolist() for number, at in arcs_between(float(arcs[row, 3]), from_s, to_s)]
    if not struck:
        return ()
    paths = world.sounds.paths(np.array(eye.position), arcs[[row for row, _, _ in struck], :3])
    floor = step_floor_db(hour.rain_mm_h, hour.thunder_db)
    found = []
    for k, (_, number, at) in enumerate(struck):
        length, loss = float(paths.length[k]), float(paths.loss[k])
        level = float(level_db(_ARC_DB, length, loss))
        if level - floor < _DROWNED_DB:
            continue
        towards, begins = towards_of(eye, paths.near[k]), at + length / SPEED_OF_SOUND
        gain, cutoff, side = gain_of(level, SHOT_FULL_DB), cutoff_of(loss, length), lateral_of(eye, towards)
        found.append(Shot(begins, "arc", number, Bus.PLACES, gain, side, cutoff, level - floor, length, towards))
    return tuple(found)
