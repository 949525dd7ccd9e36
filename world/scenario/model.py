"""A scenario: where the hero and the robots are, what he does, on which ground. Data only, written by hand.

In: `*.scenario.toml`.  Out: a frozen `Scenario`, or a `Refusal` that names the field, its value, what is allowed, file and line.
Units: metres, seconds, degrees clockwise from north, lux, candela. With a `[yard]` it plays on flat ground with the boxes and lamps that
it lists, round (0, 0); without one in the city, where the hero stands at `hero.at` or at the start. Robots listed are the only ones; where
none is listed the city's own are about.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from world.conditions import GROUP_COUNT
from world.errors import Refusal, nearest
from world.place import REACH_M
from world.resources import asset_path
from world.toml_file import line_of, read_toml_text
from world.toml_model import Table, number, read_table

SUFFIX = ".scenario.toml"
SECONDS_MAX = 7200.0
ACTS_MAX, ROBOTS_MAX, BOXES_MAX, LAMPS_MAX = 500, 128, 500, 100
Pace = Literal["walk", "run", "creep"]
Made = Literal["asphalt", "paving", "concrete", "metal", "glass", "rubble", "tile"]
_ONE_OF = ("go", "wait_s", "throw", "do")

_Metre = Annotated[float, Field(strict=True, ge=-REACH_M, le=REACH_M)]
_Point = tuple[_Metre, _Metre]
_Size = Annotated[float, Field(strict=True, ge=0.05, le=200.0)]


def _point(default: Any = ...) -> Any:
    return Field(default, description=f"two numbers [x, y] within {REACH_M:,.0f} m")


def _one_of(default: Any, kind: Any) -> Any:
    return Field(default, description=f"one of {', '.join(get_args(kind))}")


class Act(Table):
    """One thing after the other: `go` somewhere, `wait_s`, `throw` the bottle to a place, or `do` something with the hands."""

    go: _Point | None = _point(None)
    wait_s: float | None = number(None, 0.0, SECONDS_MAX, " s")
    throw: _Point | None = _point(None)
    do: Literal["strike", "use", "jump"] | None = Field(None, description="one of strike, use, jump")
    pace: Pace = _one_of("walk", Pace)
    crouch: bool = Field(False, strict=True, description="true or false")
    hold_breath: bool = Field(False, strict=True, description="true or false")
    look_deg: float | None = number(None, -360.0, 360.0, "°")
    pitch_deg: float = number(0.0, -88.0, 88.0, "°")


class Hero(Table):
    """Where the hero is at first, and what he does."""

    at: _Point | None = _point(None)
    heading_deg: float = number(0.0, -360.0, 360.0, "°")
    act: tuple[Act, ...] = Field((), max_length=ACTS_MAX, description=f"at most {ACTS_MAX} [[hero.act]] tables")


class Robot(Table):
    """One machine. Without a `round` it stands where it is; else it goes round its corners (or to and fro between two)."""

    kind: Literal["glider", "heavy", "runner", "sentry"] = Field(description="one of glider, heavy, runner, sentry")
    at: _Point = _point()
    facing_deg: float | None = number(None, -360.0, 360.0, "°")
    round: tuple[_Point, ...] = Field((), min_length=0, max_length=4, description="two to four corners [[x, y], …]")
    alert: float = number(0.0, 0.0, 1.0)


class Box(Table):
    """A solid: `size` is its whole length along, before `turn_deg`, east and north."""

    at: _Point = _point()
    size: tuple[_Size, _Size] = Field(description="two numbers [east, north] from 0.05 to 200 m")
    top: float = number(..., 0.05, 100.0, " m")
    bottom: float = number(0.0, 0.0, 99.0, " m")
    turn_deg: float = number(0.0, -360.0, 360.0, "°")
    material: Made = _one_of("concrete", Made)


class Lamp(Table):
    """A light all round, as bright as its flicker group is (0: steady)."""

    at: tuple[_Metre, _Metre, _Metre] = Field(description="three numbers [x, y, z]")
    candela: float = number(..., 0.0, 100_000.0, " cd")
    group: int = Field(0, strict=True, ge=0, lt=GROUP_COUNT, description=f"a whole number from 0 to {GROUP_COUNT - 1}")


class Yard(Table):
    """Flat ground of one make, lit evenly, under the open sky."""

    lux: float = number(1.0, 0.0, 1000.0, " lux")
    ground: Made = _one_of("asphalt", Made)
    box: tuple[Box, ...] = Field((), max_length=BOXES_MAX, description=f"at most {BOXES_MAX} [[yard.box]] tables")
    lamp: tuple[Lamp, ...] = Field((), max_length=LAMPS_MAX, description=f"at most {LAMPS_MAX} [[yard.lamp]] tables")


class Scenario(Table):
    """Everything that a rehearsal needs. `recipe` is a name or file, changed by `set`, as on the command line."""

    title: str = Field("", strict=True, max_length=200, description="a line of text")
    recipe: str = Field("drizzle", strict=True, max_length=4096, description="a recipe's name or file")
    set: tuple[str, ...] = Field((), max_length=100, description='a list of "section.field=value"')
    start_s: float = number(0.0, 0.0, 1e6, " s")
    seconds: float | None = number(None, 0.1, SECONDS_MAX, " s")
    hero: Hero = Field(Hero(), description="a [hero] table")
    robot: tuple[Robot, ...] = Field((), max_length=ROBOTS_MAX, description=f"at most {ROBOTS_MAX} [[robot]] tables")
    yard: Yard | None = Field(None, description="a [yard] table")


def scenario_names() -> list[str]:
    """The shipped scenarios."""
    return sorted(path.name.removesuffix(SUFFIX) for path in asset_path("scenarios").glob(f"*{SUFFIX}"))


def find_scenario(name_or_file: str) -> Path:
    """The file of a shipped scenario or of a path."""
    if name_or_file in scenario_names():
        return asset_path(f"scenarios/{name_or_file}{SUFFIX}")
    path = Path(name_or_file).expanduser()
    if path.is_file():
        return path
    known = scenario_names()
    raise Refusal(f"--script {name_or_file}: no such file, nor a shipped scenario{nearest(name_or_file, known)}; known: {', '.join(known)}")


def load_scenario(path: Path) -> Scenario:
    """The scenario of a file; `Refusal` when it cannot be read or is not one."""
    return scenario_from_toml(read_toml_text(path, "scenario"), str(path))


def scenario_from_toml(text: str, source: str = "<scenario>") -> Scenario:
    """A validated scenario from TOML text; `source` is the file's name for messages."""
    scenario = read_table(Scenario, text, source)
    for index, act in enumerate(scenario.hero.act):
        said = [name for name in _ONE_OF if getattr(act, name) is not None]
        if len(said) != 1:
            where = f"{source}{line_of(text, 'hero.act', (said or ['go'])[-1], index)}: hero.act {index + 1}"
            raise Refusal(f"{where}: takes exactly one of {', '.join(_ONE_OF)} (has {' and '.join(said) or 'none'})")
    for index, robot in enumerate(scenario.robot):
        if len(robot.round) == 1:
            where = f"{source}{line_of(text, 'robot', 'round', index)}: robot {index + 1}"
            raise Refusal(f"{where}: round = {[list(robot.round[0])]}: must be two to four corners")
    if scenario.yard is not None and scenario.hero.at is None:
        raise Refusal(f"{source}{line_of(text, 'hero', 'at')}: hero.at is missing: a yard has no start of its own")
    return scenario
