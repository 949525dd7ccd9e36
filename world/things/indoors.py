"""What stands in rooms: what it is to feet, eyes, ears and light.

In: nothing.  Out: `INDOORS`, a part of `KINDS`. The shapes drawn for them are in `world.mesh.kits.interior_*`. A thing's front looks
along +y; what goes against a wall has its back at the block's -y edge. A `_fallen` kind is the same thing thrown over; one that ends
in `_lit` still has power.
"""

from __future__ import annotations

from world.things.block import SOLID, Block, Flag, Material
from world.things.kind import Kind, Lamp

_AHEAD, _DOWN, _ALL_ROUND = (0.0, 1.0, 0.0), (0.0, 0.0, -1.0), (0.0, 0.0, 0.0)
_WOOD = Material.RUBBLE  # dull: muffles, does not ring
_LOW = Flag.MOVE  # a body goes round it, a look over it


def _b(
    x: float, y: float, half_x: float, half_y: float, bottom: float, top: float, material: Material = Material.METAL, flags: Flag = SOLID
) -> Block:
    return Block((x, y), (half_x, half_y), bottom, top, (0.0, 0.0), material, flags)


def _kind(shapes: int, *blocks: Block, lamp: Lamp | None = None) -> Kind:
    reach = max((max(abs(b.centre[0]) + b.half[0], abs(b.centre[1]) + b.half[1]) for b in blocks), default=0.7) * 1.42 + 0.15
    return Kind(shapes, (blocks,), reach, lamps=((lamp,) if lamp else (),))


def _glow(z: float, y: float, candela: float, colour: tuple[float, float, float], normal: tuple[float, float, float] = _AHEAD) -> Lamp:
    red, green, blue = colour
    return Lamp((0.0, y, z), normal, 0.4, (candela * red, candela * green, candela * blue))


_WARM, _COOL, _MINT, _ROSE = (1.0, 0.62, 0.3), (0.72, 0.9, 1.0), (0.5, 1.0, 0.8), (1.0, 0.35, 0.75)

