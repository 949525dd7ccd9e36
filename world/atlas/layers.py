"""The layers of a map of the city.

In: a `Survey`.  Out: `Layer`s in the order in which they are drawn, each with a name by which it can be asked for alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from world.atlas import palette as ink
from world.atlas.marks import Area, Dot, Layer, Mark, Raster, Stroke, lettering
from world.atlas.palette import mixed
from world.atlas.survey import Survey
from world.plan.chunk_plan import terrain_in
from world.plan.climate import conditions_here
from world.plan.lattice import Use
from world.plan.quad import middle
from world.plan.records import Fate, Span, Thing
from world.plan.strips import StripKind
from world.sim.beats import CityBeats
from world.space.chunk_space import CHUNK_M
from world.space.sound_graph import SoundGraph
from world.space.window import SpaceWindow
from world.things import KINDS, Cover

_WATER_STEP_M = 0.5
_VEHICLES = ("car", "van", "bus", "truck", "wreck", "scooter", "boat")


def layer_names() -> tuple[str, ...]:
    """Every layer there is."""
    return tuple(_LAYERS)


def layers_of(survey: Survey, names: tuple[str, ...] | None = None) -> list[Layer]:
    """The layers of those names (None: those that a map has by itself), in drawing order. KeyError for an unknown one."""
    wanted = [name for name in _LAYERS if name in (DEFAULT if names is None else names)]
    return [Layer(name, _LAYERS[name][0], tuple(_LAYERS[name][1](survey)), _LAYERS[name][2]) for name in wanted]


def _streets(survey: Survey) -> Iterator[Mark]:
    for strip in survey.strips:
        if strip.kind == StripKind.CHANNEL:
            continue
        broad = strip.kind == StripKind.AVENUE or strip.half_m > 5.0
        colour = ink.AVENUE if broad else ink.ROAD
        yield Area(strip.corners, colour, colour)
    for strip in survey.strips:
        if strip.kind == StripKind.AVENUE:
            a, b, c, d = strip.corners
            yield Stroke([_mid(a, b), _mid(d, c)], ink.MARKING, 0.35, 4.0)


def _blocks(survey: Survey) -> Iterator[Mark]:
    for block in survey.blocks:
        light = ink.DISTRICT[block.district]
        yield Area(block.kerb, mixed(ink.SHEET, light, 0.12), mixed(ink.SHEET, light, 0.24), 0.4)
        if block.use != Use.BUILT:
            share = 0.3 if block.use == Use.PARK else 0.2
            yield Area(block.land, mixed(ink.SHEET, light, share))


def _water(survey: Survey) -> Iterator[Mark]:
    for strip in survey.strips:
        if strip.kind == StripKind.CHANNEL:
            yield Area(strip.corners, ink.DEEP, (*ink.WATER, 160), 0.4)
    n = round(CHUNK_M / _WATER_STEP_M)
    for chunk in survey.chunks:
        x0, y0 = chunk.corner
        level = conditions_here(survey.pipe.recipe, 0.0, x0 + CHUNK_M / 2, y0 + CHUNK_M / 2).water_level_m
        terrain = terrain_in(survey.pipe.recipe, x0, y0, x0 + CHUNK_M, y0 + CHUNK_M)
        steps = (np.arange(n, dtype=np.float64) + 0.5) * _WATER_STEP_M
        height, _, _ = terrain.raster(x0 + steps, y0 + steps)
        depth = np.clip((level - height) / 0.22, 0.0, 1.0) ** 0.7
        if depth.max() > 0.0:
            pixels = np.empty((n, n, 4), np.uint8)
            pixels[..., :3] = ink.WATER
            pixels[..., 3] = np.rint(170 * depth)[::-1]
            yield Raster((x0, y0), CHUNK_M, pixels)


def _craters(survey: Survey) -> Iterator[Mark]:
    seen = set()
    for chunk in survey.chunks:
        for crater in chunk.craters:
            if (crater.x, crater.y) not in seen:
                seen.add((crater.x, crater.y))
                yield Dot((crater.x, crater.y), crater.radius_m, ink.CRATER, 0.5)
                yield Dot((crater.x, crater.y), 0.45 * crater.radius_m, (10, 8, 8, 220))


def _buildings(survey: Survey) -> Iterator[Mark]:
    """Roofs: the higher the brighter, the worse hit the more they go to soot; storeys torn open are rimmed in red."""
    for chunk in survey.chunks:
        for building in chunk.buildings:
            light = ink.DISTRICT[building.district]
            tall = min(1.0, math.sqrt(building.top_m / 70.0))
            for k, mass in enumerate(building.masses):
                lit = mixed(ink.SHEET, light, 0.2 + 0.5 * tall + 0.05 * k)[:3]
                torn = k > 0 and len(building.masses) > 2
                rim = (*ink.BROKEN[:3], 75) if torn else mixed(ink.PAPER, light, 0.75, 170)
                yield Area(building.corners(mass), mixed(lit, ink.CHAR, min(0.92, 1.1 * building.damage)), rim, 0.3 if torn else 0.25)


def _fronts(survey: Survey) -> Iterator[Mark]:
    """Doors of what can be entered, by use; a ring when there is light inside."""
    for interior in survey.interiors:
        box = interior.door.box
        at = interior.world((box.x0 + box.x1) / 2, 0.4)
        colour = ink.FRONT[interior.use.value]
        corners = [(at[0] + 1.9 * dx, at[1] + 1.9 * dy) for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0))]
        yield Area(corners, (*colour, 255), (*ink.PAPER, 255), 0.5)
        if interior.lit:
            yield Dot(at, 3.0, (*colour, 230), 0.4)


def _things(survey: Survey) -> Iterator[Mark]:
    for thing in survey.things:
        x, y, _ = thing.position
        if thing.kind.startswith(_VEHICLES):
            yield _boxed(thing, (*ink.WRECK[:3], 255) if "burnt" in thing.kind or "embers" in thing.kind else (118, 126, 134, 255))
        elif thing.kind.startswith("tree"):
            yield Dot((x, y), 1.9, ink.TREE if thing.kind == "tree_leaf" else (110, 96, 80, 170))
        elif thing.kind in ("lamp_lit", "pole_lit"):
            yield Dot((x, y), 0.7, ink.LAMP)
        elif thing.kind.startswith("stall"):
            yield _boxed(thing, (236, 140, 92, 255))


def _boxed(thing: Thing, colour: tuple[int, int, int, int]) -> Area:
    """A thing's outline: the box of its blocks."""
    blocks = KINDS[thing.kind].blocks_of(thing.variant)
    u = max((abs(b.centre[0]) + b.half[0] for b in blocks), default=0.6)
    v = max((abs(b.centre[1]) + b.half[1] for b in blocks), default=0.6)
    turn, (x, y, _) = math.radians(thing.heading_deg), thing.position
    s, c = math.sin(turn), math.cos(turn)
    corners = [(x + du * u * c + dv * v * s, y - du * u * s + dv * v * c) for du, dv in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return Area(corners, colour)


def _barriers(survey: Survey) -> Iterator[Mark]:
    for chunk in survey.chunks:
        for barrier in chunk.barriers:
            yield Stroke([barrier.a, barrier.b], ink.FENCE, max(0.5, 2 * barrier.half_m))


def _overpass(survey: Survey) -> Iterator[Mark]:
    """Standing deck; fallen slabs hatched; broken ends in red."""
    for span in (s for chunk in survey.chunks for s in chunk.spans):
        if span.fate == Fate.STANDS:
            yield Area(_across(span, 0.0, 1.0), ink.DECK, ink.DECK_RIM, 0.5)
        elif span.fate != Fate.GONE:
            yield Area(_across(span, 0.0, 1.0), (*ink.DECK[:3], 70))
            for k in range(8):
                a, b, _, _ = _across(span, (k + 0.5) / 8, 1.0)
                yield Stroke([a, b], (*ink.DECK[:3], 190), 0.5)
        for opened, share in ((span.start_open, 0.0), (span.end_open, 1.0)):
            if opened:
                a, b, _, _ = _across(span, share, 1.0)
                yield Stroke([a, b], ink.BROKEN, 1.4)


def _across(span: Span, start: float, end: float) -> tuple[tuple[float, float], ...]:
    """The deck from one share of the span to another: right, left, left, right of its direction."""
    (ax, ay), (ux, uy), length = span.a, span.axis, span.length_m
    found = []
    for share, side in ((start, -1.0), (start, 1.0), (end, 1.0), (end, -1.0)):
        along, off = share * length, side * span.half_m
        found.append((ax + ux * along - uy * off, ay + uy * along + ux * off))
    return tuple(found)


def _signs(survey: Survey) -> Iterator[Mark]:
    for sign in (s for chunk in survey.chunks for s in chunk.signs):
        if sign.lit:
            yield Dot(sign.position[:2], min(1.6, 0.5 + 0.22 * sign.width_m * sign.height_m), (*sign.colour, 235))


def _holograms(survey: Survey) -> Iterator[Mark]:
    for board in (h for chunk in survey.chunks for h in chunk.holograms):
        turn, (x, y, _) = math.radians(board.heading_deg), board.position
        half = (board.width_m / 2 * math.cos(turn), -board.width_m / 2 * math.sin(turn))
        yield Stroke([(x - half[0], y - half[1]), (x + half[0], y + half[1])], (*board.colour, 255), 1.5)
        yield Dot((x, y), 0.75 * board.width_m, (*board.colour, 150), 0.4)


def _landmarks(survey: Survey) -> Iterator[Mark]:
    for tower in (m for chunk in survey.chunks for m in chunk.landmarks):
        x, y = tower.position
        star = [
            (x + r * math.sin(math.radians(a)), y + r * math.cos(math.radians(a)))
            for a, r in ((45 * k, 11.0 if k % 2 == 0 else 3.6) for k in range(8))
        ]
        yield Area(star, ink.LANDMARK)
        yield from lettering(f"{tower.height_m:.0f} m", (x, y - 18.0), 4.4, ink.LANDMARK)


def _cover(survey: Survey) -> Iterator[Mark]:
    for thing in survey.things:
        cover = KINDS[thing.kind].cover(thing.variant) if thing.kind in KINDS else Cover.NONE
        if cover != Cover.NONE:
            colour = ink.LOW_COVER if cover == Cover.LOW else ink.HIGH_COVER
            yield Dot(thing.position[:2], 1.5, colour, 0.55)


def _patrol(survey: Survey) -> Iterator[Mark]:
    beats = CityBeats(survey.pipe.recipe, survey.pipe.start().position[:2])
    for loop in {beat.loop.tobytes(): beat.loop for beat in beats.within(*survey.middle, survey.radius_m)}.values():
        points = [(float(x), float(y)) for x, y in loop]
        yield Stroke([*points, points[0]], ink.PATROL, 1.1, 4.0)
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            length = math.dist((ax, ay), (bx, by))
            ux, uy = (bx - ax) / length, (by - ay) / length
            x, y = (ax + bx) / 2, (ay + by) / 2
            yield Area([(x + 3 * ux, y + 3 * uy), (x - 2 * uy, y + 2 * ux), (x + 2 * uy, y - 2 * ux)], ink.PATROL)


def _sound(survey: Survey) -> Iterator[Mark]:
    """The ways that sound takes: blue where it is free, amber where something dulls it."""
    graph = SoundGraph(SpaceWindow(survey.pipe.space))
    x0, y0, x1, y1 = survey.box
    drawn: set[tuple[float, ...]] = set()  # regions overlap by a chunk, so that no edge between two is missed
    for cy in range(math.floor(y0 / CHUNK_M), math.floor(y1 / CHUNK_M) + 2, 2):
        for cx in range(math.floor(x0 / CHUNK_M), math.floor(x1 / CHUNK_M) + 2, 2):
            net = graph.net((cx + 0.5) * CHUNK_M, (cy + 0.5) * CHUNK_M)
            edges = net.loss.tocoo()
            once = edges.row < edges.col
            a, b = net.place[edges.row[once], :2], net.place[edges.col[once], :2]
            inside = (np.minimum(a, b) > (x0, y0)).all(axis=1) & (np.maximum(a, b) < (x1, y1)).all(axis=1)
            ends = np.concatenate([a, b], axis=1)[inside].round(2).tolist()
            for (ax, ay, bx, by), loss in zip(ends, edges.data[once][inside] - 1.0, strict=True):
                if (ax, ay, bx, by) not in drawn:
                    drawn.add((ax, ay, bx, by))
                    yield Stroke([(ax, ay), (bx, by)], ink.HEARD if loss == 0.0 else ink.MUFFLED, 0.22)


def _names(survey: Survey) -> Iterator[Mark]:
    """The districts' names, one where several superblocks of a kind adjoin."""
    x0, y0, x1, y1 = survey.box
    taken: dict[str, list[tuple[float, float]]] = {}
    for sb in survey.superblocks:
        x, y = middle(sb.nodes)
        held = taken.setdefault(sb.district, [])
        apart_m = 1.6 * survey.pipe.recipe.roads.cell_m
        if x0 + 30 < x < x1 - 30 and y0 + 12 < y < y1 - 12 and all(math.dist((x, y), other) > apart_m for other in held):
            held.append((x, y))
            (ax, ay), (bx, by) = sb.nodes[0], sb.nodes[1]
            turn = math.degrees(math.atan2(by - ay, bx - ax))
            size = 0.026 * survey.radius_m
            yield from lettering(sb.district.upper(), (x, y), size, (*ink.PAPER, 200), turn_deg=turn, weight=0.34)
            yield from lettering(sb.district.upper(), (x, y), size, mixed(ink.DISTRICT[sb.district], (255, 255, 255), 0.45), turn_deg=turn)


def _here(survey: Survey) -> Iterator[Mark]:
    """Whoever asked for the map, looking ahead."""
    if survey.heading_deg is not None:
        (x, y), turn, size = survey.middle, math.radians(survey.heading_deg), survey.radius_m / 40
        s, c = math.sin(turn), math.cos(turn)
        arrow = [(0.0, 1.6), (0.9, -1.0), (0.0, -0.5), (-0.9, -1.0)]
        yield Dot((x, y), 2.6 * size, (*ink.LANDMARK[:3], 200), 0.16 * size)
        yield Area(
            [(x + size * (u * c + v * s), y + size * (v * c - u * s)) for u, v in arrow], ink.LANDMARK, (*ink.PAPER, 255), 0.2 * size
        )


def _mid(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


_LAYERS: dict[str, tuple[str, Callable[[Survey], Iterator[Mark]], bool]] = {
    "streets": ("streets and avenues", _streets, False),
    "blocks": ("blocks, by district", _blocks, False),
    "water": ("water: canals, and ground below its level", _water, False),
    "craters": ("craters", _craters, False),
    "buildings": ("buildings: soot by damage, torn storeys red", _buildings, False),
    "barriers": ("parapets and fences", _barriers, False),
    "things": ("wrecks, trees, stalls, lamps", _things, False),
    "overpass": ("elevated road: deck, fallen slabs, broken ends", _overpass, False),
    "fronts": ("fronts to enter", _fronts, False),
    "signs": ("neon that burns", _signs, True),
    "holograms": ("holograms", _holograms, True),
    "landmarks": ("towers seen from far", _landmarks, True),
    "cover": ("cover: low, high", _cover, False),
    "patrol": ("patrol loops", _patrol, True),
    "sound": ("ways of sound", _sound, False),
    "names": ("districts", _names, False),
    "here": ("where the map was asked for", _here, False),
}
DEFAULT = tuple(name for name in _LAYERS if name not in ("cover", "patrol", "sound"))
