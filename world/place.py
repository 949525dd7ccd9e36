"""A place, as a person writes it: `X,Y[,Z]/HEADING[/PITCH]`, or the name of one that is shipped.

In: text such as `12.5,-40/90`, `12.5,-40,1.65/90/-5` or `plaza`.  Out: `Place`, or a `Refusal` that names the part that is wrong.
Metres east, north and up (Z is where the eyes are), degrees clockwise from north and up. `Place.text()` is what can be copied
and asked for again. Named places stand in `assets/places.toml`, each with the recipe that it was found in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from world.errors import Refusal, nearest
from world.pose import Pose
from world.resources import asset_path
from world.toml_file import parse_toml, read_toml_text

REACH_M = 40_000.0  # float64 plans further, but nobody walks there; tested to 30 km
_HEIGHT_M = (-50.0, 500.0)
_FORM = "X,Y[,Z]/HEADING[/PITCH], as in 12,-40/90"


@dataclass(frozen=True)
class Place:
    """Where to stand and look. `z` None: on the street there. `recipe` None: whatever is asked for."""

    x: float
    y: float
    z: float | None
    heading_deg: float
    pitch_deg: float = 0.0
    name: str = ""
    title: str = ""
    recipe: str | None = None

    def text(self) -> str:
        """The place as it is written, to the centimetre and the tenth of a degree."""
        return place_text(self.x, self.y, self.z, self.heading_deg, self.pitch_deg)


def place_text(x: float, y: float, z: float | None, heading_deg: float, pitch_deg: float = 0.0) -> str:
    """`X,Y,Z/HEADING/PITCH` of a place; `parse_place` reads it back."""
    where = ",".join(f"{v:.2f}" for v in (x, y, z) if v is not None)
    return f"{where}/{heading_deg % 360.0:.1f}" + (f"/{pitch_deg:.1f}" if abs(pitch_deg) >= 0.05 else "")


def text_of_pose(pose: Pose) -> str:
    """`place_text` of a pose."""
    return place_text(*pose.position, pose.heading_deg, pose.pitch_deg)


def named_places() -> dict[str, Place]:
    """The shipped places by name."""
    path = asset_path("places.toml")
    if not path.is_file():
        return {}
    tree = parse_toml(read_toml_text(path, "list of places"), str(path))
    found = {}
    for name, entry in tree.get("places", {}).items():
        place = _from_numbers(str(entry["at"]))
        found[name] = replace(place, name=name, title=str(entry.get("title", "")), recipe=entry.get("recipe"))
    return found


def parse_place(text: str) -> Place:
    """The place of coordinates or of a shipped name."""
    if text[:1].isalpha():
        places = named_places()
        if text in places:
            return places[text]
        if not any(mark in text for mark in ",/"):
            known = ", ".join(places) or "none is shipped"
            raise Refusal(f"--at {text}: no place of that name{nearest(text, places)}; known: {known}; or give {_FORM}")
    return _from_numbers(text)


def _from_numbers(text: str) -> Place:
    parts = text.split("/")
    numbers = parts[0].split(",")
    if len(parts) not in (2, 3) or len(numbers) not in (2, 3):
        raise Refusal(f"--at {text}: expected {_FORM}")
    x, y = (_number(text, name, value, -REACH_M, REACH_M, "m") for name, value in zip("XY", numbers, strict=False))
    z = _number(text, "Z", numbers[2], *_HEIGHT_M, "m") if len(numbers) == 3 else None
    heading = _number(text, "HEADING", parts[1], -360.0, 360.0, "degrees") % 360.0
    pitch = _number(text, "PITCH", parts[2], -88.0, 88.0, "degrees") if len(parts) == 3 else 0.0
    return Place(x, y, z, heading, pitch)


def _number(text: str, name: str, value: str, low: float, high: float, unit: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise Refusal(f"--at {text}: {name} = {value!r} is not a number; expected {_FORM}") from None
    if not (math.isfinite(number) and low <= number <= high):
        raise Refusal(f"--at {text}: {name} = {value} must be from {low:g} to {high:g} {unit}")
    return number
