"""One description of one knob: what it is, its unit and range, and what its change rebuilds.

In: the arguments of `knob(...)` in `world.recipe.model`.  Out: a pydantic field, and, by `all_knobs()`, the same
facts as plain `Knob` records for the command line, the tweak panel, the schema and the docs. Nothing else knows a range.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Rebuild(enum.StrEnum):
    """What a change of a knob makes new, from dearest to cheapest."""

    ALL = "all"  # every chunk: space or mesh read it, too
    PLAN = "plan"  # the chunks in which what stands differs, and all that follows from it
    LIGHT = "light"  # the light field alone: nothing moves
    SIM = "sim"  # patrols start afresh
    UNIFORM = "uniform"  # at once: a number handed to the shaders


@dataclass(frozen=True)
class Knob:
    """A knob as data. `low`/`high` are inclusive; `integer` knobs take whole numbers only; `local` ones may differ by place."""

    section: str
    field: str
    default: float
    low: float
    high: float
    unit: str
    label: str
    rebuilds: Rebuild
    integer: bool
    local: bool

    @property
    def name(self) -> str:
        return f"{self.section}.{self.field}"

    @property
    def range_text(self) -> str:
        """`0 to 40 /100 m`."""
        low, high = (f"{v}" if self.integer else f"{v:g}" for v in (self.low, self.high))
        return f"{low} to {high}" + (f" {self.unit}" if self.unit else "")


class Section(BaseModel):
    """A frozen group of numbers: unknown keys, strings for numbers, NaN and infinity are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def knob(default: float, low: float, high: float, unit: str, label: str, rebuilds: Rebuild = Rebuild.PLAN, *, local: bool = True) -> Any:
    """A pydantic field from the one description of a knob (`unit` is "" for a pure number; `local`: may differ by place)."""
    extra: Any = {"unit": unit, "rebuilds": rebuilds.value, "local": local}
    return Field(default=default, ge=low, le=high, title=label, json_schema_extra=extra)


@lru_cache(maxsize=1)
def all_knobs() -> tuple[Knob, ...]:
    """Every knob of the recipe, in the order of its declaration."""
    from world.recipe.model import SECTIONS

    found = []
    for section, model in SECTIONS.items():
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
                    local=bool(extra["local"]),
                )
            )
    return tuple(found)


@lru_cache(maxsize=1)
def knobs_by_name() -> dict[str, Knob]:
    """`section.field` → its knob."""
    return {knob.name: knob for knob in all_knobs()}


def as_float(whole: int) -> float | int:
    """The float of TOML's `7`; a number beyond all floats stays itself, to be refused by its range."""
    return float(whole) if abs(whole) < 2**1000 else whole
