"""Where a local block of a recipe holds: a disc, a polygon, a district, or a painted map; feathered at its edge.

In: metres of the world, a district's name.  Out: a weight in sixteenths, so that a feather makes few distinct recipes.
A feather lies outside of its shape: 16 inside, 0 from `feather_m` beyond the edge on.
"""

from __future__ import annotations

import math
from typing import Any

from pydantic import Field, field_validator

from world.recipe.knob import Section

STEPS = 16
POINTS_MAX = 64
MAP_SIDE_MAX = 256  # pixels
_REACH_M = 40_000.0


def _measure(low: float, high: float, label: str) -> Any:
    return Field(ge=low, le=high, title=label)


class Disc(Section):
    """All within `radius_m` of a point."""

    x: float = _measure(-_REACH_M, _REACH_M, "middle, metres east")
    y: float = _measure(-_REACH_M, _REACH_M, "middle, metres north")
    radius_m: float = _measure(0.0, _REACH_M, "radius in metres")

    def outside_m(self, x: float, y: float) -> float:
        """Metres from a point to the shape; 0 inside."""
        return max(0.0, math.sqrt((x - self.x) ** 2 + (y - self.y) ** 2) - self.radius_m)


class Polygon(Section):
    """All within a ring of corners, in either sense of turning (even-odd where the ring crosses itself)."""

    points: tuple[tuple[float, float], ...] = Field(min_length=3, max_length=POINTS_MAX, title="corners: pairs of metres east, north")

    @field_validator("points")
    @classmethod
    def _within_reach(cls, points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        if any(abs(v) > _REACH_M for point in points for v in point):
            raise ValueError(f"each coordinate must be from {-_REACH_M:g} to {_REACH_M:g}")
        return points

    def outside_m(self, x: float, y: float) -> float:
        """Metres from a point to the shape; 0 inside."""
        inside, nearest = False, math.inf
        ax, ay = self.points[-1]
        for bx, by in self.points:
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                inside = not inside
            ex, ey = bx - ax, by - ay
            t = max(0.0, min(1.0, ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey or 1.0)))
            nearest = min(nearest, (ax + t * ex - x) ** 2 + (ay + t * ey - y) ** 2)
            ax, ay = bx, by
        return 0.0 if inside else math.sqrt(nearest)


class InDistrict(Section):
    """All of one kind of district."""

    district: str = Field(title="a district's name")


class Map(Section):
    """A grey-scale picture laid over a rectangle, its top to the north: white is all of the block, black none."""

    x: float = _measure(-_REACH_M, _REACH_M, "middle, metres east")
    y: float = _measure(-_REACH_M, _REACH_M, "middle, metres north")
    width_m: float = _measure(1.0, 2 * _REACH_M, "width in metres")
    height_m: float = _measure(1.0, 2 * _REACH_M, "height in metres")
    columns: int = Field(ge=1, le=MAP_SIDE_MAX)
    pixels: bytes = Field(min_length=1, max_length=MAP_SIDE_MAX * MAP_SIDE_MAX, repr=False)

    @property
    def rows(self) -> int:
        return len(self.pixels) // self.columns

    def outside_m(self, x: float, y: float) -> float:
        """Metres from a point to the rectangle; 0 inside."""
        dx = max(0.0, abs(x - self.x) - self.width_m / 2)
        dy = max(0.0, abs(y - self.y) - self.height_m / 2)
        return math.sqrt(dx * dx + dy * dy)

    def value(self, x: float, y: float) -> float:
        """The picture there (beyond its rectangle: at the rim), bilinear between the middles of pixels, 0 to 1."""
        columns, rows = self.columns, self.rows
        u = max(0.0, min(columns - 1.0, (x - self.x + self.width_m / 2) / self.width_m * columns - 0.5))
        v = max(0.0, min(rows - 1.0, (self.y + self.height_m / 2 - y) / self.height_m * rows - 0.5))
        i, j = int(u), int(v)
        i1, j1, fu, fv = min(i + 1, columns - 1), min(j + 1, rows - 1), u - i, v - j
        at, above, below = self.pixels, j * columns, j1 * columns
        top = at[above + i] * (1.0 - fu) + at[above + i1] * fu
        return (top * (1.0 - fv) + (at[below + i] * (1.0 - fu) + at[below + i1] * fu) * fv) / 255.0


class Local(Section):
    """A block of settings (section, field, value) that hold within a shape. Read from files by `world.recipe.load`, which checks them."""

    shape: Disc | Polygon | InDistrict | Map
    feather_m: float = Field(default=0.0, ge=0.0, le=2000.0, title="width of the soft edge in metres")
    settings: tuple[tuple[str, str, int | float], ...] = ()

    def sixteenths(self, x: float, y: float, district: str) -> int:
        """How much of the block holds at (x, y): 0 to 16."""
        shape = self.shape
        if isinstance(shape, InDistrict):
            return STEPS if shape.district == district else 0
        outside = shape.outside_m(x, y)
        if outside > 0.0 and outside >= self.feather_m:
            return 0
        weight = 1.0 - outside / self.feather_m if outside > 0.0 else 1.0
        if isinstance(shape, Map):
            weight *= shape.value(x, y)
        return math.floor(weight * STEPS + 0.5)
