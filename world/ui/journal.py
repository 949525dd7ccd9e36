"""`--log FILE`: the walk as JSON lines, one a second or as often as `--log-every` says.

In: facts of the moment.  Out: lines such as {"t": 3.0, "place": "1.00,2.00,1.65/90.0", "paused": false, …}, flushed as they are written;
`machines_near`, those about one as such a line tells them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from world.errors import Refusal
from world.sim import Band, Harm, Kind, State

EVERY_S = 1.0
_NEAR_M, _MOST = 160.0, 8


def machines_near(state: State) -> list[dict[str, Any]]:
    """The machines within 160 m, at most eight, the nearest first: whose key it is, kind, distance (m) and place (m, underside of the
    hull), where the hull faces (degrees clockwise from north), band, alert, whether it sees the hero, and what is broken."""
    patrol, told = state.patrol, []
    away_m = np.sqrt(((patrol.position - np.array(state.walker.position)) ** 2).sum(axis=1))
    for k in np.argsort(away_m, kind="stable")[:_MOST].tolist():
        if away_m[k] > _NEAR_M:
            break
        one = {
            "key": int(patrol.key[k]),
            "kind": Kind(int(patrol.kind[k])).name,
            "away_m": round(float(away_m[k]), 2),
            "at": [round(value, 2) for value in patrol.position[k].tolist()],
            "facing_deg": round(float(np.degrees(np.arctan2(patrol.facing[k, 0], patrol.facing[k, 1]))) % 360.0, 1),
            "band": Band(int(patrol.band[k])).name,
            "alert": round(float(patrol.alert[k]), 3),
            "sees": bool(patrol.sighted[k]),
            "harm": [harm.name for harm in Harm(int(patrol.harm[k]))],
        }
        told.append(one)
    return told


class Journal:
    """Writes nothing when there is no file. `due(dt_s)` says whether a line is wanted now."""

    def __init__(self, path: Path | None, every_s: float = EVERY_S) -> None:
        self._wait_s, self._every_s = 0.0, every_s
        self._path = path
        try:
            self._file = path.open("w", encoding="utf-8") if path else None
        except OSError as error:
            raise Refusal(f"{path}: cannot be written: {error.strerror}") from error

    def due(self, dt_s: float) -> bool:
        """Whether it is time."""
        self._wait_s -= dt_s
        if self._file is None or self._wait_s > 0:
            return False
        self._wait_s = self._every_s
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
