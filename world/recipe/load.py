"""Reads recipes: TOML files, shipped presets, and `section.field=value` from the command line.

In: text from anybody.  Out: a `Recipe`, or a `Refusal` that names the field, its value, the allowed range, and the
file and line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from world.errors import Refusal, nearest
from world.recipe.about import About, about_from
from world.recipe.knob import as_float, knobs_by_name
from world.recipe.load_local import locals_from
from world.recipe.model import SECTIONS, Recipe
from world.recipe.share import is_code, toml_of_code
from world.resources import asset_path
from world.toml_file import line_of, parse_toml, read_toml_text

Where = Callable[[str, str], str]  # (section, field) → the file and line to blame


def preset_names() -> list[str]:
    """Names of the shipped recipes."""
    return sorted(path.stem for path in asset_path("recipes").glob("*.toml"))


def find_preset(name_or_file: str) -> Path:
    """The file behind a preset's name or a path; `Refusal` when neither exists."""
    if name_or_file in preset_names():
        return asset_path(f"recipes/{name_or_file}.toml")
    path = Path(name_or_file).expanduser()
    if path.is_file():
        return path
    hint = nearest(name_or_file, preset_names())
    raise Refusal(f"no recipe {name_or_file!r}: neither a file nor one of {', '.join(preset_names())}{hint}")


def load_recipe(name_or_file: str = "drizzle") -> Recipe:
    """The recipe of a preset's name, of a TOML file, or of a share code."""
    return read_recipe(name_or_file)[0]


def read_recipe(name_or_file: str) -> tuple[Recipe, About]:
    """The same, with its words."""
    if is_code(name_or_file):
        return recipe_and_words(toml_of_code(name_or_file), "the code")
    path = find_preset(name_or_file)
    return recipe_and_words(read_toml_text(path, "recipe"), str(path), path.parent)


def recipe_from_toml(text: str, source: str = "<recipe>", folder: Path | None = None) -> Recipe:
    """A validated recipe from TOML text; `source` is the file's name for messages, `folder` where its painted maps lie."""
    return recipe_and_words(text, source, folder)[0]


def recipe_and_words(text: str, source: str, folder: Path | None = None) -> tuple[Recipe, About]:
    """The same, with its words."""
    tree = parse_toml(text, source)

    def where(section: str, field: str) -> str:
        return f"{source}{line_of(text, section, field)}"

    about = about_from(tree.pop("about", {}), where)
    blocks = tree.pop("local", [])
    recipe = validated(tree, where)
    found = locals_from(blocks, text, source, folder, validated)
    return (recipe.model_copy(update={"local": found}) if found else recipe), about


def with_settings(recipe: Recipe, pairs: list[str], seed: str | None = None) -> Recipe:
    """`recipe` changed by `section.field=value` pairs and, last, by a seed."""
    tree: dict[str, Any] = {name: dict(getattr(recipe, name)) for name in SECTIONS}
    origin = {}
    if seed is not None:
        pairs = [*pairs, f"world.seed={seed}"]
    for pair in pairs:
        match = re.fullmatch(r"\s*(\w+)\.(\w+)\s*=\s*(\S+)\s*", pair)
        where = f"--seed {seed}" if pair is pairs[-1] and seed is not None else f"--set {pair}"
        if match is None:
            raise Refusal(f"{where}: expected section.field=value, as in --set water.level_m=0.3")
        section, field, value = match.groups()
        try:
            parsed: Any = tomllib.loads(f"value = {value}")["value"]
        except tomllib.TOMLDecodeError:
            parsed = value
        tree.setdefault(section, {})[field] = parsed
        origin[section, field] = where
    changed = validated(tree, lambda section, field: origin.get((section, field), "recipe"))
    return changed.model_copy(update={"local": recipe.local}) if recipe.local else changed


def validated(tree: dict[str, Any], where: Where) -> Recipe:
    """The recipe of a tree of sections; pydantic's first complaint is turned into one line of ours."""
    knobs = knobs_by_name()
    for section in tree:
        if section not in SECTIONS:
            raise Refusal(f"{where(section, '')}: unknown section [{section}]{nearest(section, [*SECTIONS, 'local', 'about'])}")
    try:
        return Recipe.model_validate(_whole_numbers_as_floats(tree))
    except ValidationError as error:
        first = error.errors()[0]
    section, field = (*map(str, first["loc"]), "")[:2]
    place, name = where(section, field), f"{section}.{field}" if field else section
    if name in knobs:
        knob = knobs[name]
        kind = "a whole number" if knob.integer else "a number"
        raise Refusal(f"{place}: {name} = {first['input']!r}: must be {kind} from {knob.range_text} ({knob.label})")
    if not field:
        raise Refusal(f"{place}: [{section}] must be a table of fields")
    hint = nearest(name, knobs) or nearest(field, [n.split(".")[1] for n in knobs if n.startswith(section + ".")])
    raise Refusal(f"{place}: unknown field {name}{hint}")


def _whole_numbers_as_floats(tree: dict[str, Any]) -> dict[str, Any]:
    """TOML's `7` for a knob that takes `7.0`: strict validation would refuse it (booleans stay refused)."""
    knobs, out = knobs_by_name(), {}
    for section, fields in tree.items():
        if not isinstance(fields, dict):
            out[section] = fields
            continue
        out[section] = {
            key: as_float(value) if type(value) is int and (k := knobs.get(f"{section}.{key}")) and not k.integer else value
            for key, value in fields.items()
        }
    return out
