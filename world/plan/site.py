"""A lot's front while it is being laid out: rooms cut, openings made, furniture put down where there is room for it.

In: a building, the recipe that holds there.  Out: an `Interior`. The clear way is reserved first; a thing whose blocks would stand in
it, in another thing or outside its room is not put down at all. Layouts may be mirrored: they always think the door is on the left.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from world.fields import draw_u64, uniform
from world.plan.hollow import Box
from world.plan.records import Building, Thing
from world.plan.rooms import FLOOR_M, FRONT_WALL_M, SIDE_WALL_M, Glazing, Interior, Light, Look, Opening, Part, Piece, Room, Stair, Use
from world.recipe import Recipe
from world.things import KINDS

ROBOT_WAY_M = 2.4  # clear width in which a chain of square metres always fits a robot, however the street is turned
BODY_WAY_M = 1.1
_GAP_M, _POST_M = 0.02, 0.25
_HEAD_M = 1.15  # from the top of an opening to the next floor
_FOUNDATION_M = 0.6
_SLAB_M = 0.3
_NEAR_BY = ((0.0, 0.0), (0.35, 0.0), (-0.35, 0.0), (0.0, 0.35), (0.0, -0.35))


class _Footprint(NamedTuple):
    """What a thing takes up: u0, v0, u1, v1, and from where to where."""

    u0: float
    v0: float
    u1: float
    v1: float
    z0: float
    z1: float


class Site:
    """What a layout works on. u and bays run from the left, or from the right if `flip`."""

    def __init__(self, recipe: Recipe, building: Building, use: Use, flip: bool) -> None:
        mass = building.masses[0]
        self.recipe, self.use, self._building, self._flip = recipe, use, building, flip
        self.width_m, self.depth_m = mass.x1 - mass.x0, mass.y1 - mass.y0
        self.floor_z, self.upper_z = FLOOR_M, building.ground_m + 0.06
        self.ceiling_z = building.ground_m - 0.95
        self.upper_ceiling_z = building.ground_m + building.floor_m - 0.3
        self.storeys = 1 + max(0, round((mass.z1 - building.ground_m) / building.floor_m))
        self.bays = max(1, round(self.width_m / building.bay_m))
        self.bay_m = self.width_m / self.bays
        self.damage = building.damage
        self._seed = recipe.seed_of("interiors")
        self.lit = uniform(self._seed, "interior/power", *building.key) < 0.25 + 0.75 * recipe.neon.powered * (1.0 - 0.35 * self.damage)
        self._rooms: list[Room] = []
        self._openings: list[Opening] = []
        self._stairs: list[Stair] = []
        self._pieces: list[Piece] = []
        self._lights: list[Light] = []
        self._things: list[Thing] = []
        self._taken: list[_Footprint] = []
        self._bays: list[tuple[int, int]] = []
        self._way: list[tuple[float, float, float]] = []
        self._door_to = 0.0

    def draw(self, lane: str, *more: int) -> float:
        """A draw in [0, 1) of this site's own."""
        return float(uniform(self._seed, "interior/" + lane, *self._building.key, *more))

    def span(self, first: int, last: int) -> tuple[float, float]:
        """(u0, u1) between the walls of a room behind bays `first`..`last`."""
        low = SIDE_WALL_M if first == 0 else first * self.bay_m + 0.1
        high = self.width_m - SIDE_WALL_M if last == self.bays - 1 else (last + 1) * self.bay_m - 0.1
        return low, high

    def room(self, u0: float, v0: float, z0: float, u1: float, v1: float, z1: float, look: Look) -> None:
        """Cuts a room."""
        u0, u1 = self._turned(u0, u1)
        self._rooms.append(Room(Box(u0, v0, z0, u1, v1, z1), look))

    def door(self, bay: int, width_m: float = 9.0, way_m: float = ROBOT_WAY_M) -> tuple[float, float]:
        """Opens the front at a bay, in its middle, as wide as the bay allows (and into the next bay, where a wide way asks for it);
        keeps what lies in front of it clear. (u0, u1) of it."""
        low, high = self._opening(bay)
        if way_m >= ROBOT_WAY_M > high - low and bay + 1 < self.bays:
            high = min(low + ROBOT_WAY_M, self._opening(bay + 1)[1])
            self._open(0, bay + 1)
        self._door_to = high + _POST_M
        half = min(width_m, high - low) / 2
        middle = (low + high) / 2
        u0, u1 = self._turned(middle - half, middle + half)
        head = max(self._building.ground_m - _HEAD_M, FLOOR_M + 2.0)
        self._openings.append(Opening(Box(u0, 0.0, FLOOR_M, u1, FRONT_WALL_M, min(head, 2.75)), Glazing.DOOR))
        self._open(0, bay)
        self._way.append((middle, -1.6, FLOOR_M))
        self.keep(middle - way_m / 2, 0.0, middle + way_m / 2, FRONT_WALL_M + 1.2)
        return middle - half, middle + half

    def window(self, bay: int, sill_m: float = 0.5, storey: int = 0) -> None:
        """Glazes a bay of the front; the harder the hit, the likelier the glass is gone."""
        low, high = self._opening(bay)
        low = max(low, self._door_to) if storey == 0 and low < self._door_to < high else low
        if high - low < _POST_M:
            return
        u0, u1 = self._turned(low, high)
        floor = self.floor_z if storey == 0 else self.upper_z
        top = max(self._building.ground_m - _HEAD_M, FLOOR_M + 1.9) if storey == 0 else self.upper_ceiling_z - 0.25
        broken = self.draw("pane", storey, bay) < 0.15 + 0.7 * self.damage
        box = Box(u0, 0.0, floor + sill_m, u1, FRONT_WALL_M, top)
        self._openings.append(Opening(box, Glazing.BROKEN if broken else Glazing.WHOLE))
        self._open(storey, bay)

    def stair(self, u0: float, u1: float, v0: float, z0: float, v1: float, z1: float) -> None:
        """A flight; its ends are kept clear."""
        a, b = self._turned(u0, u1)
        self._stairs.append(Stair(a, b, v0, z0, v1, z1))
        ends = (min(v0, v1), max(v0, v1))
        self.keep(u0, ends[0] - 1.1, u1, ends[1] + 1.1, min(z0, z1), max(z0, z1) + 2.0)

    def piece(self, part: Part, u0: float, v0: float, z0: float, u1: float, v1: float, z1: float) -> None:
        """A rail, a pillar, a partition."""
        self.keep(u0, v0, u1, v1, z0, z1)
        u0, u1 = self._turned(u0, u1)
        self._pieces.append(Piece(Box(u0, v0, z0, u1, v1, z1), part))

    def light(self, u: float, v: float, z: float, length_m: float, candela: float, *, along_v: bool = True, warm: bool = False) -> None:
        """A lamp. It burns if the site has power and it was not hit."""
        burns = self.lit and self.draw("lamp", len(self._lights)) > 0.1 + 0.45 * self.damage
        self._lights.append(Light((self._at(u), v, z), length_m, along_v, warm, burns, candela))

    def keep(self, u0: float, v0: float, u1: float, v1: float, z0: float = FLOOR_M, z1: float = FLOOR_M + 2.0) -> None:
        """Nothing may be put down there."""
        self._taken.append(_Footprint(u0, v0, u1, v1, z0, z1))

    def way(self, *points: tuple[float, float, float]) -> None:
        """The clear way goes on through these points."""
        self._way.extend(points)

    def put(self, kind: str, u: float, v: float, heading_deg: float = 0.0, z: float = FLOOR_M, *, jitter_deg: float = 0.0) -> bool:
        """Puts a thing down on a floor or a counter at z, its front turned by `heading_deg` clockwise from v; False if it does not fit."""
        count = len(self._things)
        heading = heading_deg + jitter_deg * (2.0 * self.draw("turn", count) - 1.0)
        variant = draw_u64(self._seed, "interior/variant", *self._building.key, count) >> 32
        wanted = self._footprints(kind, variant, u, v, heading, z)
        if not all(self._holds(f) and self._is_free(f) for f in wanted):
            return False
        self._taken += wanted
        mass = self._building.masses[0]
        x, y = self._building.world(mass.x0 + self._at(u), mass.y0 + v)
        turned = self._building.heading_deg + (-heading if self._flip else heading)
        key = (*self._building.key, count)
        self._things.append(Thing(key, kind, (round(x, 4), round(y, 4), round(z, 3)), round(turned % 360.0, 2), variant))
        return True

    def hang(self, kind: str, u: float, v: float, z: float) -> None:
        """Hangs a thing up at z, indoors or before the front."""
        count = len(self._things)
        mass = self._building.masses[0]
        x, y = self._building.world(mass.x0 + self._at(u), mass.y0 + v)
        variant = draw_u64(self._seed, "interior/variant", *self._building.key, count) >> 32
        place = (round(x, 4), round(y, 4), round(z, 3))
        self._things.append(Thing((*self._building.key, count), kind, place, self._building.heading_deg, variant))

    def put_or_upset(self, kind: str, u: float, v: float, heading_deg: float = 0.0, z: float = FLOOR_M, jitter_deg: float = 0.0) -> str:
        """The same, or thrown over (its `_fallen` kind) where that fits: what is heavy (no jitter) tips over its front, what is light
        lies as it happened to fall, near by. The kind that lies or stands there now, or ""."""
        count = len(self._things)
        share = self.recipe.interiors.overturned * (0.55 + 0.6 * self.damage)
        if self.draw("upset", round(100 * u), round(100 * v)) < share:
            fallen = kind + "_fallen"
            if jitter_deg > 0.0:
                thrown = 360.0 * self.draw("thrown", count)
                if any(self.put(fallen, u + du, v + dv, thrown, z) for du, dv in _NEAR_BY):
                    return fallen
            else:
                turn = math.radians(heading_deg)
                on = KINDS[fallen].blocks_of(0)[0].half[1] - KINDS[kind].blocks_of(0)[0].half[1]
                if self.put(fallen, u + on * math.sin(turn), v + on * math.cos(turn), heading_deg, z, jitter_deg=4.0):
                    return fallen
        return kind if self.put(kind, u, v, heading_deg, z, jitter_deg=jitter_deg) else ""

    def scatter(self, kind: str, count: int, u0: float, v0: float, u1: float, v1: float, z: float = FLOOR_M) -> None:
        """Up to `count` small things anywhere in a rectangle, as the clutter knob and each one's draw decide."""
        for k in range(count):
            lane = "scatter/" + kind
            if self.draw(lane, k) < self.recipe.interiors.clutter:
                place = self.draw(lane, k, 1), self.draw(lane, k, 2), self.draw(lane, k, 3)
                self.put(kind, u0 + (u1 - u0) * place[0], v0 + (v1 - v0) * place[1], 360.0 * place[2], z)

    def finish(self) -> Interior:
        """What has been laid out."""
        building, mass = self._building, self._building.masses[0]
        deepest = min(room.box.z0 for room in self._rooms)
        bottom = -_FOUNDATION_M if deepest > -0.1 else deepest - _SLAB_M
        return Interior(
            key=building.key,
            use=self.use,
            origin=building.world(mass.x0, mass.y0),
            axis=building.axis,
            heading_deg=building.heading_deg,
            body=Box(0.0, 0.0, bottom, self.width_m, self.depth_m, mass.z1),
            bay_m=self.bay_m,
            rooms=tuple(self._rooms),
            openings=tuple(self._openings),
            stairs=tuple(self._stairs),
            pieces=tuple(self._pieces),
            lights=tuple(self._lights),
            things=tuple(self._things),
            bays=tuple(self._bays),
            way=tuple((self._at(u), v, z) for u, v, z in self._way),
            lit=self.lit,
        )

    def _opening(self, bay: int) -> tuple[float, float]:
        """(u0, u1) of what may be opened in a bay."""
        margin = max(0.12, 0.06 * self.bay_m)
        low, high = bay * self.bay_m + margin, (bay + 1) * self.bay_m - margin
        return max(low, SIDE_WALL_M + 0.02), min(high, self.width_m - SIDE_WALL_M - 0.02)

    def _open(self, storey: int, bay: int) -> None:
        cell = (storey, self.bays - 1 - bay if self._flip else bay)
        if cell not in self._bays:
            self._bays.append(cell)

    def _at(self, u: float) -> float:
        return self.width_m - u if self._flip else u

    def _turned(self, u0: float, u1: float) -> tuple[float, float]:
        return (self.width_m - u1, self.width_m - u0) if self._flip else (u0, u1)

    def _footprints(self, kind: str, variant: int, u: float, v: float, heading_deg: float, z: float) -> list[_Footprint]:
        """The rectangles (along the walls) that hold the thing's blocks."""
        turn = math.radians(heading_deg)
        sine, cosine = math.sin(turn), math.cos(turn)
        found = []
        for block in KINDS[kind].blocks_of(variant):
            (x, y), (hx, hy) = block.centre, block.half
            at_u, at_v = u + x * cosine + y * sine, v - x * sine + y * cosine
            round_ = hx == hy  # may stand at any angle
            reach_u = hx if round_ else abs(hx * cosine) + abs(hy * sine)
            reach_v = hy if round_ else abs(hx * sine) + abs(hy * cosine)
            found.append(_Footprint(at_u - reach_u, at_v - reach_v, at_u + reach_u, at_v + reach_v, z + block.bottom, z + block.top))
        return found or [_Footprint(u, v, u, v, z, z)]

    def _is_free(self, f: _Footprint) -> bool:
        """Whether nothing else is where the footprint lies."""
        u0, v0, u1, v1 = f.u0 + _GAP_M, f.v0 + _GAP_M, f.u1 - _GAP_M, f.v1 - _GAP_M
        for other_u0, other_v0, other_u1, other_v1, other_z0, other_z1 in self._taken:
            if u0 < other_u1 and other_u0 < u1 and v0 < other_v1 and other_v0 < v1 and f.z0 < other_z1 and other_z0 < f.z1:
                return False
        return True

    def _holds(self, f: _Footprint) -> bool:
        """Whether a room has the footprint within its walls, down to the floor under it."""
        u0, u1 = self._turned(f.u0, f.u1)
        slack = 0.04
        return any(
            r.box.x0 - slack <= u0 and u1 <= r.box.x1 + slack and r.box.y0 - slack <= f.v0 and f.v1 <= r.box.y1 + slack
            and r.box.z0 - 0.3 <= f.z0 < r.box.z1
            for r in self._rooms
        )  # fmt: skip
