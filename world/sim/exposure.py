"""How much of the hero there is to be seen: the light on him, his movement, his posture, the points that eyes look for.

In: the world, a `Walker`, the lamps of the machines, the tick.  Out: lux, visibility in [0, 1], body points.
How: the light field that is drawn, at the body's middle, mean over five directions; and each lamp that has a free line to it, as it
shines on a small sphere.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from world.sim.eyes import CROUCHED, HUGGING, visibility
from world.sim.lights import Lights
from world.sim.state import Walker
from world.sim.walker import CREEP_M_S, eye_position
from world.space.sight import clear

if TYPE_CHECKING:
    from world.sim.world import World

_SIDES = np.array([[1.0, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1]])
_TORSO = 0.62  # of the eyes' height
_FAINT_LUX = 0.02  # a lamp that gives less is not looked at


def hero_lux(world: World, walker: Walker, tick: int, lights: Lights | None = None) -> float:
    """Illuminance (lux) on the hero, by the city's lights, the sky's, and the machines' `lights`."""
    x, y, z = walker.position
    torso = np.array([x, y, z + _TORSO * walker.eye_m])
    hour = world.hour(tick)
    sides = world.light.illuminance(np.tile(torso, (len(_SIDES), 1)), _SIDES, hour.power, hour.sky_lux)
    total = sum(sides.tolist()) / len(_SIDES)
    if lights is not None and len(lights):
        lux = lights.lux(torso)
        strong = np.flatnonzero(lux > _FAINT_LUX)
        if len(strong):
            region = world.window.region(x, y)
            free = clear(region, lights.place[strong], np.repeat(torso[None], len(strong), axis=0))
            total += math.fsum(lux[strong][free].tolist())
    return total


def hero_visibility(walker: Walker, lux: float) -> float:
    """How visible the hero is in a light of `lux`, in [0, 1]."""
    speed = math.sqrt(walker.velocity[0] * walker.velocity[0] + walker.velocity[1] * walker.velocity[1])
    posture = CROUCHED if walker.crouched else 1.0
    if walker.hugging and speed <= CREEP_M_S:
        posture = min(posture, HUGGING)
    return float(visibility(lux, speed, posture))


def body_points(walker: Walker) -> NDArray[np.float64]:
    """Head, torso and feet, (3, 3): leaning brings the head out alone."""
    x, y, z = walker.position
    return np.array([eye_position(walker, bob=0.0), (x, y, z + _TORSO * walker.eye_m), (x, y, z + 0.15)])
