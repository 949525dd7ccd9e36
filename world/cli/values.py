"""Words of the command line as numbers and names, checked.

In: an option's name and its limits.  Out: converters for argparse that raise a `Refusal` with the range or the nearest name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from world.errors import Refusal, nearest
from world.stage.quality import AUTO, QUALITIES

_SIDES = (16, 16384)


def number(option: str, low: float, high: float, unit: str) -> Callable[[str], float]:
    """A number from `low` to `high` of `unit`."""

    def convert(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise Refusal(f"{option} {text}: not a number of {unit}") from None
        if not (math.isfinite(value) and low <= value <= high):
            raise Refusal(f"{option} {text}: must be from {low:g} to {high:g} {unit}")
        return value

    return convert


def whole(option: str, low: int, high: int) -> Callable[[str], int]:
    """A whole number from `low` to `high`."""

    def convert(text: str) -> int:
        if not re.fullmatch(r"[+-]?\d{1,9}", text) or not low <= int(text) <= high:
            raise Refusal(f"{option} {text}: must be a whole number from {low} to {high}")
        return int(text)

    return convert


def size(text: str) -> tuple[int, int]:
    """`WIDTHxHEIGHT` in pixels."""
    match = re.fullmatch(r"(\d{1,9})[xX×](\d{1,9})", text)
    if match is None:
        raise Refusal(f"--size {text}: expected WIDTHxHEIGHT in pixels, as in 1280x720")
    width, height = int(match[1]), int(match[2])
    if not all(_SIDES[0] <= side <= _SIDES[1] for side in (width, height)):
        raise Refusal(f"--size {text}: each side must be from {_SIDES[0]} to {_SIDES[1]} pixels")
    return width, height


def quality(text: str) -> str:
    """The name of a quality: pictures and films are drawn at one that is known beforehand."""
    if text == AUTO:
        raise Refusal(f"--quality {text}: is for walks; pictures and films take one of {', '.join(QUALITIES)}")
    return _among(text, tuple(QUALITIES))


def walk_quality(text: str) -> str:
    """The name of a quality, or `auto`, which holds the frame rate."""
    return _among(text, (*QUALITIES, AUTO))


def _among(text: str, names: tuple[str, ...]) -> str:
    if text not in names:
        raise Refusal(f"--quality {text}: must be one of {', '.join(names)}{nearest(text, names)}")
    return text
