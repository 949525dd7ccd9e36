"""A rehearsal as a drawing: alert over time with the bands, what happened, distance and light below.

In: a `Record`, a title.  Out: SVG text that any browser shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from world.scenario.record import Record
from world.scenario.table import told
from world.sim import TICK_HZ, Band, EventKind
from world.sim.alert import THRESHOLD

_LEFT, _WIDE, _RIGHT = 96, 860, 170
_TOP, _HIGH, _LOWER, _GAP = 52, 300, 90, 34
_COLOURS = ("#ff4d6d", "#37e0c8", "#ffb454", "#8ab4ff", "#d58cff", "#b8e05a")
_MARKED = {
    EventKind.CHIRP: "call", EventKind.CAPTURED: "caught", EventKind.BOTTLE: "bottle", EventKind.STRIKE: "strike",
    EventKind.MISS: "miss", EventKind.FOUND: "found", EventKind.GASP: "gasp", EventKind.RUBBLE: "rubble",
}  # fmt: skip
_SAMPLES = 1200


def chart(record: Record, title: str) -> str:
    """The SVG."""
    height = _TOP + _HIGH + 2 * (_GAP + _LOWER) + 44
    body = "\n".join(_parts(record, title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDE + _RIGHT} {height}" '
        f'font-family="sans-serif" font-size="12" fill="#c8d2dc">\n<rect width="100%" height="100%" fill="#0b0e13"/>\n{body}\n</svg>\n'
    )


def _parts(record: Record, title: str) -> Iterator[str]:
    yield f'<text x="{_LEFT}" y="28" font-size="16" fill="#f2f6fa">{escape(title)}</text>'
    seconds = max(record.seconds, 1e-9)
    for band in Band:
        y = _y(float(THRESHOLD[band]), _TOP, _HIGH)
        yield f'<line x1="{_LEFT}" x2="{_LEFT + _WIDE}" y1="{y:.1f}" y2="{y:.1f}" stroke="#263040"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{band.name.lower()}</text>'
    shown = told(record)
    for n, k in enumerate(shown):
        colour = _COLOURS[n % len(_COLOURS)]
        yield _line(record.alert[:, k], 1.0, _TOP, _HIGH, colour, seconds)
        yield f'<text x="{_LEFT + _WIDE + 14}" y="{_TOP + 14 + 18 * n}" fill="{colour}">{record.name(k)}</text>'
    for kind, word in _MARKED.items():
        for at in record.happened(kind):
            x = _LEFT + _WIDE * at / seconds
            yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_TOP + _HIGH}" stroke="#5a6678" stroke-dasharray="2 4"/>'
            yield f'<text x="{x + 3:.1f}" y="{_TOP + 11}" font-size="10" fill="#8a97a8">{word}</text>'
    top = _TOP + _HIGH + _GAP
    farthest = max(10.0, float(np.nanmax(record.distance[:, shown], initial=10.0)) if shown else 10.0)
    yield from _frame(top, f"distance, 0 to {farthest:.0f} m")
    for n, k in enumerate(shown):
        yield _line(record.distance[:, k], farthest, top, _LOWER, _COLOURS[n % len(_COLOURS)], seconds)
    top += _LOWER + _GAP
    yield from _frame(top, "visibility of the hero, 0 to 1")
    yield _line(record.visibility, 1.0, top, _LOWER, "#f2f6fa", seconds)
    for at in np.linspace(0.0, seconds, 7).tolist():
        x = _LEFT + _WIDE * at / seconds
        yield f'<text x="{x:.1f}" y="{top + _LOWER + 20}" text-anchor="middle">{at:.0f} s</text>'


def _frame(top: int, words: str) -> Iterator[str]:
    yield f'<rect x="{_LEFT}" y="{top}" width="{_WIDE}" height="{_LOWER}" fill="none" stroke="#263040"/>'
    yield f'<text x="{_LEFT}" y="{top - 6}" fill="#8a97a8">{words}</text>'


def _y(share: float, top: int, high: int) -> float:
    return top + high * (1.0 - share)


def _line(values: NDArray[np.float64], full: float, top: int, high: int, colour: str, seconds: float) -> str:
    """Values over time as a path; broken where there are none."""
    rows = np.unique(np.linspace(0, len(values) - 1, min(_SAMPLES, len(values))).astype(int)) if len(values) else np.zeros(0, int)
    words, pen = [], "M"
    for t in rows.tolist():
        value = float(values[t])
        if not np.isfinite(value):
            pen = "M"
            continue
        words.append(f"{pen}{_LEFT + _WIDE * (t + 1) / TICK_HZ / seconds:.1f} {_y(min(1.0, value / full), top, high):.1f}")
        pen = "L"
    return f'<path d="{" ".join(words)}" fill="none" stroke="{colour}" stroke-width="1.6"/>'
