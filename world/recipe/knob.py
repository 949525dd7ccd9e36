"""One description of one knob: what it is, its unit and range, and what its change rebuilds.

In: the arguments of `knob(...)` in `world.recipe.model`.  Out: a pydantic field, and, by `all_knobs()`, the same
facts as plain `Knob` records for the command line, the tweak panel and the docs. Nothing else knows a range.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Rebuild(enum.StrEnum):
    """What a change of a knob makes new, from dearest to cheapest."""

    PLAN = "plan"  # what stands where, and all that follows from it
    LIGHT = "light"  # the light field alone: nothing moves
    SIM = "sim"  # patrols start afresh
    UNIFORM = "uniform"  # at once: a number handed to the shaders


@dataclass(frozen=True)
class Knob:
    """A knob as data. `low`/`high` are inclusive; `integer` knobs take whole numbers only."""

    section: str
    field: str
    default: float
    low: float
    high: float
    unit: str
    label: str
    rebuilds: Rebuild
    integer: bool

    @property
    def name(self) -> str:
        return f"{self.section}.{self.field}"


class Section(BaseModel):
    """A frozen group of knobs: unknown keys, strings for numbers, NaN and infinity are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def knob(default: float, low: float, high: float, unit: str, label: str, rebuilds: Rebuild = Rebuild.PLAN) -> Any:
    """A pydantic field from the one description of a knob (`unit` is "" for a pure number)."""
    extra: Any = {"unit": unit, "rebuilds": rebuilds.value}
    return Field(default=default, ge=low, le=high, title=label, json_schema_extra=extra)


def all_knobs() -> list[Knob]:
    """Every knob of the recipe, in the order of its declaration."""
    from world.recipe.model import Recipe

    found = []
    for section, info in Recipe.model_fields.items():
        model = info.annotation
        assert isinstance(model, type) and issubclass(model, Section)
        for name, field in model.model_fields.items():
            limits = {type(m).__name__: m for m in field.metadata}
            extra = field.json_schema_extra
            assert isinstance(extra, dict)
            found.append(
                Knob(
                    section=section,
                    field=name,
                    default=field.default,
                    low=limits["Ge"].ge,
                    high=limits["Le"].le,
                    unit=str(extra["unit"]),
                    label=field.title or name,
                    rebuilds=Rebuild(str(extra["rebuilds"])),
                    integer=field.annotation is int,
                )
            )
    return found
