"""Every placed thing by the name the plan gives it: what it is to feet, eyes, ears and light.

In: nothing.  Out: `KINDS`. The shapes drawn for them are `world.mesh.kits`'; a test holds the two together.
"""

from __future__ import annotations

from world.things.block import SOLID, Block, Flag, Material
from world.things.car_bodies import BODIES, PASSENGER, CarState, car_blocks, headlamp_m, headlamps_on, roof_lamp_on
from world.things.indoors import INDOORS
from world.things.kind import Kind, Lamp

LAMP_HEAD = (0.0, 1.5, 5.75)  # middle of a street lamp's glass: over the carriageway
POLE_LAMP = (0.0, 1.0, 4.75)  # the same of the lamp on a utility pole
_WARM, _COOL, _EMBER, _BOOTH = (1.0, 0.62, 0.3), (0.72, 0.9, 1.0), (1.0, 0.36, 0.08), (0.74, 1.0, 0.82)
_HEADLAMP, _HEADLAMP_CD = (1.0, 0.86, 0.66), 45.0
_DOWN, _ALL_ROUND = (0.0, 0.0, -1.0), (0.0, 0.0, 0.0)
_POST = Flag.MOVE
_CONCRETE, _RUBBLE, _GLASS = Material.CONCRETE, Material.RUBBLE, Material.GLASS


def _b(
    x: float,
    y: float,
    half_x: float,
    half_y: float,
    bottom: float,
    top: float,
    material: Material = Material.METAL,
    flags: Flag = SOLID,
    slope: tuple[float, float] = (0.0, 0.0),
) -> Block:
    return Block((x, y), (half_x, half_y), bottom, top, slope, material, flags)


def _shine(at: tuple[float, float, float], candela: float, colour: tuple[float, float, float], size_m: float = 0.3) -> Lamp:
    red, green, blue = colour
    return Lamp(at, _ALL_ROUND, size_m, (candela * red, candela * green, candela * blue))


def _one(shapes: int, reach_m: float, *blocks: Block, scaled: bool = False, lamps: tuple[tuple[Lamp, ...], ...] = ((),)) -> Kind:
    """All shapes stop a body alike."""
    return Kind(shapes, (blocks,), reach_m, scaled, lamps)


def _cars(state: CarState, first: int, count: int, rounds: int, lamps: tuple[tuple[Lamp, ...], ...] = ((),)) -> Kind:
    """`rounds` shapes of each of `count` bodies, in turn."""
    bodies = BODIES[first : first + count]
    reach = max(b.nose - b.tail for b in bodies) / 2 + 0.9  # a door swung open
    return Kind(count * rounds, tuple(car_blocks(b, state) for b in bodies), reach, lamps=lamps)


def _left_on(first: int, count: int, rounds: int) -> tuple[tuple[Lamp, ...], ...]:
    """What still burns on each shape of cars that stand: headlamps shine as one, ahead."""
    shapes = []
    for shape in range(count * rounds):
        number = first + shape % count
        body, on = BODIES[number], headlamps_on(number, CarState.PARKED, shape)
        lamps = []
        if on:
            red, green, blue = (len(on) * _HEADLAMP_CD * part for part in _HEADLAMP)
            lamps.append(Lamp((0.25 * sum(on), body.nose + 0.3, headlamp_m(body) + 0.1), (0.0, 1.0, 0.0), 0.5, (red, green, blue)))
        if roof_lamp_on(number, CarState.PARKED, shape):
            lamps.append(_shine((0.0, -0.32, body.height_m + 0.3), 5.0, _WARM))
        shapes.append(tuple(lamps))
    return tuple(shapes)


_POLE = _b(0, 0, 0.16, 0.16, -0.2, 9.0, flags=_POST)
_LAMP_POST = _b(0, 0, 0.1, 0.1, -0.2, 6.0, flags=_POST)
_TRUNK = _b(0, 0, 0.17, 0.17, -0.2, 3.0, _RUBBLE, _POST)
_BICYCLE, _BICYCLE_DOWN = (_b(0, 0, 0.12, 0.8, 0.0, 0.9, flags=_POST),), (_b(0, 0, 0.4, 0.8, 0.0, 0.3, flags=_POST),)
_STALL_TOP = _b(0, 0.1, 1.2, 0.9, 2.15, 2.45, _RUBBLE, Flag.MOVE | Flag.SIGHT)
_EMBERS = (_shine((0.0, 0.2, 0.9), 9.0, _EMBER, 0.7),)

