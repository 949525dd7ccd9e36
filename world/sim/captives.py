"""Captives before a truck: a row that moves up, and one after the other climbs into the cage. Closed form in time.

In: a captive (`Dweller`), seconds since the walk began.  Out: where he is in the truck's frame, and how far he has walked.
"""

from __future__ import annotations

from typing import NamedTuple

from world.sim.folk import Dweller

EVERY_S = 80.0  # from one to the next
_APART_M, _STEP_S = 1.3, 2.2  # in the row; how long it takes to move up by one
_TAIL_M, _GATE_M, _BED_M, _BED_UP_M = -4.7, -3.9, -3.3, 0.98  # ahead of the truck's middle: the row's head, the gate, the bed behind it
_FIRST_M, _PLACE_M, _ASIDE_M = 1.1, 0.8, 0.45  # in the cage: the foremost place, from one to the next, to either side
_CLIMB_S, _WALK_M_S = 3.0, 0.6


class Stand(NamedTuple):
    """Metres ahead of the truck's middle, to its right, and up from the street; `gone_m` walked since the walk began."""

    ahead_m: float
    aside_m: float
    up_m: float
    gone_m: float


def captive_at(one: Dweller, time_s: float) -> Stand:
    """Where one of the row is."""
    number, since = one.number, time_s - one.begins_s
    boards = since - EVERY_S * number  # seconds since his turn
    if boards <= 0.0:
        moved = sum(min(1.0, max(0.0, (since - EVERY_S * k - _CLIMB_S) / _STEP_S)) for k in range(number))
        return Stand(_TAIL_M - _APART_M * (number - moved), 0.0, 0.0, _APART_M * moved)
    gone = _APART_M * number
    climbed = min(1.0, boards / _CLIMB_S)
    if climbed < 0.5:  # up to the gate
        return Stand(_TAIL_M + (_GATE_M - _TAIL_M) * climbed * 2.0, 0.0, 0.0, gone + (_GATE_M - _TAIL_M) * climbed * 2.0)
    gone += _GATE_M - _TAIL_M
    if climbed < 1.0:
        share = climbed * 2.0 - 1.0
        return Stand(_GATE_M + (_BED_M - _GATE_M) * share, 0.0, max(_BED_UP_M * share, 1e-3), gone + (_BED_M - _GATE_M) * share)
    gone += _BED_M - _GATE_M
    place = _FIRST_M - _PLACE_M * number
    way = min(place - _BED_M, (boards - _CLIMB_S) * _WALK_M_S)
    share = way / (place - _BED_M)
    return Stand(_BED_M + way, (_ASIDE_M if number % 2 else -_ASIDE_M) * share, _BED_UP_M, gone + way)
