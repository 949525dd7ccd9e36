"""A flight: where the camera is, where it looks and how wide, at a few instants. Data only, written by hand or by a tour.

In: `*.flight.toml`.  Out: a frozen `Flight`, or a `Refusal` that names the field, its value, what is allowed, file and line.
Units: metres, seconds, degrees. Axes: right-handed, X east, Y north, Z up; headings clockwise from north. A quaternion
(x, y, z, w) turns the level camera that looks north (right = X, forward = Y, up = Z) into its place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from world.errors import Refusal
from world.recipe.model import SEED_MAX
from world.toml_file import line_of, read_toml_text
from world.toml_model import Table, number, read_table

VERSION = 1
UNITS = "metres, seconds, degrees"
AXES = "right-handed, X east, Y north, Z up"
SECONDS_MAX = 3600.0
KEYS_MAX = 4000
PLACE_MAX_M = 1e6
CLOCK_MAX_S = 1e6

_Ease = Literal["through", "stop"]
_Place = Annotated[float, Field(strict=True, ge=-PLACE_MAX_M, le=PLACE_MAX_M)]
_Unit = Annotated[float, Field(strict=True, ge=-1.0, le=1.0)]


def _place(default: Any) -> Any:
    return Field(default, description=f"three numbers [x, y, z] within {PLACE_MAX_M:,.0f} m")


class Key(Table):
    """One instant. It looks by `look_at`, by `heading_deg` (and `pitch_deg`), or by `quat` (which holds the roll as well)."""

    time_s: float = number(..., 0.0, SECONDS_MAX, " s")
    pos: tuple[_Place, _Place, _Place] = _place(...)
    look_at: tuple[_Place, _Place, _Place] | None = _place(None)
    heading_deg: float | None = number(None, -360.0, 360.0, "°")
    pitch_deg: float = number(0.0, -90.0, 90.0, "°")
    quat: tuple[_Unit, _Unit, _Unit, _Unit] | None = Field(None, description="four numbers [x, y, z, w] from -1 to 1")
    fov_deg: float = number(80.0, 5.0, 150.0, "°")
    roll_deg: float = number(0.0, -180.0, 180.0, "°")
    focus_m: float = number(0.0, 0.0, 10000.0, " m")  # 0: what it looks at, or what is in the middle of the view
    ease: _Ease = Field("through", description=f"one of {', '.join(get_args(_Ease))}")


class Flight(Table):
    """Keys in the order of time, the first at 0; `recipe`, `seed` and `start_s` (the city's clock at 0) say which city."""

    version: Literal[1] = Field(description=f"{VERSION}, the version this program reads")
    units: Literal["metres, seconds, degrees"] = Field(description=repr(UNITS))
    axes: Literal["right-handed, X east, Y north, Z up"] = Field(description=repr(AXES))
    recipe: str = Field("drizzle", strict=True, max_length=4096, description="a recipe's name or file")
    seed: int | None = Field(None, strict=True, ge=0, le=SEED_MAX, description=f"a whole number from 0 to {SEED_MAX}")
    start_s: float = number(0.0, 0.0, CLOCK_MAX_S, " s")
    key: tuple[Key, ...] = Field(min_length=1, max_length=KEYS_MAX, description=f"1 to {KEYS_MAX} [[key]] tables")

    @property
    def duration_s(self) -> float:
        """Seconds from the first key to the last (0 for a camera that stands still)."""
        return self.key[-1].time_s


def load_flight(path: Path) -> Flight:
    """The flight of a `*.flight.toml`; `Refusal` when it cannot be read or is not one."""
    return flight_from_toml(read_toml_text(path, "flight"), str(path))


def flight_from_toml(text: str, source: str = "<flight>") -> Flight:
    """A validated flight from TOML text; `source` is the file's name for messages."""
    flight = read_table(Flight, text, source)
    for index, key in enumerate(flight.key):
        before = flight.key[index - 1].time_s if index else None
        complaint = _complaint(key, before)
        if complaint:
            field, words = complaint
            raise Refusal(f"{source}{line_of(text, 'key', field, index)}: key {index + 1}: {words}")
    return flight


def flight_to_toml(flight: Flight) -> str:
    """TOML text that reads back as the same flight."""
    head = flight.model_dump(exclude={"key"}, exclude_none=True)
    lines = [f"{name} = {_toml(value)}" for name, value in head.items()]
    for key in flight.key:
        lines += ["", "[[key]]"]
        lines += [f"{name} = {_toml(value)}" for name, value in key.model_dump(exclude_defaults=True).items()]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return repr(value)


def _complaint(key: Key, before_s: float | None) -> tuple[str, str] | None:
    """What pydantic cannot see: (field, words), or None when the key is sound."""
    if before_s is None and key.time_s != 0.0:
        return "time_s", f"time_s = {key.time_s:g}: the first key must be at 0 s"
    if before_s is not None and key.time_s <= before_s:
        return "time_s", f"time_s = {key.time_s:g}: must be later than the key before it ({before_s:g} s)"
    ways = [name for name in ("look_at", "heading_deg", "quat") if getattr(key, name) is not None]
    if len(ways) != 1:
        return (ways or ["pos"])[-1], f"must look by exactly one of look_at, heading_deg, quat (has {' and '.join(ways) or 'none'})"
    if key.look_at is not None and key.look_at == key.pos:
        return "look_at", f"look_at = {list(key.look_at)}: is the camera's own place"
    if key.quat is not None and not 0.9 <= sum(q * q for q in key.quat) ** 0.5 <= 1.1:
        return "quat", f"quat = {list(key.quat)}: must have length 1"
    if key.pitch_deg and key.heading_deg is None:
        return "pitch_deg", f"pitch_deg = {key.pitch_deg:g}: goes with heading_deg only"
    if key.roll_deg and key.quat is not None:
        return "roll_deg", f"roll_deg = {key.roll_deg:g}: a quat holds the roll already"
    return None
