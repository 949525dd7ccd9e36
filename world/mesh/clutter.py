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
from world.plan.facade import Pane
from world.plan.records import Building, Style, Wall
from world.recipe import Recipe

_HIGHEST_M = 24.0  # above that nobody sees an air conditioner


def add_clutter(builder: SurfaceBuilder, recipe: Recipe, sides: list[Side], corner: tuple[float, float]) -> None:
    """Air conditioners under windows, downpipes at the edges of fronts."""
    for side in sides:
        if side.wall != Wall.FRONT:
            continue
        f, key = side.facade, (*side.building.key, *side.part)
        heading = math.degrees(math.atan2(*f.outward)) % 360.0

        def at(s: float, z: float, f=f, heading=heading) -> Frame:  # type: ignore[no-untyped-def]
            x, y = f.origin[0] + f.along[0] * s + 0.02 * f.outward[0], f.origin[1] + f.along[1] * s + 0.02 * f.outward[1]
            return Frame((x - corner[0], y - corner[1], z), heading)

        draw = np.asarray(uniform(recipe.world.seed, "air conditioner", *key, *np.ogrid[: f.panes.shape[0], : f.panes.shape[1]]))
        share = recipe.buildings.clutter * (0.34 if side.building.style in (Style.DUCTS, Style.PUNCHED) else 0.16)
        if side.building.style != Style.BALCONY:
            for floor, bay in zip(*np.nonzero((draw < share) & (f.panes != Pane.HOLE)), strict=True):
                z = f.floor_z[floor] + 0.18
                if (floor == 0 and f.has_ground) or z > _HIGHEST_M:
                    continue
                where = at(f.bay_m * (bay + 0.5), float(z))
                place(builder, _air_conditioner(int(draw[floor, bay] * 9973) % 6), where, seed=int(draw[floor, bay] * 255 / share) & 255)
        pipes = uniform(recipe.world.seed, "pipe", *key, np.arange(2))
        for end, pipe in enumerate(pipes):
            if pipe < recipe.buildings.clutter and f.floor_z[-1] - f.floor_z[0] > 4.0:
                low = 0.0 if f.has_ground else float(f.floor_z[0])
                run = min(float(f.floor_z[-1]) - low, 26.0)
                s = 0.22 if end == 0 else f.width_m - 0.22
                place(builder, _pipe(math.floor(run * 2) / 2, int(pipe * 977) % 3), at(s, low))


def add_roof_things(builder: SurfaceBuilder, recipe: Recipe, buildings: tuple[Building, ...], corner: tuple[float, float]) -> None:
    """Tanks, aerials and vents on the roofs that still stand."""
    for building in buildings:
        mass = building.masses[-1]
        if Wall.CUT in mass.sides:
            continue
        for k, kind in enumerate(("water_tank", "antenna", "roof_vent", "antenna")):
            draw = uniform(recipe.world.seed, "roof", *building.key, k)
            if draw < 0.2 + 0.5 * recipe.buildings.clutter:
                u, v = (uniform(recipe.world.seed, "roof/at", *building.key, k, axis) for axis in range(2))
                x, y = building.world(mass.x0 + (mass.x1 - mass.x0) * (0.2 + 0.6 * u), mass.y0 + (mass.y1 - mass.y0) * (0.2 + 0.6 * v))
                add_thing(builder, kind, Frame((x - corner[0], y - corner[1], mass.z1), 360.0 * u), int(draw * 9973))


@lru_cache(maxsize=8)
def _air_conditioner(variant: int) -> Model:
    return air_conditioner_model(variant)


@lru_cache(maxsize=256)
def _pipe(height_m: float, variant: int) -> Model:
    return drain_pipe_model(height_m, variant)
