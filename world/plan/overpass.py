"""The elevated road: rows of spans above some east-west avenues, some of them fallen.

In: a recipe.  Out: spans in closed form from (avenue, joint). Between two nodes of the lattice the joints lie evenly and keep half a
span from either node, so that no pylon stands in a crossing; a span's fate is a hash of its own.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace

from world.fields import draw_u64, uniform
from world.plan.lattice import AVENUES, NODES, Way, avenue, cell_box, cells_under, indices_about, node
from world.plan.records import Fate, Point, Span, Thing
from world.recipe import Recipe, remembered

_JOINTS = NODES | {"overpass.span_m"}
SPANS = _JOINTS | AVENUES | {"overpass.height_m", "overpass.broken", "neon.lamps"}

HALF_WIDTH_M = 4.6
PYLON_HALF_M = 0.7
PARAPET_M = 0.95
DECK_LANES_M = (-2.0, 2.0)
_JOINTS_MAX = 64  # between two nodes
_CAR_DECK_SHARE = 0.55
_OVER_SHARE, _OVER_BACK_M, _OVER_SLOPE = 0.6, 0.35, 0.2
_LAMP_SHARE = 2.2  # lamps under the deck outlast those in the rain
UNDERSIDE_M = 1.5  # from the road down to the girders' lower edge
_FAR_M = 250.0  # to the next way up or down
STAIR_M = (0.1, 1.4)  # from the deck's edge to either side of a stair
STAIR_GAP_M = (2.0, 3.4)  # of the parapet, from joint `a`: the stair's head
STAIR_SLOPE = 0.7
_ASIDE_M = (0.5, 1.6)  # what stands out beside a deck without and with a stair


@remembered(_JOINTS, size=4096)
def _joints(recipe: Recipe, row: int, i: int) -> tuple[Point, ...]:
    """The joints of avenue `row` between its nodes i and i + 1."""
    a, b = node(recipe, i, row), node(recipe, i + 1, row)
    count = max(2, min(_JOINTS_MAX, round(math.dist(a, b) / recipe.overpass.span_m)))
    return tuple(
        (round(a[0] + (b[0] - a[0]) * (k + 0.5) / count, 3), round(a[1] + (b[1] - a[1]) * (k + 0.5) / count, 3)) for k in range(count)
    )


def _fell(recipe: Recipe, row: int, index: int) -> bool:
    return uniform(recipe.seed_of("overpass"), "span", row, index) < recipe.overpass.broken


@remembered(SPANS, size=2048)
def _spans(recipe: Recipe, row: int, i: int) -> tuple[Span, ...]:
    """The spans of avenue `row` that begin at its joints between nodes i and i + 1."""
    seed, found = recipe.seed_of("overpass"), []
    for k, span in enumerate(_bare(recipe, row, i)):
        side = 1 if uniform(seed, "stair", row, span.index) < 0.5 else -1
        found.append(replace(span, stair=side) if _needs_stair(recipe, row, i, k) else span)
    return tuple(found)


def _needs_stair(recipe: Recipe, row: int, i: int, k: int) -> bool:
    here = _bare(recipe, row, i)
    if here[k].fate != Fate.STANDS:
        return False
    mids = k == len(here) // 2
    ramps = near = False
    behind = 0
    for step, ramp in ((-1, Fate.RAMP_END), (1, Fate.RAMP_START)):
        away = 0.0
        for count, (span, is_mid) in enumerate(_beyond(recipe, row, i, k, step)):
            if span.fate != Fate.STANDS:
                ramps |= span.fate == ramp
                near |= span.fate == ramp and away < _FAR_M
                behind = count if step < 0 else behind
                break
            away += span.length_m
            mids |= is_mid
        else:
            mids = True  # so long a run has a middle
    if k == len(here) // 2:
        return not near
    return behind == 0 and not mids and not ramps


def _beyond(recipe: Recipe, row: int, i: int, k: int, step: int) -> Iterator[tuple[Span, bool]]:
    """The spans after (step 1) or before (-1) span k of node i, as far as it takes to meet a middle; each with whether it is one."""
    for _ in range(_JOINTS_MAX):
        k += step
        spans = _bare(recipe, row, i)
        if not 0 <= k < len(spans):
            i += step
            spans = _bare(recipe, row, i)
            k = 0 if step > 0 else len(spans) - 1
        yield spans[k], k == len(spans) // 2


@remembered(SPANS, size=2048)
def _bare(recipe: Recipe, row: int, i: int) -> tuple[Span, ...]:
    """`_spans` without their stairs."""
    joints, after, before = _joints(recipe, row, i), _joints(recipe, row, i + 1), _joints(recipe, row, i - 1)
    ends = (*joints[1:], after[0])
    numbers = [i * _JOINTS_MAX + k for k in range(len(joints))]
    previous = [(i - 1) * _JOINTS_MAX + len(before) - 1, *numbers[:-1]]
    following = [*numbers[1:], (i + 1) * _JOINTS_MAX]
    found = []
    for a, b, number, last, next_ in zip(joints, ends, numbers, previous, following, strict=True):
        start_fell, end_fell, fell = (_fell(recipe, row, n) for n in (last, next_, number))
        height, length = recipe.overpass.height_m, math.dist(a, b)
        fate = Fate.STANDS
        if fell:
            turn = uniform(recipe.seed_of("overpass"), "span/fate", row, number)
            fate = Fate.RAMP_START if turn < 0.45 and not start_fell else Fate.RAMP_END if turn < 0.9 and not end_fell else Fate.GONE
            if fate != Fate.GONE and length < 1.9 * height:
                fate = Fate.GONE  # too short a slab to walk up
        found.append(
            Span(
                row,
                number,
                a,
                b,
                HALF_WIDTH_M,
                height,
                fate,
                start_open=not fell and start_fell,
                end_open=not fell and end_fell,
                start_pylon=not fell or not start_fell or fate == Fate.RAMP_START,
                lamp=not fell and uniform(recipe.seed_of("neon"), "span lamp", row, number) < _LAMP_SHARE * recipe.neon.lamps,
            )
        )
    return tuple(found)


def spans_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> list[Span]:
    """Every span that reaches into the rectangle, row by row."""
    over = {(span.row, span.index): span for cell in cells_under(recipe, x0, y0, x1, y1) for span in _over_cell(recipe, *cell)}
    return [over[key] for key in sorted(over) if _is_over(over[key], x0, y0, x1, y1)]


@remembered(SPANS, size=1024)
def _over_cell(recipe: Recipe, column: int, row: int) -> tuple[Span, ...]:
    """The spans that reach over a cell of the unbent lattice."""
    box = cell_box(recipe, column, row)
    columns, rows = indices_about(recipe, *box)
    found = []
    for j in rows:
        if avenue(recipe, 1, j).way != Way.HIGHWAY:
            continue
        for i in columns:
            run = [node(recipe, i + k, j) for k in range(3)]  # the last span of a node ends beyond the next
            if any(_reaches(a, b, HALF_WIDTH_M + _ASIDE_M[1], *box) for a, b in itertools.pairwise(run)):
                found += [span for span in _spans(recipe, j, i) if _is_over(span, *box)]
    return tuple(found)


def _is_over(span: Span, x0: float, y0: float, x1: float, y1: float) -> bool:
    return _reaches(span.a, span.b, span.half_m + _ASIDE_M[span.stair != 0], x0, y0, x1, y1)


def _reaches(a: Point, b: Point, margin_m: float, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Whether the bounds of a line, and a margin, meet a rectangle."""
    (ax, ay), (bx, by) = a, b
    return min(ax, bx) - margin_m < x1 and max(ax, bx) + margin_m > x0 and min(ay, by) - margin_m < y1 and max(ay, by) + margin_m > y0


