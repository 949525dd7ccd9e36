"""A made-up moment for tests: machines where, how and as harmed as a test wants them.

In: a row (a dict) for each machine.  Out: a `Snapshot`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from lamplit import lamplit

from world.sim import Snapshot, snapshot
from world.sim.kinds import HOVER_M, TRADES, Kind
from world.sim.lights import lights_of

KIND_OF = {trade: kind for kind, trades in TRADES.items() for trade in trades}
_SENTRY_BEAM = (0.2, -0.5, -0.84)


@lru_cache(maxsize=1)
def _plain() -> Snapshot:
    state = lamplit(robots=1).first()
    return snapshot(state, state, 1.0)


def moment(rows: list[dict[str, Any]], time_s: float = 10.0) -> Snapshot:
    """`trade`, and perhaps `at` (x, y), `z`, `heading`, `head` (degrees), `band`, `alert`, `harm`, `harmed_s`, `speed`, `travelled`, `key`,
    `beam` (x, y, z) of each."""

    def column(name: str, default: Any, kind: type = float) -> Any:
        return np.array([row.get(name, default) for row in rows], dtype=kind)

    trade = column("trade", 0, np.int64)
    kinds = np.array([KIND_OF[row["trade"]] for row in rows], np.int64).reshape(-1)
    position = np.array([[*row.get("at", (0.0, 0.0)), row.get("z", 0.0) + HOVER_M[k]] for row, k in zip(rows, kinds, strict=True)])
    heading = column("heading", 180.0)
    head = np.array([row.get("head", row.get("heading", 180.0)) for row in rows], float)
    turn = np.radians(head)
    ahead = np.column_stack([0.985 * np.sin(turn), 0.985 * np.cos(turn), np.full(len(rows), -0.174)])
    beam = np.where((kinds == Kind.SENTRY)[:, None], _SENTRY_BEAM, ahead)
    beam = np.array([row.get("beam", way) for row, way in zip(rows, beam, strict=True)])
    beam = beam / np.linalg.norm(beam, axis=1, keepdims=True)
    harm = column("harm", 0, np.int64)
    return replace(
        _plain(),
        time_s=time_s,
        position=position,
        heading_deg=heading,
        head_deg=head,
        band=column("band", 0, np.int64),
        alert=column("alert", 0.0),
        key=np.array([row.get("key", 7 + n) for n, row in enumerate(rows)], np.int64),
        kind=kinds,
        trade=trade,
        harm=harm,
        harmed_s=column("harmed_s", 1e4),
        speed_m_s=column("speed", 0.0),
        travelled_m=column("travelled", 0.0),
        scanning=np.zeros(len(rows), bool),
        lights=lights_of(position, beam, kinds, harm),
    )
