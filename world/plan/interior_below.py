"""How what lies under the street is laid out: a subway entrance down to its platform, a bar in a basement.

In: a `Site`.  Out: whether it could be laid out there. The halls lie under their own building alone, so that no street is cut.
"""

from __future__ import annotations

from world.plan.interior_homes import RUN_PER_RISE
from world.plan.rooms import FLOOR_M, FRONT_WALL_M, SIDE_WALL_M, Look, Part
from world.plan.site import Site

_RAIL_M, _TOP_V = 0.12, 5.2
_PLATFORM_Z, _TRACK_Z = -4.2, -5.3
_BAR_Z = -3.1


def subway(site: Site) -> bool:
    """A concourse at the street with its gates, a flight down on the left, a platform with a stopped train under the whole house."""
    foot = _TOP_V + RUN_PER_RISE * (FLOOR_M - _PLATFORM_Z)
    if site.bays < 3 or site.width_m < 9.5 or site.depth_m < foot + 6.6:
        return False
    u0, u1 = site.span(0, min(site.bays, int(16.0 / site.bay_m)) - 1)
    back = min(site.depth_m - 0.3, foot + 9.0)
    pit = back - 3.0
    steps = (u0 + 0.3, u0 + 2.7)
    site.room(u0, FRONT_WALL_M, FLOOR_M, u1, min(12.5, back), site.ceiling_z, Look.STATION)
    site.room(steps[0], _TOP_V, -0.5, steps[1], foot, FLOOR_M, Look.STATION)
    site.room(u0, _TOP_V, _PLATFORM_Z, u1, pit, -0.5, Look.STATION)
    site.room(u0, pit, _TRACK_Z, u1, back, -0.5, Look.TRACK)
    door = 1 if site.bay_m * 1.5 - 1.2 > u0 else 0
    low, high = site.door(door)
    middle = (low + high) / 2
    for bay in range(int(u1 / site.bay_m)):
        if bay != door:
            site.window(bay, 0.9)
    site.stair(steps[0], steps[1], _TOP_V, FLOOR_M, foot, _PLATFORM_Z)
    rail = FLOOR_M + 1.0
    site.piece(Part.RAIL, steps[1], _TOP_V, FLOOR_M, steps[1] + _RAIL_M, foot, rail)
    site.piece(Part.RAIL, u0, _TOP_V, FLOOR_M, steps[0], foot, rail)
    site.piece(Part.RAIL, steps[0], foot - 0.02, FLOOR_M, steps[1] + _RAIL_M, foot + _RAIL_M, rail)
    stairs = (steps[0] + steps[1]) / 2
    gates = FRONT_WALL_M + 2.6
    site.way((middle, 1.4, FLOOR_M), (stairs, 3.0, FLOOR_M), (stairs, 4.6, FLOOR_M))
    site.way((stairs, foot + 0.9, _PLATFORM_Z), ((u0 + u1) / 2, foot + 0.9, _PLATFORM_Z))
    site.keep(min(middle, stairs) - 1.2, FRONT_WALL_M, max(middle, stairs) + 1.2, 5.0)
    site.keep(u0, foot, u1, foot + 1.6, _PLATFORM_Z, _PLATFORM_Z + 2.0)
    for k in range(6):
        site.put("ticket_gate", steps[1] + 1.3 + 1.0 * k, gates + 0.6)
        site.put("ticket_machine_lit" if site.lit else "ticket_machine", u1 - 0.27, FRONT_WALL_M + 1.0 + 0.85 * k, 270.0)
    site.put("vending_machine", u1 - 0.9, min(12.5, back) - 0.42, 180.0)
    for k in range(3):
        u = u0 + (u1 - u0) * (k + 0.5) / 3
        site.piece(Part.PILLAR, u - 0.28, pit - 1.7, _PLATFORM_Z, u + 0.28, pit - 1.14, -0.5)
        site.put("bin_bags" if k == 1 else "platform_bench", u + 1.4, pit - 1.42, 0.0, _PLATFORM_Z)
        site.put("platform_sign_lit" if site.lit else "platform_sign", min(u + 1.4, u1 - 0.9), pit - 1.42, 180.0, -1.15)
    count = int((u1 - u0) / 2.9)
    for k in range(count):
        site.put("train_bay", (u0 + u1) / 2 + 2.9 * (k - (count - 1) / 2), pit + 1.42, 180.0, _TRACK_Z)
    site.scatter("suitcase", 3, steps[1] + 0.5, 6.0, u1 - 0.6, pit - 2.4, _PLATFORM_Z)
    site.scatter("papers_spilt", 4, steps[1] + 0.5, 6.0, u1 - 0.6, pit - 0.8, _PLATFORM_Z)
    site.scatter("shoe", 3, steps[1] + 0.4, 6.0, u1 - 0.6, pit - 0.8, _PLATFORM_Z)
    for k in range(3):
        site.light(u0 + (u1 - u0) * (0.2 + 0.3 * k), 3.0, site.ceiling_z, 1.3, 55.0, along_v=False)
        site.light(u0 + (u1 - u0) * (0.2 + 0.3 * k), pit - 0.9, -0.5, 1.3, 60.0, along_v=False)
    return True


