"""What the insides of buildings are made of, by the look of a room.

In: nothing.  Out: `ROOMS`, `BANDS` round walls, `PARTS`.
"""

from __future__ import annotations

from typing import NamedTuple

from world.mesh.surface import Finish
from world.plan.rooms import Look, Part, Use


class Skin(NamedTuple):
    """A finish, its sRGB tint, and how much its pattern is stretched along and up."""

    finish: Finish
    tint: tuple[int, int, int]
    scale: tuple[float, float] = (1.0, 1.0)


class RoomSkin(NamedTuple):
    floor: Skin
    wall: Skin
    ceiling: Skin


_SLABS = (0.47, 0.16)  # the facade tiles' pattern as half-metre floor tiles
ROOMS = {
    Look.SHOP: RoomSkin(
        Skin(Finish.TILE, (176, 178, 174), _SLABS), Skin(Finish.PLASTER, (196, 196, 188)), Skin(Finish.CONCRETE, (188, 188, 182))
    ),
    Look.CAFE: RoomSkin(Skin(Finish.BARK, (112, 84, 58)), Skin(Finish.PLASTER, (120, 102, 84)), Skin(Finish.PLASTER, (70, 64, 58))),
    Look.DINER: RoomSkin(
        Skin(Finish.TILE, (126, 62, 48), (0.8, 0.27)), Skin(Finish.PLASTER, (156, 136, 104)), Skin(Finish.BARK, (96, 74, 54))
    ),
    Look.ARCADE: RoomSkin(Skin(Finish.BARK, (62, 34, 70)), Skin(Finish.PLASTER, (66, 58, 86)), Skin(Finish.CONCRETE, (44, 42, 48))),
    Look.HOME: RoomSkin(Skin(Finish.BARK, (158, 146, 100)), Skin(Finish.PLASTER, (178, 166, 140)), Skin(Finish.BARK, (136, 116, 90))),
    Look.HALL: RoomSkin(
        Skin(Finish.CONCRETE, (124, 122, 118)), Skin(Finish.PLASTER, (132, 128, 118)), Skin(Finish.CONCRETE, (112, 110, 106))
    ),
    Look.STATION: RoomSkin(
        Skin(Finish.TILE, (138, 136, 130), _SLABS), Skin(Finish.TILE, (172, 174, 168)), Skin(Finish.CONCRETE, (118, 118, 114))
    ),
    Look.TRACK: RoomSkin(Skin(Finish.RUBBLE, (72, 66, 60)), Skin(Finish.CONCRETE, (66, 64, 62)), Skin(Finish.CONCRETE, (54, 54, 54))),
    Look.DOORWAY: RoomSkin(Skin(Finish.METAL, (96, 98, 98)), Skin(Finish.PLASTER, (140, 136, 128)), Skin(Finish.PLASTER, (120, 116, 110))),
}
# Bands round the walls: from and to (m over the floor), colour, finish (a LAMP is a tube of light where there is power).
BANDS = {
    Look.SHOP: ((2.2, 2.42, (40, 120, 96), Finish.PAINT),),
    Look.DINER: ((0.0, 0.9, (84, 58, 40), Finish.BARK), (0.9, 0.96, (44, 30, 22), Finish.PAINT)),
    Look.ARCADE: ((2.3, 2.34, (255, 60, 190), Finish.LAMP), (0.0, 0.5, (30, 26, 44), Finish.PAINT)),
    Look.STATION: ((1.35, 1.5, (58, 116, 140), Finish.PAINT),),
    Look.CAFE: ((0.0, 1.02, (40, 66, 58), Finish.PAINT), (1.02, 1.1, (58, 42, 30), Finish.BARK)),
    Look.HOME: ((0.0, 0.1, (96, 76, 54), Finish.BARK),),
    Look.HALL: ((0.0, 1.2, (70, 92, 84), Finish.PAINT), (1.2, 1.24, (40, 52, 48), Finish.PAINT)),
}
PARTS = {
    Part.RAIL: Skin(Finish.TILE, (150, 152, 148)),
    Part.PILLAR: Skin(Finish.TILE, (150, 152, 148)),
    Part.PARTITION: Skin(Finish.PLASTER, (120, 108, 94)),
}
# Stripes of a fascia, from its foot up: share of its height, colour, luminance (units of 4 cd/m²) where there is power.
FASCIAS = {
    Use.KONBINI: ((0.16, (20, 140, 90), 15), (0.14, (226, 92, 20), 15), (0.7, (226, 236, 226), 17)),
    Use.SUBWAY: ((0.82, (16, 60, 170), 13), (0.18, (226, 232, 236), 22)),
}
