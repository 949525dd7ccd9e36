"""The gallery: every command in it is one, every place in it can be stood at, every named place is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from world.cli.parser import parse_arguments
from world.pipe import Pipe
from world.place import named_places, parse_place
from world.recipe import load_recipe
from world.recipe.load import preset_names
from world.space.walk import deepest
from world.space.window import SpaceWindow

ROOT = Path(__file__).resolve().parents[2]
GALLERY = (ROOT / "assets/GALLERY.md").read_text("utf-8")
COMMANDS = [line.split()[1:] for line in re.findall(r"`(ashes [^`]*)`", GALLERY) if "NAME" not in line]
_HEAD_M = 0.2  # round the eye, where nothing may be


def test_every_command_is_one() -> None:
    assert len(COMMANDS) > 50
    for words in COMMANDS:
        assert parse_arguments(words) is not None, words
        for option in ("--at", "--near"):
            if option in words:
                parse_place(words[words.index(option) + 1])


def test_every_named_place_and_every_preset_has_its_command() -> None:
    shown = {words[words.index("--at") + 1] for words in COMMANDS if words[0] == "shot" and "--at" in words}
    assert shown == set(named_places())
    assert {words[words.index("--recipe") + 1] for words in COMMANDS if words[0] == "shot" and "--recipe" in words} == set(preset_names())


def test_pictures_that_are_shown_are_there() -> None:
    for file in re.findall(r"\]\(([^)]+\.(?:jpg|png))\)", GALLERY):
        assert (ROOT / "assets" / file).is_file(), file


@pytest.fixture(scope="module")
def windows() -> dict[str, SpaceWindow]:
    recipes = {place.recipe or "drizzle" for place in named_places().values()}
    return {name: SpaceWindow(Pipe(load_recipe(name)).space) for name in recipes}


@pytest.mark.parametrize("name", named_places())
def test_the_eye_is_in_free_air_above_the_ground(windows: dict[str, SpaceWindow], name: str) -> None:
    place = named_places()[name]
    window = windows[place.recipe or "drizzle"]
    assert place.z is not None
    rows = window.near(place.x, place.y, 1.0)
    assert deepest(rows, place.x, place.y, place.z - _HEAD_M, 2 * _HEAD_M, step=0.0, radius=_HEAD_M) is None
    floor = window.ground(place.x, place.y) if place.z > -1.0 else -20.0  # platforms lie below the street
    assert place.z > floor + 0.2
