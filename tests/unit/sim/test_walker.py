"""The hero's body in a made-up land, at the origin and 30 km away."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from flatland import box, land

from world.sim import Button, Command, Event, EventKind, Walker
from world.sim.walker import eye_position, step_level_db, step_walker
from world.space import Material
from world.space.window import SpaceWindow

B = Button
ORIGINS = [0.0, 30_000.0, -30_000.0]


def walk(
    window: SpaceWindow, start: tuple[float, float, float], command: Command, ticks: int, water: float = -1.0
) -> tuple[list[Walker], list[Event]]:
    trail, events = [Walker(start)], []
    for tick in range(ticks):
        walker, happened = step_walker(window, trail[-1], command, water, tick, 1 / 60)
        trail.append(walker)
        events += happened
    return trail, events


@pytest.mark.parametrize(
    ("buttons", "speed"),
    [
        (B.FORWARD, 1.6),
        (B.FORWARD | B.RUN, 4.5),
        (B.FORWARD | B.CROUCH, 1.2),
        (B.FORWARD | B.CREEP, 0.8),
        (B.BACK | B.RUN, 1.6),
        (B.FORWARD | B.LEFT, 1.6),
    ],
)
def test_paces(buttons: Button, speed: float) -> None:
    trail, _ = walk(SpaceWindow(land()), (0, 0, 0), Command.looking(40, 0, buttons), 120)
    assert math.hypot(*trail[-1].velocity[:2]) == pytest.approx(speed, abs=1e-9)
    assert math.hypot(*trail[3].velocity[:2]) < speed  # it takes a moment


@pytest.mark.parametrize("heading", [0, 37, 90, 180, 271])
def test_forward_is_where_one_looks(heading: float) -> None:
    trail, _ = walk(SpaceWindow(land()), (0, 0, 0), Command.looking(heading, 0, B.FORWARD), 60)
    x, y, _ = trail[-1].position
    assert math.degrees(math.atan2(x, y)) % 360 == pytest.approx(heading, abs=0.01)


@pytest.mark.parametrize("o", ORIGINS)
def test_a_wall_stops_and_slides(o: float) -> None:
    window = SpaceWindow(land([box(o, o + 5, 10, 0.5, 4, turn_deg=20)]))
    trail, _ = walk(window, (o, o, 0), Command.looking(0, 0, B.FORWARD), 420)
    last = trail[-1]
    assert last.touching
    assert math.hypot(*last.velocity[:2]) == pytest.approx(1.6 * math.sin(math.radians(20)), abs=0.02)
    c, s = math.cos(math.radians(20)), math.sin(math.radians(20))
    clear = min((w.position[1] - o - 5) * c - (w.position[0] - o) * s for w in trail[300:])
    assert clear == pytest.approx(-0.85, abs=5e-3)  # half the wall and the body's radius


@pytest.mark.parametrize("o", ORIGINS)
def test_a_corner_holds(o: float) -> None:
    window = SpaceWindow(land([box(o, o + 3, 6, 0.5, 4), box(o + 3, o, 0.5, 6, 4)]))
    trail, _ = walk(window, (o, o, 0), Command.looking(45, 0, B.FORWARD | B.RUN), 300)
    assert trail[-1].position[0] - o == pytest.approx(2.15, abs=5e-3)
    assert trail[-1].position[1] - o == pytest.approx(2.15, abs=5e-3)


@pytest.mark.parametrize("o", ORIGINS)
def test_under_and_over(o: float) -> None:
    slab = box(o, o + 8, 6, 2, 3.0, 2.6, turn_deg=90, slope=(0.5, 0.0))  # from 0 at y = 2 to 6 at y = 14
    deck = box(o, o + 20, 6.1, 4, 6.0, 5.4, turn_deg=90)
    window = SpaceWindow(land([slab, deck]))
    up, events = walk(window, (o, o, 0), Command.looking(0, 0, B.FORWARD), 800)
    assert up[-1].position[2] == pytest.approx(6.0) and up[-1].position[1] > o + 14
    assert {e.material for e in events if e.position[2] > 1} == {Material.CONCRETE}
    assert max(b.position[2] - a.position[2] for a, b in itertools.pairwise(up)) <= 0.35
    under, _ = walk(window, (o, o + 22, 0), Command.looking(180, 0, B.FORWARD), 900)
    y = under[-1].position[1] - o
    assert under[-1].position[2] == 0.0 and 2.6 + 0.5 * (y - 8) >= 1.75  # as far as the head fits
    crawled, _ = walk(window, (o, o + 22, 0), Command.looking(180, 0, B.FORWARD | B.CROUCH), 1500)
    assert crawled[-1].position[1] < under[-1].position[1] - 1.0
    assert crawled[-1].eye_m < 0.8


@pytest.mark.parametrize("o", ORIGINS)
def test_stepping_off_the_deck_falls_and_lands(o: float) -> None:
    window = SpaceWindow(land([box(o, o, 3, 3, 6.0, 5.4)]))
    trail, events = walk(window, (o, o, 6.0), Command.looking(90, 0, B.FORWARD), 300)
    landing = [e for e in events if e.kind == EventKind.LANDING]
    assert trail[-1].position[2] == 0.0 and len(landing) == 1 and landing[0].level_db > 66
    assert min(w.dip_m for w in trail) < -0.05
    fall = [w for w in trail if not w.grounded]
    assert len(fall) / 60 == pytest.approx(math.sqrt(2 * 6 / 9.81), abs=0.08)


def test_kerbs_are_stepped_up_and_walls_of_half_a_metre_are_not() -> None:
    for height, passes in [(0.15, True), (0.34, True), (0.5, False)]:
        window = SpaceWindow(land([box(0, 5, 5, 2, height)]))
        trail, _ = walk(window, (0, 0, 0), Command.looking(0, 0, B.FORWARD), 200)
        assert (trail[-1].position[2] == pytest.approx(height)) is passes
        eyes = [eye_position(w, bob=0.0)[2] for w in trail]
        assert max(abs(b - a) for a, b in itertools.pairwise(eyes)) < 0.1  # the eye glides


def test_the_street_may_not_rise_more_than_forty_degrees() -> None:
    for rise, passes in [(0.6, True), (1.2, False)]:
        window = SpaceWindow(land(height=lambda x, y, rise=rise: np.clip(y - 3, 0, 4) * rise))
        trail, _ = walk(window, (0, 0, 0), Command.looking(0, 0, B.FORWARD), 500)
        assert (trail[-1].position[1] > 7) is passes


def test_low_cover_is_vaulted_and_ledges_are_mantled() -> None:
    go = Command.looking(0, 0, B.FORWARD | B.JUMP)
    over, events = walk(SpaceWindow(land([box(0, 3, 3, 0.4, 1.0)])), (0, 0, 0), go, 240)
    assert over[-1].position[1] > 4 and over[-1].position[2] == 0.0
    assert [e.kind for e in events if e.kind in (EventKind.VAULT, EventKind.MANTLE)] == [EventKind.VAULT]
    for height, climbs in [(1.9, True), (2.1, False)]:
        on, _ = walk(SpaceWindow(land([box(0, 5, 3, 3, height)])), (0, 0, 0), go, 200)
        assert (on[-1].position[2] == pytest.approx(height)) is climbs


def test_nobody_mantles_into_a_ceiling() -> None:
    window = SpaceWindow(land([box(0, 5, 3, 3, 1.5), box(0, 5, 3, 3, 4.0, 2.0)]))
    trail, _ = walk(window, (0, 0, 0), Command.looking(0, 0, B.FORWARD | B.JUMP), 200)
    assert trail[-1].position[2] == 0.0


def test_crawling_needs_three_quarters_of_a_metre() -> None:
    for clearance, buttons, passes in [(0.76, B.CROUCH, True), (0.70, B.CROUCH, False), (0.76, B(0), False)]:
        window = SpaceWindow(land([box(0, 4, 3, 1, 3.0, clearance)]))
        trail, _ = walk(window, (0, 0, 0), Command.looking(0, 0, B.FORWARD | buttons), 600)
        assert (trail[-1].position[1] > 6) is passes
        if passes:
            beneath = [w for w in trail if 3 < w.position[1] < 5]
            assert max(w.eye_m for w in beneath[30:-30]) < clearance


def test_one_stays_down_where_one_cannot_stand() -> None:
    window = SpaceWindow(land([box(0, 4, 3, 3, 3.0, 1.2)]))
    trail, _ = walk(window, (0, 0, 0), Command.looking(0, 0, B.FORWARD | B.CROUCH), 200)
    walker, _ = step_walker(window, trail[-1], Command.looking(0), -1.0, 0, 1 / 60)
    assert walker.crouched


@pytest.mark.parametrize("rise", [0.1, 0.3, 0.5])
def test_where_the_ground_rises_under_a_low_slab_the_head_goes_down_and_the_feet_go_on(rise: float) -> None:
    ceiling = box(0, 4, 5, 3, 3.0, 2.0)
    window = SpaceWindow(land([ceiling], height=lambda x, y: np.clip(rise * (y - 2.0), 0.0, 0.7)))
    trail, _ = walk(window, (0, 0, 0), Command.looking(0, 0, B.FORWARD), 60 * 8)
    assert trail[-1].position[1] > 7.2 and any(w.crouched for w in trail)
    assert not trail[-1].crouched  # beyond it, one stands up


def test_footsteps_say_what_they_fall_on() -> None:
    def steps(window: SpaceWindow, water: float = -1.0) -> list[Event]:
        return [e for e in walk(window, (0, 0, 0), Command.looking(0, 0, B.FORWARD), 300, water)[1] if e.kind == EventKind.FOOTSTEP]

    dry = steps(SpaceWindow(land()))
    wet = steps(SpaceWindow(land()), water=0.05)
    metal = steps(SpaceWindow(land([box(0, 10, 5, 20, 0.1, material=Material.METAL)])))
    assert 8 <= len(dry) <= 12  # 8 m at about .77 m
    assert {(e.level_db, e.puddle) for e in dry[1:]} == {(54.0, False)}
    assert {(e.level_db, e.puddle) for e in wet[1:]} == {(60.0, True)}
    assert {(e.level_db, e.material) for e in metal[1:]} == {(64.0, Material.METAL)}


def test_levels_rise_with_the_pace() -> None:
    levels = [step_level_db(v, c, Material.ASPHALT, False) for v, c in [(0.8, True), (1.2, True), (1.6, False), (4.5, False)]]
    assert levels == [40.0, 46.0, 54.0, 66.0]


def test_leaning_stops_at_a_wall() -> None:
    def lean(window: SpaceWindow) -> float:
        return walk(window, (0, 0, 0), Command.looking(0, 0, B.LEAN_RIGHT), 90)[0][-1].lean

    assert lean(SpaceWindow(land())) == pytest.approx(1.0, abs=0.01)
    assert 0.0 <= lean(SpaceWindow(land([box(1.0, 0, 0.6, 3, 3)]))) < 0.7
