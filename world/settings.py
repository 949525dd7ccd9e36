"""How a person likes to see and hear the city: kept in a TOML file in the user's config folder, never part of a recipe.

In: a file that may be missing or broken.  Out: a frozen `Settings`, and one line to show when the file could not be used.
A broken file is put aside, never lost; saving is atomic. Nothing of this reaches `world.sim`.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from world.errors import Refusal
from world.toml_file import parse_toml, read_toml_text

Quality = Literal["low", "medium", "high", "ultra", "auto"]
Captions = Literal["off", "threats", "all"]


def _amount(default: float, low: float, high: float, title: str) -> Any:
    return Field(default=default, ge=low, le=high, title=title)


class Grade(BaseModel):
    """What is done to a picture between the scene and the screen, as amounts (0: nothing, and it costs nothing) and switches.

    A walk takes it from the settings. Pictures and films start from these defaults whoever makes them, and change them by `--grade`
    alone: what one person's options say must not be seen in what a command draws on another machine."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    fog_scatter: float = _amount(1.0, 0.0, 2.0, "light in the fog")
    bloom: float = _amount(1.0, 0.0, 2.0, "bloom")
    contact: float = _amount(1.0, 0.0, 1.0, "contact shade")
    grain: float = _amount(1.0, 0.0, 3.0, "grain")
    aberration: float = _amount(1.0, 0.0, 3.0, "colour fringes")
    vignette: float = _amount(1.0, 0.0, 2.0, "vignette")
    motion_blur: float = _amount(0.0, 0.0, 1.0, "motion blur")  # share of a frame that the shutter is open
    depth_of_field: float = _amount(0.0, 0.0, 1.0, "depth of field")  # 1: f/0.7
    adapting: bool = Field(default=True, title="eyes adapt to the dark")
    smooth_edges: bool = Field(default=True, title="smooth edges")


class Settings(Grade):
    """What the options show. Numbers have a range, `title` is the label; everything else is a switch or a choice."""

    fov_deg: float = _amount(80.0, 50.0, 120.0, "field of view")
    mouse_sensitivity: float = _amount(1.0, 0.1, 5.0, "mouse sensitivity")
    head_bob: float = _amount(1.0, 0.0, 1.0, "head bob")
    caption_size: float = _amount(1.0, 0.8, 1.8, "size of captions")
    volume: float = _amount(0.8, 0.0, 1.0, "volume")
    volume_machines: float = _amount(1.0, 0.0, 1.0, "volume: machines")
    volume_weather: float = _amount(1.0, 0.0, 1.0, "volume: weather")
    volume_steps: float = _amount(1.0, 0.0, 1.0, "volume: yourself")
    volume_places: float = _amount(1.0, 0.0, 1.0, "volume: places")
    volume_score: float = _amount(0.7, 0.0, 1.0, "volume: music")
    headphones: bool = Field(default=True, title="headphones")
    invert_y: bool = Field(default=False, title="invert the mouse")
    flash_safe: bool = Field(default=False, title="no flashing lights")
    captions: Captions = Field(default="threats", title="captions for sounds")
    arcs: bool = Field(default=True, title="arcs: where sounds come from")
    throw_arc: bool = Field(default=True, title="show where a throw lands")
    prompts: bool = Field(default=True, title="say what the hand can do")
    fullscreen: bool = Field(default=False, title="start in fullscreen")
    quality: Quality = Field(default="auto", title="quality")
    frame_rate: float = _amount(60.0, 24.0, 240.0, "frames a second (quality auto)")
    keys: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z_]+=.+$")], ...] = Field(default=(), title="keys that were changed")
    hints_seen: tuple[str, ...] = Field(default=(), title="hints already shown")


def settings_path() -> Path:
    """The file, in the folder that the system has for it (`ASHES_CONFIG_DIR` chooses another)."""
    folder = os.environ.get("ASHES_CONFIG_DIR") or platformdirs.user_config_dir("ashes-of-neon", appauthor=False)
    return Path(folder) / "settings.toml"


def load_settings(path: Path | None = None) -> tuple[Settings, str]:
    """The settings and "", or the defaults and what was wrong with the file, which is put aside as `settings.broken.toml`."""
    path = path or settings_path()
    if not path.exists():
        return Settings(), ""
    try:
        tree = parse_toml(read_toml_text(path, "settings file"), str(path))
        tree = {name: tuple(value) if isinstance(value, list) else value for name, value in tree.items()}
        if isinstance(tree.get("captions"), bool):  # a switch, before there was a choice
            tree["captions"] = "threats" if tree["captions"] else "off"
        return Settings.model_validate({k: float(v) if _wants_float(k) and type(v) is int else v for k, v in tree.items()}), ""
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        wrong = f"{path}: {name} = {first['input']!r}: {first['msg'].lower()}"
    except Refusal as refusal:
        wrong = str(refusal)
    return Settings(), f"{wrong}; defaults are used{_put_aside(path)}"


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Writes the file in one piece; `Refusal` when it cannot be written."""
    path = path or settings_path()
    lines = ["# How you like to see and hear the city. Delete this file to get the defaults back."]
    for name, field in Settings.model_fields.items():
        lines.append(f"{name} = {_toml(getattr(settings, name))}  # {field.title}")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text("\n".join(lines) + "\n", "utf-8")
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):  # the folder itself may be what is missing
            part.unlink(missing_ok=True)
        raise Refusal(f"{path}: the settings cannot be saved: {error.strerror or error}") from error


def limits_of(name: str) -> tuple[float, float] | None:
    """The range of a number among the settings; None for switches and choices."""
    limits = {type(m).__name__: m for m in Settings.model_fields[name].metadata}
    return (limits["Ge"].ge, limits["Le"].le) if "Ge" in limits else None


def _wants_float(name: str) -> bool:
    return name in Settings.model_fields and Settings.model_fields[name].annotation is float


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)  # strings are written alike in both
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _put_aside(path: Path) -> str:
    aside = path.with_name("settings.broken.toml")
    for number in range(2, 1000):
        if not aside.exists():
            break
        aside = path.with_name(f"settings.broken-{number}.toml")
    try:
        path.rename(aside)
    except OSError as error:
        return f" (the file stays where it is: {error.strerror})"
    return f", your file is kept as {aside.name}"
