"""The city round the eye: built on one worker thread, taken in one piece a frame, in the detail that its distance asks for.

In: a `Pipe`, where the eye is.  Out: nodes under the scene's root, and the field rings written. There are three kinds of work: a
chunk's shell (all in reach), its near walls (where the eye can tell), its light and relief (the sixteen chunks of the rings). What is
nearest and in view is made first; what is far behind is let go. `settle` waits until all is in: pictures and films have no
half-built street. When a knob is turned, old chunks stay until new ones take their places, and those that would come out the same
stay for good.
"""

from __future__ import annotations

import math
import threading

from panda3d.core import NodePath

from world.light.strongest import as_one
from world.mesh.kits.things import warm
from world.pipe import Pipe
from world.plan import ChunkPlan
from world.space.chunk_space import CHUNK_M, Emitters
from world.stage.smoke import DRIPS_M
from world.stage.standing import Standing, draw, stand
from world.stage.textures import FieldRings
from world.stage.work import Job, Piece, Place, Work, make

NEAR_DETAIL_M = 84.0  # from the eye to a chunk's middle
_NEAR_AHEAD_M = 40.0  # near walls are made this much earlier than they are shown
_BEHIND = 2.5  # what is out of view waits as if it were this much further off,
_BESIDE = 0.25  # and the chunks that touch the eye's as if they were this much nearer
_VIEW_COSINE = 0.5
_FIELDS_LAG_M, _FIELDS_LAG_REBUILT_M, _NEAR_LAG_M = 10.0, 90.0, 30.0
ORIGIN_STEP_M = 256.0
_FAR_CHUNKS = 4  # whose lights are forgotten
_KEPT = 60  # pieces ready but not yet taken in


