"""The city's lamps, signs and windows as lights of the file.

In: the emitters of some chunks.  Out: KHR_lights_punctual lights and a node for each: candela, linear colour, reach.
Renderers slow down with every light, and the city has thousands: only the strongest near the middle are written. A light that
shines into a half-space becomes a spot of 90° half-angle, one that shines both ways or all round a point.
Source: Khronos, KHR_lights_punctual.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.export.container import Container
from world.space.chunk_space import Emitters

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Lamp:
    """One light. `normal` None: all round. `group`: the flicker group it hangs on, 0 steady."""

    position: Vector
    normal: Vector | None
    candela: float
    colour: Vector
    reach_m: float
    group: int


def strongest(emitters: list[Emitters], middle: tuple[float, float], radius_m: float, count: int) -> tuple[list[Lamp], int]:
    """The `count` strongest within the radius, strongest first (ties by place), and how many there were."""
    lamps = []
    for e in emitters:
        near = np.hypot(e.position[:, 0] - middle[0], e.position[:, 1] - middle[1]) < radius_m
        for i in np.nonzero(near & (e.candela.max(axis=1) > 0.0))[0]:
            peak = float(e.candela[i].max())
            one_sided = not e.two_sided[i] and float(abs(e.normal[i]).max()) > 0.0
            lamps.append(
                Lamp(
                    _vector(e.position[i]),
                    _vector(e.normal[i]) if one_sided else None,
                    round(peak, 4),
                    _vector(np.round(e.candela[i] / peak, 5)),
                    round(float(e.reach_m[i]), 3),
                    int(e.group[i]),
                )
            )
    lamps.sort(key=lambda lamp: (-lamp.candela, lamp.position))
    return lamps[:count], len(lamps)


def add_lights(container: Container, lamps: list[Lamp], origin: Vector) -> list[int]:
    """The lights, and their nodes relative to `origin` (Z up)."""
    if not lamps:
        return []
    lights, nodes = [], []
    for index, lamp in enumerate(lamps):
        spot: dict[str, Any] = {} if lamp.normal is None else {"spot": {"innerConeAngle": 0.0, "outerConeAngle": math.pi / 2}}
        name = f"light {index + 1}, " + (f"flickers in group {lamp.group}" if lamp.group else "steady")
        lights.append(
            {
                "name": name,
                "type": "point" if lamp.normal is None else "spot",
                "color": list(lamp.colour),
                "intensity": lamp.candela,
                "range": lamp.reach_m,
                **spot,
            }
        )
        turn = {} if lamp.normal is None else {"rotation": _turn_to(lamp.normal)}
        at = [round(p - o, 4) for p, o in zip(lamp.position, origin, strict=True)]
        nodes.append(container.add("nodes", name=name, translation=at, extensions={"KHR_lights_punctual": {"light": index}}, **turn))
    container.declare("KHR_lights_punctual", {"lights": lights})
    return nodes


def _turn_to(normal: Vector) -> list[float]:
    """The unit quaternion (x, y, z, w) that turns -z, along which spots shine, to `normal`."""
    x, y, z = normal
    length = math.sqrt(x * x + y * y + z * z)
    x, y, z = x / length, y / length, z / length
    if z > 1.0 - 1e-9:
        return [1.0, 0.0, 0.0, 0.0]
    w = 1.0 - z  # half-way construction: q = (a × b, 1 + a·b) of a = -z
    size = math.sqrt(x * x + y * y + w * w)
    return [y / size, -x / size, 0.0, w / size]


def _vector(row: NDArray[np.float64]) -> Vector:
    return float(row[0]), float(row[1]), float(row[2])
