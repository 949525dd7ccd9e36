"""The street from above, as the machines have it: what stands in their way, what each can see, how far the last sound went.

In: the world, a state, the moment, the machines near by, the last sound.  Out: a square plan at a place of the screen, ahead upwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    Geom,
    GeomNode,
    GeomTriangles,
    GeomVertexData,
    GeomVertexFormat,
    GeomVertexWriter,
    LPoint3,
    SamplerState,
    Texture,
)  # fmt: skip
from ursina import camera
from ursina.shader import imported_shaders

from world.sim import Band, Harm, Snapshot, State, World
from world.sim.ears import sight_share
from world.sim.eyes import CONTACT
from world.sim.kinds import HOVER_M, Kind
from world.sim.senses import eyes_of
from world.space.index import Region
from world.ui.senses import Sound, Watcher
from world.ui.sight_plan import outlines
from world.ui.signs import COLOURS
from world.ui.strokes import Strokes
from world.ui.words import Words

SIDE = 0.36  # UI units
RANGE_M = 30.0  # from the middle to a side
_RINGS_M = (10.0, 20.0)
_PLATE, _FRAME, _RING = (0.0, 0.012, 0.016, 0.72), (0.34, 0.71, 0.91, 0.45), (0.6, 0.75, 0.8, 0.14)
_WALL, _WALL_EDGE = (0.30, 0.36, 0.40, 0.55), (0.55, 0.66, 0.70, 0.8)
_HERO, _SOUND = (0.96, 0.98, 0.97, 1.0), (0.96, 0.98, 0.97, 0.7)
_LETTER_OFF = 0.012
_SEEN_M = 1.5 * RANGE_M + 25.0  # farther off, no cone reaches the plan
_DRAWN = 1.5  # of the range: as far as the plan's corners
_TURN = np.linspace(0.0, math.tau, 65)[:-1]
_CIRCLE = np.column_stack([np.sin(_TURN), np.cos(_TURN)])


class Radar:
    """Call `draw` once a frame while it is shown."""

    def __init__(self) -> None:
        self._plate, self._art = Strokes(z=-0.6), Strokes(z=-0.7)
        self._walls, self._texture = _card(), Texture("walls")
        self._walls.setTexture(self._texture)
        self._region: Region | None = None
        self._letters = [Words(0, 0, size=0.015, align="center") for _ in range(8)]
        self._cones: dict[int, list[NDArray[np.float64]]] = {}
        self._turn = 0

    def show(self, visible: bool) -> None:
        """Shows or hides it."""
        for part in (self._plate, self._art, *self._letters):
            part.show(visible)
        (self._walls.show if visible else self._walls.hide)()

    def draw(
        self,
        middle: tuple[float, float],
        world: World,
        state: State,
        moment: Snapshot,
        near: Sequence[Watcher],
        letters: Sequence[str],
        sound: Sound | None,
    ) -> None:
        """The plan round the hero, its middle at a place of the screen; `near` are called by `letters`."""
        x, y, _ = moment.eye.position
        region = world.window.region(x, y)
        self._frame(middle)
        self._place_walls(region, middle, moment)

        def plan(points: Any) -> NDArray[np.float64]:
            return np.array(middle) + _ahead_up(np.asarray(points)[:, :2] - (x, y), moment.eye.heading_deg) * (0.5 * SIDE / RANGE_M)

        art = self._art
        art.begin()
        for ring in _RINGS_M:
            art.line(plan(_CIRCLE * ring + (x, y)), 0.001, _RING, closed=True)
        self._look(world, state, region, near)
        for one in near:
            self._draw_cones(one, plan)
        away = moment.position[:, :2] - (x, y)
        for k in np.flatnonzero((away**2).sum(axis=1) < (_DRAWN * RANGE_M) ** 2).tolist():
            self._draw_machine(state, moment, k, plan)
        if sound is not None and sound.radius_m > 0.0:
            fade = max(0.0, 1.0 - sound.age_s / 4.0)
            circle = _CIRCLE * sound.radius_m + sound.place[:2]
            art.line(plan(circle), 0.0016, (*_SOUND[:3], _SOUND[3] * fade), closed=True, glow=0.3)
        if state.hands.bottle is not None:
            art.fill(plan(_CIRCLE[::8] * 0.45 + np.array(state.hands.bottle[:2])), (0.55, 0.95, 0.85, 0.9))
        u = np.array([[0.0, 0.9], [-0.55, -0.7], [0.0, -0.35], [0.55, -0.7]]) * (0.5 * SIDE / RANGE_M) + middle
        art.fill(u[[2, 0, 1]], _HERO)
        art.fill(u[[2, 3, 0]], _HERO)
        art.end()
        self._name(near, letters, moment, plan, middle)

    def _frame(self, middle: tuple[float, float]) -> None:
        half, (x, y) = 0.5 * SIDE, middle
        corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
        self._plate.begin()
        self._plate.fill(corners, _PLATE)
        self._plate.line(corners, 0.0014, _FRAME, closed=True)
        self._plate.end()
        self._art.path.setScissor(camera.ui, LPoint3(*corners[0], 0.0), LPoint3(*corners[2], 0.0))

    def _place_walls(self, region: Region, middle: tuple[float, float], moment: Snapshot) -> None:
        """The raster of where a machine fits, turned under the square by its texture coordinates."""
        if region is not self._region:
            self._region = region
            _load(self._texture, region.free)
        half = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
        h = math.radians(moment.eye.heading_deg)
        right, ahead = np.array([math.cos(h), -math.sin(h)]), np.array([math.sin(h), math.cos(h)])
        corner = np.array(moment.eye.position[:2]) + (half[:, :1] * right + half[:, 1:] * ahead) * RANGE_M
        uv = (corner - region.origin) / len(region.free)
        data = self._walls.node().modifyGeom(0).modifyVertexData()
        place, texture = GeomVertexWriter(data, "vertex"), GeomVertexWriter(data, "texcoord")
        for (a, b), (u, v) in zip(half.tolist(), uv.tolist(), strict=True):
            place.setData3(middle[0] + 0.5 * SIDE * a, middle[1] + 0.5 * SIDE * b, 0.0)
            texture.setData2(u, v)

    def _look(self, world: World, state: State, region: Region, near: Sequence[Watcher]) -> None:
        """One machine's cones in a frame, in turn: that is often enough, and costs little."""
        known = {one.key for one in near}
        self._cones = {key: cones for key, cones in self._cones.items() if key in known}
        if not near:
            return
        self._turn += 1
        one = near[self._turn % len(near)]
        if one.distance_m > _SEEN_M or Harm(int(state.patrol.harm[one.row])) & (Harm.SENSOR | Harm.CIRCUIT):
            self._cones.pop(one.key, None)
            return
        patrol, k = state.patrol, one.row
        kind = int(patrol.kind[k])
        ground_m = float(patrol.position[k, 2] - HOVER_M[kind])
        share = sight_share(world.hour(state.tick).rain_mm_h)
        self._cones[one.key] = outlines(region, eyes_of(patrol)[k], ground_m, patrol.head[k], kind, share)

    def _draw_cones(self, one: Watcher, plan: Any) -> None:
        colour = COLOURS[one.band]
        for depth, outline in enumerate(self._cones.get(one.key, ())):
            points = plan(outline)
            self._art.fill(points, (*colour, 0.09 + 0.05 * depth))
            self._art.line(points, 0.001, (*colour, 0.35), closed=True)

    def _draw_machine(self, state: State, moment: Snapshot, k: int, plan: Any) -> None:
        here, band = moment.position[k, :2], Band(int(moment.band[k]))
        colour, art = COLOURS[band], self._art
        if Harm(int(moment.harm[k])) & Harm.CIRCUIT:
            for way in ((0.7, 0.7), (0.7, -0.7)):
                art.line(plan(np.array([here - way, here + way])), 0.0018, (*colour, 0.8))
            return
        h = math.radians(float(moment.heading_deg[k]))
        ahead, aside = np.array([math.sin(h), math.cos(h)]), np.array([math.cos(h), -math.sin(h)])
        if moment.kind[k] == Kind.SENTRY:
            art.line(plan(here + 0.9 * _CIRCLE[::8]), 0.0018, (*colour, 1.0), closed=True)
        else:
            art.fill(plan([here + 1.1 * ahead, here - 0.7 * ahead + 0.7 * aside, here - 0.7 * ahead - 0.7 * aside]), (*colour, 1.0))
            art.line(plan(here + CONTACT[2] * _CIRCLE[::2]), 0.001, (*colour, 0.4), closed=True)
        if band >= Band.SUSPICIOUS:
            goal = state.patrol.goal[k, :2]
            corners = [here, *(corner[:2] for corner in state.patrol.route[k])]
            art.line(plan(np.array(corners)), 0.001, (*colour, 0.6))
            for way in ((0.5, 0.5), (0.5, -0.5)):
                art.line(plan(np.array([goal - way, goal + way])), 0.0014, (*colour, 0.8))

    def _name(self, near: Sequence[Watcher], letters: Sequence[str], moment: Snapshot, plan: Any, middle: tuple[float, float]) -> None:
        """The letters beside those that lie on the plan."""
        limit = 0.5 * SIDE - _LETTER_OFF
        for k, words in enumerate(self._letters):
            words.set("")
            if k < len(near) and near[k].row < len(moment.position):
                place = plan(moment.position[None, near[k].row])[0]
                if max(abs(place[0] - middle[0]), abs(place[1] - middle[1])) < limit:
                    words.move(place[0] + _LETTER_OFF, place[1] + 0.3 * _LETTER_OFF)
                    words.set(letters[k], (*COLOURS[near[k].band], 1.0))