class Chunks:
    """The streamed city. Call `stream` or `settle`, then `frame`, once a frame, from the main thread."""

    def __init__(self, root: NodePath, pipe: Pipe, rings: FieldRings, radius_m: float) -> None:
        self._root, self._rings, self.radius_m = root, rings, radius_m
        self.origin = (0.0, 0.0)
        self._standing: dict[Place, Standing] = {}
        self._leaving: dict[Place, Standing] = {}
        self._condition = threading.Condition()
        self._wanted: list[Job] = []
        self._ready: dict[Job, Piece] = {}
        self._underway: Job | None = None
        self._failure: BaseException | None = None
        self._closed = False
        self._emitters: dict[Place, Emitters] = {}
        self._gathered: Emitters | None = None
        self._changes: set[Place] = set()
        self._pipe = pipe
        self._worker = threading.Thread(target=self._run, name="chunks", daemon=True)
        self._worker.start()

    @property
    def _reach_m(self) -> float:
        """To the middle of the furthest chunk that is drawn."""
        return self.radius_m + CHUNK_M / 2

    @property
    def standing(self) -> list[Place]:
        return list(self._standing)

    def emitters(self) -> Emitters:
        """All lights in the chunks of the rings."""
        if self._gathered is None:
            self._gathered = as_one(Emitters.join(self._emitters.values()))
        return self._gathered

    def changes(self) -> set[Place]:
        """The chunks where something was built or taken down since this was last asked."""
        changes, self._changes = self._changes, set()
        return changes

    @property
    def plans(self) -> list[ChunkPlan]:
        """Of the chunks that are seen, by place, so that no choice among them depends on the order they came in."""
        seen = self._leaving | self._standing
        return [seen[place].plan for place in sorted(seen)]

    def rebuild(self, pipe: Pipe) -> None:
        """Another city: its chunks replace the old ones as they come, nearest first; a chunk that would come out the same stays."""
        with self._condition:
            self._pipe = pipe
            self._underway = None
            self._ready.clear()
            self._wanted = []
            for place in self._standing.keys() & self._leaving.keys():
                self._leaving.pop(place).path.removeNode()
            self._leaving |= self._standing
            self._standing.clear()
        self._rings.forget()

    def stream(self, x: float, y: float, heading_deg: float | None = None, at_most: int = 1) -> int:
        """Asks for what is missing, in view first, and takes in what is ready, at most so many pieces (what stays as it is does not
        count). Returns how many are still missing."""
        missing = self._missing(x, y, heading_deg)
        with self._condition:
            if self._failure is not None:
                raise self._failure
            self._wanted = [job for job in missing if job not in self._ready and job != self._underway]
            there = [job for job in missing if job in self._ready]
            new = [job for job in there if not self._ready[job].unchanged][:at_most]
            arrivals = [(job, self._ready.pop(job)) for job in there if job in new or self._ready[job].unchanged]
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
        """Moves the floating origin and picks levels of detail for an eye at (x, y). What is kept a little longer than it is in reach is
        not drawn: what one sees does not hang on where one was before."""
        self.origin = (ORIGIN_STEP_M * round(x / ORIGIN_STEP_M), ORIGIN_STEP_M * round(y / ORIGIN_STEP_M))
        for place, chunk in (*self._standing.items(), *self._leaving.items()):
            chunk.path.setPos(place[0] * CHUNK_M - self.origin[0], place[1] * CHUNK_M - self.origin[1], 0)
            gap = _gap(place, x, y)
            draw(chunk.path, gap < self._reach_m)
            chunk.show_near(gap < NEAR_DETAIL_M)
            chunk.show_drips(_edge_gap(place, x, y) < DRIPS_M)

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

    def _missing(self, x: float, y: float, heading_deg: float | None = None) -> list[Job]:
        """Jobs not done yet, nearest first; what is behind the eye's back counts as further off."""
        reach = math.ceil(self.radius_m / CHUNK_M) + 1
        cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        found: list[tuple[float, Job]] = []
        for j in range(cy - reach, cy + reach + 1):
            for i in range(cx - reach, cx + reach + 1):
                gap, chunk = _gap((i, j), x, y), self._standing.get((i, j))
                wait = gap * _urgency((i, j), x, y, heading_deg)
                if chunk is None and gap < self._reach_m:
                    old = self._leaving.get((i, j))
                    whole = old is not None and old.has_near and gap < NEAR_DETAIL_M + _NEAR_AHEAD_M
                    found.append((wait, (Work.WHOLE if whole else Work.SHELL, (i, j))))
                elif chunk is not None and not chunk.has_near and gap < NEAR_DETAIL_M + _NEAR_AHEAD_M:
                    found.append((wait + _NEAR_LAG_M, (Work.NEAR, (i, j))))
        lag = _FIELDS_LAG_REBUILT_M if self._leaving else _FIELDS_LAG_M  # after a change, the old light does for a while
        for place in self._rings.wanted(x, y):
            if not self._rings.holds(*place):
                found.append((_gap(place, x, y) + lag, (Work.FIELDS, place)))
        return [job for _, job in sorted(found)]

    def _drop(self, x: float, y: float) -> None:
        limit = self.radius_m + 1.6 * CHUNK_M
        for held in (self._standing, self._leaving):
            for place in [p for p in held if _gap(p, x, y) > limit or (held is self._leaving and p in self._standing)]:
                held.pop(place).path.removeNode()
        for place in [p for p, c in self._standing.items() if c.has_near and _gap(p, x, y) > NEAR_DETAIL_M + 2 * _NEAR_AHEAD_M]:
            self._standing[place].drop_near()

    def _take_in(self, job: Job, piece: Piece) -> None:
        work, place = job
        if piece.fields is not None:
            self._rings.write(*piece.fields)
            self._emitters[place], self._gathered = piece.emitters, None
            for far in [p for p in self._emitters if max(abs(p[0] - place[0]), abs(p[1] - place[1])) > _FAR_CHUNKS]:
                del self._emitters[far]
            return
        self._changes.add(place)
        if piece.unchanged:
            with self._condition:
                if place in self._leaving and self._leaving[place].plan is piece.plan:
                    self._standing[place] = self._leaving.pop(place)
        elif work is Work.NEAR:
            if place in self._standing:
                self._standing[place].add_near(piece.nodes)
        else:
            self._standing[place] = stand(self._root, piece)
            if work is Work.WHOLE:
                self._standing[place].add_near(piece.nodes)

    def _run(self) -> None:
        """The worker; what goes wrong in it is handed to the main thread, which raises it from `stream`."""
        try:
            self._work()
        except BaseException as error:
            with self._condition:
                self._failure = error
                self._condition.notify_all()

    def _work(self) -> None:
        """One job after another, the one wanted most first; while nothing is wanted, shapes that will be."""
        shapes, warmed = warm(), False
        while True:
            with self._condition:
                while not self._wanted and not self._closed and warmed:
                    self._condition.wait()
                if self._closed:
                    return
                job, pipe = self._wanted.pop(0) if self._wanted else None, self._pipe
                self._underway = job
                old = self._leaving.get(job[1]) if job and job[0] in (Work.SHELL, Work.WHOLE) else None
            if job is None:
                warmed = next(shapes, None) is None
                continue
            piece = make(pipe, job, old.plan if old else None, lambda pipe=pipe: pipe is not self._pipe)
            with self._condition:
                if pipe is self._pipe:
                    self._underway = None
                    if piece is not None:
                        self._ready[job] = piece
                self._condition.notify_all()


def _gap(place: Place, x: float, y: float) -> float:
    """Metres from (x, y) to a chunk's middle."""
    return math.hypot((place[0] + 0.5) * CHUNK_M - x, (place[1] + 0.5) * CHUNK_M - y)


def _edge_gap(place: Place, x: float, y: float) -> float:
    """Metres from (x, y) to a chunk's nearest point."""
    return math.hypot(*(max(0.0, abs((at + 0.5) * CHUNK_M - here) - 0.5 * CHUNK_M) for at, here in zip(place, (x, y), strict=True)))


def _urgency(place: Place, x: float, y: float, heading_deg: float | None) -> float:
    """What a chunk's distance counts for: least where the eye stands and close by, most behind its back."""
    beside = max(abs(place[0] - math.floor(x / CHUNK_M)), abs(place[1] - math.floor(y / CHUNK_M)))
    if beside == 0:
        return 0.0
    gap, heading = _gap(place, x, y), math.radians(heading_deg or 0.0)
    ahead = ((place[0] + 0.5) * CHUNK_M - x) * math.sin(heading) + ((place[1] + 0.5) * CHUNK_M - y) * math.cos(heading)
    seen = heading_deg is None or ahead > _VIEW_COSINE * gap
    return (1.0 if seen else _BEHIND) * (_BESIDE if beside == 1 else 1.0)
