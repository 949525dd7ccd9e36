"""Scenarios that people write: what is wrong with one is said in a line, with its place."""

from __future__ import annotations

import pytest

from world.errors import Refusal
from world.scenario.model import find_scenario, scenario_from_toml

YARD = "[yard]\n[hero]\nat = [0, 0]\n"
GLIDER = "[[robot]]\nkind = 'glider'\nat = [0, 0]\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("secnds = 3\n", "s.toml:1: unknown field secnds (did you mean seconds?)"),
        ("seconds = 0\n", "s.toml:1: seconds = 0: must be a number from 0.1 to 7200 s"),
        (YARD + GLIDER + GLIDER.replace("glider", "glidr"), "s.toml:8: robot 2: kind = 'glidr': must be one of"),
        (YARD + "[[robot]]\nkind = 'glider'\n", "s.toml:4: robot 1: at is missing: must be two numbers [x, y]"),
        (YARD + "[[robot]]\nkind = 'heavy'\nat = [0, 0]\nround = [[1, 1]]\n", "s.toml:7: robot 1: round"),
        (YARD + "[[hero.act]]\nwait_s = 2\n[[hero.act]]\ngo = [1, 2]\nwait_s = 3\n", "s.toml:8: hero.act 2: takes exactly one of go"),
        (YARD + "[[hero.act]]\npace = 'run'\n", "hero.act 1: takes exactly one of go, wait_s, throw, do (has none)"),
        (YARD + "[[hero.act]]\ngo = [1, 2, 3]\n", "s.toml:5: hero.act 1: go = "),
        (YARD + "[[hero.act]]\ngo = [1, 2]\npaec = 'run'\n", "s.toml:6: unknown field hero.act 1: paec (did you mean pace?)"),
        ("[yard]\nlux = -1\n[hero]\nat = [0, 0]\n", "s.toml:2: yard.lux = -1: must be a number from 0 to 1000"),
        ("[yard]\n[[yard.box]]\nat = [0, 0]\nsize = [1, 1]\ntop = 1e9\n[hero]\nat = [0, 0]\n", "s.toml:5: yard.box 1: top = 1000000000.0"),
        ("[yard]\n[[yard.lamp]]\nat = [0, 0, 3]\ncandela = 5\ngroup = 64\n[hero]\nat = [0, 0]\n", "s.toml:5: yard.lamp 1: group = 64"),
        ("[yard]\nlux = 1\n", "hero.at is missing: a yard has no start of its own"),
        ("[hero]\nat = [1e7, 0]\n", "s.toml:2: hero.at = 10000000.0"),
        ("seconds = inf\n", "s.toml:1: seconds = inf"),
        ("= 3", "s.toml: not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        scenario_from_toml(text, "s.toml")
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(Refusal, match="did you mean bottle"):
        find_scenario("botle")
