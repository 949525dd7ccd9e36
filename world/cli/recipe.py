"""`ashes recipe`: recipes listed, shown, checked, written, compared, shared, described.

In: parsed arguments; `action` is one of `ACTIONS`.  Out: text on stdout; `new` writes a file.
"""

from __future__ import annotations

import argparse
import json
import secrets
from collections.abc import Iterable
from pathlib import Path

from world.cli.city import place_and_recipe
from world.cli.output import check_output, whole_file
from world.errors import Refusal, nearest
from world.recipe import Recipe, load_recipe, preset_names, with_settings
from world.recipe.change import differing_knobs, rebuild_between
from world.recipe.load import read_recipe
from world.recipe.model import SECTIONS
from world.recipe.schema import recipe_schema
from world.recipe.share import code_of, is_code
from world.recipe.write import number_text, toml_from_recipe

_ROLL_BELOW = 10**6  # short enough to tell somebody
_NUMBER_WIDTH, _NAME_WIDTH = 12, 24


def run(arguments: argparse.Namespace) -> int:
    """Does what was asked."""
    for line in _DO[arguments.action](arguments):
        print(line)
    return 0


def _show(arguments: argparse.Namespace) -> Iterable[str]:
    if arguments.name is not None:
        if arguments.recipe is not None:
            raise Refusal(f"recipe show: {arguments.name} or --recipe {arguments.recipe}, not both")
        arguments.recipe = arguments.name
    yield toml_from_recipe(place_and_recipe(arguments)[1]).removesuffix("\n")


def _list(_: argparse.Namespace) -> Iterable[str]:
    names = preset_names()
    for name in names:
        about = read_recipe(name)[1]
        yield f"{name:<{max(map(len, names))}}  {about.title}: {about.words}"


def _check(arguments: argparse.Namespace) -> Iterable[str]:
    for name in arguments.files:
        recipe, about = read_recipe(name)
        differing = len(differing_knobs(Recipe(), recipe))
        blocks = f"; local blocks: {len(recipe.local)}" if recipe.local else ""
        yield f"{name}: ok: {about.title + ': ' if about.title else ''}{differing} fields differ from the defaults{blocks}"


def _new(arguments: argparse.Namespace) -> Iterable[str]:
    out = check_output(arguments.file, suffixes=(".toml",), force=arguments.force)
    source = arguments.origin or "drizzle"
    recipe = load_recipe(source)
    for section in arguments.lock:
        recipe = recipe.with_value(_section(section, "--lock", locking=True), "seed", recipe.seed_of(section))
    recipe = with_settings(recipe, arguments.set, arguments.seed)
    for section in arguments.roll:
        recipe = recipe.with_value(_section(section, "--roll"), "seed", secrets.randbelow(_ROLL_BELOW))
    origin = "a share code" if is_code(source) else Path(source).name
    head = [f"A city of Ashes of Neon, made from {origin}. What is left out keeps its default.", f"Walk it: ashes --recipe {out}"]
    with whole_file(out) as part:
        part.write_text(toml_from_recipe(recipe, head), "utf-8")
    yield str(out)


def _section(name: str, option: str, *, locking: bool = False) -> str:
    known = [section for section in SECTIONS if not (locking and section == "world")]
    if name not in known:
        raise Refusal(f"{option} {name}: must be one of {', '.join(known)}{nearest(name, known)}")
    return name


def _schema(_: argparse.Namespace) -> Iterable[str]:
    yield json.dumps(recipe_schema(), indent=2, ensure_ascii=False)


def _diff(arguments: argparse.Namespace) -> Iterable[str]:
    before, after = (load_recipe(name) for name in (arguments.before, arguments.after))
    rows = [(knob.name, number_text(a), number_text(b), knob.rebuilds.value) for knob, a, b in differing_knobs(before, after)]
    if rows:
        yield f"{'field':<{_NAME_WIDTH}}{'before':>{_NUMBER_WIDTH}}{'after':>{_NUMBER_WIDTH}}  rebuilds"
    for name, a, b, rebuilds in rows:
        yield f"{name:<{_NAME_WIDTH}}{a:>{_NUMBER_WIDTH}}{b:>{_NUMBER_WIDTH}}  {rebuilds}"
    if before.local != after.local:
        gone, come = set(before.local) - set(after.local), set(after.local) - set(before.local)
        yield f"local blocks: {len(before.local)} before, {len(after.local)} after ({len(gone)} gone, {len(come)} new)"
    rebuild = rebuild_between(before, after)
    yield "no difference" if rebuild is None else f"altogether rebuilds: {rebuild.value}"


def _share(arguments: argparse.Namespace) -> Iterable[str]:
    place, recipe = place_and_recipe(arguments)
    yield code_of(recipe, place.text() if place else "")


_DO = {"show": _show, "list": _list, "check": _check, "new": _new, "schema": _schema, "diff": _diff, "share": _share}
