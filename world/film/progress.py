"""A progress bar for long work.

In: how many steps, and a tick at each.  Out: one line on stderr that redraws itself in a terminal, with the time still to go;
where stderr is a file or a pipe, a line each ten per cent.
"""

from __future__ import annotations

import sys
import time
from typing import TextIO

_WIDTH = 28


class Progress:
    """Count `step()` once for each of `total`; close it in any case (it is a context manager)."""

    def __init__(self, label: str, total: int, *, shown: bool = True, stream: TextIO | None = None) -> None:
        self._label, self._total, self._done = label, max(total, 1), 0
        self._stream = stream or sys.stderr
        self._shown, self._redraws = shown, self._stream.isatty()
        self._began = self._drawn = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._shown and self._redraws and self._done:
            self._stream.write("\n")
            self._stream.flush()

    def step(self) -> None:
        """One more done."""
        before, self._done = self._done, self._done + 1
        if not self._shown:
            return
        now = time.monotonic()
        last = self._done == self._total
        if self._redraws and (last or now - self._drawn > 0.2):
            self._drawn = now
            self._stream.write("\r" + self._line(now))
        elif not self._redraws and self._done * 10 // self._total > before * 10 // self._total:
            self._stream.write(self._line(now) + "\n")
        else:
            return
        self._stream.flush()

    def _line(self, now: float) -> str:
        share = self._done / self._total
        full = round(share * _WIDTH)
        spent = now - self._began
        left = spent * (1 - share) / share
        when = f"{clock(left)} left" if self._done < self._total else f"in {clock(spent)}"
        return f"{self._label} [{'#' * full}{'.' * (_WIDTH - full)}] {self._done}/{self._total}  {when}   "


def clock(seconds: float) -> str:
    """`65` → `1:05`."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}" if whole >= 3600 else f"{whole // 60}:{whole % 60:02}"
