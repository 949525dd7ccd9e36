"""What the insides of buildings are made of, by the look of a room.

In: nothing.  Out: `ROOMS`, `painted`: the walls of one room of many alike, and the bands round them; `PARTS`.
"""

from __future__ import annotations

from typing import NamedTuple

from world.mesh.surface import Finish
from world.plan.rooms import Look, Part, Use


class Skin(NamedTuple):
    """A finish, its sRGB tint, how much its pattern is stretched along and up, what a floor is laid of (`BOARDS`, `MATS`, `CARPET`, 0)."""

    finish: Finish
    tint: tuple[int, int, int]
    scale: tuple[float, float] = (1.0, 1.0)
    state: int = 0


class RoomSkin(NamedTuple):
    floor: Skin
    wall: Skin
    ceiling: Skin


# States of what is laid, as surface/city.frag.glsl has them: boards side by side along uv's x (metres), mats of straw with a hem, a carpet.
BOARDS, MATS, CARPET = 2, 4, 5
_SLABS = (0.47, 0.16)  # the facade tiles' pattern as half-metre floor tiles
ROOMS = {
    Look.SHOP: RoomSkin(
        Skin(Finish.TILE, (176, 178, 174), _SLABS), Skin(Finish.PLASTER, (196, 196, 188)), Skin(Finish.CONCRETE, (188, 188, 182))
    ),
    Look.CAFE: RoomSkin(
        Skin(Finish.BARK, (112, 84, 58), (1.0, 1.0), BOARDS), Skin(Finish.PLASTER, (120, 102, 84)), Skin(Finish.PLASTER, (70, 64, 58))
    ),
    Look.DINER: RoomSkin(
        Skin(Finish.TILE, (126, 62, 48), (0.8, 0.27)), Skin(Finish.PLASTER, (156, 136, 104)), Skin(Finish.BARK, (96, 74, 54))
    ),
    Look.ARCADE: RoomSkin(
        Skin(Finish.BARK, (62, 34, 70), (1.0, 1.0), CARPET), Skin(Finish.PLASTER, (66, 58, 86)), Skin(Finish.CONCRETE, (44, 42, 48))
    ),
    Look.HOME: RoomSkin(
        Skin(Finish.BARK, (158, 146, 100), (1.0, 1.0), MATS), Skin(Finish.PLASTER, (178, 166, 140)), Skin(Finish.BARK, (136, 116, 90))
    ),
    Look.HALL: RoomSkin(
        Skin(Finish.CONCRETE, (124, 122, 118)), Skin(Finish.PLASTER, (132, 128, 118)), Skin(Finish.CONCRETE, (112, 110, 106))
    ),
    Look.STATION: RoomSkin(
        Skin(Finish.TILE, (138, 136, 130), _SLABS), Skin(Finish.TILE, (172, 174, 168)), Skin(Finish.CONCRETE, (118, 118, 114))
    ),
    Look.TRACK: RoomSkin(Skin(Finish.RUBBLE, (72, 66, 60)), Skin(Finish.CONCRETE, (66, 64, 62)), Skin(Finish.CONCRETE, (54, 54, 54))),
    Look.DOORWAY: RoomSkin(Skin(Finish.METAL, (96, 98, 98)), Skin(Finish.PLASTER, (140, 136, 128)), Skin(Finish.PLASTER, (120, 116, 110))),
}
# From, to (m over the floor), colour, finish: a LAMP is a tube of light where there is power.
Band = tuple[float, float, tuple[int, int, int], Finish]
_FINE = 0.04
# How rooms of a look were painted: the wall's own colour (None: the look's), the bands round it.
_PAINTED: dict[Look, tuple[tuple[tuple[int, int, int] | None, tuple[Band, ...]], ...]] = {
    Look.SHOP: ((None, ((2.2, 2.42, (40, 120, 96), Finish.PAINT),)),),
    Look.ARCADE: ((None, ((2.3, 2.3 + _FINE, (255, 60, 190), Finish.LAMP), (0.0, 0.5, (30, 26, 44), Finish.PAINT))),),
    Look.STATION: ((None, ((1.35, 1.5, (58, 116, 140), Finish.PAINT),)),),
    Look.CAFE: (
        (None, ((0.0, 1.02, (40, 66, 58), Finish.PAINT), (1.02, 1.1, (58, 42, 30), Finish.BARK))),
        ((138, 124, 106), ((0.0, 0.84, (78, 36, 34), Finish.PAINT), (0.84, 0.9, (48, 34, 26), Finish.BARK))),
        ((108, 116, 116), ((0.0, 1.3, (92, 66, 44), Finish.BARK), (1.3, 1.36, (54, 38, 26), Finish.PAINT))),
        ((150, 126, 94), ((0.0, 0.12, (50, 38, 30), Finish.BARK),)),
    ),
    Look.DINER: (
        (None, ((0.0, 0.9, (84, 58, 40), Finish.BARK), (0.9, 0.96, (44, 30, 22), Finish.PAINT))),
        ((150, 146, 134), ((0.0, 1.2, (126, 134, 126), Finish.TILE), (1.2, 1.24, (40, 70, 64), Finish.PAINT))),
        ((140, 104, 74), ((0.0, 0.8, (42, 38, 36), Finish.PAINT), (0.8, 0.8 + _FINE, (120, 34, 28), Finish.PAINT))),
    ),
    Look.HOME: (
        (None, ((0.0, 0.1, (96, 76, 54), Finish.BARK),)),
        ((150, 156, 142), ((0.0, 0.08, (70, 58, 44), Finish.BARK), (2.1, 2.16, (104, 84, 60), Finish.BARK))),
        ((172, 148, 132), ((0.0, 0.92, (124, 100, 76), Finish.BARK), (0.92, 0.96, (74, 56, 40), Finish.PAINT))),
    ),
    Look.HALL: (
        (None, ((0.0, 1.2, (70, 92, 84), Finish.PAINT), (1.2, 1.2 + _FINE, (40, 52, 48), Finish.PAINT))),
        ((146, 136, 112), ((0.0, 1.05, (112, 86, 48), Finish.PAINT), (1.05, 1.05 + _FINE, (58, 46, 34), Finish.PAINT))),
        ((118, 126, 134), ((0.0, 1.35, (52, 66, 88), Finish.PAINT),)),
        ((140, 132, 124), ((0.0, 1.1, (124, 128, 122), Finish.TILE),)),
        ((128, 116, 104), ((0.0, 0.14, (48, 44, 42), Finish.PAINT),)),
    ),
}


