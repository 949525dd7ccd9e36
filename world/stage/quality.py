"""What each quality draws.

In: a name.  Out: `Quality`. No quality changes what robots sense, only what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

AUTO = "auto"  # in a walk: begins with `AUTO_BASE`, and world.stage.frame_rate takes away what is too much
AUTO_BASE = "high"
_PROCESSORS = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "gdi generic")


@dataclass(frozen=True)
class Quality:
    """`radius_m`: how far chunks stand; `skyline_m`: how far the hulls of buildings beyond; shares of the picture's width and height for
    mirror, fog and `scene` (what that lacks to the picture's size, finish.frag makes up); `drops` of rain at a downpour; whether patterns
    are read `smooth`, blended of two levels of detail, or of the nearer alone; of how many lights there are `shadows`; how many signs, as
    `cards`, polished things show; `contact`: whether things shade what they stand on; `plain`: what is too far off for its detail is shaded
    as what is far."""

    radius_m: float
    skyline_m: float
    mirror_share: float
    fog_share: float
    scene_share: float
    drops: int
    smooth: bool
    shadows: int
    cards: int
    contact: bool = True
    plain: bool = False


QUALITIES = {
    "low": Quality(128.0, 520.0, 0.3, 0.15, 0.38, 4000, False, 0, 2, contact=False, plain=True),
    "medium": Quality(128.0, 900.0, 0.33, 0.2, 0.45, 7000, False, 1, 4, contact=False, plain=True),
    "high": Quality(256.0, 1100.0, 0.75, 0.5, 1.0, 12000, True, 4, 8),
    "ultra": Quality(320.0, 1250.0, 1.0, 1.0, 1.0, 14000, True, 4, 8),
}


def by_processor(renderer: str) -> bool:
    """Whether OpenGL's renderer of that name draws without a card."""
    return any(name in renderer.lower() for name in _PROCESSORS)


def fitting(quality: str, renderer: str) -> str:
    """What an option asks for on that renderer: `auto` is `medium` where there is no card, since nothing there holds a frame rate."""
    return "medium" if quality == AUTO and by_processor(renderer) else quality
