"""A walk in a real window, driven as a person drives it: xdotool's keys and mouse, and the log that tells what became of them.

In: a display, a folder, a recipe's text.  Out: `a_walk`, a `Walker` to do things to; a bare city that is quickly built.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 480, 270
# Quickly built: to be completed by a water level and how many robots there are.
BARE = """\
[water]
level_m = {level}
[neon]
signs = 0
windows = 0
[buildings]
clutter = 0
cables = 0
shops = 0
[ruin]
damage = 0
rubble = 0
cars = 0
[patrol]
robots = {robots}
"""


@contextmanager
def a_walk(display: str, folder: Path, recipe: str, *options: str) -> Iterator[Walker]:
    """A walk whose city stands and whose window has the keys; killed at the end."""
    walker = Walker(display, folder, recipe, *options)
    try:
        walker.wait(lambda line: line["chunks"] > 0, seconds=280)
        walker.focus()
        yield walker
    finally:
        walker.process.kill()
        walker.process.wait()
        walker.close()


def own_tree(folder: Path) -> Path:
    """A copy of the program that a walk in that folder runs, and whose shaders may be edited; where those lie."""
    root, copy = Path(__file__).resolve().parents[1], folder / "world"
    shutil.copytree(root / "world", copy, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("shaders", "assets"):
        shutil.copytree(root / part, copy / part, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
    return copy / "shaders"


class Walker:
    """The walking process: what to do to it, and what its log says. `options` are further words for `ashes walk`."""

    def __init__(self, display: str, folder: Path, recipe: str, *options: str) -> None:
        self.recipe, self._log = folder / "mine.toml", folder / "walk.jsonl"
        self._lines: list[dict[str, Any]] = []
        self._read = 0  # bytes of the log
        self.recipe.write_text(recipe)
        self._env = {**os.environ, "DISPLAY": display, "ASHES_CONFIG_DIR": str(folder / "config")}
        words = ["walk", "--recipe", str(self.recipe), "--size", f"{WIDTH}x{HEIGHT}", "--quality", "low"]
        words += ["--log", str(self._log), *options]
        self._errors = (folder / "errors").open("w+")
        self.process = subprocess.Popen([sys.executable, "-m", "world", *words], env=self._env, stderr=self._errors, cwd=folder)
        self.folder = folder

    def errors(self) -> str:
        """What was complained about, Xlib's word about Xvfb aside."""
        self._errors.seek(0)
        return "".join(line for line in self._errors if "XFree86-DGA" not in line)

    def close(self) -> None:
        """Ends the list of complaints."""
        self._errors.close()

    def lines(self) -> list[dict[str, Any]]:
        """The log so far; a line half written is left for the next look."""
        if self._log.exists():
            with self._log.open("rb") as log:
                log.seek(self._read)
                whole, end, _ = log.read().rpartition(b"\n")
            self._read += len(whole) + len(end)
            self._lines += [json.loads(line) for line in whole.splitlines()]
        return self._lines

    def wait(self, until: Callable[[dict[str, Any]], Any], seconds: float = 60.0) -> dict[str, Any]:
        """The first new line that `until` likes."""
        seen, end = max(0, len(self.lines()) - 1), time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.errors()
            for line in self.lines()[seen:]:
                if until(line):
                    return line
            time.sleep(0.02)
        raise AssertionError(f"waited {seconds} s; last: {self.lines()[-1:]} {self.errors()}")

    def next_line(self) -> dict[str, Any]:
        """The first new line from now."""
        count = len(self.lines())
        return self.wait(lambda _: len(self.lines()) > count)

    def settle(self) -> dict[str, Any]:
        """The second new line from now: what was done has arrived, and been drawn."""
        count = len(self.lines())
        return self.wait(lambda _: len(self.lines()) >= count + 2)

    def do(self, *words: str) -> None:
        """An xdotool command."""
        subprocess.run(["xdotool", *words], env=self._env, check=True, capture_output=True, timeout=30)

    def click(self, x: float, y: float) -> None:
        """A slow click at a point of the panel, in heights of the window from its top left corner."""
        self.do("mousemove", "--window", self.window, str(round(x * HEIGHT)), str(round(y * HEIGHT)))
        self.settle()
        self.do("mousedown", "1")
        self.settle()
        self.do("mouseup", "1")

    def focus(self) -> None:
        found = subprocess.run(["xdotool", "search", "--name", "Ashes of Neon"], env=self._env, capture_output=True, text=True, check=True)
        self.window = found.stdout.split()[0]
        self.do("windowfocus", self.window)
        time.sleep(1.5)
