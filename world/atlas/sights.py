"""Sights: what can be looked for, superblock by superblock.

In: a recipe, a superblock, a kind's name.  Out: `Sight`s: what to look at, and from where in the plane it might be seen, the best first.
Whether one can stand there and see it is `world.atlas.vantage`'s to find out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from world.plan.buildings import buildings_of, lots_of
from world.plan.craters import craters_in
from world.plan.holograms import holograms_of
from world.plan.interior import interior_of
from world.plan.lattice import Superblock, Use, Way
from world.plan.open_land import landmark_of, open_things
from world.plan.overpass import deck_things, ramp_run, spans_in
from world.plan.quad import bounds, holds, middle
from world.plan.records import Building, Fate, Point, Span, Thing, Vector, Wall
from world.plan.rooms import Use as Front
from world.plan.signs import signs_of
from world.plan.street import things_of
from world.plan.strips import StripKind, strips_of
from world.plan.traffic import traffic_of
from world.recipe import DISTRICTS, Recipe
from world.things import KINDS

EYE_M = 1.65
Stand = tuple[float, float, float | None]  # x, y, and the height of what one stands on, or None for the street


@dataclass(frozen=True)
class Sight:
    """Something to look at: `at` (m), `what` in a few words. `stands` are places (x, y, height of what one stands on or None for the
    street), the best first."""

    key: tuple[int, ...]
    at: Vector
    what: str
    stands: tuple[Stand, ...]


Finder = Callable[[Recipe, Superblock], Iterator[Sight]]


def kinds() -> tuple[str, ...]:
    """Every kind that can be looked for by a name of its own; any kind of `world.things.KINDS` can be, too."""
    return (*fronts(), *_FINDERS)


def fronts() -> tuple[str, ...]:
    """The kinds that have an inside."""
    return tuple(sorted(_FRONTS))


def sights_of(recipe: Recipe, block: Superblock, kind: str, *, inside: bool = False) -> Iterator[Sight]:
    """The sights of a kind that a superblock owns. KeyError for a kind that there is not."""
    if kind in _FRONTS:
        yield from _fronts(recipe, block, Front(kind), inside)
    elif kind in _FINDERS:
        yield from _FINDERS[kind](recipe, block)
    elif kind in KINDS:
        yield from _things(recipe, block, (kind,))
    else:
        raise KeyError(kind)


def _fan(at: Point, heading_deg: float, distances: tuple[float, ...], spread: tuple[float, ...] = (0, 25, -25, 50, -50)) -> list[Stand]:
    """Places round `at`, first in the direction it faces."""
    found: list[Stand] = []
    for distance in distances:
        for turn in spread:
            angle = math.radians(heading_deg + turn)
            found.append((at[0] + distance * math.sin(angle), at[1] + distance * math.cos(angle), None))
    return found


def _all_round(at: Point, distances: tuple[float, ...]) -> list[Stand]:
    return _fan(at, 200.0, distances, tuple(range(0, 360, 30)))


_FRONTS = {front.value for front in Front}


def _fronts(recipe: Recipe, sb: Superblock, use: Front, inside: bool) -> Iterator[Sight]:
    for block in sb.blocks:
        for building in buildings_of(recipe, block):
            interior = interior_of(recipe, building)
            if interior is None or interior.use != use:
                continue
            lit = "lit" if interior.lit else "dark"
            what = f"{use.value}, {lit}, {block.district}"
            if inside:
                room = max(interior.rooms, key=lambda r: (r.box.x1 - r.box.x0) * (r.box.y1 - r.box.y0)).box
                x, y = interior.world((room.x0 + room.x1) / 2, room.y0 + 0.7 * (room.y1 - room.y0))
                within = [p for p in interior.way if room.x0 < p[0] < room.x1 and room.y0 - 0.2 < p[1] < room.y1]
                stands = [(*interior.world(p[0], p[1]), p[2]) for p in within or list(interior.way)]
                yield Sight(building.key, (x, y, room.z0 + 1.1), what + ", inside", tuple(stands))
                continue
            door = interior.door.box
            u = (door.x0 + door.x1) / 2
            x, y = interior.world(u, 0.0)
            ahead_x, ahead_y = interior.world(u, -1.0)
            out = math.degrees(math.atan2(ahead_x - x, ahead_y - y))
            yield Sight(building.key, (x, y, 1.6), what, tuple(_fan((x, y), out, (6.0, 4.5, 8.0, 3.0, 10.0))))


def _things(recipe: Recipe, sb: Superblock, names: tuple[str, ...]) -> Iterator[Sight]:
    for thing in _all_things(recipe, sb):
        if thing.kind in names:
            kind = KINDS[thing.kind]
            near = max(2.0, 1.3 * kind.reach_m) + 1.0
            at = (thing.position[0], thing.position[1], thing.position[2] + min(1.2, 0.5 * kind.height_m))
            stands = _fan(at[:2], thing.heading_deg + 20.0, (near, 1.6 * near), tuple(range(0, 360, 40)))
            yield Sight(thing.key, at, f"{thing.kind.replace('_', ' ')}, {sb.district}", tuple(stands))


def _all_things(recipe: Recipe, sb: Superblock) -> Iterator[Thing]:
    for block in sb.blocks:
        yield from things_of(recipe, block)
        yield from open_things(recipe, block)
    for strip in strips_of(recipe, sb.i, sb.j):
        yield from traffic_of(recipe, strip)
    for span in _spans(recipe, sb):
        yield from deck_things(recipe, span)


def _spans(recipe: Recipe, sb: Superblock) -> list[Span]:
    """The spans whose middle lies nearest to this superblock's own land."""
    if sb.avenues[2].way != Way.HIGHWAY:
        return []
    (ax, ay), (bx, by) = sb.nodes[0], sb.nodes[1]
    box = min(ax, bx) - 12.0, min(ay, by) - 12.0, max(ax, bx) + 12.0, max(ay, by) + 12.0
    return [s for s in spans_in(recipe, *box) if s.row == sb.j and ax <= s.middle[0] < bx]