def basement(site: Site) -> bool:
    """A door and a flight down, on the left; a small bar with nobody in it."""
    rise = FLOOR_M - _BAR_Z
    top = FRONT_WALL_M + 1.5
    foot = top + RUN_PER_RISE * rise
    if site.bays < 2 or site.width_m < 6.0 or site.depth_m < foot + 1.7 or site.bay_m < 1.9:
        return False
    middle = site.bay_m / 2 + 0.05
    hall = (max(SIDE_WALL_M, middle - 0.75), middle + 0.75)
    right, back = min(site.width_m - SIDE_WALL_M, hall[1] + 6.0), min(site.depth_m - 0.3, foot + 3.4)
    site.room(hall[0], FRONT_WALL_M, FLOOR_M, hall[1], foot, 2.7, Look.HALL)
    site.room(hall[0], top, _BAR_Z, hall[1], foot, FLOOR_M, Look.HALL)
    site.room(hall[0], foot, _BAR_Z, hall[1], back, -0.5, Look.CAFE)
    site.room(hall[1], foot - 2.6, _BAR_Z, right, back, -0.5, Look.CAFE)
    site.door(0, 1.3, 1.1)
    site.stair(hall[0], hall[1], top, FLOOR_M, foot, _BAR_Z)
    site.piece(Part.PARTITION, hall[1], foot - 2.6, _BAR_Z, hall[1] + 0.12, foot, -0.5)
    site.keep(hall[0], FRONT_WALL_M, hall[1], foot, _BAR_Z, FLOOR_M + 2.0)
    centre = (hall[0] + hall[1]) / 2
    site.way((centre, 1.2, FLOOR_M), (centre, foot + 0.8, _BAR_Z), (hall[1] + 1.3, foot + 0.8, _BAR_Z))
    site.keep(hall[0], foot, right - 1.6, foot + 1.5, _BAR_Z, _BAR_Z + 2.0)
    shelf = "bottle_shelf_lit" if site.lit else "back_shelf"
    for k in range(int((right - hall[1] - 0.4) / 1.22)):
        u = hall[1] + 0.9 + 1.22 * k
        site.put("noodle_counter", u, foot - 1.0, 0.0, _BAR_Z)
        site.put(shelf, u, foot - 2.6 + 0.19, 0.0, _BAR_Z)
        site.put("bottles", u + 0.2, foot - 1.0, 0.0, _BAR_Z + 1.02)
        for side in (-0.3, 0.3):
            site.put_or_upset("stool", u + side, foot - 0.45, 180.0, _BAR_Z, jitter_deg=30.0)
    for k in range(3):
        u = hall[0] + 1.2 + 1.9 * k
        if site.put_or_upset("cafe_table", u, back - 0.6, 0.0, _BAR_Z, jitter_deg=25.0) == "cafe_table":
            site.put("cups", u, back - 0.6, 0.0, _BAR_Z + 0.74)
            site.put_or_upset("cafe_chair", u + 0.62, back - 0.55, 270.0, _BAR_Z, jitter_deg=30.0)
    site.scatter("papers_spilt", 3, hall[0] + 0.3, foot + 0.4, right - 0.4, back - 0.4, _BAR_Z)
    site.light(centre, FRONT_WALL_M + 0.8, 2.7, 0.6, 16.0)
    site.light(hall[1] + 1.5, foot + 0.6, -1.0, 0.0, 20.0, warm=True)
    site.light(right - 1.2, foot + 0.6, -1.0, 0.0, 20.0, warm=True)
    return True
