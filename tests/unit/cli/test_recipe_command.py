"""`ashes recipe` does what its help says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from world.cli import main
from world.cli.recipe_arguments import ACTIONS, EXAMPLES
from world.recipe import load_recipe, preset_names, with_settings
from world.recipe.load import read_recipe


def _said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["recipe", *words]) == 0
    return capsys.readouterr().out


def _refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["recipe", *words]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("ashes: ") and said.err.count("\n") == 1
    return said.err


def test_list_names_every_preset_with_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _said(capsys, "list").splitlines()
    assert [line.split()[0] for line in lines] == preset_names()
    assert len(lines) >= 8
    for name in preset_names():
        about = read_recipe(name)[1]
        assert about.title and about.words and about.words.endswith("."), name
    assert len({load_recipe(name) for name in preset_names()}) == len(lines)


def test_show_prints_what_reads_back(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    for words in (["show", "monsoon"], ["--recipe", "monsoon"], ["show", "--recipe", "monsoon"]):
        mine.write_text(_said(capsys, *words))
        assert load_recipe(str(mine)) == load_recipe("monsoon")
    assert "not both" in _refused(capsys, "show", "monsoon", "--recipe", "dawn")


def test_check_says_ok_or_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert _said(capsys, "check", "drizzle", "last-lights").count(": ok: ") == 2
    bad = tmp_path / "bad.toml"
    bad.write_text("[neon]\n\nsigns = 99\n")
    assert f"{bad}:3: neon.signs = 99.0" in _refused(capsys, "check", str(bad))


def test_new_writes_once_locks_and_rolls(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    words = ["new", str(mine), "--from", "monsoon", "--seed", "8", "--lock", "roads", "buildings", "--roll", "neon"]
    assert _said(capsys, *words, "--set", "ruin.damage=0.1") == f"{mine}\n"
    recipe, origin = load_recipe(str(mine)), load_recipe("monsoon")
    assert recipe.world.seed == 8 and recipe.ruin.damage == 0.1
    assert recipe.seed_of("roads") == recipe.seed_of("buildings") == origin.world.seed
    assert recipe.neon.seed >= 0 and recipe.seed_of("ruin") == 8
    assert "--force" in _refused(capsys, "new", str(mine))
    _said(capsys, "new", str(mine), "--force")
    assert load_recipe(str(mine)) == load_recipe("drizzle")
    assert "did you mean neon?" in _refused(capsys, "new", str(tmp_path / "b.toml"), "--roll", "nein")
    assert "--lock world" in _refused(capsys, "new", str(tmp_path / "b.toml"), "--lock", "world")
    assert not (tmp_path / "b.toml").exists()


def test_diff_tells_what_differs_and_what_it_rebuilds(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _said(capsys, "diff", "drizzle", "monsoon").splitlines()
    assert ["weather.rain_mm_h", "8", "52", "uniform"] in [line.split() for line in lines]
    assert lines[-1] == "altogether rebuilds: all"
    assert _said(capsys, "diff", "dawn", "dawn") == "no difference\n"
    assert "local blocks: 0 before, 1 after" in _said(capsys, "diff", "drizzle", "last-lights")


def test_share_prints_a_code_that_leads_back(capsys: pytest.CaptureFixture[str]) -> None:
    code = _said(capsys, "share", "--recipe", "flooded", "--seed", "9", "--at", "12,-40/90").strip()
    recipe, about = read_recipe(code)
    assert recipe == with_settings(load_recipe("flooded"), [], "9") and about.at == "12.00,-40.00/90.0"
    assert _said(capsys, "--code", code) == _said(capsys, "show", code)
    assert _said(capsys, "share", "--code", code).strip() == code
    assert "damaged" in _refused(capsys, "--code", code[:-9])


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(_said(capsys, "schema"))["title"]


def test_help_tells_of_every_action(capsys: pytest.CaptureFixture[str]) -> None:
    text = _said(capsys, "--help")
    for action in ACTIONS:
        assert f"  {action} " in text
        assert ACTIONS[action] in " ".join(_said(capsys, action, "--help").split())
    assert set(EXAMPLES) < set(ACTIONS)
    assert "did you mean show?" in _refused(capsys, "shwo")
