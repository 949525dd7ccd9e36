"""Throw, pick up, strike, hold the breath."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from flatland import box
from lamplit import lamplit, posted

from world.sim import Button, Command, Event, EventKind, Harm, Kind, State, Walker, World, step
from world.sim.alert import THRESHOLD
from world.sim.exact import sin_cos, units_from_degrees
from world.sim.hands import BREATH_S, LOWERED, STRIKE_M, STRIKE_TICKS, in_reach, weak_point
from world.sim.throw import BOTTLE_DB, arc

B = Button
STILL = Command.looking(0)


def run(world: World, state: State, command: Command, ticks: int) -> tuple[State, list[Event]]:
    events = []
    for _ in range(ticks):
        state, happened = step(state, command, world)
        events += happened
    return state, events


def test_the_bottle_flies_along_the_arc_that_was_shown_and_lies_where_it_rolls() -> None:
    world = lamplit(robots=0)
    aiming, events = run(world, world.first(), Command.looking(0, 10, B.THROW), 30)
    assert aiming.hands.aiming_since >= 0 and not events
    shown = arc(world.window, aiming.walker)
    state, events = run(world, aiming, Command.looking(0, 10), 240)
    assert [e.kind for e in events if e.kind == EventKind.THROW] == [EventKind.THROW]
    hits = [e for e in events if e.kind == EventKind.BOTTLE]
    assert hits[0].level_db == BOTTLE_DB and np.hypot(*(np.subtract(hits[0].position, shown[-1])[:2])) < 0.5
    assert state.hands.resting and state.hands.bottle is not None
    assert not in_reach(state.hands, state.walker)
    there = replace(state, walker=replace(state.walker, position=(*state.hands.bottle[:2], 0.0)))
    taken, events = run(world, there, Command.looking(0, 0, B.USE), 2)
    assert taken.hands.bottle is None and [e.kind for e in events if e.kind == EventKind.PICKED_UP] == [EventKind.PICKED_UP]


def test_a_wall_stops_the_bottle() -> None:
    world = lamplit([box(0.0, -54.0, 4.0, 0.3, 4.0)], robots=0)
    state, _ = run(world, world.first(), Command.looking(0, 0, B.THROW), 20)
    state, events = run(world, state, STILL, 200)
    assert state.hands.bottle is not None and state.hands.bottle[1] < -54.0
    assert next(e.position[1] for e in events if e.kind == EventKind.BOTTLE) < -54.2


def test_who_thinks_better_of_it_lowers_the_arm() -> None:
    world = lamplit(robots=0)
    state, _ = run(world, world.first(), Command.looking(0, 0, B.THROW), 20)
    state, _ = run(world, state, Command.looking(0, 0, B.THROW | B.USE), 5)
    state, _ = run(world, state, Command.looking(0, 0, B.THROW), 20)
    assert state.hands.aiming_since == LOWERED
    state, events = run(world, state, STILL, 5)
    assert state.hands.bottle is None and state.hands.aiming_since == -1 and not events
    state, _ = run(world, state, Command.looking(0, 0, B.THROW), 3)
    assert state.hands.aiming_since >= 0  # and can draw it back again


@pytest.mark.parametrize(
    ("bearing", "low", "harm"),
    [(0, False, Harm.SENSOR), (55, False, Harm.SENSOR), (90, False, Harm.JOINT), (-90, False, Harm.JOINT), (180, False, Harm.CIRCUIT),
     (130, False, Harm.CIRCUIT), (0, True, Harm.JOINT), (180, True, Harm.JOINT)],
)  # fmt: skip
def test_where_one_stands_decides_what_breaks(bearing: float, low: bool, harm: Harm) -> None:
    sine, cosine = sin_cos(units_from_degrees(bearing))
    assert weak_point((0.0, 1.0), (sine, cosine), low) == harm


def struck(kind: Kind, alert: float, far_m: float = 1.1, facing: tuple[float, float] = (0.0, 1.0)) -> tuple[State, list[Event]]:
    """A blow from behind, in the dark."""
    world = lamplit(lux=0.01)
    beats = world.beats.beats[0]
    world = replace(world, beats=type(world.beats)((replace(beats, kind=kind),)))
    state = posted(world.first(), (0.0, -60.0 + far_m), facing)
    p = state.patrol
    band = np.array([int(np.searchsorted(THRESHOLD, alert, side="right") - 1)])
    on_guard = replace(p, alert=np.array([alert]), band=band, evidence_at=np.array([0]))
    state = replace(state, patrol=on_guard, walker=Walker((0.0, -60.0, 0.0)))
    return run(world, state, Command.looking(0, 0, B.STRIKE), 1)


@pytest.mark.parametrize("kind", [Kind.GLIDER, Kind.HEAVY, Kind.RUNNER], ids=lambda kind: kind.name.lower())
def test_a_blow_from_behind_puts_it_down(kind: Kind) -> None:
    state, events = struck(kind, 0.0)
    (blow,) = (e for e in events if e.kind == EventKind.STRIKE)
    assert blow.harm == Harm.CIRCUIT and state.patrol.harm.tolist() == [Harm.CIRCUIT] and state.patrol.alert[0] == 0.0


def test_one_on_its_guard_cannot_be_struck_and_is_warned_more() -> None:
    state, events = struck(Kind.GLIDER, 0.5)
    assert not [e for e in events if e.kind == EventKind.STRIKE] and [e.kind for e in events if e.kind == EventKind.MISS]
    assert state.patrol.harm[0] == 0 and state.patrol.alert[0] > 0.9


def test_a_blow_reaches_as_far_as_an_arm_and_never_a_sentry() -> None:
    assert not struck(Kind.GLIDER, 0.0, far_m=STRIKE_M + 0.2)[0].patrol.harm.any()
    assert not struck(Kind.SENTRY, 0.0)[0].patrol.harm.any()


def test_a_blow_takes_its_time() -> None:
    world = lamplit(robots=0)
    state, events = world.first(), []
    for tick in range(2 * STRIKE_TICKS):
        state, happened = step(state, Command.looking(0, 0, B.STRIKE if tick % 2 else B.NONE), world)
        events += happened
    assert len([e for e in events if e.kind == EventKind.MISS]) == 2


def test_a_broken_joint_stays_a_blind_one_does_not_see() -> None:
    world = lamplit(lux=20.0)
    for harm, moves, sees in ((Harm.JOINT, False, True), (Harm.SENSOR, True, False)):
        state = posted(world.first(), (0.0, -54.0), (0.0, -1.0))
        state = replace(state, patrol=replace(state.patrol, harm=np.array([int(harm)])))
        after, events = run(world, state, STILL, 90)
        moved = float(np.hypot(*(after.patrol.position[0] - state.patrol.position[0])[:2]))
        assert (moved > 0.3) is moves and bool(after.patrol.sighted[0]) is sees
        assert bool([e for e in events if e.kind == EventKind.CHIRP]) is sees


def test_breath_is_held_as_long_as_there_is_air() -> None:
    world = lamplit(robots=0)
    state, events = run(world, world.first(), Command.looking(0, 0, B.BREATH), round(60 * BREATH_S) + 5)
    assert [e.kind for e in events] == [EventKind.GASP] and state.hands.air < 0.05
    state, _ = run(world, state, Command.looking(0, 0, B.BREATH), 10)
    assert state.hands.held_since == -1  # out of breath: not at once again
    state, _ = run(world, state, STILL, 60 * 6)
    assert state.hands.air == 1.0


def test_sleeves_soak_in_the_rain() -> None:
    wet = {}
    for rain in (0.0, 18.0):
        world = lamplit(robots=0, weather={"rain_mm_h": rain, "swell": 0.0})
        wet[rain] = run(world, world.first(), STILL, 60 * 20)[0].hands.wet
    assert wet[0.0] == 0.0 and wet[18.0] == pytest.approx(0.5, abs=0.05)
