"""Everything that shines, as light sources with an intensity, a direction and a reach.

In: recipe, a chunk's plan.  Out: `Emitters` that the chunk owns. Intensities are design numbers chosen so that a street under
signs lies at some 5 lx and the ground right below one at 20 (the scale by which the patrols see).
"""

from __future__ import annotations

import math

import numpy as np

from world.plan import ChunkPlan
from world.plan.facade import Pane, facade_of
from world.plan.interior import interior_of
from world.plan.overpass import UNDERSIDE_M
from world.plan.records import Building, SignKind, Wall
from world.recipe import Recipe
from world.space.chunk_space import Emitters
from world.space.interior_emitters import interior_rows
from world.things import KINDS

FLICKER_REACH_M = 14.0
_INDOOR_REACH_M = 15.0  # across a room and out to the kerb
_REACH_MAX_M = 42.0
_CUT_LUX = 0.06
_SIGN_CD_PER_M2 = 46.0
_HOLOGRAM_CD_PER_M2 = 3.4
_SPAN_CD = 170.0
_SHOP_CD, _WINDOW_CD, _FIRE_CD = 34.0, 3.2, 26.0

FIRE = np.array([1.0, 0.3, 0.05])
SODIUM = np.array([1.0, 0.5, 0.12])
WARM, COOL = np.array([1.0, 0.62, 0.3]), np.array([0.72, 0.9, 1.0])


def linear_from_srgb(colour: tuple[int, int, int]) -> np.ndarray:
    """Linear RGB in [0, 1] of an sRGB colour, by the IEC 61966-2-1 curve."""
    c = np.asarray(colour, dtype=np.float64) / 255.0
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


Row = tuple[tuple[float, float, float], tuple[float, float, float], bool, float, np.ndarray, int, int]


def build_emitters(recipe: Recipe, plan: ChunkPlan) -> Emitters:
    """All emitters owned by a chunk."""
    rows: list[Row] = []
    _signs(plan, rows)
    _things(plan, rows)
    for hologram in plan.holograms:
        heading = math.radians(hologram.heading_deg)
        normal = (math.sin(heading), math.cos(heading), 0.0)
        x, y, z = hologram.position
        area = hologram.width_m * hologram.height_m
        for share in (0.25, 0.75):
            candela = linear_from_srgb(hologram.colour) * area * 0.5 * _HOLOGRAM_CD_PER_M2
            rows.append(((x, y, z + share * hologram.height_m), normal, True, math.sqrt(area) * 0.4, candela, 0, -1))
    for span in plan.spans:
        if span.lamp:
            x, y = span.middle
            rows.append(((x, y, span.height_m - UNDERSIDE_M - 0.25), (0.0, 0.0, -1.0), False, 0.5, SODIUM * _SPAN_CD, 0, -1))
    for building in plan.buildings:
        _windows(recipe, building, rows)
    outdoors = len(rows)
    for building in plan.buildings:
        if interior := interior_of(recipe, building):
            rows += interior_rows(interior)
    if not rows:
        return Emitters(
            np.zeros((0, 3)),
            np.zeros((0, 3)),
            np.zeros(0, bool),
            np.zeros(0),
            np.zeros((0, 3)),
            np.zeros(0),
            np.zeros(0, np.uint8),
            np.zeros(0, np.int8),
        )
    candela = np.array([row[4] for row in rows]) * recipe.neon.brightness
    slot = np.array([row[6] for row in rows], dtype=np.int8)
    reach = np.clip(np.sqrt(candela.max(axis=1) / _CUT_LUX), 4.0, _REACH_MAX_M)
    reach[outdoors:] = np.minimum(reach[outdoors:], _INDOOR_REACH_M)
    reach[slot >= 0] = np.minimum(reach[slot >= 0], FLICKER_REACH_M)
    return Emitters(
        position=np.array([row[0] for row in rows]),
        normal=np.array([row[1] for row in rows]),
        two_sided=np.array([row[2] for row in rows]),
        size_m=np.array([row[3] for row in rows]),
        candela=candela,
        reach_m=reach,
        group=np.array([row[5] for row in rows], dtype=np.uint8),
        slot=slot,
    )


