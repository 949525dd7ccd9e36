"""How far off the hero is noticed by ear, in the open; and what the rule of fairness holds back of keen ears.

In: a sound, the weather; or a recipe.  Out: metres; or words for whoever turns the knob.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from world.sim.ears import FAIR, excess_db, level_db
from world.sim.senses import carried_db
from world.sim.state import EventKind
from world.sim.walker import RUN_M_S, step_level_db
from world.space import Material

if TYPE_CHECKING:
    from collections.abc import Callable

    from world.recipe import Recipe

_FARTHEST_M = 400.0
_RUN_DB = step_level_db(RUN_M_S, False, Material.ASPHALT, False)


def noticed_within_m(kind: EventKind, level_1m_db: float, rain_mm_h: float, thunder_db: float = 0.0) -> float:
    """How far off, in the open, a sound of the hero's is still noticed."""
    return _within_m(lambda metres: float(carried_db(kind, level_1m_db, metres, 0.0, rain_mm_h, thunder_db)))


def held_back(recipe: Recipe) -> str:
    """What keen ears do not get of a run, since a machine's hum must warn of it first; "" where nothing is held back."""
    keen, rain = recipe.patrol.hearing_db, recipe.weather.rain_mm_h
    asked = _within_m(lambda metres: float(excess_db(level_db(_RUN_DB + keen, metres, 0.0), rain)))
    given = noticed_within_m(EventKind.FOOTSTEP, _RUN_DB + keen, rain)
    if keen <= 0.0 or given > 0.99 * asked:
        return ""
    return f"patrol.hearing_db = {keen:g}: they hear a run from {given:.0f} m, not {asked:.0f}: their hum must carry {FAIR:g} times as far"


def _within_m(stands_out: Callable[[float], float]) -> float:
    """How far a falling excess stays above 0."""
    low, high = 0.0, _FARTHEST_M
    if stands_out(1.0) <= 0.0:
        return 0.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if stands_out(middle) > 0.0 else (low, middle)
    return low
