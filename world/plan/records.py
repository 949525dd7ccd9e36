"""The things of a plan, as frozen records: each knows its identity, its place in metres of the world, and its draws.

In: nothing.  Out: frozen dataclasses. A building's masses lie in its own frame: x along its front, y into the lot.
Departure from "arrays only": a chunk holds some tens of each kind, and a record reads better than a row; what is many
(windows, chunks of rubble, raindrops) is expanded to arrays in `space` and `mesh`.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
Vector = tuple[float, float, float]
Colour = tuple[int, int, int]


class Wall(enum.IntEnum):
    """What a side of a mass shows."""

    FRONT = 0  # windows, shops on the ground floor
    PARTY = 1  # blank wall towards a neighbour
    CUT = 2  # torn open: floor slabs, columns, rebar


class Style(enum.IntEnum):
    """How a facade is divided."""

    PUNCHED = 0
    RIBBON = 1
    FINS = 2
    BALCONY = 3
    DUCTS = 4


@dataclass(frozen=True, slots=True)
class Mass:
    """An upright box of storeys in its building's frame: `sides` are those at x0, x1, y0, y1."""

    x0: float
    y0: float
    x1: float
    y1: float
    z0: float
    z1: float
    sides: tuple[Wall, Wall, Wall, Wall]


@dataclass(frozen=True, slots=True)
class Building:
    """One lot's building; `key` is its identity: its block's key and its lot. `origin` is its frame's place in the world, `axis` the
    unit vector of its x there (y is turned left from it): the lot's front is at y = 0, to the south of the frame. `fronts` says which
    sides (x0, x1, y0, y1) face a street or an alley."""

    key: tuple[int, ...]
    origin: Point
    axis: Point
    masses: tuple[Mass, ...]
    style: Style
    floor_m: float
    bay_m: float
    finish: int
    tint: Colour
    damage: float
    fronts: tuple[bool, bool, bool, bool]
    shop: bool
    ground_m: float  # height of the ground floor
    district: str
    burns: bool = False

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def centre(self) -> Point:
        base = self.masses[0]
        return self.world((base.x0 + base.x1) / 2, (base.y0 + base.y1) / 2)

    @property
    def top_m(self) -> float:
        return max(m.z1 for m in self.masses)

    @property
    def heading_deg(self) -> float:
        """Where the frame's y points."""
        return math.degrees(math.atan2(-self.axis[1], self.axis[0])) % 360.0

    def world(self, x: float, y: float) -> Point:
        """World coordinates of a point of the frame."""
        (ox, oy), (ax, ay) = self.origin, self.axis
        return ox + x * ax - y * ay, oy + x * ay + y * ax

    def local(self, x: float, y: float) -> Point:
        """The frame's coordinates of a point of the world."""
        dx, dy = x - self.origin[0], y - self.origin[1]
        ax, ay = self.axis
        return dx * ax + dy * ay, dy * ax - dx * ay

    def covers(self, x: Any, y: Any) -> Any:
        """Whether its footprint holds points of the world (numbers or arrays)."""
        base, (ox, oy), (ax, ay) = self.masses[0], self.origin, self.axis
        u, v = (x - ox) * ax + (y - oy) * ay, (y - oy) * ax - (x - ox) * ay
        return (u > base.x0) & (u < base.x1) & (v > base.y0) & (v < base.y1)

    def corners(self, mass: Mass) -> tuple[Point, Point, Point, Point]:
        """A mass's footprint in the world, counter-clockwise from (x0, y0)."""
        w = self.world
        return w(mass.x0, mass.y0), w(mass.x1, mass.y0), w(mass.x1, mass.y1), w(mass.x0, mass.y1)


