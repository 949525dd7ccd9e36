"""The city round the eye: built on one worker thread, taken in one piece a frame, in the detail that its distance asks for.

In: a `Pipe`, where the eye is.  Out: nodes under the scene's root, and the field rings written. There are three kinds of work: a
chunk's shell (all in reach), its near walls (where the eye can tell), its light and relief (the sixteen chunks of the rings). What is
nearest is made first; what is far behind is let go. `settle` waits until all is in: pictures and films have no half-built street.
"""

from __future__ import annotations

import enum
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from panda3d.core import ColorBlendAttrib, GeomNode, NodePath

from world.light import ChunkLight
from world.pipe import Pipe
from world.space.chunk_space import CHUNK_M, Ground
from world.stage.geometry import geom_node
from world.stage.masks import BOTH, LAST, MAIN, MIRROR, MIRROR_TAG
from world.stage.shaders import load_shader
from world.stage.textures import FieldRings

Place = tuple[int, int]
NEAR_DETAIL_M = 84.0  # from the eye to a chunk's middle
_NEAR_AHEAD_M = 40.0  # near walls are made this much earlier than they are shown
ORIGIN_STEP_M = 256.0
_KEPT = 60  # pieces ready but not yet taken in


class Work(enum.IntEnum):
    """What can be made of a chunk, in the order in which it is wanted at equal distance."""

    SHELL = 0
    FIELDS = 1
    NEAR = 2


Job = tuple[Work, Place]


@dataclass
class _Standing:
    """A chunk in the scene."""

    path: NodePath
    far: NodePath | None
    near: NodePath | None = None
    has_near: bool = False


@dataclass(frozen=True)
class _Piece:
    """Something made: the nodes of a shell, near walls, or the fields."""

    nodes: dict[str, GeomNode] = field(default_factory=dict)
    fields: tuple[ChunkLight, Ground] | None = None


