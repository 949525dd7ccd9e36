"""Craters: bowls with a ragged rim, and what was thrown out of them.

In: a recipe, a rectangle.  Out: `Crater`s, one chance a cell of the plane, likelier where the city was hit hard; their relief; their
debris. A bowl is about a sixth as deep as it is wide, as shallow explosion craters are; its outline wavers by three sines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from world.fields import uniform
from world.plan.records import Thing
from world.plan.ruin_field import DAMAGE, damage_at
from world.plan.things_at import thing
from world.recipe import Recipe, remembered

CRATERS = DAMAGE | {"ruin.craters"}

_CELL_M = 20.0
_RADIUS_M = (1.4, 3.6)
_WAVER = ((3, 0.1), (5, 0.07), (8, 0.045))  # lobes round the rim, and by how much of the radius
_SHARE = dict(_WAVER)
_RIM = 1.38  # the rim ends at so many radii
_DEBRIS_PER_M = 3.2


@dataclass(frozen=True, slots=True)
class Crater:
    """A bowl in the ground: middle, radius (m); `turn`, a unit vector, draws its outline; `key` is its cell."""

    key: tuple[int, int]
    x: float
    y: float
    radius_m: float
    turn: tuple[float, float]

    @property
    def depth_m(self) -> float:
        return 0.16 * self.radius_m

    @property
    def reach_m(self) -> float:
        """Beyond that from its middle the ground is as it was."""
        return _RIM * 1.22 * self.radius_m

    def bowl(self, dx: Any, dy: Any) -> Any:
        """Height (m) it adds to the ground at offsets from its middle."""
        far = np.sqrt(dx * dx + dy * dy)
        c, s = dx / np.maximum(far, 1e-9), dy / np.maximum(far, 1e-9)
        a, b = self.turn
        waver: Any = 1.0
        re, im = c, s  # of (c + is) to the power of the lobes: sums and products alone, the same on every processor
        for lobe in range(2, _WAVER[-1][0] + 1):
            re, im = re * c - im * s, re * s + im * c
            waver = waver + _SHARE.get(lobe, 0.0) * (re * a + im * b)
        r = far / (self.radius_m * waver)
        bowl = np.clip(1.0 - r * r, 0.0, 1.0)
        rim = np.clip(1.0 - ((r - 1.0) / (_RIM - 1.0)) ** 2, 0.0, 1.0)
        return self.depth_m * (0.3 * rim * rim - bowl)


@remembered(CRATERS, size=8192)
def _crater_in(recipe: Recipe, i: int, j: int) -> Crater | None:
    seed = recipe.seed_of("ruin")
    draw = uniform(seed, "crater", i, j)
    if draw >= recipe.ruin.craters * 0.08:
        return None  # whatever the damage
    x, y = ((k + uniform(seed, "crater/" + lane, i, j)) * _CELL_M for k, lane in ((i, "x"), (j, "y")))
    if draw >= recipe.ruin.craters * (_CELL_M / 100.0) ** 2 * 2.0 * damage_at(recipe, x, y):
        return None
    low, high = _RADIUS_M
    radius = low + (high - low) * uniform(seed, "crater/size", i, j) ** 1.5
    turn = 2.0 * math.pi * uniform(seed, "crater/turn", i, j)
    return Crater((i, j), round(x, 2), round(y, 2), round(radius, 2), (round(math.cos(turn), 4), round(math.sin(turn), 4)))


def craters_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> list[Crater]:
    """All craters that reach into the rectangle."""
    reach = 1.7 * _RADIUS_M[1]
    cells = [
        _crater_in(recipe, i, j)
        for j in range(math.floor((y0 - reach) / _CELL_M), math.floor((y1 + reach) / _CELL_M) + 1)
        for i in range(math.floor((x0 - reach) / _CELL_M), math.floor((x1 + reach) / _CELL_M) + 1)
    ]
    return [c for c in cells if c is not None]


def debris_of(recipe: Recipe, crater: Crater) -> list[Thing]:
    """Pieces of road on and beyond the rim, smaller with distance."""
    seed = recipe.seed_of("ruin")
    found: list[Thing] = []
    for n in range(round(_DEBRIS_PER_M * crater.radius_m)):
        key = (*crater.key, n, 1 << 21)
        angle = 2.0 * math.pi * uniform(seed, "debris/angle", *key)
        far = uniform(seed, "debris/far", *key) ** 1.7
        away = crater.radius_m * (0.92 + 0.75 * far)
        size = (0.5 - 0.34 * far) * (0.5 + 0.5 * uniform(seed, "debris/size", *key))
        x, y = crater.x + away * math.cos(angle), crater.y + away * math.sin(angle)
        if all(math.dist((x, y), t.position[:2]) > 0.85 * (size + t.size_m) + 0.1 for t in found):
            found.append(thing(seed, key, "chunk", x, y, 360.0 * uniform(seed, "debris/turn", *key), max(0.12, size)))
    return found
