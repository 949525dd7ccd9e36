"""Some of a recipe's knobs and no others: what a part of the world is made from, and so what it is remembered by.

In: a recipe, the names of knobs.  Out: an `Excerpt`, which stands in for the recipe where that part is made. To read any other knob is
an AttributeError, so that a wrong list of names is found by whoever runs the code. Equal excerpts are one object (as long as some two
thousand are remembered), so that they serve as keys of caches without being compared number by number.
"""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from world.recipe.knob import all_knobs
from world.recipe.shape import Local

Knobs = frozenset[str]  # "section.field" or "section"; a section's seed comes with any of its knobs
Values = dict[str, dict[str, float]]  # [section][field]


class Excerpt:
    """The sections of the named knobs; each `seed` is the one that holds. `local`: the local blocks that change any of them."""

    def __init__(self, values: Values, local: tuple[Local, ...], of_place: bool) -> None:
        for section, fields in values.items():
            setattr(self, section, SimpleNamespace(**fields))
        self.local, self.of_place = local, of_place
        self.values = values
        self.here: dict[Any, Any] = {}
        self._parts: dict[Knobs, Excerpt] = {}

    def seed_of(self, section: str) -> int:
        """As `Recipe.seed_of`."""
        seed: int = getattr(self, section).seed
        return seed

    def only(self, knobs: Knobs) -> Excerpt:
        """As `Recipe.only`."""
        part = self._parts.get(knobs)
        if part is None:
            part = self._parts[knobs] = excerpt_of(self, knobs)
        return part


def excerpt_of(recipe: Any, knobs: Knobs) -> Excerpt:
    """The excerpt of a `Recipe`, or of an excerpt that holds them all."""
    values: Values = {}
    for name in knobs:
        section, _, field = name.partition(".")
        found = values.setdefault(section, {"seed": recipe.seed_of(section)})
        for each in (field,) if field else _fields(section):
            if each != "seed":
                found[each] = getattr(getattr(recipe, section), each)
    local = []
    for block in recipe.local:
        settings = tuple(setting for setting in block.settings if setting[1] in values.get(setting[0], ()))
        local += [block.model_copy(update={"settings": settings})] if settings else []
    return excerpt(values, tuple(local), recipe.of_place)


def excerpt(values: Values, local: tuple[Local, ...] = (), of_place: bool = False) -> Excerpt:
    """The one excerpt with these numbers."""
    return _interned(tuple((s, f, v) for s, fields in sorted(values.items()) for f, v in sorted(fields.items())), local, of_place)


@lru_cache(maxsize=2048)
def _interned(numbers: tuple[tuple[str, str, float], ...], local: tuple[Local, ...], of_place: bool) -> Excerpt:
    values: Values = {}
    for section, field, value in numbers:
        values.setdefault(section, {})[field] = value
    return Excerpt(values, local, of_place)


@lru_cache(maxsize=64)
def _fields(section: str) -> tuple[str, ...]:
    return tuple(knob.field for knob in all_knobs() if knob.section == section)
