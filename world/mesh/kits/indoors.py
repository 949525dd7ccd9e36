"""All that stands in rooms, by the names of `world.things.indoors`.

In: nothing.  Out: `INDOOR_MODELS`: kind → what makes one of its shapes.
"""

from __future__ import annotations

from collections.abc import Callable

from world.mesh.kits import interior_arcade as arcade
from world.mesh.kits import interior_home as home
from world.mesh.kits import interior_shop as shop
from world.mesh.kits import interior_station as station
from world.mesh.kits import interior_table as table
from world.mesh.kits.model import Model

INDOOR_MODELS: dict[str, Callable[[int], Model]] = {
    "gondola": shop.gondola_model,
    "gondola_fallen": shop.gondola_fallen_model,
    "fridge": lambda v: shop.fridge_model(v, False),
    "fridge_lit": lambda v: shop.fridge_model(v, True),
    "till": lambda v: shop.counter_model(v, True),
    "shop_counter": lambda v: shop.counter_model(v, False),
    "wall_shelf": shop.wall_shelf_model,
    "magazine_rack": shop.magazine_rack_model,
    "magazine_rack_fallen": lambda v: shop.thrown(shop.magazine_rack_model(v), -92.0),
    "cash_machine": shop.cash_machine_model,
    "basket_stack": shop.basket_stack_model,
    "robot_broken": arcade.robot_broken_model,
    "goods_spilt": lambda v: shop.spilt_model(v, False),
    "papers_spilt": lambda v: shop.spilt_model(v, True),
    "arcade_cabinet": lambda v: arcade.arcade_cabinet_model(v, False),
    "arcade_cabinet_lit": lambda v: arcade.arcade_cabinet_model(v, True),
    "arcade_cabinet_fallen": lambda v: shop.thrown(arcade.arcade_cabinet_model(v, False), -90.0),
    "claw_machine": lambda v: arcade.claw_machine_model(v, False),
    "claw_machine_lit": lambda v: arcade.claw_machine_model(v, True),
    "cafe_table": table.cafe_table_model,
    "cafe_table_fallen": table.fallen_table_model,
    "cafe_chair": table.cafe_chair_model,
    "cafe_chair_fallen": lambda v: table.fallen(table.cafe_chair_model(v), v),
    "cafe_counter": lambda v: table.counter_model(v, False),
    "pastry_case": table.pastry_case_model,
    "espresso_machine": table.espresso_machine_model,
    "cups": table.cups_model,
    "back_shelf": lambda v: table.bottle_shelf_model(v, False),
    "bottle_shelf_lit": lambda v: table.bottle_shelf_model(v, True),
    "noodle_counter": lambda v: table.counter_model(v, True),
    "noodle_range": table.noodle_range_model,
    "stool": table.stool_model,
    "stool_fallen": lambda v: table.fallen(table.stool_model(v), v),
    "noren": table.noren_model,
    "paper_lantern": lambda v: table.paper_lantern_model(v, False),
    "paper_lantern_lit": lambda v: table.paper_lantern_model(v, True),
    "bottles": table.bottles_model,
    "platform_bench": station.platform_bench_model,
    "low_table": lambda v: home.low_table_model(v, True),
    "low_table_fallen": home.low_table_fallen_model,
    "cushion": home.cushion_model,
    "futon": home.futon_model,
    "television": lambda v: home.television_model(v, False),
    "television_lit": lambda v: home.television_model(v, True),
    "wardrobe": home.wardrobe_model,
    "wardrobe_fallen": lambda v: home.leaning(home.wardrobe_model(v), v),
    "bookcase": home.bookcase_model,
    "bookcase_fallen": lambda v: home.leaning(home.bookcase_model(v), v),
    "kitchen_unit": home.kitchen_unit_model,
    "home_fridge": home.home_fridge_model,
    "shoe_cupboard": home.shoe_cupboard_model,
    "mat": home.mat_model,
    "camp_lantern": home.camp_lantern_model,
    "tin_fire": home.tin_fire_model,
    "radio": home.radio_model,
    "blanket": home.blanket_model,
    "ticket_gate": station.ticket_gate_model,
    "ticket_machine": lambda v: station.ticket_machine_model(v, False),
    "ticket_machine_lit": lambda v: station.ticket_machine_model(v, True),
    "platform_sign": lambda v: station.platform_sign_model(v, False),
    "platform_sign_lit": lambda v: station.platform_sign_model(v, True),
    "train_bay": station.train_bay_model,
}