def _overpass(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
    for span in _spans(recipe, sb):
        if span.fate == Fate.STANDS:
            (x, y), (ux, uy) = span.middle, span.axis
            along = [(x - ux * d - uy * off, y - uy * d + ux * off, None) for d in (20.0, 28.0, 14.0) for off in (7.5, -7.5, 5.0, -5.0)]
            yield Sight((span.row, span.index), (x + 6.0 * ux, y + 6.0 * uy, span.height_m - 2.5), f"overpass, {sb.district}", tuple(along))


def _ramp(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
    for span in _spans(recipe, sb):
        if span.fate in (Fate.RAMP_START, Fate.RAMP_END):
            top, foot = ramp_run(span)
            run = math.dist(top, foot)
            ux, uy = (foot[0] - top[0]) / run, (foot[1] - top[1]) / run
            offs = [(d, off) for d in (6.0, 9.0, 4.0) for off in (1.0, -1.0, 3.5, -3.5)]
            ahead = [(foot[0] + ux * d - uy * off, foot[1] + uy * d + ux * off, None) for d, off in offs]
            at = ((top[0] + foot[0]) / 2, (top[1] + foot[1]) / 2, span.height_m / 2 + 0.5)
            yield Sight((span.row, span.index), at, f"a fallen slab up to the deck, {sb.district}", tuple(ahead))


def _edge(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
    for span in _spans(recipe, sb):
        for opened, (ex, ey), sign in ((span.start_open, span.a, -1.0), (span.end_open, span.b, 1.0)):
            if opened:
                ux, uy = sign * span.axis[0], sign * span.axis[1]
                offs = [(d, off) for d in (2.6, 4.0, 6.0) for off in (0.6, -1.8, 2.4, -3.0)]
                back = [(ex - ux * d - uy * off, ey - uy * d + ux * off, span.height_m) for d, off in offs]
                view = (ex + 60.0 * ux, ey + 60.0 * uy, 1.0)
                yield Sight((span.row, span.index), view, f"the deck's broken edge, {sb.district}", tuple(back))


def _open_land(use: Use, word: str, height: float) -> Finder:
    def find(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
        for block in sb.blocks:
            if block.use == use:
                x, y = middle(block.land)
                rim = [front.point(front.length_m * s, -0.5) for front in block.sides for s in (0.25, 0.6)]
                yield Sight(block.key, (x, y, height), f"{word}, {block.district}", tuple((*p, None) for p in rim))

    return find


def _landmark(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
    for block in sb.blocks:
        tower = landmark_of(recipe, block)
        if tower is not None:
            stands, words = _all_round(tower.position, (110.0, 85.0, 60.0, 40.0)), f"landmark of {tower.height_m:.0f} m"
            yield Sight(block.key, (*tower.position, 0.3 * tower.height_m), f"{words}, {block.district}", tuple(stands))


def _hologram(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
    for block in sb.blocks:
        for board in holograms_of(recipe, block):
            x, y, z = board.position
            face = board.heading_deg
            stands = _fan((x, y), face, (16.0, 22.0, 12.0), (0, 20, -20, 40, -40, 150, 180, 210))
            yield Sight(block.key, (x, y, z + 0.45 * board.height_m), f"hologram, {block.district}", tuple(stands))


def _sign(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
    for block in sb.blocks:
        for sign in signs_of(recipe, block):
            if sign.lit and sign.width_m * sign.height_m > 1.0 and sign.position[2] < 9.0:
                stands = _fan(sign.position[:2], sign.heading_deg, (8.0, 6.0), (50, -50, 70, -70, 30, -30))
                yield Sight(sign.key, sign.position, f"{sign.kind.name.lower()} sign, {block.district}", tuple(stands))


def _alley(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
    for block in sb.blocks:
        deep = {lot.front: lot.deep for lot in lots_of(recipe, block) if lot.alley}
        if len(deep) < 2:
            continue
        first, second = sorted(deep)
        front, back = block.sides[first], block.sides[second].point(block.sides[second].length_m / 2, 0.0)
        foot = front.point(front.length_m / 2, 0.0)
        across = (foot[0] - back[0]) * front.outward[0] + (foot[1] - back[1]) * front.outward[1]
        off = -(deep[first] + across - deep[second]) / 2
        for end, far in ((0.0, front.length_m), (front.length_m, 0.0)):
            way = 1.0 if far > end else -1.0
            stands = tuple((*front.point(end + way * s, off), None) for s in (1.5, 4.0, 7.0))
            yield Sight((*block.key, round(end)), (*front.point(far, off), 1.8), f"alley, {block.district}", stands)


def _crossings(canal: bool) -> Finder:
    def find(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
        if (sb.avenues[0].way == Way.CANAL) != canal or (sb.avenues[2].way == Way.HIGHWAY and not canal):
            return  # below a deck one sees the deck
        x, y = sb.nodes[0]
        for strip in strips_of(recipe, sb.i, sb.j):
            if strip.kind == StripKind.CROSSING and holds(strip.corners, x, y):
                word = "bridge over a canal" if canal else "intersection of avenues"
                reach = sb.avenues[2].half_m + 4.0
                at = (x, y, 2.2) if not canal else (x, y, 0.6)
                distances = (reach + 8.0, reach + 4.0, reach) if not canal else (reach + 2.0, reach + 6.0)
                spread = (18, 108, 198, 288, 342, 72, 162, 252) if not canal else (20, 340, 160, 200, 90, 270)
                yield Sight(strip.key, at, f"{word}, {sb.district}", tuple(_fan((x, y), 0.0, distances, spread)))

    return find


def _canal(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
    for strip in strips_of(recipe, sb.i, sb.j):
        if strip.kind == StripKind.CHANNEL:
            a, b, c, d = strip.corners
            (sx, sy), (ex, ey) = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), ((c[0] + d[0]) / 2, (c[1] + d[1]) / 2)
            length = math.dist((sx, sy), (ex, ey))
            ux, uy = (ex - sx) / length, (ey - sy) / length
            stands = [
                (sx + ux * t * length - uy * side * (strip.half_m + 1.4), sy + uy * t * length + ux * side * (strip.half_m + 1.4), None)
                for t in (0.1, 0.25, 0.4)
                for side in (1.0, -1.0)
            ]
            yield Sight(strip.key, (ex, ey, 0.2), f"canal, {sb.district}", tuple(stands))


def _building(word: str, chosen: Callable[[Building], bool]) -> Finder:
    def find(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
        for block in sb.blocks:
            for building in buildings_of(recipe, block):
                if chosen(building):
                    base = building.masses[0]
                    front, ahead = building.world((base.x0 + base.x1) / 2, base.y0), building.world((base.x0 + base.x1) / 2, base.y0 - 1.0)
                    out = math.degrees(math.atan2(ahead[0] - front[0], ahead[1] - front[1]))
                    stands = _fan(front, out, (26.0, 20.0, 32.0, 14.0), (30, -30, 45, -45, 60, -60))
                    yield Sight(building.key, (*front, 0.5 * building.top_m), f"{word}, {block.district}", tuple(stands))

    return find


def _crater(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
    for crater in craters_in(recipe, *bounds(sb.nodes)):
        if holds(sb.nodes, crater.x, crater.y) and not any(holds(b.land, crater.x, crater.y) and b.use == Use.BUILT for b in sb.blocks):
            stands = _all_round((crater.x, crater.y), (crater.radius_m + 2.5, crater.radius_m + 4.5))
            key = (round(crater.x), round(crater.y))
            yield Sight(key, (crater.x, crater.y, -0.3), f"crater {2 * crater.radius_m:.1f} m wide, {sb.district}", tuple(stands))


def _district(name: str) -> Finder:
    def find(recipe: Recipe, sb: Superblock) -> Iterator[Sight]:
        if sb.district != name:
            return
        strips = [s for s in strips_of(recipe, sb.i, sb.j) if s.kind == StripKind.STREET] or [
            s for s in strips_of(recipe, sb.i, sb.j) if s.kind in (StripKind.AVENUE, StripKind.QUAY)
        ]
        middle_x, middle_y = middle(sb.nodes)
        for strip in sorted(strips, key=lambda s: math.dist(s.centre, (middle_x, middle_y)))[:1]:
            a, b, c, d = strip.corners
            (sx, sy), (ex, ey) = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), ((c[0] + d[0]) / 2, (c[1] + d[1]) / 2)
            stands = [(sx + (ex - sx) * t, sy + (ey - sy) * t, None) for t in (0.06, 0.14, 0.22, 0.3)]
            yield Sight(strip.key, (ex, ey, 3.0), name, tuple(stands))

    return find


_FINDERS: dict[str, Finder] = {
    "overpass": _overpass,
    "ramp": _ramp,
    "edge": _edge,
    "plaza": _open_land(Use.PLAZA, "plaza", 1.2),
    "park": _open_land(Use.PARK, "park", 1.5),
    "canal": _canal,
    "bridge": _crossings(canal=True),
    "intersection": _crossings(canal=False),
    "hologram": _hologram,
    "landmark": _landmark,
    "crater": _crater,
    "fire": _building("a burning building", lambda b: b.burns),
    "torn": _building("a torn building", lambda b: any(Wall.CUT in m.sides for m in b.masses) and 12.0 < b.top_m < 40.0),
    "alley": _alley,
    "sign": _sign,
    "stall": lambda recipe, sb: _things(recipe, sb, ("stall",)),
    "bus": lambda recipe, sb: _things(recipe, sb, ("bus", "bus_overturned")),
    "wreck": lambda recipe, sb: _things(recipe, sb, ("car_burnt", "wreck_embers", "car_overturned")),
    **{name: _district(name) for name in DISTRICTS if name != "park"},  # parks are what a park district is known by
}
