"""F3: its numbers are those that the machines go by, its cones are cut where their sight is, its curves are what was."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flatland import box
from lamplit import lamplit, posted

from world.sim import Band, Button, Command, Event, EventKind, Harm, Kind, State, World, snapshot, step
from world.sim.exposure import hero_lux, hero_visibility
from world.sim.senses import eyes_of


@pytest.fixture(autouse=True)
def _booted(app: Any) -> None:
    """`world.ui` may be imported once Ursina has been booted."""


def walked(world: World, senses: Any, seconds: float, buttons: Button = Button.NONE, state: State | None = None) -> State:
    state = state or world.first()
    for _ in range(round(seconds * 60)):
        state, events = step(state, Command.looking(0.0, 0.0, buttons), world)
        senses.note(state, events)
    return state


def test_the_last_sound_is_the_heros_and_is_forgotten(app: Any) -> None:
    from world.ui.senses import Senses

    world, senses = lamplit(robots=0), Senses()
    assert senses.sound(world, world.first()) is None
    state = walked(world, senses, 2.0, Button.FORWARD)
    sound = senses.sound(world, state)
    assert sound is not None and (sound.what, sound.level_db) == ("footstep", 54.0) and sound.radius_m == pytest.approx(17.0, rel=0.06)
    senses.note(state, [Event(EventKind.CHIRP, state.tick, (9.0, 9.0, 1.0), 65.0, robot=0)])
    assert senses.sound(world, state) == sound
    later = replace(state, tick=state.tick + 60 * 5)
    assert senses.sound(world, later) is None


def test_light_and_visibility_are_what_the_eyes_go_by() -> None:
    from world.ui.senses import Senses

    world = lamplit(lux=3.0)
    state = posted(world.first(), (0.0, -57.0), (0.0, -1.0))
    moment = snapshot(state, state)
    exposure = Senses().exposure(world, state, moment)
    assert exposure.lux == hero_lux(world, state.walker, state.tick, moment.lights) > 3.0  # the robot's own lamp shines on him
    assert exposure.visibility == hero_visibility(state.walker, exposure.lux)


def test_curves_are_what_was_and_reach_back_twenty_seconds() -> None:
    from world.ui.senses import Senses

    world, senses = lamplit(robots=2), Senses()
    state = world.first()
    truth = {}
    for k in range(60 * 25):
        alert = np.array([0.5 + 0.4 * math.sin(k / 90), 0.1])
        state = replace(state, tick=k, patrol=replace(state.patrol, alert=alert))
        senses.note(state, [])
        truth[k] = alert
    for row in (0, 1):
        curve = senses.curve(int(state.patrol.key[row]), state.tick)
        assert curve[0, 0] == pytest.approx(-20.0, abs=0.2) and curve[-1, 0] > -0.11
        ticks = np.rint(state.tick + curve[:, 0] * 60).astype(int)
        assert np.allclose(curve[:, 1], [truth[tick][row] for tick in ticks.tolist()])
    assert len(senses.curve(-5, state.tick)) == 0


def test_what_each_is_about_is_told_by_its_state() -> None:
    from world.ui.senses import doing_of

    p = lamplit(robots=1).first().patrol

    def doing(band: Band, **changes: Any) -> str:
        return doing_of(replace(p, band=p.band * 0 + int(band), **changes), 0)

    goal = p.goal * 0.0
    assert doing(Band.UNAWARE) == "on its round" and doing(Band.OBSERVANT) == "slows and looks"
    assert doing(Band.PURSUIT, sighted=p.sighted | True) == "after you" and doing(Band.SEARCHING, sighted=p.sighted | True) == "sees you"
    assert doing(Band.SEARCHING, look_since=p.look_since * 0 + 5) == "looks about"
    assert doing(Band.SUSPICIOUS, goal=goal, route=(((3.0, 3.0, 0.0), (0.2, 0.1, 0.0)),)) == "goes to look"
    assert doing(Band.SEARCHING, goal=goal, route=(((14.0, 0.5, 0.0),),)) == "bars a way out"
    assert doing(Band.SEARCHING, goal=goal, route=(((5.0, 0.5, 0.0),),)) == "searches"
    assert doing(Band.UNAWARE, harm=p.harm + int(Harm.CIRCUIT)) == "down"
    assert doing(Band.SEARCHING, harm=p.harm + int(Harm.JOINT)) == "cannot move"


def _inside(outline: np.ndarray, x: float, y: float) -> bool:
    """Even-odd."""
    a, b = outline, np.roll(outline, 1, axis=0)
    crosses = (a[:, 1] > y) != (b[:, 1] > y)
    safe = np.where(crosses, b[:, 1] - a[:, 1], 1.0)
    return bool((crosses & (x < a[:, 0] + (y - a[:, 1]) / safe * (b[:, 0] - a[:, 0]))).sum() % 2)


def test_a_cone_holds_whom_its_machine_would_see_and_nobody_else() -> None:
    """Against the sim's own eyes, at places drawn at random before and behind walls."""
    from world.sim.ears import sight_share
    from world.sim.eyes import CONES, cone_gain
    from world.space.sight import clear
    from world.ui.sight_plan import TORSO_M, outlines

    for rain in (0.0, 45.0):
        world = lamplit([box(-4, -48, 2.5, 3, 8), box(7, -50, 1, 2.2, 1.5, turn_deg=20), box(2, -38, 3, 1, 10)])
        patrol = posted(world.first(), (0.0, -56.0), (0.1, 1.0)).patrol
        region, eye, head, share = world.window.region(0.0, -56.0), eyes_of(patrol)[0], np.array([0.0995, 0.995]), sight_share(rain)
        cones = outlines(region, eye, 0.0, head, Kind.GLIDER, share)
        places = np.random.default_rng(8).uniform((-20, -62), (20, -28), (1500, 2))
        torso = np.column_stack([places, np.full(len(places), TORSO_M)])
        gain, _ = cone_gain(np.tile(head, (len(places), 1)), torso - eye, share)
        sees = clear(region, np.tile(eye, (len(places), 1)), torso)
        for outline, cone in zip(cones, (CONES[3], CONES[2], CONES[1]), strict=True):
            # an outline holds the narrower cones' near parts, too; of contact, which has no direction, it knows nothing
            truth = sees & (gain >= cone[3]) & (gain < CONES[0][3]) & (np.hypot(*(places - eye[:2]).T) <= cone[2] * share)
            drawn = np.array([_inside(outline, x, y) for x, y in places.tolist()])
            fair = gain < CONES[0][3]
            assert truth.sum() > 20
            assert (drawn != truth)[fair].mean() < 0.015  # rays are a few degrees apart: a wall's corner is cut off a little


