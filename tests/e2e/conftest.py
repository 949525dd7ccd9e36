"""A screen for windows, and the command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from virtual_screen import virtual_screen

Ashes = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of a virtual screen."""
    with virtual_screen() as name:
        yield name


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
