"""`--log FILE`: the walk as JSON lines, one a second.

In: facts of the moment.  Out: lines such as {"t": 3.0, "place": "1.00,2.00,1.65/90.0", "paused": false, …}, flushed as they are written.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from world.errors import Refusal

_EVERY_S = 1.0


class Journal:
    """Writes nothing when there is no file. `due(dt_s)` says whether a line is wanted now."""

    def __init__(self, path: Path | None) -> None:
        self._wait_s = 0.0
        self._path = path
        try:
            self._file = path.open("w", encoding="utf-8") if path else None
        except OSError as error:
            raise Refusal(f"{path}: cannot be written: {error.strerror}") from error

    def due(self, dt_s: float) -> bool:
        """Whether a second has passed."""
        self._wait_s -= dt_s
        if self._file is None or self._wait_s > 0:
            return False
        self._wait_s = _EVERY_S
        return True

    def write(self, **facts: Any) -> None:
        """One line."""
        if self._file is not None:
            self._file.write(json.dumps(facts) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Ends the file."""
        if self._file is not None:
            self._file.close()