KINDS: dict[str, Kind] = {
    # what has wheels
    "car": _cars(CarState.PARKED, 0, PASSENGER, 3, _left_on(0, PASSENGER, 3)),
    "car_burnt": _cars(CarState.BURNT, 0, PASSENGER, 2),
    "car_overturned": _cars(CarState.OVERTURNED, 0, PASSENGER, 2),
    "car_on_side": _cars(CarState.ON_SIDE, 0, PASSENGER, 1),
    "wreck_embers": _cars(CarState.BURNT, 0, PASSENGER, 1, (_EMBERS,)),
    "van": _cars(CarState.PARKED, PASSENGER, 1, 4, _left_on(PASSENGER, 1, 4)),
    "bus": Kind(
        4, (*((_b(0, 0, 1.24, 5.2, 0.25, 3.05, flags=Flag.ALL),),) * 3, (_b(0, -0.2, 1.24, 5.0, 0.25, 3.05, flags=Flag.ALL),)), 5.6
    ),
    "bus_overturned": Kind(
        4, (*((_b(0, 0, 1.5, 5.2, 0.0, 2.45, flags=Flag.ALL),),) * 3, (_b(0, -0.2, 1.5, 5.0, 0.0, 2.45, flags=Flag.ALL),)), 5.6
    ),
    "truck_cage": _one(
        4,
        4.1,
        _b(0, 2.8, 1.1, 0.95, 0.3, 2.55),
        _b(0, -0.95, 1.12, 2.75, 0.35, 1.1),
        _b(0, -0.95, 1.1, 2.7, 1.1, 2.75, flags=Flag.MOVE),
    ),
    "scooter": Kind(4, ((_b(0, 0, 0.3, 0.85, 0.0, 1.0, flags=Flag.MOVE),), (_b(0, 0, 0.5, 0.85, 0.0, 0.5, flags=Flag.MOVE),)), 1.2),
    "bicycle": Kind(5, (_BICYCLE_DOWN, _BICYCLE, _BICYCLE, _BICYCLE_DOWN, _BICYCLE), 1.2),
    "stroller": _one(6, 1.0),
    "boat": _one(3, 2.7, _b(0, 0, 0.8, 2.3, 0.0, 0.5, _RUBBLE)),
    "drone_crashed": _one(3, 0.9, _b(0, 0, 0.45, 0.45, 0.0, 0.35, flags=Flag.MOVE)),
    "drone_hanging": _one(3, 1.9, _b(0, 0, 0.1, 0.1, -0.2, 5.2, flags=_POST)),
    # what stands along the kerb
    "pole": _one(6, 1.2, _POLE),
    "pole_lit": _one(6, 1.2, _POLE, lamps=((Lamp((0.0, POLE_LAMP[1], POLE_LAMP[2] - 0.1), _DOWN, 0.3, (44.0, 54.0, 58.0)),),)),
    "fallen_pole": _one(4, 10.0, _b(0, 4.0, 0.17, 4.2, 0.1, 0.42, _CONCRETE, Flag.MOVE)),
    "lamp": _one(3, 2.0, _LAMP_POST),
    "lamp_lit": _one(2, 2.0, _LAMP_POST, lamps=((Lamp((0.0, 1.5, 5.65), _DOWN, 0.3, (150.0, 93.0, 45.0)),),)),
    "lamp_fallen": _one(3, 7.0, _b(0, 2.7, 0.12, 2.7, 0.0, 0.22, flags=Flag.MOVE)),
    "traffic_light": _one(3, 3.5, _b(0, 0, 0.12, 0.12, -0.2, 5.5, flags=_POST)),
    "road_sign": _one(4, 0.5, _b(0, 0, 0.06, 0.06, -0.2, 2.6, flags=_POST)),
    "bollard": _one(2, 0.25, _b(0, 0, 0.08, 0.08, 0.0, 0.84, flags=_POST)),
    "parking_meter": _one(2, 0.25, _b(0, 0, 0.1, 0.08, 0.0, 1.35, flags=_POST)),
    "bus_shelter": _one(
        3,
        2.1,
        _b(0, -0.72, 1.9, 0.06, 0.0, 2.3, _GLASS, Flag.MOVE | Flag.SOUND),
        _b(0, -0.4, 1.3, 0.22, 0.0, 0.46, flags=Flag.MOVE),
        _b(0, -0.1, 2.0, 0.85, 2.32, 2.5),
        lamps=((Lamp((2.3, -0.17, 1.25), (1.0, 0.0, 0.0), 0.6, (5.4, 9.0, 8.6)),), (), ()),
    ),
    "phone_booth": _one(
        4, 0.7, _b(0, 0, 0.46, 0.46, 0.0, 2.24, _GLASS, Flag.MOVE | Flag.SOUND), lamps=((_shine((0.0, 0.0, 1.7), 9.0, _BOOTH),), (), (), ())
    ),
    "subway_canopy": _one(
        2,
        2.8,
        _b(-1.5, 0.0, 0.12, 2.0, 0.0, 1.05),
        _b(1.5, 0.0, 0.12, 2.0, 0.0, 1.05),
        _b(0, 0.0, 1.8, 2.2, 2.5, 2.95),
        lamps=((Lamp((0.0, 2.4, 2.7), (0.0, 1.0, 0.0), 0.6, (16.0, 22.0, 26.0)),), ()),
    ),
    "railing": _one(3, 1.1, _b(0, 0, 1.0, 0.05, 0.0, 1.05, flags=Flag.MOVE)),
    "parapet": _one(3, 1.1, _b(0, 0, 1.0, 0.16, 0.0, 1.0, _CONCRETE)),
    "barricade": Kind(
        4,
        (
            (_b(0, 0, 0.95, 0.24, 0.0, 0.85, _CONCRETE),),
            (_b(0, 0, 0.95, 0.3, 0.0, 1.05, flags=Flag.MOVE),),
            (_b(0, 0, 1.5, 0.12, 0.0, 2.0),),
            (_b(0, 0, 1.2, 0.5, 0.0, 1.1, _RUBBLE),),
        ),
        1.7,
    ),
    "scaffold": _one(
        3,
        2.0,
        *(_b(x, y, 0.06, 0.06, 0.0, 4.2, flags=_POST) for x in (-1.2, 1.2) for y in (-0.5, 0.5)),
        _b(0, 0, 1.2, 0.5, 1.95, 2.05, flags=Flag.MOVE),
    ),
    # what grows, and where one sat
    "tree_bare": _one(4, 2.6, _TRUNK, scaled=True),
    "tree_burnt": _one(4, 2.6, _TRUNK, scaled=True),
    "tree_leaf": _one(4, 2.8, _TRUNK, scaled=True),
    "shrub": _one(4, 0.9, _b(0, 0, 0.6, 0.5, 0.0, 0.85, _RUBBLE, Flag.MOVE | Flag.SIGHT), scaled=True),
    "bench": _one(3, 1.0, _b(0, 0, 0.85, 0.25, 0.0, 0.46, flags=Flag.MOVE), _b(0, -0.24, 0.85, 0.06, 0.4, 0.85, flags=Flag.MOVE)),
    "playground": Kind(
        4,
        (
            tuple(_b(x, y, 0.08, 0.08, 0.0, 2.2, flags=_POST) for x in (-1.5, 1.5) for y in (-0.75, 0.75)),
            (
                _b(0, 0.95, 0.45, 0.35, 0.0, 1.5, flags=Flag.MOVE),
                _b(0, -1.2, 0.28, 0.5, 0.0, 0.45, flags=Flag.MOVE),
                _b(0, -0.15, 0.28, 0.55, 0.0, 1.0, flags=Flag.MOVE),
            ),
            (_b(0, 0, 0.22, 1.6, 0.0, 0.6, flags=Flag.MOVE),),
            (_b(0, 0, 1.0, 1.0, 0.0, 1.9, flags=Flag.MOVE),),
        ),
        2.2,
    ),
    # what was sold
    "vending_machine": _one(
        6, 0.7, _b(0, 0, 0.5, 0.38, 0.0, 1.95), lamps=((), *((Lamp((0.0, 0.6, 1.1), (0.0, 1.0, 0.0), 0.6, (9.36, 11.7, 13.0)),),) * 2)
    ),
    "vending_fallen": _one(4, 1.1, _b(0, 0, 0.5, 0.97, 0.0, 0.7)),
    "stall": _one(
        4,
        1.5,
        _b(0, 0, 1.0, 0.45, 0.0, 0.95, _RUBBLE),
        _STALL_TOP,
        lamps=((_shine((0.0, 0.75, 1.75), 11.0, _WARM),), (), (_shine((0.0, 0.75, 1.75), 11.0, (1.0, 0.3, 0.16)),), ()),
    ),
    "stall_fallen": _one(3, 1.7, _b(0, 0, 1.0, 0.75, 0.0, 0.75, _RUBBLE)),
    "crates": _one(4, 0.7, _b(0, 0, 0.42, 0.36, 0.0, 0.75, _CONCRETE)),
    "bin_bags": _one(4, 0.7, _b(0, 0, 0.5, 0.35, 0.0, 0.5, _RUBBLE, Flag.MOVE)),
    "menu_board": _one(4, 0.4, _b(0, 0, 0.28, 0.2, 0.0, 0.9, flags=Flag.MOVE)),
    "planter": _one(4, 0.7, _b(0, 0, 0.5, 0.22, 0.0, 0.42, _CONCRETE, Flag.MOVE)),
    "potted_plant": _one(6, 0.5),
    "dumpster": _one(2, 1.1, _b(0, 0, 0.88, 0.5, 0.0, 1.2)),
    "cone": _one(2, 0.6),
    "sign_fallen": _one(4, 1.6, _b(0, 0, 0.45, 1.2, 0.0, 0.3, flags=Flag.MOVE)),
    # what people left
    "umbrella": _one(4, 0.9),
    "suitcase": _one(4, 0.6),
    "toys": _one(4, 0.6),
    "shoe": _one(3, 0.2),
    "cardboard": _one(3, 1.0),
    "litter": _one(8, 1.2, scaled=True),
    # what burns, leaks, fell
    "fire_barrel": _one(
        4, 0.4, _b(0, 0, 0.3, 0.3, 0.0, 0.88), lamps=(*((_shine((0.0, 0.0, 1.15), 16.0, (1.0, 0.44, 0.12)),),) * 3, (_EMBERS[0],))
    ),
    "pipe_burst": _one(3, 1.2, _b(0, 0, 0.25, 0.25, 0.0, 0.5, flags=Flag.MOVE)),
    "girder_fallen": _one(4, 3.4, _b(0, 0, 0.22, 3.0, 0.0, 0.5, flags=Flag.MOVE)),
    "twisted_metal": _one(4, 1.1, _b(0, 0, 0.7, 0.6, 0.0, 0.55, flags=Flag.MOVE)),
    "chunk": _one(8, 1.5, _b(0, 0, 0.8, 0.7, -0.2, 0.62, _RUBBLE), scaled=True),
    "heap": _one(8, 1.4, _b(0, 0, 0.9, 0.7, -0.2, 0.45, _RUBBLE), _b(0, -0.25, 0.5, 0.4, 0.4, 0.75, _RUBBLE), scaled=True),
    "torn_sheet": _one(6, 0.9, scaled=True),
    "glass_shards": _one(6, 1.1, scaled=True),
    # what lies in the ground, and on roofs
    "manhole": _one(5, 0.4),
    "drain": _one(2, 0.4),
    "water_tank": _one(2, 1.4),
    "antenna": _one(4, 1.2),
    "roof_vent": _one(2, 0.8),
}

KINDS |= INDOORS
