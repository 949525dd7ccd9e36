"""Robots that look, listen, come to look and catch; without a window."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from flatland import box
from lamplit import LOOP, lamplit, posted

from world.sim import Band, Button, Command, Event, EventKind, State, World, step

B = Button
STILL = Command.looking(0)


def run(world: World, state: State, command: Command, seconds: float) -> tuple[State, list[Event], list[State]]:
    events, trail = [], [state]
    for _ in range(round(seconds * 60)):
        state, happened = step(state, command, world)
        events += happened
        trail.append(state)
    return state, events, trail


def test_a_lone_glider_goes_round_its_loop_and_hovers() -> None:
    world = lamplit([box(0, 0, 15, 15, 8)])
    _, _, trail = run(world, world.first(), STILL, 60)
    places = np.array([s.patrol.position[0] for s in trail])
    travelled = np.sqrt((np.diff(places[:, :2], axis=0) ** 2).sum(axis=1)).sum()
    assert 60 < travelled <= 60 * 1.2 + 1
    assert abs(np.abs(places[:, :2]).max(axis=1) - 20).max() < 1.5  # on the loop
    assert places[:, 2] == pytest.approx(0.4, abs=0.05)


def test_robots_go_round_what_stands_on_their_loop_and_never_through() -> None:
    boxes = [box(0, 0, 15, 15, 8), box(0, 20, 2, 2.5, 3), box(-20, 5, 3, 1, 1.4), box(20, -4, 1, 4, 3, turn_deg=30)]
    world = lamplit(boxes, robots=12)
    _, _, trail = run(world, world.first(), STILL, 40)
    for s in trail[::10]:
        for x, y, _ in s.patrol.position.tolist():
            for solid in world.window.near(x, y, 0.0):
                dx, dy = x - solid[0], y - solid[1]
                u, v = dx * solid[2] + dy * solid[3], dy * solid[2] - dx * solid[3]
                assert max(abs(u) - solid[4], abs(v) - solid[5]) > -0.01
    moved = np.abs(trail[-1].patrol.position - trail[0].patrol.position)[:, :2].max(axis=1)
    assert (moved > 5).sum() >= 10


def test_it_sees_pursues_and_catches_and_one_wakes_at_the_start() -> None:
    world = lamplit(lux=20.0)
    state = posted(world.first(), (0.0, -50.0), (0.0, -1.0))
    state, events, trail = run(world, state, STILL, 12)
    kinds = [(e.kind, e.band) for e in events]
    assert (EventKind.ALERT, Band.PURSUIT) in kinds and any(k == EventKind.CHIRP for k, _ in kinds)
    taken = [e.tick for e in events if e.kind == EventKind.CAPTURED]
    assert len(taken) == 1
    gaps = [math.dist(s.walker.position[:2], s.patrol.position[0, :2].tolist()) for s in trail[: taken[0]]]
    assert 0.8 < min(gaps) < 1.2, "it stands before him, not in him"
    after = trail[taken[0]]
    assert after.walker == world.waking() and (after.patrol.alert == 0).all() and after.calm_until > after.tick


@pytest.mark.parametrize("windup_s", [0.0, 1.0])
def test_it_winds_up_before_it_runs_at_him_for_as_long_as_the_recipe_says(windup_s: float) -> None:
    world = lamplit(lux=20.0, patrol={"robots": 1, "windup_s": windup_s})
    _, events, trail = run(world, posted(world.first(), (0.0, -50.0), (0.0, -1.0)), STILL, 6)
    hunted = next(e.tick for e in events if e.kind == EventKind.ALERT and e.band is Band.PURSUIT)
    fastest = max(float(s.patrol.speed[0]) for s in trail)
    speeds = np.array([float(s.patrol.speed[0]) for s in trail[hunted : hunted + 90]])
    stood = int((speeds < 0.05).sum())
    assert fastest > 3.0 and (45 <= stood <= 75 if windup_s else stood == 0)
    assert sum(e.kind == EventKind.CAPTURED for e in events) == 1, "who stands there is taken all the same"


def test_a_wall_between_and_it_stays_calm_but_the_same_place_without_is_seen() -> None:
    for boxes, seen in (([box(0, -55, 8, 0.3, 4)], False), ([], True)):
        world = lamplit(boxes, lux=20.0)
        state, _, _ = run(world, posted(world.first(), (0.0, -50.0), (0.0, -1.0)), STILL, 1.0)
        assert bool(state.patrol.sighted[0]) is seen


def test_the_dark_hides() -> None:
    for lux, seen in ((0.05, False), (5.0, True)):
        world = lamplit(lux=lux)
        state, _, _ = run(world, posted(world.first(), (0.0, -50.0), (0.0, -1.0)), STILL, 1.0)
        assert bool(state.patrol.sighted[0]) is seen


def test_it_comes_to_look_where_the_sound_came_from() -> None:
    """Footsteps behind a wall: it goes to the corner that they came round, not through the wall."""
    wall = box(-10, -50, 22, 0.4, 5)
    world = lamplit([wall], lux=0.0, start=(0.0, -55.0))
    state = posted(world.first(), (2.0, -45.0), (0.0, 1.0))
    running = [Command.looking(90, 0, B.FORWARD | B.RUN)] * 140 + [STILL] * 400
    goals, bands = [], []
    for command in running:
        state, _ = step(state, command, world)
        goals.append(state.patrol.goal[0].copy())
        bands.append(int(state.patrol.band[0]))
    assert max(bands) >= Band.SUSPICIOUS
    heard = goals[bands.index(max(bands))]
    assert np.hypot(*(state.patrol.position[0, :2] - heard[:2])) < 8.0
    assert heard[0] > 6.0  # towards the open end of the wall


def test_closing_a_gap_changes_the_alert() -> None:
    walls = [box(-40, -50, 58, 0.4, 5), box(62, -50, 40, 0.4, 5)]  # a gap from x = 18 to 22
    alerts = []
    for closed in (False, True):
        world = lamplit(walls + ([box(20, -50, 2.5, 0.4, 5)] if closed else []), lux=0.0, start=(12.0, -54.0))
        state = posted(world.first(), (16.0, -46.0), (0.0, 1.0))
        top = 0.0
        for k in range(240):
            state, _ = step(state, Command.looking(90 if k % 160 < 80 else 270, 0, B.FORWARD | B.RUN), world)
            top = max(top, float(state.patrol.alert[0]))
        alerts.append(top)
    assert alerts[0] > 0.26 and alerts[1] == 0.0


def test_rain_hides_footsteps() -> None:
    tops = []
    for rain in (6.0, 45.0):
        world = lamplit(lux=0.0, weather={"rain_mm_h": rain})
        state = posted(world.first(), (10.0, -60.0), (1.0, 0.0))
        _, _, trail = run(world, state, Command.looking(0, 0, B.FORWARD), 3)
        tops.append(max(float(s.patrol.alert[0]) for s in trail))
    assert tops[0] > 0.07 and tops[1] == 0.0


def test_a_chirp_alarms_peers_a_second_later() -> None:
    world = lamplit(lux=20.0, robots=2)
    state = posted(world.first(), (0.0, -50.0), (0.0, -1.0))
    position = state.patrol.position.copy()
    position[1, :2] = (25.0, -40.0)
    facing = state.patrol.facing.copy()
    facing[1] = (1.0, 0.0)
    state = replace(state, patrol=replace(state.patrol, position=position, facing=facing, head=facing.copy()))
    _, events, trail = run(world, state, STILL, 4)
    call = next(e for e in events if e.kind == EventKind.CHIRP)
    assert call.robot == 0
    assert trail[call.tick + 55].patrol.alert[1] == 0.0
    assert trail[call.tick + 65].patrol.alert[1] == pytest.approx(0.30, abs=0.02)


def test_two_search_and_the_others_hold_the_ways_out() -> None:
    world = lamplit(lux=0.0, robots=5)
    state = world.first()
    p = state.patrol
    place = p.position.copy()
    place[:, :2] = [(4.0 + 3 * k, -40.0) for k in range(5)]
    now = np.zeros(5, np.int64)
    alarmed = replace(
        p, position=place, alert=np.full(5, 0.7), band=np.full(5, 3), goal=np.tile([0.0, -40.0, 0.0], (5, 1)),
        evidence_at=now, goal_since=now, look_since=now,
    )  # fmt: skip
    state = replace(state, patrol=alarmed)
    _, _, trail = run(world, state, STILL, 16)
    gone = np.sqrt(((trail[-1].patrol.position - place)[:, :2] ** 2).sum(axis=1))
    assert (gone > 0.5).all()
    off = np.sqrt(((trail[-1].patrol.position[:, :2] - [0.0, -40.0]) ** 2).sum(axis=1))
    assert off[:2].max() < 6.0  # the two nearest look about the place
    assert (abs(off[2:] - 14.0) < 3.0).all()  # the others stand off it
    held = trail[-1].patrol.position[2:, :2]
    assert min(np.hypot(*(held[i] - held[j])) for i in range(3) for j in range(i)) > 8.0  # and not side by side


def test_sixty_four_robots_in_one_tick_of_sixty() -> None:
    world = lamplit([box(0, 0, 15, 15, 8)], robots=64)
    state, _, trail = run(world, world.first(), Command.looking(0, 0, B.FORWARD), 4)
    assert len(state.patrol) == 64 and len(trail) == 241
    assert np.isfinite(state.patrol.position).all()
    assert abs(np.abs(state.patrol.position[:, :2]).max(axis=1) - LOOP.max()).max() < 3.0


def test_no_robots_no_trouble() -> None:
    world = lamplit(robots=0)
    state, events, _ = run(world, world.first(), Command.looking(0, 0, B.FORWARD), 2)
    assert len(state.patrol) == 0 and all(e.kind == EventKind.FOOTSTEP for e in events)
