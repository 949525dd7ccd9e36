"""A knob is turned: no street is ever missing, what comes out the same stays, what is in view comes first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from lamp_yard import Yard, lamp

from world.conditions import conditions_at
from world.mesh.chunk_mesh import ChunkMesh
from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Recipe, with_settings
from world.space.chunk_space import CHUNK_M

RADIUS_M = 130.0
HERE = (10.0, 20.0)
NOTHING = SurfaceBuilder().build()


class Toy(Yard):
    """Chunks of one board each, quickly made. `changed` ones have another plan than those of the pipe before."""

    def __init__(self, before: Toy | None = None, changed: Callable[[int, int], bool] = lambda cx, cy: True) -> None:
        super().__init__([], lamp(0, 0, 5))
        self.recipe = Recipe()
        self._before, self._changed, self._plans = before, changed, {}
        self.meshed: list[tuple[int, int]] = []
        self._light = before._light if before else None

    def plan(self, cx: int, cy: int) -> object:
        if self._before is not None and not self._changed(cx, cy):
            return self._before.plan(cx, cy)
        return self._plans.setdefault((cx, cy), object())

    def light(self, cx: int, cy: int) -> Any:
        self._light = self._light or super().light(5, 5)
        return replace(self._light, cx=cx, cy=cy)

    def _board(self) -> Surface:
        builder = SurfaceBuilder()
        builder.quads([[(0, 0, 0), (64, 0, 0), (64, 64, 0), (0, 64, 0)]], Finish.CONCRETE, (255, 255, 255, 255))
        return builder.build()

    def mesh(self, cx: int, cy: int) -> ChunkMesh:
        self.meshed.append((cx, cy))
        return replace(super().mesh(cx, cy), common=self._board(), far=self._board())

    def near(self, cx: int, cy: int) -> Surface:
        return self._board()


@pytest.fixture
def toy() -> Toy:
    return Toy()


@pytest.fixture
def chunks(app: Any, toy: Toy) -> Iterator[Any]:
    from panda3d.core import NodePath

    from world.stage.chunks import Chunks
    from world.stage.textures import FieldRings

    made = Chunks(NodePath("city"), toy, FieldRings(), RADIUS_M)
    made.settle(*HERE)
    yield made
    made.close()


def _until_all_is_in(chunks: Any) -> list[int]:
    """Streams as the walk does; how many chunks were new in each frame. No place may be bare at any time."""
    places, frames = {*chunks._standing, *chunks._leaving}, []
    known = [*chunks._standing.values(), *chunks._leaving.values()]
    while True:
        missing = chunks.stream(*HERE, 0.0)
        assert places <= {*chunks._standing, *chunks._leaving}
        assert all((chunks._standing.get(p) or chunks._leaving[p]).path.hasParent() for p in places)
        new = [chunk for chunk in chunks._standing.values() if not any(chunk is other for other in known)]
        frames.append(len(new))
        known += new
        if not missing:
            return frames


def test_new_chunks_take_the_places_of_old_ones_one_a_frame_walls_and_all(chunks: Any, toy: Toy) -> None:
    old = dict(chunks._standing)
    detailed = {place for place, chunk in old.items() if chunk.has_near}
    chunks.rebuild(Toy(toy))
    while set(chunks._standing) != set(old):
        chunks.stream(*HERE, 0.0)
        assert all(chunk.has_near for place, chunk in chunks._standing.items() if place in detailed)
    frames = _until_all_is_in(chunks)
    assert set(frames) <= {0, 1} and detailed and not chunks._leaving
    assert all(chunks._standing[place] is not old[place] and old[place].path.isEmpty() for place in old)


def test_what_comes_out_the_same_stays_and_is_not_made_again(chunks: Any, toy: Toy) -> None:
    old = dict(chunks._standing)
    after = Toy(toy, changed=lambda cx, cy: (cx, cy) in ((0, 0), (1, 0)))
    chunks.rebuild(after)
    assert sum(_until_all_is_in(chunks)) == 2
    assert set(after.meshed) == {(0, 0), (1, 0)}
    assert {place for place, chunk in chunks._standing.items() if chunk is not old[place]} == {(0, 0), (1, 0)}


def test_turned_in_haste_nothing_is_bare_and_the_last_one_stands(chunks: Any, toy: Toy) -> None:
    places, pipe = set(chunks._standing), toy
    for _ in range(6):
        pipe = Toy(pipe)
        chunks.rebuild(pipe)
        for _ in range(5):
            chunks.stream(*HERE, 0.0)
            assert places <= {*chunks._standing, *chunks._leaving}
    _until_all_is_in(chunks)
    assert all(chunk.plan is pipe.plan(*place) for place, chunk in chunks._standing.items())
    assert chunks._root.getNumChildren() == len(chunks._standing)


def test_light_that_is_the_same_is_not_written_again(chunks: Any, toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[int, int], Any] = {}
    make, space = Yard.light, toy.space
    bright = make(toy, 5, 5)
    toy.light = lambda cx, cy: kept.setdefault((cx, cy), (replace(bright, cx=cx, cy=cy), space(cx, cy)))[0]
    toy.space = lambda cx, cy: (toy.light(cx, cy), kept[cx, cy][1])[1]
    chunks.rebuild(toy)
    _until_all_is_in(chunks)
    chunks._rings._stale = False
    chunks.rebuild(toy)
    _until_all_is_in(chunks)
    assert not chunks._rings._stale and all(chunks._rings.holds(*place) for place in chunks._rings.wanted(*HERE))


def test_what_is_in_view_is_asked_for_first(chunks: Any) -> None:
    chunks.close()  # the worker is stopped and all is missing: only the order is looked at
    for heading in (0.0, 90.0, 200.0):
        order = [place for work, place in chunks._missing(*HERE, heading) if work == 0]
        assert order[0] == (0, 0)
        assert {max(abs(i), abs(j)) for i, j in order[1:9]} == {1}  # what touches the eye's chunk
        assert _ahead(order[1], heading) > 0.5
        for ring in (order[1:9], order[9:]):
            ahead = [_ahead(place, heading) for place in ring]
            third = len(ahead) // 3
            assert np.mean(ahead[:third]) > 0.3 > 0.0 > np.mean(ahead[-third:])


def _ahead(place: tuple[int, int], heading_deg: float) -> float:
    dx, dy = ((place[axis] + 0.5) * CHUNK_M - HERE[axis] for axis in (0, 1))
    return (dx * math.sin(math.radians(heading_deg)) + dy * math.cos(math.radians(heading_deg))) / math.hypot(dx, dy)


def test_work_that_nobody_wants_any_more_is_given_up(app: Any, toy: Toy) -> None:
    from world.stage.work import Work, make

    assert make(toy, (Work.WHOLE, (0, 0)), None, lambda: True) is None and toy.meshed == []
    piece = make(toy, (Work.WHOLE, (0, 0)), None, lambda: False)
    assert piece is not None and {"common", "far", "near"} <= set(piece.nodes) and toy.meshed == [(0, 0)]
    same = make(toy, (Work.WHOLE, (0, 0)), toy.plan(0, 0), lambda: False)
    assert same is not None and same.unchanged and toy.meshed == [(0, 0)]


def test_the_city_after_many_turns_is_the_city_alone(app: Any, engine_log: Callable[[], list[str]]) -> None:
    from world.stage.stage import Stage

    calm = with_settings(Recipe(), ["weather.rain_mm_h=0", "neon.flicker=0"])
    city = Pipe(calm)
    pose = city.start()
    pipe, pictures = city, []
    for turns in (("neon.brightness=0.5", "ruin.rubble=1.1", "neon.windows=0.3"), ()):
        stage = Stage(app, pipe, size=(320, 180), quality="low")
        stage.chunks.radius_m, stage.skyline.radius_m = 50.0, 0.0
        try:
            stage.settle(pose)
            for setting in turns:
                pipe = Pipe(with_settings(pipe.recipe, [setting]), pipe)
                stage.rebuild(pipe)
                for _ in range(3):
                    stage.stream(pose)
            pictures.append(_picture(app, stage, pose))
        finally:
            stage.close()
        pipe = Pipe(pipe.recipe)
    assert (pictures[0] == pictures[1]).all()
    assert engine_log() == []


def _picture(app: Any, stage: Any, pose: Pose) -> np.ndarray:
    stage.settle(pose)
    stage.show(pose, conditions_at(with_settings(Recipe(), ["weather.rain_mm_h=0"]), 3.0), None)
    app.graphicsEngine.renderFrame()
    picture: np.ndarray = stage.picture()
    assert picture.std() > 3
    return picture