def ramp_run(span: Span) -> tuple[Point, Point]:
    """(top, foot) of a fallen slab in the plane: it is as long as its span, one end on the deck's edge, the other on the ground."""
    run = math.sqrt(span.length_m**2 - span.height_m**2)
    (ax, ay), (ux, uy) = (span.a, span.axis) if span.fate == Fate.RAMP_START else (span.b, (-span.axis[0], -span.axis[1]))
    return (ax, ay), (ax + ux * run, ay + uy * run)


def stair_run(span: Span) -> tuple[Point, Point]:
    """(head, foot) in the plane of the middle line of a span's stair."""
    (ax, ay), (ux, uy) = span.a, span.axis
    off = span.stair * (span.half_m + sum(STAIR_M) / 2)
    x, y, run = ax - uy * off, ay + ux * off, span.height_m / STAIR_SLOPE
    head = STAIR_GAP_M[1]
    return (x + ux * head, y + uy * head), (x + ux * (head + run), y + uy * (head + run))


def deck_things(recipe: Recipe, span: Span) -> tuple[Thing, ...]:
    """What stands on a standing span: a lamp on the parapet, left and right in turn, and now and then a car that never got off."""
    if span.fate != Fate.STANDS:
        return ()
    seed, key = recipe.seed_of("overpass"), (span.row, span.index, 1 << 20)
    (x, y), (ux, uy) = span.middle, span.axis
    side = -1.0 if span.index % 2 else 1.0
    burns = uniform(recipe.seed_of("neon"), "deck lamp", *key) < 1.6 * recipe.neon.lamps
    off = side * (span.half_m - 0.16)
    lamp_at = (round(x - uy * off, 3), round(y + ux * off, 3), span.height_m + PARAPET_M)
    inwards = (span.heading_deg + (90.0 if side > 0 else 270.0)) % 360.0
    things = [Thing(key, "lamp_lit" if burns else "lamp", lamp_at, round(inwards, 2), draw_u64(seed, "variant", *key) & 0x7FFFFFFF)]
    for end, is_open in enumerate((span.start_open, span.end_open)):  # one that stopped too late: its nose hangs over the edge
        over = (span.row, span.index, (1 << 20) + 8 + end)
        if is_open and uniform(seed, "car over", *over) < _OVER_SHARE:
            (ex, ey), way = ((span.a, -1.0), (span.b, 1.0))[end]
            along, across = way * -_OVER_BACK_M, way * DECK_LANES_M[0]
            where = (round(ex + ux * along - uy * across, 3), round(ey + uy * along + ux * across, 3), round(span.height_m - 0.16, 3))
            heading = (span.heading_deg + (0.0 if way > 0 else 180.0)) % 360.0
            lean = (round(-_OVER_SLOPE * way * ux, 4), round(-_OVER_SLOPE * way * uy, 4))
            things.append(Thing(over, "car", where, round(heading, 2), draw_u64(seed, "variant", *over) & 0x7FFFFFFF, slope=lean))
    for lane, across in enumerate(DECK_LANES_M):
        car = (span.row, span.index, (1 << 20) + 1 + lane)
        if uniform(seed, "deck car", *car) < recipe.ruin.cars / 20.0 * _CAR_DECK_SHARE:
            along = (uniform(seed, "deck car/along", *car) - 0.5) * max(0.0, span.length_m - 7.0 - 9.0 * (span.start_open or span.end_open))
            skew = 50.0 * (uniform(seed, "deck car/skew", *car) - 0.5) ** 3 * 8.0
            where = (round(x + ux * along - uy * across, 3), round(y + uy * along + ux * across, 3), span.height_m)
            heading = (span.heading_deg + (0.0 if across < 0 else 180.0) + skew) % 360.0
            kind = "car_burnt" if uniform(seed, "deck car/state", *car) < 0.35 else "car"
            things.append(Thing(car, kind, where, round(heading, 2), draw_u64(seed, "variant", *car) & 0x7FFFFFFF))
    return tuple(things)
