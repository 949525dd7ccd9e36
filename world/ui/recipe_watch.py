"""Notices that the recipe's file was saved.

In: a path.  Out: the new recipe, or the one line that says what is wrong with it, once per change.
Editors replace a file, or write it in two goes; so the file is looked at twice a second and read when it has kept still once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from world.errors import Refusal
from world.recipe import Recipe

_EVERY_S = 0.5


class RecipeWatch:
    """`load()` reads and validates. Call `poll` each frame: a `Recipe`, an error's text, or None for no news."""

    def __init__(self, path: Path, load: Callable[[], Recipe]) -> None:
        self._path, self._load = path, load
        self._read = self._last = self._stamp()
        self._wait_s = _EVERY_S

    def poll(self, dt_s: float) -> Recipe | str | None:
        """What has become of the file."""
        self._wait_s -= dt_s
        if self._wait_s > 0:
            return None
        self._wait_s = _EVERY_S
        stamp, before = self._stamp(), self._last
        self._last = stamp
        if stamp is None or stamp == self._read or stamp != before:
            return None
        self._read = stamp
        try:
            return self._load()
        except Refusal as refusal:
            return str(refusal)

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None  # between an editor's delete and its rename
        return status.st_mtime_ns, status.st_size, status.st_ino
