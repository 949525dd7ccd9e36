"""TOML read into a model, with the line to blame.

In: TOML text, a pydantic model whose fields describe what they take.  Out: the model, or a `Refusal` with file, line, field, value, what
is allowed, and the nearest name of a field that is unknown. Tables may hold tables, and lists of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from world.errors import Refusal, nearest
from world.toml_file import line_of, parse_toml

_SHOWN = 80  # characters of a value


class Table(BaseModel):
    """What all tables are: frozen, without unknown fields, of finite numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


M = TypeVar("M", bound=Table)


def number(default: Any, low: float, high: float, unit: str = "") -> Any:
    """A field that takes a number from `low` to `high`."""
    return Field(default, strict=True, ge=low, le=high, description=f"a number from {low:g} to {high:g}{unit}")


def read_table(model: type[M], text: str, source: str) -> M:
    """The model of TOML text; `source` is the file's name for messages."""
    tree = parse_toml(text, source)
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        raise _refusal(error, model, text, source) from None


def _refusal(error: ValidationError, model: type[Table], text: str, source: str) -> Refusal:
    """Pydantic's first complaint as one line of ours; a misspelt key is also a missing one, and is told first."""
    errors = error.errors()
    first = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
    table, index, field = "", 0, str(first["loc"][0])
    rest = list(first["loc"])
    names: list[str] = []
    while rest:
        name = str(rest.pop(0))
        inner = next(_models(model.model_fields[name].annotation), None) if name in model.model_fields else None
        deeper = inner is not None and bool(rest) and (isinstance(rest[0], str) or len(rest) > 1)
        if not deeper or inner is None:
            field = name
            break
        names.append(name)
        table, model, index = ".".join(names), inner, 0
        if isinstance(rest[0], int):
            index = int(rest.pop(0))
    where = f"{source}{line_of(text, table, field, index)}"
    listed = f"[[{table}]]" in text
    subject = f"{table} {index + 1}: {field}" if listed else f"{table}.{field}" if table else field
    if field not in model.model_fields:
        return Refusal(f"{where}: unknown field {subject}{nearest(field, model.model_fields)}")
    wanted = model.model_fields[field].description
    if first["type"] == "missing" and first["loc"][-1] == field:
        return Refusal(f"{where}: {subject} is missing: must be {wanted}")
    value = repr(first["input"])
    shown = value if len(value) <= _SHOWN else value[: _SHOWN - 3] + "..."
    return Refusal(f"{where}: {subject} = {shown}: must be {wanted}")


def _models(annotation: Any) -> Iterator[type[Table]]:
    """The tables within an annotation: itself, what it is a tuple of, or what it may be."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