class SignKind(enum.IntEnum):
    BLADE = 0  # on brackets, at a right angle to the facade
    FASCIA = 1  # a box over a shop front
    TALL = 2  # a tall vertical blade
    TUBES = 3  # bare tube lettering on a mesh
    ICON = 4  # a tube drawing
    ROOF = 5  # on a lattice on the roof
    ROUND = 6


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign on a facade: `position` is the middle of the glowing part, `heading_deg` where its face (or, for blades, its
    arm away from the wall) points."""

    key: tuple[int, ...]
    kind: SignKind
    position: Vector
    heading_deg: float
    width_m: float
    height_m: float
    word: int
    colour: Colour
    lit: bool
    group: int
    strength: float
    slot: int = -1  # flicker slot of the light field that it has to itself, or -1


@dataclass(frozen=True, slots=True)
class Thing:
    """Anything placed whole: a car, a lamp, a pole, a heap. `kind` is one of `world.things.KINDS`; `variant` is its 31-bit draw;
    `slope` the ground's (dz/dx, dz/dy) under it: it leans with the ground."""

    key: tuple[int, ...]
    kind: str
    position: Vector
    heading_deg: float
    variant: int
    size_m: float = 1.0
    slope: Point = (0.0, 0.0)

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class Cable:
    """A sagging cable between two points. `drone`: of the courier drone that hangs dead in it, its own share (0, 1]; 0: none does."""

    a: Vector
    b: Vector
    sag_m: float
    radius_m: float
    drone: float = 0.0

    @property
    def lowest(self) -> Vector:
        """Its middle, from where what hangs in it hangs."""
        (ax, ay, az), (bx, by, bz) = self.a, self.b
        return (ax + bx) / 2, (ay + by) / 2, (az + bz) / 2 - self.sag_m


class BarrierKind(enum.IntEnum):
    PARAPET = 0  # concrete, along water
    FENCE = 1  # railings of a park
    HOARDING = 2  # sheet steel round a site


@dataclass(frozen=True, slots=True)
class Barrier:
    """A low wall from a to b (on the ground), `height_m` above `z`."""

    key: tuple[int, ...]
    kind: BarrierKind
    a: Point
    b: Point
    z: float
    height_m: float
    half_m: float


class Fate(enum.IntEnum):
    """What became of a span of the overpass."""

    STANDS = 0
    RAMP_START = 1  # fell, its first end still on the deck: a way up
    RAMP_END = 2
    GONE = 3


@dataclass(frozen=True, slots=True)
class Span:
    """One span of an overpass, straight from joint `a` to joint `b`. `row` is its route, `index` its number along it."""

    row: int
    index: int
    a: Point
    b: Point
    half_m: float
    height_m: float
    fate: Fate
    start_open: bool  # its neighbour before `a` is missing: a broken end
    end_open: bool
    start_pylon: bool  # a pylon stands under joint `a` (owned by this span)
    lamp: bool = False  # a sodium lamp burns under its girders
    stair: int = 0  # a way down hangs on its left (1) or right (-1)

    @property
    def length_m(self) -> float:
        return math.hypot(self.b[0] - self.a[0], self.b[1] - self.a[1])

    @property
    def axis(self) -> Point:
        """Unit vector from a to b."""
        length = self.length_m
        return (self.b[0] - self.a[0]) / length, (self.b[1] - self.a[1]) / length

    @property
    def heading_deg(self) -> float:
        """From a to b."""
        return math.degrees(math.atan2(self.b[0] - self.a[0], self.b[1] - self.a[1])) % 360.0

    @property
    def middle(self) -> Point:
        return (self.a[0] + self.b[0]) / 2, (self.a[1] + self.b[1]) / 2


@dataclass(frozen=True, slots=True)
class Hologram:
    """A projected board: `position` is its lower middle, `heading_deg` where its face points."""

    key: tuple[int, ...]
    position: Vector
    heading_deg: float
    width_m: float
    height_m: float
    colour: Colour
    group: int
    content: int
    slot: int = -1  # as a sign's


@dataclass(frozen=True, slots=True)
class Landmark:
    """A tower that is seen from far: `kind` names its shape, 0 .. 2."""

    key: tuple[int, ...]
    position: Point
    heading_deg: float
    height_m: float
    kind: int
