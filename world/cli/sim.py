"""`ashes sim`: a scenario without a window; what the robots make of it.

In: parsed arguments.  Out: a table on stdout, an SVG (`--plot`), JSON lines (`--json`); on stderr what fairness holds back of a knob.
Nothing is drawn and nothing sounds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from world.cli.output import check_output, whole_file
from world.errors import Refusal
from world.place import parse_place

if TYPE_CHECKING:
    from world.scenario import Record, Scenario


def run(arguments: argparse.Namespace) -> int:
    """Plays it and tells."""
    from world.scenario import find_scenario, load_scenario, rehearse, scenario_names
    from world.scenario.chart import chart
    from world.scenario.model import scenario_from_toml
    from world.scenario.rehearse import recipe_of
    from world.scenario.table import table
    from world.sim.earshot import held_back

    if arguments.list:
        for name in scenario_names():
            print(f"{name:<28} {load_scenario(find_scenario(name)).title}")
        return 0
    scenario = load_scenario(find_scenario(arguments.script)) if arguments.script else scenario_from_toml("seconds = 60")
    scenario = scenario.model_copy(update=_changes(arguments, scenario))
    plot = check_output(arguments.plot, suffixes=(".svg",), force=arguments.force) if arguments.plot else None
    record = rehearse(scenario, arguments.set, arguments.seed)
    if held := held_back(recipe_of(scenario, arguments.set, arguments.seed)):
        print(held, file=sys.stderr)
    if arguments.json:
        for row in _rows(record):
            print(json.dumps(row))
    else:
        for line in table(record):
            print(line)
    if plot is not None:
        with whole_file(plot) as part:
            part.write_text(chart(record, scenario.title or plot.stem), "utf-8")
    return 0


def _changes(arguments: argparse.Namespace, scenario: Scenario) -> dict[str, object]:
    """What the command line says otherwise."""
    changes: dict[str, object] = {}
    if arguments.recipe:
        changes["recipe"] = arguments.recipe
    if arguments.seconds is not None:
        changes["seconds"] = arguments.seconds
    if arguments.at:
        if scenario.yard is not None:
            raise Refusal("sim: --at: the scenario brings its own ground")
        place = parse_place(arguments.at)
        changes["hero"] = scenario.hero.model_copy(update={"at": (place.x, place.y), "heading_deg": place.heading_deg})
    return changes


def _rows(record: Record) -> Iterator[dict[str, object]]:
    """A row a tenth of a second, the events, and the digest."""
    from world.sim import TICK_HZ, Band

    for t in range(5, len(record.alert), 6):
        robots = [
            {"robot": record.name(k), "alert": round(float(record.alert[t, k]), 4), "band": Band(int(record.band[t, k])).name,
             "sighted": bool(record.sighted[t, k]), "distance_m": round(float(record.distance[t, k]), 2)}
            for k in range(len(record.key)) if record.band[t, k] >= 0
        ]  # fmt: skip
        hero = [round(v, 2) for v in record.hero[t].tolist()]
        yield {"s": round((t + 1) / TICK_HZ, 3), "hero": hero, "lux": round(float(record.lux[t]), 3),
               "visibility": round(float(record.visibility[t]), 3), "robots": robots}  # fmt: skip
    for key, event in record.events:
        yield {"s": round((event.tick - record.start_tick) / TICK_HZ, 3), "event": event.kind.name, "band": event.band.name,
               "level_db": event.level_db, "robot": key}  # fmt: skip
    yield {"seconds": record.seconds, "state": record.digest}
