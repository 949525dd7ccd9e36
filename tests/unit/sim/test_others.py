"""Survivors, strays and captives: quiet while it is quiet, afraid of what hunts, taken for good."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from flatland import box
from lamplit import lamplit, posted

from world.pipe import Pipe
from world.recipe import Recipe
from world.sim import Band, Button, Command, Event, EventKind, Mood, Soul, State, World, state_digest, step
from world.sim.captives import EVERY_S, captive_at
from world.sim.folk import CityFolk, Dweller, Folk
from world.sim.muster import mustered
from world.space.chunk_space import CHUNK_M

STILL = Command.looking(0)


class Given(Folk):
    """Whoever a test asks for."""

    def __init__(self, *dwellers: Dweller) -> None:
        self.dwellers = dwellers

    def of(self, cx: int, cy: int) -> tuple[Dweller, ...]:
        return tuple(d for d in self.dwellers if (math.floor(d.place[0] / CHUNK_M), math.floor(d.place[1] / CHUNK_M)) == (cx, cy))


def survivor(x: float, y: float, key: int = 7) -> Dweller:
    return Dweller(key, Soul.SURVIVOR, (x, y, 0.0), (0.0, 1.0), ())


def alarmed(state: State, place: tuple[float, float], towards: tuple[float, float], alert: float = 0.6) -> State:
    """Its robot searches about `place`, in the dark."""
    state = posted(state, place, towards)
    goal, since = np.array([[*place, 0.0]]), np.array([state.tick])
    heard = {"alert": np.array([alert]), "band": np.array([int(Band.SEARCHING)])}
    return replace(state, patrol=replace(state.patrol, **heard, evidence_at=since, goal=goal, goal_since=since))


def run(world: World, state: State, seconds: float, command: Command = STILL) -> tuple[State, list[Event]]:
    events = []
    for _ in range(round(seconds * 60)):
        state, happened = step(state, command, world)
        events += happened
    return state, events


def test_they_stay_while_it_is_quiet() -> None:
    world = replace(lamplit(lux=0.02), folk=Given(survivor(8.0, -50.0)))
    state, events = run(world, world.first(), 8)
    assert state.others.mood.tolist() == [Mood.HUDDLED] and state.others.position.tolist() == [[8.0, -50.0, 0.0]]
    assert not [e for e in events if e.kind in (EventKind.FLED, EventKind.TAKEN)]


def test_a_searching_robot_that_sees_them_goes_after_them_and_they_run() -> None:
    world = replace(lamplit(lux=0.02), folk=Given(survivor(12.0, -40.0)))
    hunting = alarmed(world.first(), (6.0, -40.0), (1.0, 0.0))
    soon, _ = run(world, hunting, 1.5)
    assert soon.patrol.position[0, 0] > 6.5, "it does not finish looking about first"
    state, events = run(world, hunting, 6)
    (fled,) = (e for e in events if e.kind == EventKind.FLED)
    assert fled.soul == Soul.SURVIVOR
    assert np.hypot(*(state.others.position[0, :2] - [12.0, -40.0])) > 4.0 or state.others.mood[0] == Mood.TAKEN
    assert state.patrol.position[0, 0] > 7.0


def test_who_has_run_far_enough_slows_down_and_rests_before_it_huddles() -> None:
    world = replace(lamplit(lux=0.02, robots=0), folk=Given(survivor(12.0, -40.0)))
    state = world.first()
    fled = replace(state.others, mood=np.array([int(Mood.FLEEING)]), since=np.array([state.tick]))
    state, speeds, moods = replace(state, others=fled), [0.0], []
    for _ in range(21 * 60):
        state, _ = step(state, STILL, world)
        speeds.append(float(state.others.speed[0]))
        moods.append(int(state.others.mood[0]))
    assert list(dict.fromkeys(moods)) == [Mood.FLEEING, Mood.WINDED, Mood.HUDDLED]
    assert max(speeds) > 3.0 and abs(np.diff(speeds)).max() < 0.15
    huddled = moods.index(Mood.HUDDLED)
    assert not any(speeds[huddled - 150 :])


def test_a_wall_between_hides_them() -> None:
    world = replace(lamplit([box(9.0, -40.0, 0.4, 8.0, 4.0)], lux=0.02), folk=Given(survivor(12.0, -40.0)))
    state, events = run(world, alarmed(world.first(), (6.0, -40.0), (1.0, 0.0)), 1)
    assert state.others.mood[0] == Mood.WARY and not [e for e in events if e.kind == EventKind.FLED]  # they hear it


def test_who_is_taken_is_gone_for_good() -> None:
    corner = [box(14.0, -40.0, 0.5, 3.0, 4.0), box(12.5, -38.2, 2.0, 0.5, 4.0), box(12.5, -41.8, 2.0, 0.5, 4.0)]
    world = replace(lamplit(corner, lux=0.02), folk=Given(survivor(12.6, -40.0)))
    state, events = run(world, alarmed(world.first(), (8.0, -40.0), (1.0, 0.0)), 20)
    assert [e.soul for e in events if e.kind == EventKind.TAKEN] == [Soul.SURVIVOR]
    assert state.others.mood.tolist() == [Mood.GONE] and state.lost == (7,)
    again = world.first()
    assert len(again.others) == 1  # another walk
    assert len(mustered(replace(state, home=None), world, state.tick).others) == 0


def test_a_stray_bolts_from_who_runs_at_it_not_from_who_keeps_off() -> None:
    cat = Dweller(3, Soul.STRAY, (0.0, -52.0, 0.0), (0.0, -1.0), ())
    world = replace(lamplit(lux=0.02, robots=0), folk=Given(cat))
    calm, _ = run(world, world.first(), 3)
    assert calm.others.mood[0] == Mood.HUDDLED
    state, events = run(world, world.first(), 3, Command.looking(0, 0, Button.FORWARD | Button.RUN))
    assert [e.kind for e in events if e.soul >= 0] == [EventKind.FLED]
    assert state.others.position[0, 1] > -47.0


def test_captives_climb_in_one_after_the_other_without_a_jump() -> None:
    row = [Dweller(k, Soul.CAPTIVE, (0.0, 0.0, 0.0), (0.0, 1.0), (), k, 30.0) for k in range(4)]
    times = np.arange(0.0, 30.0 + EVERY_S * 5, 1 / 20)
    paths = np.array([[captive_at(one, float(t))[:3] for t in times] for one in row])
    assert np.abs(np.diff(paths, axis=1)).max() < 0.06  # no more than a step's speed
    between = np.sqrt(((paths[1:] - paths[:-1]) ** 2).sum(axis=2))
    assert between.min() > 0.6
    assert (paths[:, 0, 0] < -4.0).all() and (paths[:, -1, 0] > -3.3).all() and (paths[:, -1, 2] > 0.9).all()
    gone = np.array([[captive_at(one, float(t)).gone_m for t in times] for one in row])
    assert np.diff(gone, axis=1).min() >= -1e-9


def test_those_of_a_city_are_the_same_in_any_order_and_some_of_each_kind_are_about() -> None:
    recipe = Recipe()
    first, second = CityFolk(recipe), CityFolk(recipe)
    chunks = [(i, j) for i in range(-4, 5) for j in range(-4, 5)]
    there = {chunk: first.of(*chunk) for chunk in chunks}
    assert {chunk: second.of(*chunk) for chunk in reversed(chunks)} == there
    everyone = [one for group in there.values() for one in group]
    assert len({one.key for one in everyone}) == len(everyone)
    assert {one.soul for one in everyone} == set(Soul)
    assert len({one.place for one in everyone if one.soul == Soul.SURVIVOR}) < len(chunks)  # not in every house


def test_a_walk_among_them_repeats() -> None:
    world = World.of(Pipe(Recipe()))

    def walked() -> str:
        state = world.first()
        assert len(state.others)
        state, _ = run(world, state, 5, Command.looking(40, 0, Button.FORWARD | Button.RUN))
        return state_digest(state)

    assert walked() == walked()


def test_captives_stand_behind_their_truck_from_the_first_moment() -> None:
    row = [Dweller(k, Soul.CAPTIVE, (10.0, -40.0, 0.0), (0.0, 1.0), (), k, 30.0) for k in range(3)]
    world = replace(lamplit(lux=0.02, robots=0), folk=Given(*row))
    first = world.first().others
    assert (first.position[:, 1] < -44.0).all() and len(set(first.position[:, 1].tolist())) == 3
    later, _ = run(world, world.first(), 45)
    assert (later.others.position[:, 2] > 0.9).sum() == 1  # one has climbed in


def test_those_who_huddle_sit_close_and_turned_to_each_other() -> None:
    recipe = Recipe()
    folk = CityFolk(recipe)
    groups: dict[tuple[object, ...], list[Dweller]] = {}
    for chunk in [(i, j) for i in range(-4, 5) for j in range(-4, 5)]:
        for one in folk.of(*chunk):
            if one.soul == Soul.SURVIVOR:
                groups.setdefault(one.way, []).append(one)
    assert {len(group) for group in groups.values()} == {1, 2, 3}
    for group in groups.values():
        middle = np.mean([one.place for one in group], axis=0)
        for one in group:
            others = [math.dist(one.place, other.place) for other in group if other is not one]
            assert all(0.5 < apart < 1.4 for apart in others)
            assert math.hypot(*one.facing) == pytest.approx(1.0)
            if len(group) == 3:
                assert np.dot(np.subtract(middle, one.place)[:2], one.facing) > 0.0
