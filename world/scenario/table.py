"""A rehearsal as text: a line a second, what happened in between, and each robot's alert as a line of blocks.

In: a `Record`.  Out: lines.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from world.scenario.record import Record
from world.sim import TICK_HZ, Band, Event, EventKind, Harm

COLUMNS_MAX = 6  # robots told of a line: the most alarmed
_BLOCKS = " ▁▂▃▄▅▆▇█"
_WIDE = 72
_SILENT = (EventKind.FOOTSTEP, EventKind.BREATH)


def table(record: Record) -> Iterator[str]:
    """The lines."""
    shown = told(record)
    names = [record.name(k) for k in shown]
    yield "     s   lux    V   " + "  ".join(f"{name:<24}" for name in names).rstrip()
    events = list(record.events)
    for t in range(len(record.alert)):
        while events and events[0][1].tick <= record.start_tick + t + 1:
            line = _event(record, *events.pop(0))
            if line:
                yield line
        if (t + 1) % TICK_HZ == 0:
            cells = "  ".join(f"{_cell(record, t, k):<24}" for k in shown)
            yield f"{(t + 1) / TICK_HZ:6.1f} {record.lux[t]:6.2f} {record.visibility[t]:5.2f}   {cells}".rstrip()
    yield ""
    for k in shown:
        yield f"{record.name(k):<12} {_sparkline(record.alert[:, k])} {record.peak(k).name}"
    yield f"{record.seconds:g} s, state {record.digest}"
    for number in record.stranded:
        yield f"act {number}: the place was not reached"


def told(record: Record) -> list[int]:
    """The robots that a table has room for: the most alarmed, then the nearest, in their order."""
    if not len(record.key):
        return []
    worst = np.nan_to_num(np.nanmax(np.where(np.isnan(record.alert), -1.0, record.alert), axis=0), nan=-1.0)
    nearest = np.min(np.where(np.isnan(record.distance), np.inf, record.distance), axis=0)
    return sorted(np.lexsort((nearest, -worst))[:COLUMNS_MAX].tolist())


def _cell(record: Record, t: int, k: int) -> str:
    if record.band[t, k] < 0:
        return "away"
    eye = "*" if record.sighted[t, k] else " "
    return f"{record.distance[t, k]:5.1f} m {record.alert[t, k]:4.2f}{eye} {Band(int(record.band[t, k])).name.lower()}"


def _event(record: Record, key: int, event: Event) -> str:
    if event.kind in _SILENT:
        return ""
    who = record.name(int(np.searchsorted(record.key, key))) if key >= 0 else "hero"
    words = [event.kind.name.lower().replace("_", " ")]
    if event.kind in (EventKind.ALERT, EventKind.CALM):
        words.append(event.band.name.lower())
    if event.harm:
        words.append(Harm(event.harm).name.lower())  # type: ignore[union-attr]
    if event.level_db > 0.0:
        words.append(f"{event.level_db:.0f} dB")
    return f"{(event.tick - record.start_tick) / TICK_HZ:6.2f}  · {who}: {' '.join(words)}"


def _sparkline(alert: np.ndarray) -> str:
    """The highest alert in each of so many stretches."""
    if not len(alert):
        return ""
    parts = np.array_split(np.nan_to_num(alert), min(_WIDE, len(alert)))
    return "".join(_BLOCKS[min(8, int(np.ceil(float(part.max()) * 8.0)))] for part in parts)
