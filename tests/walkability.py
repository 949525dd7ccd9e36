"""How well a piece of city hangs together for who walks: shares of spots in the main part, fronts that nobody reaches.

In: a recipe, the south-western chunk, chunks a side.  Out: `Report`.
What counts: the street, decks with their ramps and stairs, and the rooms of fronts. Roofs and the tops of things do not: no way leads
there. A part that reaches the rim of the piece goes on outside, so nothing is said of it. A station's track bed is left by climbing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from world.plan import plan_chunk
from world.plan.interior import interior_of
from world.recipe import Recipe
from world.space import Material
from world.space.build import build_space
from world.space.chunk_space import CHUNK_M
from world.space.walkable import CELL_M, ROOM, STREET, WalkGraph, walk_surface

_RIM_M = 6.0


@dataclass(frozen=True)
class Report:
    graph: WalkGraph
    street: float  # share of its spots in the main part
    deck: float
    all: float
    deck_m2: float
    fronts: int
    lost: tuple[str, ...]  # fronts of which some place on the way through cannot be reached


def survey(recipe: Recipe, cx: int, cy: int, side: int) -> Report:
    plans = [plan_chunk(recipe, x, y) for y in range(cy, cy + side) for x in range(cx, cx + side)]
    graph = WalkGraph(walk_surface(build_space(recipe, plan)) for plan in plans)
    low, high = np.array([cx, cy]) * CHUNK_M, np.array([cx + side, cy + side]) * CHUNK_M
    places = graph.places()[:, :2]
    rim = ((places < low + CELL_M) | (places > high - CELL_M)).any(axis=1)
    goes_on = np.zeros(graph.part.max() + 1, dtype=bool)
    goes_on[graph.part[rim]] = True
    goes_on[graph.main] = False
    told = ~goes_on[graph.part]
    street, room = graph.bearer == STREET, graph.bearer == ROOM
    deck = (graph.bearer >= 0) & (graph.material == Material.ASPHALT)

    def share(which: np.ndarray) -> float:
        which = which & told
        return float((graph.part[which] == graph.main).mean()) if which.any() else 1.0

    fronts, lost = 0, []
    for plan in plans:
        for building in plan.buildings:
            interior = interior_of(recipe, building)
            if interior is None:
                continue
            way = np.array([(*interior.world(u, v), z) for u, v, z in interior.way])
            if ((way[:, :2] < low + _RIM_M) | (way[:, :2] > high - _RIM_M)).any():
                continue
            fronts += 1
            # Right before a door a crater's bank may be too steep to stand on; one steps in from beside it.
            spots = [graph.spot(*point, 0.6 if k else 1.5) for k, point in enumerate(way.tolist())]
            if any(spot is None or graph.part[spot] != graph.main for spot in spots):
                lost.append(f"{interior.use} at {way[0].round(1).tolist()}")
    return Report(
        graph, share(street), share(deck), share(street | deck | room), float((deck & told).sum()) * CELL_M**2, fronts, tuple(lost)
    )
