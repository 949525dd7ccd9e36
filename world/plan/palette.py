"""The gases that the tubes are filled with.

In: assets/palette.toml.  Out: colours and their shares of all signs.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from world.resources import asset_path


@dataclass(frozen=True)
class Gas:
    """A neon colour: sRGB 0..255 and its share of all signs (shares sum to 1)."""

    name: str
    colour: tuple[int, int, int]
    share: float


@lru_cache(maxsize=1)
def gases() -> tuple[Gas, ...]:
    """The palette, in the file's order."""
    table = tomllib.loads(asset_path("palette.toml").read_text(encoding="utf-8"))
    return tuple(Gas(g["name"], (g["colour"][0], g["colour"][1], g["colour"][2]), float(g["share"])) for g in table["gas"])


def gas_at(share: float) -> Gas:
    """The gas at a place in [0, 1) of the cumulated shares: one uniform draw picks a colour by its share."""
    total = 0.0
    for gas in gases():
        total += gas.share
        if share < total:
            return gas
    return gases()[-1]