def _ahead_up(away: NDArray[np.float64], heading_deg: float) -> NDArray[np.float64]:
    """Ways in the world (N, 2) as (right, ahead) of a head that faces so."""
    h = math.radians(heading_deg)
    sine, cosine = math.sin(h), math.cos(h)
    return np.column_stack([away[:, 0] * cosine - away[:, 1] * sine, away[:, 0] * sine + away[:, 1] * cosine])


def _card() -> Any:
    data = GeomVertexData("walls", GeomVertexFormat.getV3t2(), Geom.UHDynamic)
    data.setNumRows(4)
    triangles = GeomTriangles(Geom.UHStatic)
    triangles.addVertices(0, 1, 2)
    triangles.addVertices(0, 2, 3)
    geom, node = Geom(data), GeomNode("walls")
    geom.addPrimitive(triangles)
    node.addGeom(geom)
    path = camera.ui.attachNewNode(node)
    path.setShader(imported_shaders["ashes_panel"]._shader)
    path.setTwoSided(True)
    path.setPos(0, 0, -0.65)
    return path


def _load(texture: Texture, free: NDArray[np.bool_]) -> None:
    """Walls as colour: full at their edges, fainter within."""
    solid = ~free
    inner = solid.copy()
    for axis in (0, 1):
        for step in (-1, 1):
            inner &= np.roll(solid, step, axis)
    pixels = np.zeros((*free.shape, 4))
    pixels[solid] = _WALL_EDGE
    pixels[inner] = _WALL
    pixels[free, :3] = _WALL_EDGE[:3]  # what is clear is not dark at its rim
    texture.setup2dTexture(*free.shape, Texture.T_unsigned_byte, Texture.F_rgba8)
    texture.setWrapU(SamplerState.WM_border_color)
    texture.setWrapV(SamplerState.WM_border_color)
    texture.setBorderColor((0, 0, 0, 0))
    bgra = np.rint(pixels[..., [2, 1, 0, 3]] * 255.0).astype(np.uint8)
    texture.setRamImage(bgra.tobytes())
