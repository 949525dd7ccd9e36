"""The house's own rules: style, types, the order of the rooms, the list of packages, what README and the landing run promise."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import world
from world.cli.parser import parse_arguments
from world.place import parse_place

ROOT = Path(__file__).resolve().parents[2]
LINES_MAX = 320  # as a rule 300
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def _run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_style() -> None:
    _run("ruff", "check", ".")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="types are checked once, on the oldest Python: NumPy's stubs differ")
def test_types() -> None:
    _run("mypy")


def test_the_data_walks_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_list_of_packages_is_the_tree() -> None:
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in ROOT.glob("world/**/__init__.py")}
    assert found | {"world.shaders", "world.assets"} == set(PROJECT["tool"]["setuptools"]["packages"])


def test_every_module_says_what_goes_in_and_what_comes_out() -> None:
    for path in ROOT.glob("world/**/*.py"):
        doc = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        assert doc, path
        if path.name not in ("__main__.py",) and path != ROOT / "world/__init__.py":
            assert "In:" in doc or doc.count("\n") == 0, f"{path}: what goes in?"


def test_modules_are_one_concept_long() -> None:
    long = {
        str(path.relative_to(ROOT)): n
        for path in ROOT.glob("world/**/*.py")
        if (n := len(path.read_text("utf-8").splitlines())) > LINES_MAX
    }
    assert not long


def test_no_shader_is_older_than_a_mac_accepts() -> None:
    for path in (ROOT / "shaders").rglob("*.glsl"):
        for version in re.findall(r"^\s*#version\s+(\d+)", path.read_text("utf-8"), re.M):
            assert int(version) >= 150, path


def test_the_readme_and_the_landing_run_agree() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    first, second = re.findall(r"^```sh\n(.*?)\n```", readme, re.M | re.S)[:2]
    assert "\n" not in first and "\n" not in second
    assert first.endswith(".venv/bin/ashes")
    plan = subprocess.run(["bash", str(ROOT / ".ci/run"), "--dry-run"], capture_output=True, text=True, check=True).stdout
    packages = [name for block in (first, second) for name in re.search(r"install -y ([^&]*)&&", block)[1].split()]
    assert plan.splitlines()[0].split()[1:] == packages
    command = second.split(" && ", 1)[1]
    assert f": {command}\n" in plan
    assert command.endswith("-m pytest")


def test_every_command_of_the_readme_is_one() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    lines = [*re.findall(r"^(ashes [^\n&]*)", readme, re.M), *re.findall(r"`(ashes [^`]*)`", readme)]
    assert len(lines) > 12
    for line in lines:
        words = line.split(">")[0].split()[1:]
        assert words == ["--help"] or parse_arguments(words) is not None, line
        if "--at" in words:
            parse_place(words[words.index("--at") + 1])
    for file in re.findall(r"\((assets/[^)]*|LICENSE)\)|`(assets/[^`]*)`", readme):
        assert (ROOT / (file[0] or file[1])).exists(), file


def test_version_is_said_once() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", world.__version__)
    assert PROJECT["project"]["dynamic"] == ["version"]


@pytest.mark.parametrize("word", ["utils", "helpers", "manager"])
def test_no_room_for_odds_and_ends(word: str) -> None:
    assert not [path for path in ROOT.glob("world/**/*") if word in path.name.lower()]
