"""The inks of a map: neon on dark paper.

In: nothing.  Out: colours (sRGB 0..255, alpha), by what they stand for.
"""

from __future__ import annotations

from world.atlas.marks import Rgba

PAPER, SHEET = (9, 11, 15), (14, 17, 22)
ROAD, AVENUE, MARKING = (22, 27, 34, 255), (29, 35, 43, 255), (92, 104, 116, 120)
INK, FAINT = (214, 224, 228, 255), (120, 134, 142, 255)
WATER, DEEP = (44, 168, 190), (16, 84, 104, 255)
DECK, DECK_RIM, BROKEN = (128, 132, 140, 225), (196, 200, 206, 255), (255, 84, 64, 255)
LANDMARK, HOLOGRAM = (255, 246, 214, 255), (128, 255, 208, 255)
CHAR = (30, 19, 17)
CRATER, FENCE = (214, 120, 76, 200), (126, 160, 120, 200)
LOW_COVER, HIGH_COVER = (120, 214, 190, 220), (242, 214, 120, 235)
PATROL, HEARD, MUFFLED = (255, 54, 74, 235), (94, 170, 255, 120), (255, 150, 60, 70)
WRECK, TREE, LAMP = (150, 96, 78, 255), (74, 132, 92, 190), (255, 196, 120, 235)

# The light of each district, from which its ground and its roofs are mixed.
DISTRICT: dict[str, tuple[int, int, int]] = {
    "shopping": (255, 62, 150),
    "canyon": (104, 178, 255),
    "alleys": (255, 176, 66),
    "belt": (164, 148, 255),
    "waterfront": (52, 222, 206),
    "housing": (255, 116, 78),
    "park": (112, 218, 122),
}

FRONT: dict[str, tuple[int, int, int]] = {
    "konbini": (110, 255, 220),
    "cafe": (255, 196, 120),
    "restaurant": (255, 104, 88),
    "arcade": (236, 96, 255),
    "apartment": (255, 238, 200),
    "subway": (88, 170, 255),
    "basement": (170, 160, 190),
    "shelter": (150, 255, 120),
}


def mixed(a: tuple[int, int, int], b: tuple[int, int, int], share: float, alpha: int = 255) -> Rgba:
    """`a` with `share` of `b` in it."""
    r, g, blue = (round(p + (q - p) * share) for p, q in zip(a, b, strict=True))
    return r, g, blue, alpha
