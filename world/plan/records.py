"""The things of a plan, as frozen records: each knows its identity, its place in metres of the world, and its draws.

In: nothing.  Out: frozen dataclasses.
Departure from "arrays only": a chunk holds some tens of each kind, and a record reads better than a row; what is many
(windows, chunks of rubble, raindrops) is expanded to arrays in `space` and `mesh`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Mass:
    """An upright box of storeys: `sides` are west, east, south, north."""

    x0: float
    y0: float
    x1: float
    y1: float
    z0: float
    z1: float
    sides: tuple[Wall, Wall, Wall, Wall]


@dataclass(frozen=True)
class Building:
    """One lot's building; `key` is its identity. `fronts` says which sides face a street or an alley."""

    key: tuple[int, int, int]
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

    @property
    def centre(self) -> tuple[float, float]:
        base = self.masses[0]
        return (base.x0 + base.x1) / 2, (base.y0 + base.y1) / 2

    @property
    def top_m(self) -> float:
        return max(m.z1 for m in self.masses)


class SignKind(enum.IntEnum):
    BLADE = 0  # on brackets, at a right angle to the facade
    FASCIA = 1  # a box over a shop front
    TALL = 2  # a tall vertical blade
    TUBES = 3  # bare tube lettering on a mesh
    ICON = 4  # a tube drawing
    ROOF = 5  # on a lattice on the roof
    ROUND = 6


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Thing:
    """Anything placed whole: a car, a lamp, a pole, a heap. `kind` names the kit; `variant` is its 32-bit draw."""

    key: tuple[int, ...]
    kind: str
    position: Vector
    heading_deg: float
    variant: int
    size_m: float = 1.0


@dataclass(frozen=True)
class Cable:
    """A sagging cable between two points."""

    a: Vector
    b: Vector
    sag_m: float
    radius_m: float


class Fate(enum.IntEnum):
    """What became of a span of the overpass."""

    STANDS = 0
    RAMP_WEST = 1  # fell, its western end still on the deck: a way up
    RAMP_EAST = 2
    GONE = 3


@dataclass(frozen=True)
class Span:
    """One span of an overpass above an east-west street, from joint x0 to joint x1."""

    row: int
    index: int
    x0: float
    x1: float
    y: float
    half_m: float
    height_m: float
    fate: Fate
    west_open: bool  # its neighbour to the west is missing: a broken end
    east_open: bool
    west_pylon: bool  # a pylon stands under joint x0 (owned by this span)


@dataclass(frozen=True)
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
