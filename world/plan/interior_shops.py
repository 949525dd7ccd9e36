"""How shops are laid out: convenience store, café, noodle restaurant, arcade.

In: a `Site`.  Out: whether it could be laid out there; rooms, furniture and lamps are put into the site. In each a way as wide as a
robot leads from the door straight to the back, and everything else stands beside it.
"""

from __future__ import annotations

from world.plan.rooms import FLOOR_M, FRONT_WALL_M, Look
from world.plan.site import BODY_WAY_M, ROBOT_WAY_M, Site

_HALF_WAY_M = ROBOT_WAY_M / 2


def _shop(site: Site, widest_m: float, deepest_m: float, door_bay: int, look: Look) -> tuple[float, float, float, float]:
    """One room behind the bays from the left; a door, shop windows, the way back. (u0, u1, v1, the door's middle)."""
    last = min(site.bays, max(door_bay + 1, int(widest_m / site.bay_m))) - 1
    u0, u1 = site.span(0, last)
    v1 = min(site.depth_m - 0.3, deepest_m)
    site.room(u0, FRONT_WALL_M, FLOOR_M, u1, v1, site.ceiling_z, look)
    low, high = site.door(door_bay)
    for bay in range(last + 1):
        if bay != door_bay:
            site.window(bay)
    middle = (low + high) / 2
    site.keep(middle - _HALF_WAY_M, FRONT_WALL_M, middle + _HALF_WAY_M, v1 - 0.8)
    site.way((middle, 1.2, FLOOR_M), (middle, v1 - 1.3, FLOOR_M))
    return u0, u1, v1, middle


def _tubes(site: Site, u0: float, u1: float, v1: float, across: int, rows: int, candela: float, warm: bool = False) -> None:
    for i in range(across):
        for j in range(rows):
            u, v = u0 + (u1 - u0) * (i + 0.5) / across, FRONT_WALL_M + (v1 - FRONT_WALL_M) * (j + 0.5) / rows
            site.light(u, v, site.ceiling_z, 1.3, candela, warm=warm)


def konbini(site: Site) -> bool:
    """Counter by the door, shelves in rows, fridges along the back, magazines at the window; a machine broken on the floor."""
    if site.bays < 3 or site.width_m < 8.0 or site.depth_m < 8.0:
        return False
    u0, u1, v1, door = _shop(site, 11.0, 11.0, 1, Look.SHOP)
    left, right = door - _HALF_WAY_M, door + _HALF_WAY_M
    fridge = "fridge_lit" if site.lit else "fridge"
    for k in range(int((u1 - u0) / 0.9)):
        site.put(fridge, u0 + 0.45 + 0.9 * k, v1 - 0.36, 180.0)
    for k in range(3):
        site.put("till" if k in (0, 2) else "shop_counter", left - 0.36, 2.3 + 1.4 * k, 90.0)
        site.put("wall_shelf", u0 + 0.21, 2.2 + 1.25 * k, 90.0)
        site.put("wall_shelf", u1 - 0.21, v1 - 1.7 - 1.25 * k, 270.0)
    site.put("cash_machine", left - 0.35, FRONT_WALL_M + 0.36, 0.0)
    site.put("basket_stack", right + 0.3, FRONT_WALL_M + 0.9, 90.0)
    for k in range(int((u1 - right - 0.6) / 1.22)):
        site.put_or_upset("magazine_rack", right + 1.2 + 1.22 * k, FRONT_WALL_M + 0.22, 0.0)
    row, start = right + 0.5, FRONT_WALL_M + 2.1
    while row + 0.42 < u1 - 1.3:
        for k in range(int((v1 - 2.3 - start) / 1.22)):
            site.put_or_upset("gondola", row, start + 0.6 + 1.22 * k, 90.0)
        row += 2.1
    site.put("robot_broken", right + 0.35, v1 - 1.5, 215.0)
    site.scatter("goods_spilt", 9, left, 2.4, u1 - 0.7, v1 - 1.2)
    site.scatter("papers_spilt", 4, right, FRONT_WALL_M + 0.6, u1 - 0.4, 2.2)
    _tubes(site, u0, u1, v1, max(2, int((u1 - u0) / 3.2)), 3, 27.0)
    return True


def cafe(site: Site) -> bool:
    """Tables by the window, the counter with its machine at the back."""
    if site.bays < 2 or site.width_m < 6.0 or site.depth_m < 7.5:
        return False
    u0, u1, v1, door = _shop(site, 9.5, 9.5, 0, Look.CAFE)
    right = door + _HALF_WAY_M
    bar = v1 - 1.55
    for k in range(int((u1 - 0.1 - right) / 1.22)):
        u = right + 0.62 + 1.22 * k
        kind = "pastry_case" if k == 0 else "cafe_counter"
        site.put(kind, u, bar, 180.0)
        if k == 1:
            site.put("espresso_machine", u, bar, 0.0, FLOOR_M + 1.02)
        elif k > 1:
            site.put("cups", u, bar, 0.0, FLOOR_M + 1.02)
        site.put("back_shelf", u, v1 - 0.19, 180.0)
    tables_u, tables_v = max(1, int((u1 - right + 0.2) / 1.75)), max(1, int((bar - 1.2 - FRONT_WALL_M) / 1.75))
    for i in range(tables_u):
        for j in range(tables_v):
            u, v = right + 0.75 + i * 1.75, FRONT_WALL_M + 0.85 + j * 1.75
            table = site.put_or_upset("cafe_table", u, v, 0.0, jitter_deg=25.0)
            if table == "cafe_table" and site.draw("cup", i, j) < 0.5:
                site.put("cups", u + 0.08, v - 0.05, 0.0, FLOOR_M + 0.74)
            for side, heading in ((-1.0, 90.0), (1.0, 270.0)):
                site.put_or_upset("cafe_chair", u + 0.58 * side, v + 0.04, heading, jitter_deg=30.0)
    site.scatter("papers_spilt", 4, right, 1.0, u1 - 0.5, bar - 0.8)
    site.put("potted_plant", u1 - 0.35, FRONT_WALL_M + 0.35)
    for i in range(2):
        for j in range(2):
            site.light(u0 + (u1 - u0) * (0.3 + 0.4 * i), FRONT_WALL_M + v1 * (0.25 + 0.45 * j), site.ceiling_z - 0.7, 0.0, 42.0, warm=True)
    return True


