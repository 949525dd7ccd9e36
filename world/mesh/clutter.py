"""What hangs on fronts and stands on roofs: air conditioners, downpipes, tanks, aerials.

In: a chunk's facades.  Out: kit models appended to a `SurfaceBuilder`; which cell has one is a threshold on the cell's own draw.
"""

from __future__ import annotations

import math

import numpy as np

from world.fields import Keyed, uniform
from world.mesh.kits.facade_props import (
    COOLERS,
    LONGEST_PIPE_M,
    PIPE_STEP_M,
    PIPES,
    SHORTEST_PIPE_M,
    air_conditioner_model,
    drain_pipe_model,
)
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import place
from world.mesh.kits.things import add_thing
from world.mesh.runs import counted
from world.mesh.surface import SurfaceBuilder
from world.mesh.walls import Array, Side
from world.plan.district import recipe_in
from world.plan.facade import Facade, Pane
from world.plan.records import Building, Style, Wall
from world.recipe import Recipe

_HIGHEST_M = 24.0  # above that nobody sees an air conditioner


def add_clutter(builder: SurfaceBuilder, recipe: Recipe, sides: list[Side], corner: tuple[float, float]) -> None:
    """Air conditioners under windows, downpipes at the edges of fronts."""
    fronts = [side for side in sides if side.wall == Wall.FRONT]
    if not fronts:
        return
    seed, x, y = recipe.seed_of("buildings"), *_feet(fronts, corner)
    buildings = {side.building.key: side.building for side in fronts}
    clutter = {key: recipe_in(recipe, *b.centre, b.district).buildings.clutter for key, b in buildings.items()}
    wanted = np.array([clutter[side.building.key] for side in fronts])
    keys = np.array([(*side.building.key, *side.part) for side in fronts]).T
    headings = [math.degrees(math.atan2(*side.facade.outward)) % 360.0 for side in fronts]
    along = np.array([side.facade.along for side in fronts])
    hung = np.asarray(uniform(seed, "pipe", *keys[..., None], np.arange(2)))
    for k, end in np.argwhere(hung < wanted[:, None]).tolist():
        f = fronts[k].facade
        if f.floor_z[-1] - f.floor_z[0] > SHORTEST_PIPE_M:
            low = 0.0 if f.has_ground else float(f.floor_z[0])
            run = min(float(f.floor_z[-1]) - low, LONGEST_PIPE_M)
            s = 0.22 if end == 0 else f.width_m - 0.22
            frame = Frame((x[k] + f.along[0] * s, y[k] + f.along[1] * s, low), headings[k])
            place(builder, drain_pipe_model(math.floor(run / PIPE_STEP_M) * PIPE_STEP_M, int(hung[k, end] * 977) % PIPES), frame)
    # Air conditioners hang on whole bays of the lower storeys.
    floors = [0 if side.building.style == Style.BALCONY else _low_floors(side.facade) for side in fronts]
    of, cell = counted(np.array([side.facade.panes[:n].size for side, n in zip(fronts, floors, strict=True)]))
    panes = np.concatenate([side.facade.panes[:n].ravel() for side, n in zip(fronts, floors, strict=True)])
    floor, bay = np.divmod(cell, np.array([side.facade.panes.shape[1] for side in fronts])[of])
    draw = Keyed(*keys[:, of], floor, bay).uniform(seed, "air conditioner")
    share = (wanted * np.where([side.building.style in (Style.DUCTS, Style.PUNCHED) for side in fronts], 0.34, 0.16))[of]
    shop = (floor == 0) & np.array([side.facade.has_ground for side in fronts])[of]
    fit = (draw < share) & (panes != Pane.HOLE) & (panes != Pane.FIRE) & ~shop
    of, floor, bay, kind = of[fit], floor[fit], bay[fit], (draw[fit] / share[fit] * 9973.0).astype(np.int64)
    s = np.array([side.facade.bay_m for side in fronts])[of] * (bay + 0.5)
    at_x, at_y = x[of] + along[of, 0] * s, y[of] + along[of, 1] * s
    for k in np.argsort(kind % COOLERS, kind="stable").tolist():
        side = of[k]
        frame = Frame((at_x[k], at_y[k], float(fronts[side].facade.floor_z[floor[k]]) + 0.18), headings[side])
        place(builder, air_conditioner_model(int(kind[k]) % COOLERS), frame, seed=int(kind[k]))


def _feet(sides: list[Side], corner: tuple[float, float]) -> Array:
    """(2, N) where the lower left corners of sides are, two centimetres before the wall."""
    origin, outward = np.array([side.facade.origin for side in sides]), np.array([side.facade.outward for side in sides])
    feet: Array = (origin + 0.02 * outward - np.array(corner)).T
    return feet


def _low_floors(facade: Facade) -> int:
    """How many floors are low enough for what hangs there to be seen."""
    return int(np.searchsorted(facade.floor_z[:-1], _HIGHEST_M))


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
