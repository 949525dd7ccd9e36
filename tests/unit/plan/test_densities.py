"""A density is a threshold on each thing's own draw: more of it keeps what stood, and a little more moves a little."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

import pytest

from world.plan.cables import cables_of
from world.plan.craters import craters_in
from world.plan.holograms import holograms_of
from world.plan.lattice import Use, blocks_in
from world.plan.signs import signs_of
from world.plan.street import things_of
from world.plan.strips import strips_in
from world.plan.traffic import traffic_of
from world.recipe import Recipe

Found = Iterable[tuple[Any, ...]]


def _box(side_m: float) -> tuple[float, float, float, float]:
    return -side_m / 2, -side_m / 2, side_m / 2, side_m / 2


def _blocks(recipe: Recipe, side_m: float, of: Any) -> Iterable[Any]:
    return chain.from_iterable(of(recipe, block) for block in blocks_in(recipe, *_box(side_m)))


def _things(*kinds: str) -> Callable[[Recipe, float], Found]:
    return lambda r, side: ((t.key, t.kind, t.position, t.heading_deg) for t in _blocks(r, side, things_of) if t.kind in kinds)


_LEFT = (
    "vending_machine", "bicycle", "crates", "bin_bags", "menu_board", "planter", "umbrella", "cone", "scooter", "suitcase", "stroller",
    "vending_fallen", "stall", "stall_fallen",
)  # fmt: skip


def _signs(recipe: Recipe, side_m: float) -> Found:
    return ((s.key, s.kind, s.position, s.colour, s.lit) for s in _blocks(recipe, side_m, signs_of))


def _vehicles(recipe: Recipe, side_m: float) -> Found:
    every = chain.from_iterable(traffic_of(recipe, strip) for strip in strips_in(recipe, *_box(side_m)))
    return ((t.key, t.kind, t.position, t.heading_deg) for t in every if t.kind != "drone_crashed")


# Each density: what it makes, and how large a piece of city (m) holds some hundreds of them.
_DENSITIES: dict[str, tuple[Callable[[Recipe, float], Found], float]] = {
    "neon.signs": (_signs, 420.0),
    "neon.lamps": (_things("lamp_lit", "pole_lit"), 900.0),
    "neon.holograms": (lambda r, side: ((h.key, h.position) for h in _blocks(r, side, holograms_of)), 1500.0),
    "buildings.cables": (lambda r, side: ((c.a, c.b, c.sag_m) for c in _blocks(r, side, cables_of)), 900.0),
    "buildings.clutter": (_things(*_LEFT), 600.0),
    "ruin.rubble": (_things("heap", "chunk", "twisted_metal", "girder_fallen", "torn_sheet"), 500.0),
    "ruin.cars": (_vehicles, 800.0),
    "ruin.craters": (lambda r, side: ((c.x, c.y, c.radius_m) for c in craters_in(r, *_box(side))), 2200.0),
    "roads.plaza_prob": (lambda r, side: ((b.key, b.use) for b in blocks_in(r, *_box(side)) if b.use in (Use.PLAZA, Use.PARK)), 2600.0),
}


def _recipe(name: str, value: float) -> Recipe:
    section, field = name.split(".")
    return Recipe.model_validate({section: {field: value}})


def _default(name: str) -> float:
    section, field = name.split(".")
    return float(getattr(getattr(Recipe(), section), field))


@pytest.mark.parametrize("name", _DENSITIES)
def test_five_per_cent_more_moves_about_five_per_cent(name: str) -> None:
    of, side_m = _DENSITIES[name]
    before, after = (set(of(_recipe(name, _default(name) * factor), side_m)) for factor in (1.0, 1.05))
    assert len(before) > 150
    assert 0.03 < len(before ^ after) / len(before) < 0.08


@pytest.mark.parametrize("name", [name for name in _DENSITIES if name not in ("ruin.cars", "buildings.clutter")])
def test_more_keeps_everything_that_stood(name: str) -> None:
    """But for cars, which make room for a bus, and what people left, of which no two alike stand side by side."""
    of, side_m = _DENSITIES[name]
    fewer, more = (set(of(_recipe(name, _default(name) * factor), side_m / 2)) for factor in (0.8, 1.2))
    assert fewer < more


def test_signs_from_two_to_three() -> None:
    fewer, more = (set(_signs(_recipe("neon.signs", n), 420.0)) for n in (2.0, 3.0))
    assert fewer < more and 1.3 < len(more) / len(fewer) < 1.7
