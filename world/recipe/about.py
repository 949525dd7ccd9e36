"""A recipe's own words: its title, one line about it, and where to stand.

In: the `[about]` table of a recipe file.  Out: a checked `About`. It says nothing about what the world is, and is no part of a `Recipe`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from world.errors import Refusal, nearest
from world.place import parse_place

LENGTHS = {"title": 60, "words": 200, "at": 60}


@dataclass(frozen=True)
class About:
    """`at` is a place as `--at` takes it, or "" for where the city says."""

    title: str = ""
    words: str = ""
    at: str = ""


def about_from(table: Any, where: Callable[[str, str], str]) -> About:
    """The table, checked: single lines of printable text of bounded length; `where(section, field)` gives the line to blame."""
    if not isinstance(table, dict):
        raise Refusal(f"{where('about', '')}: [about] must be a table")
    for name, value in table.items():
        place = where("about", name)
        if name not in LENGTHS:
            raise Refusal(f"{place}: unknown field about.{name}{nearest(name, LENGTHS)}")
        if not isinstance(value, str) or not value.isprintable() or len(value) > LENGTHS[name]:
            raise Refusal(f"{place}: about.{name}: must be one line of at most {LENGTHS[name]} characters")
    about = About(**table)
    if about.at:
        try:
            parse_place(about.at)
        except Refusal as refusal:
            raise Refusal(f"{where('about', 'at')}: about.at: {refusal}") from None
    return about
