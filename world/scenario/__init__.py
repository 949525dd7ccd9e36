"""Rehearsals: what robots make of a hero who follows a script, in the city or on a yard made for the question.

In: `*.scenario.toml`.  Out: a `Record`: alert, distance, light and events over time, as a table, a drawing or numbers.
A tweaker tunes the patrol with it, and the tests are written in it.
"""

from world.scenario.model import Scenario, find_scenario, load_scenario, scenario_names
from world.scenario.record import Record
from world.scenario.rehearse import rehearse

__all__ = ["Record", "Scenario", "find_scenario", "load_scenario", "rehearse", "scenario_names"]
