"""One thing at a place.

In: a seed, its key, kind, place, heading.  Out: a `Thing` on level ground, its variant drawn by its key.
"""

from __future__ import annotations

from world.fields import draw_u64
from world.plan.records import Thing


def thing(seed: int, key: tuple[int, ...], kind: str, x: float, y: float, heading: float, size: float = 1.0) -> Thing:
    """A thing on the ground (the chunk's plan puts it down), its variant drawn by its key."""
    variant = (draw_u64(seed, "variant", *key)) & 0x7FFFFFFF
    return Thing(key, kind, (round(x, 3), round(y, 3), 0.0), round(heading % 360.0, 2), variant, round(size, 3))
