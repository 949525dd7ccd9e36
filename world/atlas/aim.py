"""What the cross-hair lies on.

In: a pipe, a pose.  Out: `Target`: the record of the plan whose body the ray meets first, where, and how far off. Solids and the ground
are asked exactly (`world.space`); signs, holograms and what is too small to stop a body, by their own outlines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from world.pipe import Pipe
from world.plan import ChunkPlan
from world.plan.facade import facades_of
from world.plan.interior import interior_of
from world.plan.lattice import Block
from world.plan.quad import holds
from world.plan.records import Barrier, Building, Hologram, Landmark, Mass, Sign, Span, Thing, Vector
from world.plan.rooms import Interior
from world.plan.strips import Strip
from world.pose import Pose
from world.space.chunk_space import CHUNK_M, Flag
from world.space.sight import cuts
from world.space.window import SpaceWindow
from world.things import KINDS

REACH_M = 120.0
_HOP_M = 60.0  # a region tells of at least one chunk in every direction
_STEP_M = 0.25
_NEAR_M = 0.35  # how far a body's surface may lie from its record's
_BESIDE_M = 0.7  # from a small thing on the ground

Record = Building | Interior | Sign | Hologram | Thing | Span | Barrier | Landmark | Block | Strip


@dataclass(frozen=True)
class Target:
    """What was met: `record` (None: the sky), `at` (m), `distance_m`; of a building `mass` and `cell` (side, floor, bay) if on a wall."""

    record: Record | None
    at: Vector
    distance_m: float
    mass: int = -1
    cell: tuple[int, int, int] | None = None


class Aim:
    """Asks one city what lies ahead."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe, self._window = pipe, SpaceWindow(pipe.space)

    def target(self, pose: Pose) -> Target:
        """What the middle of the picture shows."""
        eye, way = np.array(pose.position), np.array(pose.axes()[1])
        reach, solid = self._solid(eye, way)
        reach = min(reach, self._ground(eye, way, reach))
        lit = [(d, r) for d, r in self._outlines(eye, way) if d < reach + 0.05]
        if lit:
            distance, record = min(lit, key=lambda entry: entry[0])
            return Target(record, _vector(eye + way * distance), distance)
        at = _vector(eye + way * reach)
        if reach >= REACH_M:
            return Target(None, at, REACH_M)
        return self._record(at, reach, solid and reach < self._ground(eye, way, REACH_M))

    def _solid(self, eye: np.ndarray, way: np.ndarray) -> tuple[float, bool]:
        for start in np.arange(0.0, REACH_M, _HOP_M):
            a, b = eye + way * start, eye + way * (start + _HOP_M)
            _, _, enter, leave = cuts(self._window.region(float(a[0]), float(a[1])), a[None], b[None], Flag.ALL)
            ahead = enter[(leave > 1e-6) & ((enter > 0.0) | (start > 0.0))]
            if len(ahead):
                return float(start + ahead.min() * _HOP_M), True
        return REACH_M, False

    def _ground(self, eye: np.ndarray, way: np.ndarray, reach: float) -> float:
        if way[2] >= 0.0 and eye[2] > 2.0:
            return REACH_M
        for distance in np.arange(_STEP_M, reach, _STEP_M):
            x, y, z = eye + way * distance
            if z < self._window.ground(float(x), float(y)):
                return float(distance - _STEP_M / 2)
        return REACH_M

    def _outlines(self, eye: np.ndarray, way: np.ndarray) -> list[tuple[float, Record]]:
        """(distance, record) of the signs and holograms on the ray."""
        found: list[tuple[float, Record]] = []
        for plan in self._plans(eye, way):
            for sign in plan.signs:
                blade = sign.kind.name in ("BLADE", "TALL", "ROUND")
                facing = sign.heading_deg + (90.0 if blade else 0.0)
                distance = _rectangle(eye, way, sign.position, facing, sign.width_m, sign.height_m)
                if distance is not None:
                    found.append((distance, sign))
            for board in plan.holograms:
                x, y, z = board.position
                middle = (x, y, z + board.height_m / 2)
                distance = _rectangle(eye, way, middle, board.heading_deg, board.width_m, board.height_m)
                if distance is not None:
                    found.append((distance, board))
        return found

    def _plans(self, eye: np.ndarray, way: np.ndarray) -> list[ChunkPlan]:
        """The chunks that the ray's first part passes, and those beside them."""
        places = set()
        for distance in np.arange(0.0, REACH_M, CHUNK_M / 2):
            x, y, _ = eye + way * distance
            cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
            places |= {(cx + i, cy + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}
        return [self._pipe.plan(*place) for place in sorted(places)]

    def _record(self, at: Vector, distance: float, solid: bool) -> Target:
        """Whose body a point on a solid, or on the ground, belongs to."""
        x, y, z = at
        plan = self._pipe.plan(math.floor(x / CHUNK_M), math.floor(y / CHUNK_M))
        if not solid:
            small = [t for t in plan.touching_things if math.dist(t.position[:2], (x, y)) < min(_BESIDE_M, KINDS[t.kind].reach_m)]
            if small:
                return Target(min(small, key=lambda t: math.dist(t.position[:2], (x, y))), at, distance)
            return Target(_land(plan, x, y), at, distance)
        entered = {b.key: i for b in plan.touching_buildings if (i := interior_of(self._pipe.recipe, b)) is not None}
        things = [*plan.touching_things, *(t for interior in entered.values() for t in interior.things)]
        near: list[tuple[float, Record]] = [(_from_thing(t, at), t) for t in things]
        near += [(_from_box(b.local(x, y), m, z), b) for b in plan.touching_buildings for m in b.masses]
        near += [(_from_span(s, at), s) for s in plan.touching_spans]
        near += [(_from_line(b, at), b) for b in plan.touching_barriers]
        near += [(max(0.0, math.dist(m.position, (x, y)) - 8.0), m) for m in plan.touching_landmarks]
        gap, record = min(near, key=lambda entry: entry[0], default=(math.inf, None))
        if record is None or gap > _NEAR_M:
            return Target(_land(plan, x, y), at, distance)
        if isinstance(record, Building):
            interior = entered.get(record.key)
            if interior is not None and _within(interior, at):
                return Target(interior, at, distance)
            return Target(record, at, distance, *_wall(self._pipe, record, at))
        return Target(record, at, distance)


def _within(interior: Interior, at: Vector) -> bool:
    """Whether a point lies on the inside of a room: behind the front wall, and no further out than a wall is thick."""
    (ox, oy), (ax, ay) = interior.origin, interior.axis
    dx, dy = at[0] - ox, at[1] - oy
    u, v = dx * ax + dy * ay, dy * ax - dx * ay
    return any(
        b.x0 - _NEAR_M < u < b.x1 + _NEAR_M and max(b.y0, _NEAR_M) < v < b.y1 + _NEAR_M and b.z0 - _NEAR_M < at[2] < b.z1 + _NEAR_M
        for b in (room.box for room in interior.rooms)
    )


def _land(plan: ChunkPlan, x: float, y: float) -> Block | Strip | None:
    for block in plan.blocks:
        if holds(block.kerb, x, y):
            return block
    return next((strip for strip in plan.strips if holds(strip.corners, x, y)), None)


def _rectangle(eye: np.ndarray, way: np.ndarray, middle: Vector, heading_deg: float, width: float, height: float) -> float | None:
    """How far along the ray it meets an upright rectangle, or None."""
    turn = math.radians(heading_deg)
    normal, across = np.array([math.sin(turn), math.cos(turn), 0.0]), np.array([math.cos(turn), -math.sin(turn), 0.0])
    facing = float(way @ normal)
    if abs(facing) < 1e-6:
        return None
    distance = float((np.array(middle) - eye) @ normal) / facing
    off = eye + way * distance - np.array(middle)
    hit = 0.0 < distance < REACH_M and abs(off @ across) < width / 2 and abs(off[2]) < height / 2
    return distance if hit else None


def _from_box(local: tuple[float, float], mass: Mass, z: float) -> float:
    """Distance (m) from a point in a building's frame to a mass."""
    u, v = local
    gaps = (max(mass.x0 - u, u - mass.x1, 0.0), max(mass.y0 - v, v - mass.y1, 0.0), max(mass.z0 - z, z - mass.z1, 0.0))
    return math.hypot(*gaps) + 0.02  # a thing in front of a wall comes before it


def _from_thing(thing: Thing, at: Vector) -> float:
    turn = math.radians(thing.heading_deg)
    dx, dy, dz = (p - q for p, q in zip(at, thing.position, strict=True))
    u, v = dx * math.cos(turn) - dy * math.sin(turn), dx * math.sin(turn) + dy * math.cos(turn)
    size = thing.size_m if KINDS[thing.kind].scaled else 1.0
    gaps = [
        math.hypot(
            max(abs(u - size * b.centre[0]) - size * b.half[0], 0.0),
            max(abs(v - size * b.centre[1]) - size * b.half[1], 0.0),
            max(size * b.bottom - dz, dz - size * b.top, 0.0),
        )
        for b in KINDS[thing.kind].blocks_of(thing.variant)
    ]
    return min(gaps, default=math.inf)


def _from_span(span: Span, at: Vector) -> float:
    (mx, my), (ux, uy) = span.middle, span.axis
    dx, dy = at[0] - mx, at[1] - my
    along, off = abs(dx * ux + dy * uy) - span.length_m / 2, abs(dy * ux - dx * uy) - span.half_m
    return math.hypot(max(along, 0.0), max(off, 0.0), max(at[2] - span.height_m - 1.2, 0.0)) + 0.05


def _from_line(barrier: Barrier, at: Vector) -> float:
    (ax, ay), (bx, by) = barrier.a, barrier.b
    length = math.dist(barrier.a, barrier.b)
    t = max(0.0, min(1.0, ((at[0] - ax) * (bx - ax) + (at[1] - ay) * (by - ay)) / length**2))
    return max(0.0, math.hypot(at[0] - ax - t * (bx - ax), at[1] - ay - t * (by - ay)) - barrier.half_m)


def _wall(pipe: Pipe, building: Building, at: Vector) -> tuple[int, tuple[int, int, int] | None]:
    """(mass, (side, floor, bay)) of a point on a building; no cell on roofs and in torn rooms."""
    u, v = building.local(at[0], at[1])
    mass = min(range(len(building.masses)), key=lambda k: _from_box((u, v), building.masses[k], at[2]))
    m = building.masses[mass]
    gaps = [abs(u - m.x0), abs(u - m.x1), abs(v - m.y0), abs(v - m.y1)]
    side = int(np.argmin(gaps))
    if gaps[side] > _NEAR_M:
        return mass, None
    facade = facades_of(pipe.recipe, building)[4 * mass + side]
    floor = int(np.searchsorted(facade.floor_z, at[2])) - 1
    along = (at[0] - facade.origin[0]) * facade.along[0] + (at[1] - facade.origin[1]) * facade.along[1]
    bay = int(along / facade.bay_m)
    inside = 0 <= floor < facade.panes.shape[0] and 0 <= bay < facade.panes.shape[1]
    return mass, (side, floor, bay) if inside else None


def _vector(row: np.ndarray) -> Vector:
    return float(row[0]), float(row[1]), float(row[2])
