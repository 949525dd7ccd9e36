"""What carries a body, what is above it and what stands in its way.

In: a `SpaceWindow` or the rows of its solids near a body; metres.  Out: support under a disc, headroom, pushes out of walls.
How: a body is an upright disc between its feet and its height. At the point q of a box's footprint nearest to the body, the
box spans bottom + s(q) to top + s(q); if that meets the body above step height, the body is pushed out the shortest way: through
a side, round a corner, or, for sloping boxes, along the slope to where it clears (that is how one walks in under a fallen slab).
Only + - × ÷ √, so that all processors agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from world.space.chunk_space import Material
from world.space.footprints import SLOPE_MAX
from world.space.index import Row
from world.space.window import SpaceWindow

RADIUS_M = 0.35
STEP_M = 0.35
_SKIN_M = 0.02  # on what is too steep to stand on
_PASSES = 8


@dataclass(frozen=True)
class Support:
    """What is under the feet: its height, its material, and whether it is the street itself."""

    height: float
    material: Material
    street: bool


def _reach(row: Row, x: float, y: float) -> tuple[float, float, float, float, float]:
    """u, v of a point, the nearest u, v of the footprint, and the rise s there."""
    dx, dy = x - row[0], y - row[1]
    u, v = dx * row[2] + dy * row[3], dy * row[2] - dx * row[3]
    qu, qv = max(-row[4], min(row[4], u)), max(-row[5], min(row[5], v))
    return u, v, qu, qv, row[8] * qu + row[9] * qv


def support(window: SpaceWindow, rows: list[Row], x: float, y: float, limit: float, radius: float = RADIUS_M) -> Support:
    """The highest thing not above `limit` that the disc rests on. The street always is, or the lowest floor of the rooms that lie
    there: nothing falls through the world."""
    pit = window.pit(x, y)
    street = pit is None
    height, material = (window.ground(x, y), -1) if pit is None else (pit, int(Material.CONCRETE))
    for row in rows:
        if row[11]:
            continue
        u, v, qu, qv, s = _reach(row, x, y)
        top = row[7] + s
        if height < top <= limit and (u - qu) ** 2 + (v - qv) ** 2 < radius * radius:
            height, material, street = top, row[10], False
    return Support(height, window.ground_material(x, y) if street else Material(material), street)


def headroom(rows: list[Row], x: float, y: float, feet: float, radius: float = RADIUS_M) -> float:
    """Clear height above `feet` (m; infinite under the sky), over what the feet may step on."""
    clear = math.inf
    for row in rows:
        u, v, qu, qv, s = _reach(row, x, y)
        under = row[6] + s - feet
        if row[7] + s - feet > STEP_M and under < clear and (u - qu) ** 2 + (v - qv) ** 2 < radius * radius:
            clear = under
    return max(0.0, clear)


def overlap(row: Row, x: float, y: float, feet: float, height: float, step: float, radius: float) -> tuple[float, float, float] | None:
    """(depth, nx, ny): how far, and whither, the disc must move to be clear of one solid; None when it is."""
    u, v, qu, qv, s = _reach(row, x, y)
    du, dv = u - qu, v - qv
    square = du * du + dv * dv
    if square >= radius * radius:
        return None
    over = row[7] + s - feet - (_SKIN_M if row[11] else step)  # the top is this much too high to step on
    under = feet + height - row[6] - s  # the underside is this much too low to pass
    if over <= 0.0 or under <= 0.0:
        return None
    if square > 1e-18:
        far = math.sqrt(square)
        depth, nu, nv = radius - far, du / far, dv / far
    else:
        by_u, by_v = row[4] - abs(u), row[5] - abs(v)
        if by_u <= by_v:
            depth, nu, nv = radius + by_u, (1.0 if u >= 0.0 else -1.0), 0.0
        else:
            depth, nu, nv = radius + by_v, 0.0, (1.0 if v >= 0.0 else -1.0)
    steepness = math.sqrt(row[8] * row[8] + row[9] * row[9])
    if steepness > 1e-9:
        if under / steepness < depth:
            depth, nu, nv = under / steepness, row[8] / steepness, row[9] / steepness
        if over / steepness < depth:
            depth, nu, nv = over / steepness, -row[8] / steepness, -row[9] / steepness
    return depth, nu * row[2] - nv * row[3], nu * row[3] + nv * row[2]


def deepest(
    rows: list[Row], x: float, y: float, feet: float, height: float, step: float = STEP_M, radius: float = RADIUS_M
) -> tuple[float, float, float] | None:
    """The worst of all overlaps, or None where the body fits."""
    worst = None
    for row in rows:
        found = overlap(row, x, y, feet, height, step, radius)
        if found is not None and (worst is None or found[0] > worst[0]):
            worst = found
    return worst


def push_out(
    rows: list[Row], x: float, y: float, feet: float, height: float, step: float = STEP_M
) -> tuple[float, float, list[tuple[float, float]]]:
    """The body's place after it has been pushed out of everything, and the normals of what pushed it."""
    normals: list[tuple[float, float]] = []
    for _ in range(_PASSES):
        worst = deepest(rows, x, y, feet, height, step)
        if worst is None or worst[0] < 1e-9:
            break
        depth, nx, ny = worst
        x, y = x + nx * depth, y + ny * depth
        if (nx, ny) not in normals:
            normals.append((nx, ny))
    return x, y, normals


def too_steep(window: SpaceWindow, x: float, y: float, feet: float, dx: float, dy: float) -> bool:
    """Whether the feet stand on the street and it rises by more than 40 degrees over the body's width in the direction (dx, dy), a unit
    vector."""
    if feet > window.ground(x, y) + _SKIN_M or window.pit(x, y) is not None:
        return False
    rise = window.ground(x + dx * RADIUS_M, y + dy * RADIUS_M) - window.ground(x - dx * RADIUS_M, y - dy * RADIUS_M)
    return rise > SLOPE_MAX * 2.0 * RADIUS_M