class Chunks:
    """The streamed city. Call `stream` or `settle`, then `frame`, once a frame, from the main thread."""

    def __init__(self, root: NodePath, pipe: Pipe, rings: FieldRings, radius_m: float) -> None:
        self._root, self._rings, self.radius_m = root, rings, radius_m
        self.origin = (0.0, 0.0)
        self._standing: dict[Place, _Standing] = {}
        self._leaving: dict[Place, _Standing] = {}
        self._condition = threading.Condition()
        self._wanted: list[Job] = []
        self._ready: dict[Job, _Piece] = {}
        self._underway: Job | None = None
        self._failure: BaseException | None = None
        self._closed = False
        self._pipe = pipe
        self._worker = threading.Thread(target=self._run, name="chunks", daemon=True)
        self._worker.start()

    @property
    def standing(self) -> list[Place]:
        return list(self._standing)

    def rebuild(self, pipe: Pipe) -> None:
        """Another city: its chunks replace the old ones as they come, nearest first."""
        with self._condition:
            self._pipe = pipe
            self._underway = None
            self._ready.clear()
            self._wanted = []
        for chunk in self._leaving.values():
            chunk.path.removeNode()
        self._leaving = dict(self._standing)
        self._standing.clear()
        self._rings.forget()

    def stream(self, x: float, y: float, at_most: int = 1) -> int:
        """Asks for what is missing and takes in what is ready, at most so many pieces. Returns how many are still missing."""
        missing = self._missing(x, y)
        with self._condition:
            if self._failure is not None:
                raise self._failure
            self._wanted = [job for job in missing if job not in self._ready and job != self._underway]
            arrivals = [(job, self._ready.pop(job)) for job in [job for job in missing if job in self._ready][:at_most]]
            if len(self._ready) > _KEPT:
                self._ready.clear()  # the eye went elsewhere
            self._condition.notify_all()
        for job, piece in arrivals:
            self._take_in(job, piece)
        self._drop(x, y)
        return len(missing) - len(arrivals)

    def settle(self, x: float, y: float) -> None:
        """Waits until everything in reach stands and the rings are full."""
        while self.stream(x, y, at_most=1000):
            with self._condition:
                self._condition.wait(0.05)

    def frame(self, x: float, y: float) -> None:
        """Moves the floating origin and picks levels of detail for an eye at (x, y)."""
        self.origin = (ORIGIN_STEP_M * round(x / ORIGIN_STEP_M), ORIGIN_STEP_M * round(y / ORIGIN_STEP_M))
        for place, chunk in (*self._standing.items(), *self._leaving.items()):
            chunk.path.setPos(place[0] * CHUNK_M - self.origin[0], place[1] * CHUNK_M - self.origin[1], 0)
            detailed = chunk.near is not None and _gap(place, x, y) < NEAR_DETAIL_M
            if chunk.near is not None:
                chunk.near.show(MAIN) if detailed else chunk.near.hide(MAIN)
            if chunk.far is not None:
                chunk.far.hide(MAIN) if detailed else chunk.far.show(MAIN)

    def close(self) -> None:
        """Stops the worker and takes the city away."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        self._worker.join(timeout=30)
        for chunk in (*self._standing.values(), *self._leaving.values()):
            chunk.path.removeNode()
        self._standing.clear()
        self._leaving.clear()

    def _missing(self, x: float, y: float) -> list[Job]:
        """Jobs not done yet, nearest first."""
        reach = math.ceil(self.radius_m / CHUNK_M) + 1
        cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        found: list[tuple[float, Job]] = []
        for j in range(cy - reach, cy + reach + 1):
            for i in range(cx - reach, cx + reach + 1):
                gap, chunk = _gap((i, j), x, y), self._standing.get((i, j))
                if chunk is None and gap < self.radius_m + CHUNK_M / 2:
                    found.append((gap, (Work.SHELL, (i, j))))
                elif chunk is not None and not chunk.has_near and gap < NEAR_DETAIL_M + _NEAR_AHEAD_M:
                    found.append((gap + 30.0, (Work.NEAR, (i, j))))
        for place in self._rings.wanted(x, y):
            if not self._rings.holds(*place):
                found.append((_gap(place, x, y) + 10.0, (Work.FIELDS, place)))
        return [job for _, job in sorted(found)]

    def _drop(self, x: float, y: float) -> None:
        limit = self.radius_m + 1.6 * CHUNK_M
        for held in (self._standing, self._leaving):
            for place in [p for p in held if _gap(p, x, y) > limit or (held is self._leaving and p in self._standing)]:
                held.pop(place).path.removeNode()
        for place in [p for p, c in self._standing.items() if c.has_near and _gap(p, x, y) > NEAR_DETAIL_M + 2 * _NEAR_AHEAD_M]:
            chunk = self._standing[place]
            if chunk.near is not None:
                chunk.near.removeNode()
            chunk.near, chunk.has_near = None, False

    def _take_in(self, job: Job, piece: _Piece) -> None:
        work, place = job
        if piece.fields is not None:
            self._rings.write(*piece.fields)
        elif work is Work.NEAR and place in self._standing:
            chunk = self._standing[place]
            chunk.has_near = True
            if "near" in piece.nodes:
                chunk.near = chunk.path.attachNewNode(piece.nodes["near"])
                chunk.near.setShader(load_shader("surface/city.vert", "surface/city.frag"))
                chunk.near.hide(MIRROR)
        elif work is Work.SHELL:
            self._standing[place] = self._stand(piece.nodes)

    def _stand(self, nodes: dict[str, GeomNode]) -> _Standing:
        path = self._root.attachNewNode("chunk")
        made = {name: path.attachNewNode(node) for name, node in nodes.items()}
        if "ground" in made:
            made["ground"].setShader(load_shader("surface/city.vert", "surface/ground.frag", ("USE_GROUND",)))
            made["ground"].hide(MIRROR)
            made["ground"].setBin(LAST, 0)
        for name in ("far", "common"):
            if name in made:
                made[name].setShader(load_shader("surface/city.vert", "surface/city.frag"))
                made[name].setTag(MIRROR_TAG, "city")
        if "holograms" in made:
            made["holograms"].setShader(load_shader("surface/city.vert", "surface/hologram.frag"))
            made["holograms"].setTwoSided(True)
            made["holograms"].show(BOTH)
            set_additive(made["holograms"])
        return _Standing(path, made.get("far"))

    def _run(self) -> None:
        """The worker: one job after another, the one wanted most first."""
        while True:
            with self._condition:
                while not self._wanted and not self._closed:
                    self._condition.wait()
                if self._closed:
                    return
                job, pipe = self._wanted.pop(0), self._pipe
                self._underway = job
            try:
                piece = _MAKERS[job[0]](pipe, job[1])
            except BaseException as error:  # handed to the main thread, which raises it from stream()
                with self._condition:
                    self._failure = error
                    self._condition.notify_all()
                return
            with self._condition:
                self._underway = None
                if pipe is self._pipe:
                    self._ready[job] = piece
                self._condition.notify_all()


def _shell(pipe: Pipe, place: Place) -> _Piece:
    mesh = pipe.mesh(*place)
    surfaces = {"ground": mesh.ground, "common": mesh.common, "far": mesh.far, "holograms": mesh.holograms}
    return _Piece({name: node for name, surface in surfaces.items() if (node := geom_node(surface, name)) is not None})


def _near(pipe: Pipe, place: Place) -> _Piece:
    node = geom_node(pipe.near(*place), "near")
    return _Piece({} if node is None else {"near": node})


def _fields(pipe: Pipe, place: Place) -> _Piece:
    return _Piece(fields=(pipe.light(*place), pipe.space(*place).ground))


_MAKERS: dict[Work, Callable[[Pipe, Place], _Piece]] = {Work.SHELL: _shell, Work.NEAR: _near, Work.FIELDS: _fields}


def _gap(place: Place, x: float, y: float) -> float:
    """Metres from (x, y) to a chunk's middle."""
    return math.hypot((place[0] + 0.5) * CHUNK_M - x, (place[1] + 0.5) * CHUNK_M - y)


def set_additive(path: NodePath) -> None:
    """Light added to what is there: tests depth, writes none."""
    path.setAttrib(ColorBlendAttrib.make(ColorBlendAttrib.MAdd, ColorBlendAttrib.OOne, ColorBlendAttrib.OOne))
    path.setDepthWrite(False)
    path.setBin("fixed", 10)
