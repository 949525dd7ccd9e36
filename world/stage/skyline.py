"""The far city: superblocks beyond the chunks, out to where the fog has them.

In: a `Pipe`'s recipe, where the eye is.  Out: nodes under the scene's root. Made on a thread of its own, nearest first; the main thread
takes in one a frame. What the chunks draw in detail hides the hulls that stand inside it.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

from panda3d.core import GeomNode, NodePath

from world.mesh.skyline import skyline_of
from world.pipe import Pipe
from world.plan.lattice import superblock
from world.plan.quad import middle
from world.recipe import Recipe
from world.stage.geometry import geom_node
from world.stage.looks import set_look
from world.stage.masks import BOTH, LAST, MIRROR, SHADOW
from world.stage.permutations import FAR
from world.stage.shaders import load_shader
from world.stage.smoke import COLUMN_REACH_M, set_smoke
from world.stage.standing import draw

FROM_M = 100.0  # nearer hulls are not drawn: there the chunks always stand
Place = tuple[int, int]


@dataclass(frozen=True)
class _Piece:
    corner: tuple[float, float]
    nodes: dict[str, GeomNode]


class Skyline:
    """Call `stream` or `settle`, then `frame`, once a frame, from the main thread. `mirrored`: the water shows hulls, and not their lights
    alone, also of those that stand behind others."""

    def __init__(self, root: NodePath, pipe: Pipe, radius_m: float, *, mirrored: bool = True) -> None:
        self._root = root.attachNewNode("skyline")
        self._root.setShaderInput("u_skyline_from", FROM_M)
        self._root.setBin(LAST, 0)  # the chunks stand before it
        self.radius_m, self._mirrored = radius_m, mirrored
        self._standing: dict[Place, tuple[tuple[float, float], NodePath]] = {}
        self._leaving: list[NodePath] = []
        self._condition = threading.Condition()
        self._recipe = pipe.recipe
        self._wanted: list[Place] = []
        self._ready: dict[Place, _Piece] = {}
        self._underway: Place | None = None
        self._failure: BaseException | None = None
        self._closed = False
        self._worker = threading.Thread(target=self._run, name="skyline", daemon=True)
        self._worker.start()

    def rebuild(self, pipe: Pipe) -> None:
        """Another city: its skyline takes the place of the old one piece by piece."""
        with self._condition:
            self._recipe = pipe.recipe
            self._underway = None
            self._ready.clear()
            self._wanted = []
        self._leaving += [path for _, path in self._standing.values()]
        self._standing.clear()

    def stream(self, x: float, y: float, at_most: int = 1) -> int:
        """Asks for what is missing, takes in what is ready; how many are still missing."""
        missing = self._missing(x, y)
        with self._condition:
            if self._failure is not None:
                raise self._failure
            self._wanted = [place for place in missing if place not in self._ready and place != self._underway]
            arrivals = [(place, self._ready.pop(place)) for place in [p for p in missing if p in self._ready][:at_most]]
            self._condition.notify_all()
        for place, piece in arrivals:
            self._standing[place] = (piece.corner, self._stand(piece))
            if self._leaving:
                self._leaving.pop(0).removeNode()
        for place in [p for p in self._standing if self._gap(p, x, y) > 1.25 * self.radius_m]:
            self._standing.pop(place)[1].removeNode()
        if len(missing) == len(arrivals):
            while self._leaving:
                self._leaving.pop().removeNode()
        return len(missing) - len(arrivals)

    def settle(self, x: float, y: float) -> None:
        """Waits until all in reach stands."""
        while self.stream(x, y, at_most=1000):
            with self._condition:
                self._condition.wait(0.05)

    def frame(self, x: float, y: float, origin: tuple[float, float]) -> None:
        """Places everything relative to the floating origin; what is kept longer than it is in reach is not drawn."""
        for place, (corner, path) in self._standing.items():
            path.setPos(corner[0] - origin[0], corner[1] - origin[1], 0.0)
            draw(path, self._cell_gap(place, x, y) < self.radius_m)

    def close(self) -> None:
        """Stops the worker and takes everything away."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        self._worker.join(timeout=30)
        self._root.removeNode()

    def _gap(self, place: Place, x: float, y: float) -> float:
        mx, my = middle(superblock(self._recipe, *place).nodes)
        return math.hypot(mx - x, my - y)

    def _missing(self, x: float, y: float) -> list[Place]:
        cell = self._recipe.roads.cell_m
        reach = math.ceil(self.radius_m / cell) + 1
        ci, cj = math.floor(x / cell), math.floor(y / cell)
        places = [(ci + i, cj + j) for j in range(-reach, reach + 1) for i in range(-reach, reach + 1) if math.hypot(i, j) <= reach]
        gaps = sorted((self._cell_gap(place, x, y), place) for place in places if place not in self._standing)
        return [place for gap, place in gaps if gap < self.radius_m]

    def _cell_gap(self, place: Place, x: float, y: float) -> float:
        """Metres to the middle of a superblock's cell, before its corners were moved."""
        cell = self._recipe.roads.cell_m
        return math.hypot((place[0] + 0.5) * cell - x, (place[1] + 0.5) * cell - y)

    def _stand(self, piece: _Piece) -> NodePath:
        path = self._root.attachNewNode("superblock")
        for name in ("hulls", "lights"):
            if name in piece.nodes:
                far = path.attachNewNode(piece.nodes[name])
                far.setShader(load_shader("surface/skyline.vert", "surface/skyline.frag"))
                if name == "hulls" and not self._mirrored:
                    far.hide(MIRROR)
        path.hide(SHADOW)
        if "towers" in piece.nodes:
            towers = path.attachNewNode(piece.nodes["towers"])
            set_look(towers, FAR)
            towers.show(BOTH)
        if "smoke" in piece.nodes:
            set_smoke(path.attachNewNode(piece.nodes["smoke"]), mirrored=True)
        return path

    def _run(self) -> None:
        while True:
            with self._condition:
                while not self._wanted and not self._closed:
                    self._condition.wait()
                if self._closed:
                    return
                place, recipe = self._wanted.pop(0), self._recipe
                self._underway = place
            try:
                piece = _made(recipe, place)
            except BaseException as error:  # handed to the main thread, which raises it from stream()
                with self._condition:
                    self._failure = error
                    self._condition.notify_all()
                return
            with self._condition:
                if recipe is self._recipe:
                    self._underway = None
                    self._ready[place] = piece
                self._condition.notify_all()


def _made(recipe: Recipe, place: Place) -> _Piece:
    skyline = skyline_of(recipe, *place)
    surfaces = {"hulls": skyline.hulls, "lights": skyline.lights, "towers": skyline.towers}
    nodes = {name: geom_node(surface, name) for name, surface in surfaces.items()}
    nodes["smoke"] = geom_node(skyline.smoke, "smoke", COLUMN_REACH_M)
    return _Piece(skyline.corner, {name: node for name, node in nodes.items() if node is not None})
