"""The city from far: one hull a building; apart from them, lit windows, fires, holograms; towers; smoke.

In: recipe, a superblock's indices.  Out: `Skyline`. A hull stands a little inside its building, so that both may be there at once and
the near one hides the far one; `uv` is its building's middle, by which shaders/surface/skyline.vert.glsl lets it sink out of the way of a
near eye. Windows are the plan's own, so that nothing changes when the near city takes over.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.conditions import GROUP_COUNT
from world.mesh.facade import FIRE_TINT
from world.mesh.landmark import add_landmark
from world.mesh.smoke import smoke_of_buildings
from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.mesh.torn import Boxes
from world.plan.buildings import buildings_of
from world.plan.facade import Facade, Pane, facades_of
from world.plan.holograms import holograms_of
from world.plan.lattice import Block, superblock
from world.plan.open_land import landmark_of
from world.plan.records import Building, Mass, Wall
from world.recipe import Recipe

_INSET_M = 0.6
_SIGHT_M = 10.0  # lower windows are hidden by what stands before them
_LAMP = np.array([(255, 190, 112), (205, 232, 255)], np.uint8)
_GROUND_M, _ALWAYS_M = -1.4, 1e6  # below every street; the middle of what never sinks
_SHOWN = (Pane.LIT, Pane.FIRE)
_LAMP_GLOW, _FIRE_GLOW, _HOLOGRAM_GLOW = 40, 160, 24  # luminance in units of 4 cd/m²
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Skyline:
    """What superblock (i, j) shows from afar, relative to `corner` (m)."""

    corner: tuple[float, float]
    hulls: Surface
    lights: Surface
    towers: Surface
    smoke: Surface


def skyline_of(recipe: Recipe, i: int, j: int) -> Skyline:
    """The far view of one superblock."""
    sb = superblock(recipe, i, j)
    corner = (round(sb.nodes[0][0]), round(sb.nodes[0][1]))
    hulls, lights, towers = SurfaceBuilder(), SurfaceBuilder(), SurfaceBuilder()
    ground = np.array([[(x - corner[0], y - corner[1], _GROUND_M) for x, y in sb.nodes]])
    hulls.quads(ground, Finish.CONCRETE, (60, 60, 62, 255), np.full((1, 4, 2), _ALWAYS_M))
    for block in sb.blocks:
        _add_hulls(hulls, recipe, block, corner)
        _add_lights(lights, recipe, block, corner)
        landmark = landmark_of(recipe, block)
        if landmark is not None:
            add_landmark(towers, landmark, corner, recipe.world.seed)
    burning = [building for block in sb.blocks for building in buildings_of(recipe, block)]
    return Skyline(corner, hulls.build(), lights.build(), towers.build(), smoke_of_buildings(burning, corner))


def _add_hulls(builder: SurfaceBuilder, recipe: Recipe, block: Block, corner: tuple[float, float]) -> None:
    masses = [(b, _hull(m)) for b in buildings_of(recipe, block) for m in b.masses if m.z1 - m.z0 > 1.0]
    if masses:
        boxes = Boxes(builder, masses, corner, middles=True)
        x0, y0, x1, y1, z1 = boxes.rows
        tint = np.array([(*b.tint, 255) for b, _ in masses])
        boxes.add(np.arange(len(masses)), x0, y0, x1, y1, np.array([m.z0 for _, m in masses]), z1, Finish.CONCRETE, tint)


def _add_lights(builder: SurfaceBuilder, recipe: Recipe, block: Block, corner: tuple[float, float]) -> None:
    for building in buildings_of(recipe, block):
        if building.top_m > _SIGHT_M:
            for facade, front in zip(facades_of(recipe, building), _fronts(building), strict=True):
                if front:
                    _add_panes(builder, building, facade, corner)
    for h in holograms_of(recipe, block):
        turn = math.radians(h.heading_deg)
        right = np.array([math.cos(turn), -math.sin(turn), 0.0]) * h.width_m / 2
        middle = (h.position[0], h.position[1], h.position[2] + h.height_m / 2)
        _add_card(builder, middle, right, h.height_m, (*h.colour, 255), (h.group, _HOLOGRAM_GLOW, 0, 0), corner)


def _fronts(building: Building) -> list[bool]:
    return [side == Wall.FRONT for mass in building.masses for side in mass.sides]


def _hull(mass: Mass) -> Mass:
    return Mass(mass.x0 + _INSET_M, mass.y0 + _INSET_M, mass.x1 - _INSET_M, mass.y1 - _INSET_M, mass.z0, mass.z1 - _INSET_M, mass.sides)


def _add_panes(builder: SurfaceBuilder, building: Building, facade: Facade, corner: tuple[float, float]) -> None:
    """The lit panes above what hides them, on the hull's face."""
    floor, bay = np.nonzero(np.isin(facade.panes, _SHOWN) & (facade.floor_z[:-1, None] > _SIGHT_M - 4.0))
    if not len(floor):
        return
    along, out = np.array([*facade.along, 0.0]), np.array([*facade.outward, 0.0])
    origin = np.array([facade.origin[0] - corner[0], facade.origin[1] - corner[1], 0.0]) - (_INSET_M - 0.05) * out
    s0, s1 = facade.bay_m * (bay + 0.22), facade.bay_m * (bay + 0.78)
    z0, z1 = facade.floor_z[floor] + 0.9, facade.floor_z[floor + 1] - 0.6

    def at(s: Any, z: Any) -> Array:
        points: Array = origin + s[:, None] * along
        points[:, 2] += z
        return points

    quads = np.stack([at(s0, z0), at(s1, z0), at(s1, z1), at(s0, z1)], axis=1)
    warmth, fire = facade.warmth[floor, bay], facade.panes[floor, bay] == Pane.FIRE
    tint = np.full((len(floor), 4), 255, np.uint8)
    tint[:, :3] = np.where(fire[:, None], FIRE_TINT, _LAMP[(warmth >= 0.72).astype(int)])
    extra = np.zeros((len(floor), 4), np.uint8)
    extra[:, 0] = np.where(fire, 1 + (warmth * 997.0).astype(int) % (GROUP_COUNT - 1), 0)
    extra[:, 1] = np.where(fire, _FIRE_GLOW * (0.25 + 0.75 * (warmth * 31.0 % 1.0)), _LAMP_GLOW)
    middle = np.array(building.centre) - np.array(corner)
    builder.quads(quads, Finish.LAMP, tint, np.broadcast_to(middle, (len(quads), 4, 2)), extra, out[None, None])


def _add_card(
    builder: SurfaceBuilder,
    middle: tuple[float, float, float],
    right: Array,
    height: float,
    tint: tuple[int, int, int, int],
    extra: tuple[int, int, int, int],
    corner: tuple[float, float],
) -> None:
    """An upright card that glows, seen from both sides."""
    at = np.array([middle[0] - corner[0], middle[1] - corner[1], middle[2]])
    up = np.array([0.0, 0.0, height / 2])
    quad = np.array([at - right - up, at + right - up, at + right + up, at - right + up])
    builder.quads(np.stack([quad, quad[::-1]]), Finish.LAMP, tint, np.broadcast_to(at[:2], (2, 4, 2)), extra)
