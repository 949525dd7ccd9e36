"""Chunks round the eye: built on one worker thread, attached one a frame, shown at the level of detail their distance asks for.

In: a `Pipe`, where the eye is.  Out: nodes under the scene's root, and the field rings written. What is nearest is built first;
what is far behind is let go. `settle` waits until all is in: pictures and films have no half-built street.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

from panda3d.core import ColorBlendAttrib, GeomNode, NodePath

from world.light import ChunkLight
from world.pipe import Pipe
from world.space import ChunkSpace
from world.space.chunk_space import CHUNK_M
from world.stage.geometry import geom_node
from world.stage.masks import BOTH, MAIN, MIRROR, MIRROR_TAG
from world.stage.shaders import load_shader
from world.stage.textures import FieldRings

Place = tuple[int, int]
NEAR_DETAIL_M = 92.0
ORIGIN_STEP_M = 256.0


@dataclass(frozen=True)
class _Built:
    """A chunk ready to be attached."""

    place: Place
    nodes: dict[str, GeomNode]
    light: ChunkLight
    space: ChunkSpace


@dataclass
class _Standing:
    """A chunk in the scene."""

    built: _Built
    path: NodePath
    near: NodePath | None
    far: NodePath | None


class Chunks:
    """The streamed city. Call `stream` or `settle`, then `frame`, once a frame, from the main thread."""

    def __init__(self, root: NodePath, pipe: Pipe, rings: FieldRings, radius_m: float) -> None:
        self._root, self._rings, self.radius_m = root, rings, radius_m
        self.origin = (0.0, 0.0)
        self._standing: dict[Place, _Standing] = {}
        self._leaving: dict[Place, _Standing] = {}
        self._condition = threading.Condition()
        self._wanted: list[Place] = []
        self._ready: dict[Place, _Built] = {}
        self._failure: BaseException | None = None
        self._closed = False
        self._pipe = pipe
        self._worker = threading.Thread(target=self._work, name="chunks", daemon=True)
        self._worker.start()

    @property
    def standing(self) -> list[Place]:
        return list(self._standing)

    def rebuild(self, pipe: Pipe) -> None:
        """Another city: its chunks replace the old ones as they come, nearest first."""
        with self._condition:
            self._pipe = pipe
            self._ready.clear()
            self._wanted = []
        for chunk in self._leaving.values():
            self._remove(chunk)
        self._leaving = dict(self._standing)
        self._standing.clear()
        self._rings.forget()

    def stream(self, x: float, y: float, at_most: int = 1) -> int:
        """Asks for what is missing and attaches what is ready, at most so many. Returns how many are still missing."""
        order = self._order(x, y)
        missing = [place for place in order if place not in self._standing]
        with self._condition:
            if self._failure is not None:
                raise self._failure
            self._wanted = [place for place in missing if place not in self._ready]
            ready = [place for place in missing if place in self._ready][:at_most]
            arrivals = [self._ready.pop(place) for place in ready]
            if len(self._ready) > 40:
                self._ready = {p: b for p, b in self._ready.items() if p in missing}
            self._condition.notify_all()
        for built in arrivals:
            self._attach(built)
        self._drop(x, y)
        self._fill_rings(x, y, 1 if at_most == 1 else 16)
        return len(missing) - len(arrivals)

    def settle(self, x: float, y: float) -> None:
        """Waits until everything in reach stands and the rings are full."""
        while self.stream(x, y, at_most=1000):
            with self._condition:
                if not self._ready and self._failure is None:
                    self._condition.wait(0.05)

    def frame(self, x: float, y: float) -> None:
        """Moves the floating origin and picks levels of detail for an eye at (x, y)."""
        origin = (ORIGIN_STEP_M * round(x / ORIGIN_STEP_M), ORIGIN_STEP_M * round(y / ORIGIN_STEP_M))
        moved = origin != self.origin
        self.origin = origin
        for (cx, cy), chunk in (*self._standing.items(), *self._leaving.items()):
            if moved:
                chunk.path.setPos(cx * CHUNK_M - origin[0], cy * CHUNK_M - origin[1], 0)
            gap = math.hypot((cx + 0.5) * CHUNK_M - x, (cy + 0.5) * CHUNK_M - y)
            detailed = gap < NEAR_DETAIL_M
            if chunk.near is not None:
                chunk.near.hide(MAIN) if not detailed else chunk.near.show(MAIN)
            if chunk.far is not None:
                chunk.far.hide(MAIN) if detailed else chunk.far.show(MAIN)

    def close(self) -> None:
        """Stops the worker and takes the city away."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        self._worker.join(timeout=30)
        for chunk in (*self._standing.values(), *self._leaving.values()):
            self._remove(chunk)
        self._standing.clear()
        self._leaving.clear()

    def _order(self, x: float, y: float) -> list[Place]:
        """Places in reach, nearest first."""
        reach = math.ceil(self.radius_m / CHUNK_M) + 1
        cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        found = []
        for j in range(cy - reach, cy + reach + 1):
            for i in range(cx - reach, cx + reach + 1):
                dx, dy = (i + 0.5) * CHUNK_M - x, (j + 0.5) * CHUNK_M - y
                gap = math.hypot(dx, dy)
                if gap < self.radius_m + CHUNK_M * 0.5 or (abs(dx) <= 96.0 and abs(dy) <= 96.0):
                    found.append((gap, (i, j)))
        ring = set(self._rings.wanted(x, y))
        known = {place for _, place in found}
        return [place for _, place in sorted(found)] + sorted(ring - known)

    def _drop(self, x: float, y: float) -> None:
        limit = self.radius_m + 1.6 * CHUNK_M
        for place, chunk in list(self._standing.items()):
            if math.hypot((place[0] + 0.5) * CHUNK_M - x, (place[1] + 0.5) * CHUNK_M - y) > limit:
                self._remove(chunk)
                del self._standing[place]
        for place, chunk in list(self._leaving.items()):
            if place in self._standing or math.hypot((place[0] + 0.5) * CHUNK_M - x, (place[1] + 0.5) * CHUNK_M - y) > limit:
                self._remove(chunk)
                del self._leaving[place]

    def _fill_rings(self, x: float, y: float, at_most: int) -> None:
        written = 0
        for place in self._rings.wanted(x, y):
            if written < at_most and not self._rings.holds(*place) and place in self._standing:
                built = self._standing[place].built
                self._rings.write(built.light, built.space.ground)
                written += 1

    def _attach(self, built: _Built) -> None:
        cx, cy = built.place
        path = self._root.attachNewNode("chunk")
        path.setPos(cx * CHUNK_M - self.origin[0], cy * CHUNK_M - self.origin[1], 0)
        made: dict[str, NodePath] = {}
        for name, node in built.nodes.items():
            made[name] = path.attachNewNode(node)
        if "ground" in made:
            made["ground"].setShader(load_shader("surface/city.vert", "surface/ground.frag", ("USE_GROUND",)))
            made["ground"].hide(MIRROR)
        if "near" in made:
            made["near"].setShader(load_shader("surface/city.vert", "surface/city.frag"))
            made["near"].hide(MIRROR)
        for name in ("far", "common"):
            if name in made:
                made[name].setShader(load_shader("surface/city.vert", "surface/city.frag"))
                made[name].setTag(MIRROR_TAG, "city")
        if "holograms" in made:
            hologram = made["holograms"]
            hologram.setShader(load_shader("surface/city.vert", "surface/hologram.frag"))
            hologram.setTwoSided(True)
            set_additive(hologram)
            hologram.show(BOTH)
        self._standing[built.place] = _Standing(built, path, made.get("near"), made.get("far"))

    @staticmethod
    def _remove(chunk: _Standing) -> None:
        chunk.path.removeNode()

    def _work(self) -> None:
        while True:
            with self._condition:
                while not self._wanted and not self._closed:
                    self._condition.wait()
                if self._closed:
                    return
                place, pipe = self._wanted.pop(0), self._pipe
            try:
                built = _build(pipe, place)
            except BaseException as error:  # handed to the main thread, which raises it from stream()
                with self._condition:
                    self._failure = error
                    self._condition.notify_all()
                return
            with self._condition:
                if pipe is self._pipe:
                    self._ready[place] = built
                self._condition.notify_all()


def _build(pipe: Pipe, place: Place) -> _Built:
    mesh = pipe.mesh(*place)
    surfaces = {"ground": mesh.ground, "common": mesh.common, "near": mesh.near, "far": mesh.far, "holograms": mesh.holograms}
    nodes = {name: node for name, surface in surfaces.items() if (node := geom_node(surface, name)) is not None}
    return _Built(place, nodes, pipe.light(*place), pipe.space(*place))


def set_additive(path: NodePath) -> None:
    """Light added to what is there: tests depth, writes none."""
    path.setAttrib(ColorBlendAttrib.make(ColorBlendAttrib.MAdd, ColorBlendAttrib.OOne, ColorBlendAttrib.OOne))
    path.setDepthWrite(False)
    path.setBin("fixed", 10)
