"""Every placed thing by the name the plan gives it.

In: a kind, a `Frame` on the ground, a variant, a size.  Out: its mesh in a `SurfaceBuilder`, near or far. What a kind is to feet and eyes,
and how many shapes it has, is `world.things`'; each shape is made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from world.mesh.kits import belongings, facade_props, furniture, greenery, market, poles, rubble, street, vehicles, wreckage
from world.mesh.kits.cars import car_model, far_car_model
from world.mesh.kits.distance import coarse
from world.mesh.kits.facade_props import warm_pipes
from world.mesh.kits.frame import Frame
from world.mesh.kits.indoors import INDOOR_MODELS
from world.mesh.kits.model import Model, place
from world.mesh.kits.signs import warm_signs
from world.mesh.surface import SurfaceBuilder
from world.things import KINDS
from world.things.car_bodies import PASSENGER, CarState

Maker = Callable[[int], Model]


def _car(state: CarState, first: int = 0, count: int = PASSENGER) -> tuple[Maker, Maker]:
    def how(v: int) -> tuple[int, CarState, int]:
        crashed = state is CarState.PARKED and (v // count) % 3 == 1
        return first + v % count, CarState.CRASHED if crashed else state, v

    return lambda v: car_model(*how(v)), lambda v: far_car_model(*how(v))


_CARS = {
    "car": _car(CarState.PARKED),
    "car_burnt": _car(CarState.BURNT),
    "car_overturned": _car(CarState.OVERTURNED),
    "car_on_side": _car(CarState.ON_SIDE),
    "van": _car(CarState.PARKED, PASSENGER, 1),
    "wreck_embers": (lambda v: car_model(v % PASSENGER, CarState.BURNT, v, embers=True), _car(CarState.BURNT)[1]),
}

_NEAR: dict[str, Maker] = {
    **{kind: near for kind, (near, _) in _CARS.items()},
    "bus": vehicles.bus_model,
    "bus_overturned": vehicles.bus_overturned_model,
    "truck_cage": vehicles.truck_cage_model,
    "scooter": vehicles.scooter_model,
    "bicycle": belongings.bicycle_model,
    "stroller": belongings.stroller_model,
    "boat": vehicles.boat_model,
    "drone_crashed": wreckage.drone_crashed_model,
    "drone_hanging": wreckage.drone_hanging_model,
    "pole": lambda v: poles.pole_model(False, v),
    "pole_lit": lambda v: poles.pole_model(True, v),
    "fallen_pole": poles.fallen_pole_model,
    "lamp": lambda v: poles.lamp_model(False, v),
    "lamp_lit": lambda v: poles.lamp_model(True, v),
    "lamp_fallen": poles.lamp_fallen_model,
    "traffic_light": poles.traffic_light_model,
    "road_sign": street.road_sign_model,
    "bollard": poles.bollard_model,
    "parking_meter": furniture.parking_meter_model,
    "bus_shelter": street.bus_shelter_model,
    "phone_booth": furniture.phone_booth_model,
    "subway_canopy": street.subway_canopy_model,
    "railing": street.railing_model,
    "parapet": street.parapet_model,
    "barricade": street.barricade_model,
    "scaffold": street.scaffold_model,
    "tree_bare": lambda v: greenery.tree_model(v, "bare"),
    "tree_burnt": lambda v: greenery.tree_model(v, "burnt"),
    "tree_leaf": lambda v: greenery.tree_model(v, "leaf"),
    "shrub": greenery.shrub_model,
    "bench": greenery.bench_model,
    "playground": greenery.playground_model,
    "vending_machine": lambda v: furniture.vending_machine_model(bool(v % 3), v),
    "vending_fallen": furniture.vending_fallen_model,
    "stall": market.stall_model,
    "stall_fallen": market.stall_fallen_model,
    "crates": furniture.crates_model,
    "bin_bags": furniture.bin_bags_model,
    "menu_board": furniture.menu_board_model,
    "planter": furniture.planter_model,
    "potted_plant": furniture.potted_plant_model,
    "dumpster": furniture.dumpster_model,
    "cone": furniture.cone_model,
    "sign_fallen": wreckage.sign_fallen_model,
    "umbrella": belongings.umbrella_model,
    "suitcase": belongings.suitcase_model,
    "toys": belongings.toys_model,
    "shoe": belongings.shoe_model,
    "cardboard": belongings.cardboard_bed_model,
    "litter": rubble.litter_model,
    "fire_barrel": wreckage.fire_barrel_model,
    "pipe_burst": wreckage.pipe_burst_model,
    "girder_fallen": wreckage.girder_fallen_model,
    "twisted_metal": wreckage.twisted_metal_model,
    "chunk": rubble.lying_chunk_model,
    "heap": rubble.heap_model,
    "torn_sheet": rubble.torn_sheet_model,
    "glass_shards": rubble.glass_shards_model,
    "manhole": furniture.manhole_model,
    "drain": furniture.drain_grate_model,
    "water_tank": facade_props.water_tank_model,
    "antenna": facade_props.antenna_model,
    "roof_vent": facade_props.roof_vent_model,
    **INDOOR_MODELS,
}


def _coarse(kind: str, cell_m: float) -> Maker:
    return lambda v: coarse(thing_model(kind, v), cell_m)


_FAR: dict[str, Maker] = {
    **{kind: far for kind, (_, far) in _CARS.items()},
    "pole": lambda v: poles.far_pole_model(False, v),
    "pole_lit": lambda v: poles.far_pole_model(True, v),
    "lamp": lambda v: poles.far_lamp_model(False, v),
    "lamp_lit": lambda v: poles.far_lamp_model(True, v),
    "tree_bare": lambda v: greenery.tree_model(v, "bare", far=True),
    "tree_burnt": lambda v: greenery.tree_model(v, "burnt", far=True),
    "tree_leaf": lambda v: greenery.tree_model(v, "leaf", far=True),
    "bus": _coarse("bus", 1.0),
    "bus_overturned": _coarse("bus_overturned", 1.0),
    "truck_cage": _coarse("truck_cage", 0.6),
    "stall": _coarse("stall", 0.55),
    "subway_canopy": _coarse("subway_canopy", 0.6),
    "vending_machine": _coarse("vending_machine", 0.5),
    "heap": _coarse("heap", 0.7),
}


def add_thing(builder: SurfaceBuilder, kind: str, frame: Frame, variant: int, size_m: float = 1.0, *, far: bool = False) -> None:
    """Appends one thing; `size_m` counts for kinds that are `scaled`. `far`: its lean twin, or nothing if it is too small to be seen
    from far. KeyError if unknown."""
    model = far_model(kind, variant) if far else thing_model(kind, variant)
    if model is not None:
        place(builder, model, frame, seed=variant, scale=size_m if KINDS[kind].scaled else 1.0)


def thing_kinds() -> tuple[str, ...]:
    """Every kind there is a mesh for."""
    return tuple(_NEAR)


def thing_model(kind: str, variant: int) -> Model:
    """The mesh of the shape that a variant stands for."""
    return _near(kind, variant % KINDS[kind].shapes)


def seen_from_far(kind: str) -> bool:
    """Whether a kind is large enough for a far eye and the mirror."""
    return kind in _FAR


def far_model(kind: str, variant: int) -> Model | None:
    """The lean mesh of the same shape for a far eye and the mirror; None for kinds too small to be seen from far."""
    return _far(kind, variant % KINDS[kind].shapes) if seen_from_far(kind) else None


def warm() -> Iterator[str]:
    """Makes every shape there is, and all that signs and pipes share, one a step (a few milliseconds each, two seconds in all), so that
    no chunk pays for a first use."""
    for kind in _NEAR:
        for shape in range(KINDS[kind].shapes):
            for far in (False, True):
                add_thing(SurfaceBuilder(), kind, Frame((0.0, 0.0, 0.0)), shape, far=far)
            yield kind
    yield from warm_pipes()
    yield from warm_signs()


@cache
def _near(kind: str, shape: int) -> Model:
    return _NEAR[kind](shape)


@cache
def _far(kind: str, shape: int) -> Model:
    return _FAR[kind](shape)
