"""Which buildings can be entered, and what they are inside.

In: a recipe, a building.  Out: its `Interior`, or None. Pure in the building's identity: whether a front is open is a threshold on its
own draw, what it was is drawn among the uses that suit its district, and the first of them that fits its lot is laid out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from world.fields import draw_u64, uniform
from world.plan.district import recipe_in
from world.plan.interior_below import basement, subway
from world.plan.interior_homes import apartment, shelter
from world.plan.interior_shops import arcade, cafe, konbini, restaurant
from world.plan.records import Building, Point, Thing, Wall
from world.plan.rooms import Huddle, Interior, Use
from world.plan.site import Site
from world.recipe import Knobs, Recipe, remembered

INTERIORS = Knobs({"buildings.interiors", "interiors", "neon.powered", "play.subway_m"})

LAYOUTS: dict[Use, Callable[[Site], bool]] = {
    Use.KONBINI: konbini,
    Use.CAFE: cafe,
    Use.RESTAURANT: restaurant,
    Use.ARCADE: arcade,
    Use.APARTMENT: apartment,
    Use.SUBWAY: subway,
    Use.BASEMENT: basement,
    Use.SHELTER: shelter,
}
_HOMES = (Use.APARTMENT, Use.SHELTER, Use.BASEMENT)
# How many of each to how many of the others.
_SUITS: dict[str, dict[Use, float]] = {
    "shopping": {Use.KONBINI: 3, Use.CAFE: 3, Use.RESTAURANT: 3, Use.ARCADE: 2.5, Use.APARTMENT: 1, Use.BASEMENT: 1, Use.SHELTER: 0.5},
    "canyon": {Use.KONBINI: 4, Use.CAFE: 4, Use.RESTAURANT: 1, Use.ARCADE: 0.5, Use.BASEMENT: 1, Use.SHELTER: 0.7},
    "alleys": {Use.KONBINI: 0.7, Use.CAFE: 1.5, Use.RESTAURANT: 5, Use.ARCADE: 1, Use.APARTMENT: 2, Use.BASEMENT: 3, Use.SHELTER: 0.8},
    "belt": {Use.KONBINI: 2, Use.CAFE: 1, Use.RESTAURANT: 2, Use.APARTMENT: 1, Use.BASEMENT: 0.7, Use.SHELTER: 1.5},
    "waterfront": {Use.KONBINI: 1, Use.CAFE: 3, Use.RESTAURANT: 3, Use.APARTMENT: 1, Use.BASEMENT: 0.7, Use.SHELTER: 1},
    "housing": {Use.KONBINI: 1, Use.CAFE: 0.4, Use.RESTAURANT: 0.6, Use.APARTMENT: 6, Use.BASEMENT: 0.6, Use.SHELTER: 1.5},
    "park": {Use.KONBINI: 1.5, Use.CAFE: 2.5, Use.RESTAURANT: 1, Use.APARTMENT: 1, Use.SHELTER: 0.6},
}
_DAMAGE_MAX = 0.88  # what was hit harder has no inside left
FRONT = 2  # the side of a mass at y0
_CITY_PER_LOT = 4.2  # square metres of city to one of lots on which a subway entrance fits
# The share in which somebody hides, and how far ahead of those who sit at the wall, and to the left, their fire stands.
_HIDES = {Use.KONBINI: 0.1, Use.CAFE: 0.1, Use.RESTAURANT: 0.1, Use.APARTMENT: 0.14, Use.BASEMENT: 0.2}
_FIRE_M = (0.7, 0.14)
_CLEAR_M = (2.2, 0.3)  # kept free before a door, and beside it


@remembered(INTERIORS, size=1200)
def interior_of(recipe: Recipe, building: Building) -> Interior | None:
    """What can be entered of a building."""
    base = building.masses[0]
    if base.sides[FRONT] != Wall.FRONT or building.damage > _DAMAGE_MAX:
        return None
    here = recipe_in(recipe, *building.centre, building.district)
    seed, key = recipe.seed_of("interiors"), building.key
    flip = uniform(seed, "interior/flip", *key) < 0.5
    if wants_subway(recipe, building) and (found := _laid_out(here, building, Use.SUBWAY, flip)):
        return found
    if uniform(seed, "interior", *key) >= here.buildings.interiors:
        return None
    for use in _wishes(seed, building):
        if found := _laid_out(here, building, use, flip):
            return _sheltering(seed, found) if uniform(seed, "huddle", *key) < _HIDES.get(found.use, 0.0) else found
    return None


def wants_subway(recipe: Recipe, building: Building) -> bool:
    """Whether a station is asked for here: one to every square of `play.subway_m`, taken over the city."""
    base = building.masses[0]
    share = _CITY_PER_LOT * (base.x1 - base.x0) * (base.y1 - base.y0) / recipe.play.subway_m**2
    return float(uniform(recipe.seed_of("play"), "subway", *building.key)) < share


def _sheltering(seed: int, interior: Interior) -> Interior:
    """With people at its inner end, and a fire in a tin between them."""
    (x, y, z), (ax, ay, _) = ((*interior.world(u, v), z) for u, v, z in (interior.way[-1], interior.way[-2]))
    length = max(math.dist((x, y), (ax, ay)), 1e-9)
    huddle = Huddle((x, y, z), ((ax - x) / length, (ay - y) / length))
    (fx, fy), (ahead, left) = huddle.outwards, _FIRE_M
    at = x + ahead * fx - left * fy, y + ahead * fy + left * fx
    variant = draw_u64(seed, "huddle/fire", *interior.key) >> 33
    fire = Thing((*interior.key, len(interior.things)), "tin_fire", (round(at[0], 4), round(at[1], 4), round(z, 3)), 0.0, variant)
    return replace(interior, things=(*interior.things, fire), huddle=huddle)


def keep_clear(recipe: Recipe, building: Building) -> tuple[tuple[Point, Point, Point, Point], ...]:
    """What must stay free before its doors: corners in the world, counter-clockwise."""
    interior = interior_of(recipe, building)
    if interior is None:
        return ()
    box, (ahead, aside) = interior.door.box, _CLEAR_M
    w = interior.world
    u0, u1 = box.x0 - aside, box.x1 + aside
    return ((w(u0, -ahead), w(u1, -ahead), w(u1, 0.0), w(u0, 0.0)),)


def _wishes(seed: int, building: Building) -> list[Use]:
    """The uses that suit the place, the likeliest first: weighted sampling without replacement (Efraimidis and Spirakis 2006)."""
    weights = _SUITS[building.district]
    allowed = [use for use in weights if building.shop or use in _HOMES]
    order = list(Use)
    return sorted(allowed, key=lambda use: -(uniform(seed, "interior/use", *building.key, order.index(use)) ** (1.0 / weights[use])))


def _laid_out(recipe: Recipe, building: Building, use: Use, flip: bool) -> Interior | None:
    site = Site(recipe, building, use, flip)
    return site.finish() if LAYOUTS[use](site) else None
