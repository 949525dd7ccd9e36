"""What a placed thing is to feet, eyes and ears: a few sheared boxes a kind.

In: a `Thing` of the plan.  Out: its `Solids`. The table is in the thing's own frame (x right, y forward, metres at size 1):
(u centre, v centre, half u, half v, bottom, top, slope along v).
"""

from __future__ import annotations

import math

import numpy as np

from world.plan.records import Thing
from world.space.car_solids import OVERTURNED, PARKED, Row
from world.space.chunk_space import EMPTY_SOLIDS, Flag, Material, Solids

_MOVE = int(Flag.MOVE)
_SOLID = int(Flag.MOVE | Flag.SIGHT | Flag.SOUND)

_CARS = {"car": PARKED, "car_burnt": PARKED, "car_overturned": OVERTURNED}
_BOXES: dict[str, tuple[Material, int, tuple[Row, ...]]] = {
    "pole": (Material.METAL, _MOVE, ((0, 0, 0.16, 0.16, -0.2, 9.0, 0),)),
    "fallen_pole": (Material.CONCRETE, _MOVE, ((0, 4.0, 0.17, 4.2, 0.1, 0.42, 0),)),
    "lamp": (Material.METAL, _MOVE, ((0, 0, 0.1, 0.1, -0.2, 6.0, 0),)),
    "lamp_lit": (Material.METAL, _MOVE, ((0, 0, 0.1, 0.1, -0.2, 6.0, 0),)),
    "vending_machine": (Material.METAL, _SOLID, ((0, 0, 0.5, 0.38, 0.0, 1.95, 0),)),
    "crates": (Material.CONCRETE, _SOLID, ((0, 0, 0.42, 0.36, 0.0, 0.75, 0),)),
    "planter": (Material.CONCRETE, _MOVE, ((0, 0, 0.5, 0.22, 0.0, 0.42, 0),)),
    "bicycle": (Material.METAL, _MOVE, ((0, 0, 0.12, 0.8, 0.0, 0.9, 0),)),
    "bin_bags": (Material.RUBBLE, _MOVE, ((0, 0, 0.5, 0.35, 0.0, 0.5, 0),)),
    "menu_board": (Material.METAL, _MOVE, ((0, 0, 0.28, 0.2, 0.0, 0.9, 0),)),
    "chunk": (Material.RUBBLE, _SOLID, ((0, 0, 0.8, 0.7, -0.2, 0.62, 0),)),
    "heap": (Material.RUBBLE, _SOLID, ((0, 0, 0.9, 0.7, -0.2, 0.45, 0), (0, -0.25, 0.5, 0.4, 0.4, 0.75, 0))),
}


def solids_of_thing(thing: Thing) -> Solids:
    """The boxes of a thing, in world metres (none for things that stop nobody)."""
    if thing.kind in _CARS:
        material, flags, rows = Material.METAL, _SOLID, _CARS[thing.kind][thing.variant % 12 % 5]
    elif thing.kind in _BOXES:
        material, flags, rows = _BOXES[thing.kind]
    else:
        return EMPTY_SOLIDS
    scale = thing.size_m if thing.kind in ("chunk", "heap") else 1.0
    t = np.array(rows, dtype=np.float64) * np.array([scale] * 6 + [1.0])
    heading = math.radians(thing.heading_deg)
    u, v = np.array([math.cos(heading), -math.sin(heading)]), np.array([math.sin(heading), math.cos(heading)])
    centre = np.array(thing.position[:2]) + t[:, 0:1] * u + t[:, 1:2] * v
    n = len(t)
    return Solids(
        centre,
        t[:, 2:4],
        np.broadcast_to(u, (n, 2)).copy(),
        t[:, 4] + thing.position[2],
        t[:, 5] + thing.position[2],
        np.stack([np.zeros(n), t[:, 6]], axis=1),
        np.full(n, material, np.uint8),
        np.full(n, flags, np.uint8),
    )