INDOORS: dict[str, Kind] = {
    # the convenience store
    "gondola": _kind(4, _b(0, 0, 0.6, 0.42, 0.0, 1.4)),
    "gondola_fallen": _kind(4, _b(0, 0, 0.6, 0.7, 0.0, 0.84)),
    "fridge": _kind(3, _b(0, 0, 0.45, 0.35, 0.0, 2.0)),
    "fridge_lit": _kind(3, _b(0, 0, 0.45, 0.35, 0.0, 2.0), lamp=_glow(1.2, 0.45, 5.0, _COOL)),
    "till": _kind(3, _b(0, 0, 0.7, 0.33, 0.0, 0.98)),
    "shop_counter": _kind(4, _b(0, 0, 0.7, 0.33, 0.0, 0.98)),
    "wall_shelf": _kind(3, _b(0, 0, 0.6, 0.2, 0.0, 1.9)),
    "magazine_rack": _kind(3, _b(0, 0, 0.6, 0.2, 0.0, 1.15, flags=_LOW)),
    "magazine_rack_fallen": _kind(2, _b(0, 0, 0.6, 0.5, 0.0, 0.4, flags=_LOW)),
    "cash_machine": _kind(2, _b(0, 0, 0.3, 0.3, 0.0, 1.5)),
    "basket_stack": _kind(2, _b(0, 0, 0.24, 0.18, 0.0, 0.55, flags=_LOW)),
    "robot_broken": _kind(2, _b(0, 0, 0.24, 0.24, 0.0, 0.4, flags=_LOW), lamp=_glow(0.45, 0.0, 1.1, _COOL, _ALL_ROUND)),
    "goods_spilt": _kind(4),
    "papers_spilt": _kind(4),
    # where one sat down
    "cafe_table": _kind(3, _b(0, 0, 0.3, 0.3, 0.0, 0.74, _WOOD, _LOW)),
    "cafe_table_fallen": _kind(2, _b(0, 0, 0.34, 0.36, 0.0, 0.62, _WOOD, _LOW)),
    "cafe_chair": _kind(3, _b(0, 0, 0.22, 0.22, 0.0, 0.82, _WOOD, _LOW)),
    "cafe_chair_fallen": _kind(3, _b(0, 0, 0.24, 0.4, 0.0, 0.46, _WOOD, _LOW)),
    "cafe_counter": _kind(3, _b(0, 0, 0.6, 0.3, 0.0, 1.02, _WOOD)),
    "pastry_case": _kind(2, _b(0, 0, 0.6, 0.32, 0.0, 1.25, Material.GLASS)),
    "espresso_machine": _kind(2),
    "cups": _kind(3),
    "back_shelf": _kind(3, _b(0, 0, 0.6, 0.18, 0.0, 2.0, _WOOD)),
    "bottle_shelf_lit": _kind(2, _b(0, 0, 0.6, 0.18, 0.0, 2.0, _WOOD), lamp=_glow(1.4, 0.4, 4.0, _WARM)),
    "noodle_counter": _kind(3, _b(0, 0, 0.6, 0.28, 0.0, 1.02, _WOOD)),
    "noodle_range": _kind(2, _b(0, 0, 0.6, 0.35, 0.0, 1.15)),
    "stool": _kind(3, _b(0, 0, 0.17, 0.17, 0.0, 0.66, flags=_LOW)),
    "stool_fallen": _kind(2, _b(0, 0, 0.18, 0.34, 0.0, 0.36, flags=_LOW)),
    "noren": _kind(4),
    "paper_lantern": _kind(3),
    "paper_lantern_lit": _kind(3, lamp=_glow(0.0, 0.0, 10.0, (1.0, 0.42, 0.16), _ALL_ROUND)),
    # the arcade
    "arcade_cabinet": _kind(4, _b(0, 0, 0.34, 0.4, 0.0, 1.72)),
    "arcade_cabinet_lit": _kind(4, _b(0, 0, 0.34, 0.4, 0.0, 1.72), lamp=_glow(1.2, 0.5, 3.2, _MINT)),
    "arcade_cabinet_fallen": _kind(2, _b(0, 0, 0.34, 0.86, 0.0, 0.82)),
    "claw_machine": _kind(2, _b(0, 0, 0.45, 0.45, 0.0, 1.95, Material.GLASS, Flag.MOVE | Flag.SOUND)),
    "claw_machine_lit": _kind(2, _b(0, 0, 0.45, 0.45, 0.0, 1.95, Material.GLASS, Flag.MOVE | Flag.SOUND), lamp=_glow(1.7, 0.5, 6.0, _ROSE)),
    # the home
    "low_table": _kind(3, _b(0, 0, 0.6, 0.42, 0.0, 0.36, _WOOD, _LOW)),
    "low_table_fallen": _kind(2, _b(0, 0, 0.6, 0.22, 0.0, 0.84, _WOOD, _LOW)),
    "cushion": _kind(3),
    "futon": _kind(3, _b(0, 0, 0.5, 0.98, 0.0, 0.14, _WOOD, _LOW)),
    "television": _kind(2, _b(0, 0, 0.55, 0.22, 0.0, 0.95)),
    "television_lit": _kind(2, _b(0, 0, 0.55, 0.22, 0.0, 0.95), lamp=_glow(0.7, 0.35, 2.6, (0.6, 0.75, 1.0))),
    "wardrobe": _kind(3, _b(0, 0, 0.6, 0.29, 0.0, 1.85, _WOOD)),
    "wardrobe_fallen": _kind(2, _b(0, 0, 0.6, 0.92, 0.0, 0.6, _WOOD)),
    "bookcase": _kind(3, _b(0, 0, 0.42, 0.16, 0.0, 1.8, _WOOD)),
    "bookcase_fallen": _kind(2, _b(0, 0, 0.42, 0.9, 0.0, 0.33, _WOOD, _LOW)),
    "kitchen_unit": _kind(3, _b(0, 0, 0.9, 0.3, 0.0, 0.88)),
    "home_fridge": _kind(2, _b(0, 0, 0.28, 0.3, 0.0, 1.5)),
    "shoe_cupboard": _kind(2, _b(0, 0, 0.4, 0.17, 0.0, 0.9, _WOOD)),
    # where one sheltered
    "mat": _kind(3),
    "camp_lantern": _kind(2, _b(0, 0, 0.09, 0.09, 0.0, 0.3, flags=_LOW), lamp=_glow(0.6, 0.0, 14.0, _WARM, _ALL_ROUND)),
    "tin_fire": _kind(2, lamp=_glow(0.4, 0.0, 3.2, (1.0, 0.45, 0.14), _ALL_ROUND)),
    "radio": _kind(2),
    "bottles": _kind(4),
    "blanket": _kind(3),
    # under the street
    "ticket_gate": _kind(2, _b(0, 0, 0.14, 0.9, 0.0, 1.02)),
    "ticket_machine": _kind(2, _b(0, 0, 0.4, 0.25, 0.0, 1.85)),
    "ticket_machine_lit": _kind(2, _b(0, 0, 0.4, 0.25, 0.0, 1.85), lamp=_glow(1.3, 0.35, 3.0, _COOL)),
    "platform_bench": _kind(2, _b(0, 0, 0.85, 0.24, 0.0, 0.46, flags=_LOW)),
    "platform_sign_lit": _kind(2, lamp=_glow(-0.3, 0.1, 4.0, _COOL)),
    "platform_sign": _kind(2),
    "train_bay": _kind(4, _b(0, 0, 1.45, 1.3, 0.3, 3.55)),
}
