"""How homes and hiding places are laid out: an apartment up a stairwell, a shelter behind a shuttered front.

In: a `Site`.  Out: whether it could be laid out there; rooms, stairs, furniture and lamps are put into the site.
"""

from __future__ import annotations

from world.plan.rooms import FLOOR_M, FRONT_WALL_M, SIDE_WALL_M, Look, Part
from world.plan.site import Site

RUN_PER_RISE = 1.5  # of all stairs: 33.7 degrees
_HALL_M = 1.5


def apartment(site: Site) -> bool:
    """A stairwell on the left; upstairs one large room over the street, left in the middle of a meal."""
    rise = site.upper_z - FLOOR_M
    foot = FRONT_WALL_M + 1.5
    head = foot + RUN_PER_RISE * rise
    back = head + 1.4
    if site.storeys < 2 or site.bays < 2 or site.width_m < 6.5 or site.depth_m < back + 0.3 or site.bay_m < 1.9:
        return False
    middle = site.bay_m / 2 + 0.05
    hall = (max(SIDE_WALL_M, middle - _HALL_M / 2), middle + _HALL_M / 2)
    last = min(site.bays, int(10.0 / site.bay_m)) - 1
    room0, room1 = hall[1] + 0.2, site.span(0, last)[1]
    if room1 - room0 < 3.4:
        return False
    top = site.upper_ceiling_z
    site.room(hall[0], FRONT_WALL_M, FLOOR_M, hall[1], head, top, Look.HALL)
    site.room(hall[0], head, site.upper_z, hall[1], back, top, Look.HALL)
    site.room(room0, FRONT_WALL_M, site.upper_z, room1, back, top, Look.HOME)
    site.room(hall[1], back - 1.15, site.upper_z, room0, back - 0.15, site.upper_z + 2.0, Look.DOORWAY)
    return _furnished(site, hall, room0, room1, foot, head, back, last)


def _furnished(site: Site, hall: tuple[float, float], room0: float, room1: float, foot: float, head: float, back: float, last: int) -> bool:
    z = site.upper_z
    site.door(0, 1.3, 1.1)
    site.stair(hall[0], hall[1], foot, FLOOR_M, head, z)
    entry = back - 0.65
    site.way(((hall[0] + hall[1]) / 2, 1.2, FLOOR_M), ((hall[0] + hall[1]) / 2, head + 0.6, z), (room0 + 0.7, entry, z))
    middle = ((room0 + room1) / 2, (FRONT_WALL_M + back) / 2 - 0.6)
    site.way((room0 + 0.7, middle[1], z))
    site.keep(hall[0], FRONT_WALL_M, hall[1], back, FLOOR_M, z + 2.0)
    site.keep(room0, FRONT_WALL_M + 0.9, room0 + 1.2, back, z, z + 2.0)
    for bay in range(last + 1):
        if bay * site.bay_m > hall[1] - 0.1:
            site.window(bay, 0.85, 1)
    if site.put("low_table", *middle, 90.0, z):
        for side_u, side_v, heading in ((-0.75, 0.0, 90.0), (0.75, 0.0, 270.0), (0.0, -0.9, 0.0), (0.0, 0.9, 180.0)):
            site.put("cushion", middle[0] + side_u, middle[1] + side_v, heading, z, jitter_deg=25.0)
    site.put("television_lit" if site.lit and site.draw("tv") < 0.6 else "television", room1 - 0.25, middle[1], 270.0, z)
    site.put("kitchen_unit", room0 + 2.2, back - 0.31, 180.0, z)
    site.put("home_fridge", room0 + 3.45, back - 0.32, 180.0, z)
    site.put_or_upset("wardrobe", room1 - 0.31, back - 1.3, 270.0, z)
    site.put("futon", room1 - 0.75, FRONT_WALL_M + 1.15, 0.0, z, jitter_deg=14.0)
    site.put_or_upset("bookcase", room0 + 4.25, back - 0.18, 180.0, z)
    site.put("shoe_cupboard", room0 + 1.4, back - 0.2, 180.0, z)
    for _ in range(2):
        site.scatter("toys", 3, room0 + 0.9, FRONT_WALL_M + 0.6, room1 - 0.6, back - 1.6, z)
    site.scatter("shoe", 4, room0 + 0.2, back - 1.1, room0 + 1.0, back - 0.2, z)
    site.scatter("papers_spilt", 3, room0 + 0.9, FRONT_WALL_M + 0.6, room1 - 0.6, back - 1.0, z)
    site.light((hall[0] + hall[1]) / 2, FRONT_WALL_M + 0.8, site.upper_ceiling_z, 0.6, 20.0)
    site.light((hall[0] + hall[1]) / 2, head + 0.5, site.upper_ceiling_z, 0.6, 20.0)
    site.light(*middle, site.upper_ceiling_z - 0.45, 0.0, 24.0, warm=True)
    return True


def shelter(site: Site) -> bool:
    """A passage behind a front that looks shut, and a room without windows where somebody has slept."""
    if site.bays < 2 or site.width_m < 6.0 or site.depth_m < 8.5 or site.bay_m < 1.7:
        return False
    middle = site.bay_m / 2 + 0.05
    hall = (max(SIDE_WALL_M, middle - 0.65), middle + 0.65)
    front = FRONT_WALL_M + 2.6
    right, back = min(site.width_m - SIDE_WALL_M, hall[0] + 6.5), min(site.depth_m - 0.3, front + 5.0)
    site.room(hall[0], FRONT_WALL_M, FLOOR_M, hall[1], front + 0.2, 2.5, Look.HALL)
    site.room(SIDE_WALL_M, front + 0.2, FLOOR_M, right, back, 2.75, Look.HALL)
    site.door(0, 1.2, 1.1)
    site.keep(hall[0], FRONT_WALL_M, hall[1], back - 1.2)
    centre = (hall[0] + hall[1]) / 2
    site.way((centre, 1.2, FLOOR_M), (centre, back - 1.5, FLOOR_M))
    site.piece(Part.PARTITION, hall[1] + 0.9, front + 0.2, FLOOR_M, hall[1] + 1.02, front + 1.7, FLOOR_M + 1.9)
    beds = 2 + (site.draw("beds") < 0.5)
    for k in range(beds):
        u, v = right - 0.7 - 1.15 * k, back - 1.15
        if site.put("mat", u, v, 0.0, jitter_deg=8.0):
            site.put("blanket", u + 0.05, v - 0.35, 0.0, FLOOR_M + 0.02, jitter_deg=40.0)
    site.put("camp_lantern", right - 1.6, back - 2.6)
    site.put("radio", right - 1.1, back - 2.5, 200.0, jitter_deg=30.0)
    site.put("bottles", right - 0.5, back - 2.6)
    site.put("crates", right - 0.5, front + 1.0, 270.0, jitter_deg=10.0)
    site.put("crates", right - 1.5, front + 0.7, 180.0, jitter_deg=20.0)
    site.put("suitcase", right - 0.6, back - 3.2, 60.0)
    site.put("cardboard", hall[1] + 1.6, back - 1.2, 15.0)
    site.scatter("papers_spilt", 4, SIDE_WALL_M + 0.3, front + 0.6, right - 0.4, back - 0.4)
    site.light(centre, front - 0.6, 2.5, 0.6, 10.0)
    return True