def painted(look: Look, draw: float) -> tuple[Skin, tuple[Band, ...]]:
    """The walls of a room and the bands round them; `draw` in [0, 1) is the room's own."""
    ways = _PAINTED.get(look, ((None, ()),))
    colour, bands = ways[int(draw * len(ways))]
    wall = ROOMS[look].wall
    return (wall if colour is None else wall._replace(tint=colour)), bands


PARTS = {
    Part.RAIL: Skin(Finish.TILE, (150, 152, 148)),
    Part.PILLAR: Skin(Finish.TILE, (150, 152, 148)),
    Part.PARTITION: Skin(Finish.PLASTER, (120, 108, 94)),
}
# Stripes of a fascia, from its foot up: share of its height, colour, luminance (units of 4 cd/m²) where there is power.
FASCIAS = {
    Use.KONBINI: ((0.16, (20, 140, 90), 15), (0.14, (226, 92, 20), 15), (0.7, (206, 226, 210), 13)),
    Use.SUBWAY: ((0.82, (16, 60, 170), 13), (0.18, (226, 232, 236), 22)),
}
# The word on it (its place in words.toml), and in which colour it burns; `WORD_FACE`: a number of its own by which neon.inc has its face
# glow from behind, on a green board.
FASCIA_WORDS = {Use.KONBINI: (96, (244, 248, 236)), Use.SUBWAY: (43, (226, 236, 255))}
WORD_FACE = 3
