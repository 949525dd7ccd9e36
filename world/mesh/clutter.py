"""What hangs on fronts and stands on roofs: air conditioners, downpipes, tanks, aerials.

In: a chunk's facades.  Out: kit models appended to a `SurfaceBuilder`; which cell has one is a threshold on the cell's own draw.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from world.fields import uniform
from world.mesh.kits.facade_props import air_conditioner_model, drain_pipe_model
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Model, place
from world.mesh.kits.things import add_thing
from world.mesh.surface import SurfaceBuilder
from world.mesh.walls import Side
from world.plan.district import recipe_in
from world.plan.facade import Pane
from world.plan.records import Building, Style, Wall
from world.recipe import Recipe

_HIGHEST_M = 24.0  # above that nobody sees an air conditioner
_COOLERS = 4  # shapes


def add_clutter(builder: SurfaceBuilder, recipe: Recipe, sides: list[Side], corner: tuple[float, float]) -> None:
    """Air conditioners under windows, downpipes at the edges of fronts."""
    seed = recipe.seed_of("buildings")
    cooled: list[tuple[float, float, float, float, int]] = []  # x, y, z, heading, kind
    for side in sides:
        if side.wall != Wall.FRONT:
            continue
        f, key = side.facade, (*side.building.key, *side.part)
        clutter = recipe_in(recipe, *side.building.centre, side.building.district).buildings.clutter
        heading = math.degrees(math.atan2(*f.outward)) % 360.0
        x, y = f.origin[0] + 0.02 * f.outward[0] - corner[0], f.origin[1] + 0.02 * f.outward[1] - corner[1]
        floors = int(np.searchsorted(f.floor_z[:-1], _HIGHEST_M))
        if side.building.style != Style.BALCONY and floors > 0:
            draw = np.asarray(uniform(seed, "air conditioner", *key, *np.ogrid[:floors, : f.panes.shape[1]]))
            share = clutter * (0.34 if side.building.style in (Style.DUCTS, Style.PUNCHED) else 0.16)
            fit = (draw < share) & ~np.isin(f.panes[:floors], (Pane.HOLE, Pane.FIRE))
            fit[0] &= not f.has_ground
            for floor, bay in zip(*np.nonzero(fit), strict=True):
                s = f.bay_m * (bay + 0.5)
                z = float(f.floor_z[floor]) + 0.18
                cooled.append((x + f.along[0] * s, y + f.along[1] * s, z, heading, int(float(draw[floor, bay]) / share * 9973.0)))
        if f.floor_z[-1] - f.floor_z[0] > 4.0:
            for end, pipe in enumerate(np.asarray(uniform(seed, "pipe", *key, np.arange(2))).tolist()):
                if pipe < clutter:
                    low = 0.0 if f.has_ground else float(f.floor_z[0])
                    run = min(float(f.floor_z[-1]) - low, 26.0)
                    s = 0.22 if end == 0 else f.width_m - 0.22
                    frame = Frame((x + f.along[0] * s, y + f.along[1] * s, low), heading)
                    place(builder, _pipe(math.floor(run * 2) / 2, int(pipe * 977) % 3), frame)
    for x, y, z, heading, kind in sorted(cooled, key=lambda row: row[4] % _COOLERS):
        place(builder, _air_conditioner(kind % _COOLERS), Frame((x, y, z), heading), seed=kind)


def add_roof_things(builder: SurfaceBuilder, recipe: Recipe, buildings: tuple[Building, ...], corner: tuple[float, float]) -> None:
    """Tanks, aerials and vents on the roofs that still stand."""
    seed, kinds = recipe.seed_of("buildings"), ("water_tank", "antenna", "roof_vent", "antenna")
    for building in buildings:
        mass = building.masses[-1]
        if Wall.CUT in mass.sides:
            continue
        clutter = recipe_in(recipe, *building.centre, building.district).buildings.clutter
        draws = np.asarray(uniform(seed, "roof", *building.key, np.arange(4)[:, None], np.arange(3))).tolist()
        for kind, (draw, u, v) in zip(kinds, draws, strict=True):
            if draw < 0.2 + 0.5 * clutter:
                x, y = building.world(mass.x0 + (mass.x1 - mass.x0) * (0.2 + 0.6 * u), mass.y0 + (mass.y1 - mass.y0) * (0.2 + 0.6 * v))
                add_thing(builder, kind, Frame((x - corner[0], y - corner[1], mass.z1), 360.0 * u), int(draw * 9973))


@lru_cache(maxsize=8)
def _air_conditioner(variant: int) -> Model:
    return air_conditioner_model(variant)


@lru_cache(maxsize=256)
def _pipe(height_m: float, variant: int) -> Model:
    return drain_pipe_model(height_m, variant)
