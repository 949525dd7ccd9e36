"""Every placed thing by the name the plan gives it.

In: a kind, a `Frame` on the ground, a variant, a size.  Out: its mesh in a `SurfaceBuilder`. Each kind has `VARIANTS` shapes,
made once. The names and outer sizes are those of `world.space.thing_solids`, so that what is seen is what is bumped into.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from world.mesh.kits.belongings import bicycle_model, cardboard_bed_model, shoe_model, stroller_model, umbrella_model
from world.mesh.kits.cars import BODIES, CarState, car_model
from world.mesh.kits.facade_props import antenna_model, roof_vent_model, water_tank_model
from world.mesh.kits.frame import Frame
from world.mesh.kits.furniture import (
    bin_bags_model,
    cone_model,
    crates_model,
    drain_grate_model,
    dumpster_model,
    manhole_model,
    menu_board_model,
    parking_meter_model,
    phone_booth_model,
    planter_model,
    potted_plant_model,
    vending_machine_model,
)
from world.mesh.kits.model import Model, place
from world.mesh.kits.poles import bollard_model, fallen_pole_model, lamp_model, pole_model, traffic_light_model
from world.mesh.kits.rubble import chunk, glass_shards, heap, litter, torn_sheet
from world.mesh.surface import SurfaceBuilder

VARIANTS = 12

_MODELS: dict[str, Callable[[int], Model]] = {
    "car": lambda v: car_model(v % len(BODIES), CarState.CRASHED if v % 12 in (1, 2, 5, 7, 10) else CarState.PARKED, v % 8),
    "car_burnt": lambda v: car_model(v % len(BODIES), CarState.BURNT, v % 8),
    "car_overturned": lambda v: car_model(v % len(BODIES), CarState.OVERTURNED, v % 8),
    "car_on_side": lambda v: car_model(v % len(BODIES), CarState.ON_SIDE, v % 8),
    "pole": pole_model,
    "fallen_pole": fallen_pole_model,
    "lamp": lambda v: lamp_model(False, v),
    "lamp_lit": lambda v: lamp_model(True, v),
    "traffic_light": lambda v: traffic_light_model(),
    "bollard": lambda v: bollard_model(),
    "vending_machine": lambda v: vending_machine_model(bool(v % 3), v),
    "crates": crates_model,
    "bin_bags": bin_bags_model,
    "menu_board": menu_board_model,
    "planter": planter_model,
    "potted_plant": potted_plant_model,
    "cone": cone_model,
    "dumpster": lambda v: dumpster_model(),
    "phone_booth": lambda v: phone_booth_model(v % 4 == 0),
    "parking_meter": lambda v: parking_meter_model(),
    "manhole": manhole_model,
    "drain": lambda v: drain_grate_model(),
    "bicycle": bicycle_model,
    "umbrella": umbrella_model,
    "stroller": stroller_model,
    "shoe": shoe_model,
    "cardboard": cardboard_bed_model,
    "water_tank": water_tank_model,
    "antenna": antenna_model,
    "roof_vent": roof_vent_model,
}

_SCATTERED: dict[str, Callable[[SurfaceBuilder, Frame, float, int], None]] = {
    "chunk": lambda b, f, size, v: chunk(b, f, 1.55 * size, v),
    "heap": lambda b, f, size, v: heap(b, f, 1.05 * size, 0.72 * size, v % 64),
    "torn_sheet": lambda b, f, size, v: torn_sheet(b, f, 1.4 * size, v),
    "glass_shards": lambda b, f, size, v: glass_shards(b, f, size, v),
    "litter": lambda b, f, size, v: litter(b, f, size, v),
}


def thing_kinds() -> tuple[str, ...]:
    """Every kind there is a mesh for."""
    return (*_MODELS, *_SCATTERED)


def add_thing(builder: SurfaceBuilder, kind: str, frame: Frame, variant: int, size_m: float = 1.0, group: int = 0) -> None:
    """Appends one thing; `size_m` counts for scattered things alone, `group` is the flicker group of what glows. KeyError if unknown."""
    if kind in _SCATTERED:
        _SCATTERED[kind](builder, frame, size_m, variant)
    else:
        place(builder, thing_model(kind, variant % VARIANTS), frame, group=group, seed=variant)


@lru_cache(maxsize=len(_MODELS) * VARIANTS)
def thing_model(kind: str, variant: int) -> Model:
    """The mesh of one of a kind's shapes, `variant` in 0..VARIANTS-1."""
    return _MODELS[kind](variant)