def _signs(plan: ChunkPlan, rows: list[Row]) -> None:
    for sign in plan.signs:
        if not sign.lit:
            continue
        heading = math.radians(sign.heading_deg)
        out = (math.sin(heading), math.cos(heading), 0.0)
        blade = sign.kind in (SignKind.BLADE, SignKind.TALL, SignKind.ROUND)
        normal = (out[1], -out[0], 0.0) if blade else out
        area = sign.width_m * sign.height_m * (0.35 if sign.kind in (SignKind.TUBES, SignKind.ICON) else 1.0)
        candela = linear_from_srgb(sign.colour) * area * _SIGN_CD_PER_M2 * sign.strength
        x, y, z = sign.position
        # Long signs shine from two points, pulled off the wall so that the wall itself is lit.
        shares = (-0.25, 0.25) if sign.height_m > 3.0 else (0.0,)
        for share in shares:
            place = (x + 0.25 * out[0], y + 0.25 * out[1], z + share * sign.height_m)
            rows.append((place, normal, blade, 0.45 * math.sqrt(area), candela / len(shares), sign.group, sign.slot))


def _things(plan: ChunkPlan, rows: list[Row]) -> None:
    for thing in plan.things:
        heading = math.radians(thing.heading_deg)
        sin, cos = math.sin(heading), math.cos(heading)
        x, y, z = thing.position
        for lamp in KINDS[thing.kind].lamps_of(thing.variant):
            (a, b, c), (p, q, r) = lamp.at, lamp.normal
            place = (x + a * cos + b * sin, y - a * sin + b * cos, z + c)
            rows.append((place, (p * cos + q * sin, q * cos - p * sin, r), False, lamp.size_m, np.array(lamp.candela), 0, -1))


def _windows(recipe: Recipe, building: Building, rows: list[Row]) -> None:
    """Lit panes, gathered three bays by two floors (a window more or less is not seen in the street)."""
    for mass_index, mass in enumerate(building.masses):
        for side in range(4):
            if mass.sides[side] != Wall.FRONT:
                continue
            facade = facade_of(recipe, building, mass_index, side)
            shop, fire = facade.panes == Pane.SHOP_LIT, facade.panes == Pane.FIRE
            lit = (facade.panes == Pane.LIT) | fire
            mid_z = (facade.floor_z[:-1] + facade.floor_z[1:]) / 2
            groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
            for f, b in zip(*np.nonzero(shop | lit), strict=True):
                groups.setdefault((int(f) // 2, int(b) // 3), []).append((int(f), int(b)))
            for cells in groups.values():
                colour = np.zeros(3)
                along = z = weight = 0.0
                for f, b in cells:
                    cd = _SHOP_CD if shop[f, b] else _FIRE_CD if fire[f, b] else _WINDOW_CD
                    colour += cd * (FIRE if fire[f, b] else pane_colour(float(facade.warmth[f, b])))
                    along += cd * facade.bay_m * (b + 0.5)
                    z += cd * (mid_z[f] if not shop[f, b] else 1.8)
                    weight += cd
                along, z = along / weight, z / weight
                x = facade.origin[0] + facade.along[0] * along + 0.5 * facade.outward[0]
                y = facade.origin[1] + facade.along[1] * along + 0.5 * facade.outward[1]
                rows.append(((x, y, z), (facade.outward[0], facade.outward[1], 0.0), False, 1.2, colour, 0, -1))


def pane_colour(warmth: float) -> np.ndarray:
    """Linear RGB of a lit pane's lamp: most are warm, some are cold tubes."""
    return WARM if warmth < 0.72 else COOL
