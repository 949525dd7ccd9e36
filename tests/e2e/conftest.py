"""A screen for windows, and the command in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

Ashes = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A virtual screen on a number that is free; `Xvfb -displayfd` picks it."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    if shutil.which("xdotool"):
        _wait_for(f":{number}")
    yield f":{number}"
    server.terminate()
    server.wait(timeout=20)


def _wait_for(name: str) -> None:
    """A screen takes connections before it is ready for a window: until it answers a question about itself."""
    for _ in range(100):
        asked = subprocess.run(["xdotool", "getdisplaygeometry"], env={**os.environ, "DISPLAY": name}, capture_output=True, check=False)
        if asked.returncode == 0:
            return
        time.sleep(0.1)


@pytest.fixture
def ashes() -> Ashes:
    """`ashes(*words, env=…)` runs the command without a display and returns what it printed; never with a traceback."""

    def run(*words: str, env: dict[str, str] | None = None, timeout: float = 240) -> subprocess.CompletedProcess[str]:
        surroundings = {**os.environ, **(env or {})}
        if not env or "DISPLAY" not in env:
            surroundings.pop("DISPLAY", None)
        done = subprocess.run(
            [sys.executable, "-m", "world", *words], env=surroundings, capture_output=True, text=True, timeout=timeout, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run