def restaurant(site: Site) -> bool:
    """A long counter with stools, the range behind it, lanterns; tables where there is room."""
    if site.bays < 2 or site.width_m < 6.2 or site.depth_m < 7.0:
        return False
    u0, u1, v1, door = _shop(site, 9.0, 10.0, 0, Look.DINER)
    right = door + _HALF_WAY_M
    counter = right + 0.45 + 0.32
    kitchen = counter + 0.28 + BODY_WAY_M
    first = FRONT_WALL_M + 1.35
    site.keep(right, FRONT_WALL_M + 0.1, kitchen, first - 0.05)  # the cook gets out round the counter's end
    site.keep(kitchen - BODY_WAY_M, first - 0.05, kitchen, v1 - 0.5)
    for k in range(int((v1 - 0.5 - first) / 1.2)):
        v = first + 0.6 + 1.2 * k
        site.put("noodle_counter", counter, v, 270.0)
        for side in (-0.3, 0.3):
            site.put_or_upset("stool", right + 0.2, v + side, 90.0, jitter_deg=30.0)
        site.put("cups", counter, v, 0.0, FLOOR_M + 1.02)
        deep = 0.37 if k < 2 and kitchen + 0.74 < u1 else 0.2
        if kitchen + 2 * deep < u1:
            site.put("noodle_range" if deep > 0.3 else "back_shelf", u1 - deep, v, 270.0)
    lantern = "paper_lantern_lit" if site.lit else "paper_lantern"
    for k in range(3):
        site.hang(lantern, right - 0.05, first + 0.9 + 1.9 * k, site.ceiling_z - 0.62)
    for side in (-1.0, 1.0):
        site.hang(lantern, door + 0.95 * side, -0.4, 2.35)
    site.hang("noren", door, -0.12, FLOOR_M + 2.1)
    for k in range(2):
        site.put_or_upset("cafe_table", u1 - 0.5, FRONT_WALL_M + 0.5 + 1.2 * k, 0.0, jitter_deg=25.0)
    site.scatter("goods_spilt", 3, right, 1.2, u1 - 0.5, v1 - 0.8)
    site.light((u0 + u1) / 2, v1 * 0.35, site.ceiling_z, 1.3, 36.0, warm=True)
    site.light((u0 + u1) / 2, v1 * 0.75, site.ceiling_z, 1.3, 36.0, warm=True)
    return True


def arcade(site: Site) -> bool:
    """Machines back to back in rows; the screens that still have power are most of the light."""
    if site.bays < 3 or site.width_m < 8.0 or site.depth_m < 8.0:
        return False
    u0, u1, v1, door = _shop(site, 12.0, 13.0, 1, Look.ARCADE)
    left, right = door - _HALF_WAY_M, door + _HALF_WAY_M
    kinds = ("arcade_cabinet", "arcade_cabinet_lit")

    def machine(row: int, k: int, u: float, v: float, heading: float) -> None:
        if site.draw("upset machine", row, k) < 0.35 * site.recipe.interiors.overturned * (0.3 + site.damage) and site.put(
            "arcade_cabinet_fallen", u, v, heading, jitter_deg=8.0
        ):
            return
        site.put(kinds[site.lit and site.draw("screen", row, k) < 0.75], u, v, heading)

    for k in range(int((v1 - 1.2) / 0.8)):
        v = FRONT_WALL_M + 0.6 + 0.8 * k
        machine(0, k, u0 + 0.42, v, 90.0)
        machine(1, k, u1 - 0.42, v, 270.0)
        if v > FRONT_WALL_M + 2.2 and v < v1 - 2.2:
            middle = (right + u1) / 2 - 0.5
            machine(2, k, middle - 0.41, v, 270.0)
            machine(3, k, middle + 0.41, v, 90.0)
    claw = "claw_machine_lit" if site.lit else "claw_machine"
    for k in range(2):
        site.put(claw, right + 0.6 + 1.0 * k, FRONT_WALL_M + 0.5, 0.0)
    site.put("cash_machine", left - 0.4, v1 - 0.34, 180.0)
    for k in range(3):
        site.put_or_upset("stool", right + 0.35, FRONT_WALL_M + 2.0 + 1.5 * k, jitter_deg=30.0)
    site.scatter("papers_spilt", 3, left, 2.0, u1 - 0.8, v1 - 0.8)
    for k in range(2):
        site.light((u0 + u1) / 2, v1 * (0.3 + 0.4 * k), site.ceiling_z, 1.3, 16.0, warm=bool(k))
    return True