def test_a_sentry_sees_a_disc_under_it_cut_by_roofs() -> None:
    from world.ui.sight_plan import TORSO_M, outlines

    eye, head = np.array([0.0, -60.0, 11.0]), np.array([0.0, 1.0])
    for boxes, whole in (([], True), ([box(6, -60, 1, 30, 9)], False)):
        world = lamplit(boxes)
        (disc,) = outlines(world.window.region(0.0, -60.0), eye, 0.0, head, Kind.SENTRY, 1.0)
        radius = np.hypot(*(disc - eye[:2]).T)
        assert radius.max() == pytest.approx(11.0 - TORSO_M, abs=1e-6)  # 45 degrees
        assert bool(radius.min() > 9.9) is whole


def test_the_column_shows_the_nearest_four_and_f3_turns_on(app: Any, engine_log: Any) -> None:
    from world.ui.reading import Reading

    world = lamplit([box(-6, -55, 1, 4, 6)], robots=6)
    reading = Reading()
    state = walked(world, reading.senses, 0.5, Button.FORWARD)
    moment = snapshot(state, state)
    modes = []
    for _ in range(4):
        modes.append(reading.mode)
        for _ in range(5):
            reading.draw(world, state, moment, 1.0)
            app.step()
        lines = reading.lines
        assert bool(lines) is (reading.mode == "senses")
        if lines:
            assert lines[0].startswith("light ") and "visible" in lines[0] and "rain 6 mm/h" in lines[1] and len(lines) == 6
            assert [line[:3] for line in lines[2:]] == ["A  ", "B  ", "C  ", "D  "]
            assert len(reading._radar._art.corners) > 0 and len(reading._curves.corners) > 0
        reading.turn()
    assert modes == ["off", "senses", "frame", "off"]


def test_a_machine_keeps_its_letter(app: Any) -> None:
    from world.ui.reading import Reading

    world, reading = lamplit(robots=3), Reading()
    reading.turn()
    state = world.first()
    names = []
    for row in (0, 2, 0):
        position = state.patrol.position.copy()
        position[:, :2] = [(30.0, 30.0 + k) for k in range(3)]
        position[row, :2] = (0.0, -55.0)
        state = replace(state, tick=state.tick + 1, patrol=replace(state.patrol, position=position))
        reading.draw(world, state, snapshot(state, state), 1.0)
        names.append(reading.lines[2][0])
    assert names[0] == names[2] != names[1]


def test_ahead_is_up_on_the_plan() -> None:
    from world.ui.radar import _ahead_up

    east = np.array([[10.0, 0.0]])
    assert np.allclose(_ahead_up(east, 0.0), [[10.0, 0.0]])
    assert np.allclose(_ahead_up(east, 90.0), [[0.0, 10.0]])
    assert np.allclose(_ahead_up(east, 180.0), [[-10.0, 0.0]])


def test_walls_on_the_plan_stand_where_they_stand_in_the_street(app: Any, clean_screen: Any, engine_log: Any) -> None:
    """A wall right of a hero who looks east lies right of the middle, read off the screen."""
    from panda3d.core import PNMImage

    from world.ui.radar import RANGE_M, SIDE, Radar

    world = lamplit([box(8.0, -68.0, 1.5, 1.5, 6)], robots=0, start=(8.0, -60.0))
    state = world.first()
    radar, moment = Radar(), snapshot(state, state, look=(90.0, 0.0))
    radar.draw((0.0, 0.0), world, state, moment, [], [], None)
    app.step()
    picture = PNMImage()
    app.win.getScreenshot(picture)
    high, wide = app.win.getYSize(), app.win.getXSize()

    def bright(right_m: float, ahead_m: float) -> float:
        scale = 0.5 * SIDE / RANGE_M * high
        return float(picture.getBright(round(wide / 2 + right_m * scale), round(high / 2 - ahead_m * scale)))

    assert bright(8.0, 0.0) > bright(-8.0, 0.0) + 0.15
    assert bright(8.0, 0.0) > bright(0.0, 8.0) + 0.15
    radar.show(False)
