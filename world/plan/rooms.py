"""The parts of a front that can be entered, as records, in the frame of its site.

In: nothing.  Out: frozen dataclasses. A site's frame: u runs along the front from its left end as seen from the street, v into the
building from its front wall, z up from the street; metres. Its things are in the world's frame, as those of the streets are.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cached_property

from world.plan.hollow import Box, Hollow
from world.plan.records import Point, Thing, Vector

FLOOR_M = 0.22  # of a ground floor: a step up from the pavement, above whatever the relief does
FRONT_WALL_M = 0.3
SIDE_WALL_M = 0.6  # deeper than the reveals of the openings on an alley's side


class Use(enum.StrEnum):
    """What a front was."""

    KONBINI = "konbini"
    CAFE = "cafe"
    RESTAURANT = "restaurant"
    ARCADE = "arcade"
    APARTMENT = "apartment"
    SUBWAY = "subway"
    BASEMENT = "basement"
    SHELTER = "shelter"


class Look(enum.IntEnum):
    """What floor, walls and ceiling of a room are made of."""

    SHOP = 0  # white tiles, white walls
    CAFE = 1  # boards, dark plaster
    DINER = 2  # red tiles, wood
    ARCADE = 3  # dark carpet and walls
    HOME = 4  # straw mats, plaster
    HALL = 5  # bare concrete stairs and passages
    STATION = 6  # stone floor, small tiles
    TRACK = 7  # ballast, soot
    DOORWAY = 8  # the thickness of a wall, seen in an opening


@dataclass(frozen=True, slots=True)
class Room:
    """One void of the building; one stands at its z0."""

    box: Box
    look: Look


class Glazing(enum.IntEnum):
    """What fills an opening of the front."""

    DOOR = 0  # nothing: one walks through
    WHOLE = 1
    BROKEN = 2


@dataclass(frozen=True, slots=True)
class Opening:
    """A hole through the front wall."""

    box: Box
    glazing: Glazing


@dataclass(frozen=True, slots=True)
class Stair:
    """A straight flight along v, from (v0, z0) to (v1, z1), between u0 and u1; z1 may lie below z0."""

    u0: float
    u1: float
    v0: float
    z0: float
    v1: float
    z1: float


class Part(enum.IntEnum):
    """What a solid piece within a room is."""

    RAIL = 0  # a parapet round a stair opening
    PILLAR = 1
    PARTITION = 2  # a thin wall


@dataclass(frozen=True, slots=True)
class Piece:
    """A solid box within a room."""

    box: Box
    part: Part


@dataclass(frozen=True, slots=True)
class Light:
    """A lamp at a ceiling, `length_m` long (0: a bulb) along v if `along_v`. `candela` is its intensity if it burns."""

    at: tuple[float, float, float]
    length_m: float
    along_v: bool
    warm: bool
    burns: bool
    candela: float


@dataclass(frozen=True, slots=True)
class Huddle:
    """Where people sit at a small fire: the way's inner end (m, of the world, on the floor), and the unit vector back along it."""

    place: Vector
    outwards: Point


@dataclass(frozen=True)
class Interior:
    """What can be entered of a building. `origin`, `axis` place its site in the world; `body` is the building's lowest mass, down to
    below the deepest room; `bays` are the (floor, bay) cells of the front that the rooms replace; `way` leads from the pavement
    through the door to the back of every room, wide enough for a body (and, on the ground floor of shops, for a robot). `huddle`: where
    somebody hides, if anybody does."""

    key: tuple[int, ...]
    use: Use
    origin: Point
    axis: Point
    heading_deg: float
    body: Box
    bay_m: float
    rooms: tuple[Room, ...]
    openings: tuple[Opening, ...]
    stairs: tuple[Stair, ...]
    pieces: tuple[Piece, ...]
    lights: tuple[Light, ...]
    things: tuple[Thing, ...]
    bays: tuple[tuple[int, int], ...]
    way: tuple[tuple[float, float, float], ...]
    lit: bool
    huddle: Huddle | None = None

    @property
    def voids(self) -> tuple[Box, ...]:
        """Rooms, then openings."""
        return (*(room.box for room in self.rooms), *(opening.box for opening in self.openings))

    @cached_property
    def hollow(self) -> Hollow:
        """The body without its rooms and openings, cut where the bays end."""
        edges = {edge for _, bay in self.bays for edge in (bay, bay + 1)}
        return Hollow(self.body, self.voids, tuple(sorted(edge * self.bay_m for edge in edges)))

    @property
    def fascia(self) -> Box | None:
        """The box of light over a front by which it is known from afar; uses that have none have signs like everybody's."""
        if self.use not in (Use.KONBINI, Use.SUBWAY):
            return None
        bays = [bay for floor, bay in self.bays if floor == 0]
        low = max(opening.box.z1 for opening in self.openings) + 0.2
        return Box(min(bays) * self.bay_m + 0.2, -0.24, low, (max(bays) + 1) * self.bay_m - 0.2, -0.02, low + 0.62)

    @property
    def shines(self) -> bool:
        """Whether its light is seen in the street from afar."""
        return self.lit and self.use not in (Use.APARTMENT, Use.BASEMENT, Use.SHELTER)

    @property
    def door(self) -> Opening:
        """The one way in."""
        return next(opening for opening in self.openings if opening.glazing == Glazing.DOOR)

    def world(self, u: float, v: float) -> Point:
        """World coordinates of a point of the site."""
        (x, y), (ax, ay) = self.origin, self.axis
        return x + u * ax - v * ay, y + u * ay + v * ax
