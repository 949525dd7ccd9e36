"""Notices that the recipe's file, or a map painted for it, was saved.

In: a path.  Out: the new recipe, or the one line that says what is wrong with it, once per change.
Editors replace a file, or write it in two goes; so the files are looked at twice a second and read when they have kept still once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from world.errors import Refusal
from world.recipe import Recipe

_EVERY_S = 0.5
_MAPS_MAX = 8
_MAP = re.compile(r"^\s*file\s*=\s*[\"']([^\"'\n]+\.png)[\"']", re.M | re.I)
_Stamp = tuple[int, int, int] | None  # None: between an editor's delete and its rename


class RecipeWatch:
    """`load()` reads and validates. Call `poll` each frame: a `Recipe`, an error's text, or None for no news."""

    def __init__(self, path: Path, load: Callable[[], Recipe]) -> None:
        self._path, self._load = path, load
        self._maps = self._named_maps()
        self._read = self._last = self._stamps()
        self._wait_s = _EVERY_S

    def poll(self, dt_s: float) -> Recipe | str | None:
        """What has become of the file."""
        self._wait_s -= dt_s
        if self._wait_s > 0:
            return None
        self._wait_s = _EVERY_S
        stamps, before = self._stamps(), self._last
        self._last = stamps
        if stamps[0] is None or stamps == self._read or stamps != before:
            return None
        self._maps = self._named_maps()
        self._read = self._last = self._stamps()
        try:
            return self._load()
        except Refusal as refusal:
            return str(refusal)

    def _named_maps(self) -> list[Path]:
        """The pictures that the file names (whether they are maps at all is for `load` to say)."""
        try:
            text = self._path.read_text("utf-8", errors="replace")
        except OSError:
            return []
        return [self._path.parent / name for name in _MAP.findall(text)[:_MAPS_MAX]]

    def _stamps(self) -> list[_Stamp]:
        return [_stamp(path) for path in (self._path, *self._maps)]


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
