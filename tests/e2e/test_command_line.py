"""The command as a person types it: help, refusals in one line with exit code 2, files whole or not at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from world import __version__

Ashes = Callable[..., subprocess.CompletedProcess[str]]


def test_help_and_version_are_quick_and_complete(ashes: Ashes) -> None:
    began = time.perf_counter()
    done = ashes("--help")
    assert time.perf_counter() - began < 3.0
    assert done.returncode == 0
    for word in ("walk", "shot", "film", "recipe", "doctor", "bench", "--recipe", "--seed", "--set", "--at", "--time", "--quality", "Esc"):
        assert word in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 92
    assert ashes("--version").stdout == f"ashes {__version__}\n"


@pytest.mark.parametrize("command", ["walk", "shot", "film", "recipe", "doctor", "bench"])
def test_each_command_explains_itself(ashes: Ashes, command: str) -> None:
    done = ashes(command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: ashes {command}")


def test_help_needs_neither_engine_nor_numpy() -> None:
    heavy = ("numpy", "panda3d", "ursina", "pydantic")
    code = f"import sys, world.cli; world.cli.main(['--help']); print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


BAD_INPUT = [
    (["shott"], "unknown command 'shott' (did you mean shot?)"),
    (["--sed", "3"], "unknown option --sed (did you mean --seed?)"),
    (["shot"], "--out/-o is missing"),
    (["shot", "--out"], "expected one argument"),
    (["recipe", "--seed", "abc"], "--seed abc: world.seed = 'abc': must be a whole number"),
    (["recipe", "--seed", "-1"], "--seed -1"),
    (["recipe", "--set", "water.levl_m=0.1"], "unknown field water.levl_m (did you mean water.level_m?)"),
    (["recipe", "--set", "water.level_m=nan"], "water.level_m = nan: must be a number from -0.6 to 0.6 m"),
    (["recipe", "--set", "water.level_m=7"], "water.level_m = 7.0: must be a number from -0.6 to 0.6 m"),
    (["recipe", "--set", "nonsense"], "expected section.field=value"),
    (["recipe", "--recipe", "drizle"], "did you mean drizzle?"),
    (["shot", "--out", "x.png", "--at", "nowhere"], "no place of that name"),
    (["shot", "--out", "x.png", "--at", "90000,0/0"], "X = 90000 must be from -40000 to 40000 m"),
    (["shot", "--out", "x.png", "--at", "0,nan/0"], "Y = nan must be"),
    (["shot", "--out", "x.png", "--at", "1,2"], "expected X,Y[,Z]/HEADING[/PITCH]"),
    (["shot", "--out", "x.png", "--at", "-1,-2/0/95"], "PITCH = 95 must be from -88 to 88 degrees"),
    (["shot", "--out", "x.png", "--time", "-3"], "--time -3: must be from 0"),
    (["shot", "--out", "x.png", "--time", "nan"], "--time nan: must be from 0"),
    (["shot", "--out", "x.png", "--size", "huge"], "--size huge: expected WIDTHxHEIGHT"),
    (["shot", "--out", "x.png", "--size", "99999x99999"], "each side must be from 16 to 16384"),
    (["shot", "--out", "x.png", "--size", "16000x16000"], "at most 100 megapixels"),
    (["shot", "--out", "x.png", "--quality", "hihg"], "must be one of low, medium, high, ultra (did you mean high?)"),
    (["shot", "--out", "no/such/folder/x.png"], "the folder no/such/folder does not exist"),
    (["shot", "--out", "x.jpg"], "must end in .png"),
    (["film", "tour", "-o", "no/such/folder/x.mp4"], "does not exist"),
    (["film", "missing.flight.toml", "-o", "x.mp4"], "missing.flight.toml"),
    (["film", "tour", "-o", "x.mp4", "--fps", "0"], "--fps 0: must be a whole number from 1 to 240"),
    (["film", "tour", "-o", "x.mp4", "--seconds", "inf"], "--seconds inf: must be from"),
    (["walk"], "no display"),
    ([], "no display"),
]


@pytest.mark.parametrize(("words", "says"), BAD_INPUT, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_bad_input_is_one_line_and_exit_code_2(
    ashes: Ashes, words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = ashes(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(r"ashes: [^\n]+\n", done.stderr), done.stderr
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_broken_recipe_is_refused_with_its_line(ashes: Ashes, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    for text, says in (
        ("[water\nlevel_m = 1", "not valid TOML"),
        ("[water]\n\nlevel = 0.1", "mine.toml:3: unknown field water.level"),
        ("[weather]\nrain_mm_h = 600", "mine.toml:2: weather.rain_mm_h = 600"),
    ):
        mine.write_text(text)
        done = ashes("recipe", "--recipe", str(mine))
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert says in done.stderr


def test_an_existing_file_needs_force(ashes: Ashes, tmp_path: Path) -> None:
    out = tmp_path / "mine.png"
    out.write_bytes(b"precious")
    done = ashes("shot", "--out", str(out))
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert out.read_bytes() == b"precious"


def test_a_printed_recipe_is_a_recipe(ashes: Ashes, tmp_path: Path) -> None:
    first = ashes("recipe", "--seed", "5", "--set", "water.level_m=-0.25").stdout
    mine = tmp_path / "mine.toml"
    mine.write_text(first)
    assert ashes("recipe", "--recipe", str(mine)).stdout == first
    assert "level_m = -0.25" in first
    assert "seed = 5" in first


@pytest.mark.skipif(os.name != "posix", reason="pipes and /dev/full")
def test_nobody_reads_and_no_space_are_not_tracebacks() -> None:
    command = [sys.executable, "-m", "world", "recipe"]
    reader, writer = os.pipe()
    os.close(reader)
    gone = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (gone.returncode, gone.stderr) == (141, "")
    if os.path.exists("/dev/full"):
        with open("/dev/full", "w") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 2
        assert re.fullmatch(r"ashes: no space left[^\n]*\n", done.stderr)
    closed = subprocess.run(["sh", "-c", f"{sys.executable} -m world recipe >&-"], capture_output=True, text=True, check=False)
    assert "Traceback" not in closed.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_interrupted_is_130_without_a_traceback() -> None:
    code = "\n".join(
        [
            "import os, signal, time, world.cli, world.cli.recipe",
            "signal.signal(signal.SIGINT, signal.default_int_handler)",  # a background job begins without it
            "world.cli.recipe.run = lambda arguments: os.kill(os.getpid(), signal.SIGINT) or time.sleep(5)",
            "raise SystemExit(world.cli.main(['recipe']))",
        ]
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")


def test_doctor_tells_what_is_at_work(ashes: Ashes) -> None:
    done = ashes("doctor")
    assert done.returncode == 0, done.stdout
    for word in ("Python", "ursina", "panda3d", "noise", "OpenGL", "window", "sound", "Japanese font", "film encoders", "free disk"):
        assert word in done.stdout
    blind = ashes("doctor", env={"__EGL_VENDOR_LIBRARY_FILENAMES": "/nowhere", "LIBGL_DRIVERS_PATH": "/nowhere"})
    assert blind.returncode == 1
    assert "MISS  pictures, films" in blind.stdout
    assert "apt-get install" in blind.stdout
