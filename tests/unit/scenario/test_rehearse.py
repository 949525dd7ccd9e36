"""Rehearsals: the same script gives the same state; acts do what they say; what is printed and drawn says what happened."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from world.pipe import Pipe
from world.recipe import Recipe
from world.scenario import rehearse
from world.scenario.chart import chart
from world.scenario.model import scenario_from_toml
from world.scenario.table import table
from world.sim import Band, Button, Command, EventKind, World, snapshot, state_digest, step

YARD = 'set = ["weather.rain_mm_h=6", "weather.swell=0", "weather.lightning=0", "weather.sky_lux=0"]\n'


def play(text: str, *settings: str):
    return rehearse(scenario_from_toml(YARD + text), settings)


def test_acts_follow_each_other_and_it_ends_a_while_after_the_last() -> None:
    record = play("[yard]\n[hero]\nat=[0, 0]\n[[hero.act]]\ngo=[0, 5]\n[[hero.act]]\nwait_s=2\n[[hero.act]]\ngo=[5, 5]\npace='run'\n")
    arrived = int(np.flatnonzero(np.abs(record.hero[:, 1] - 5.0) < 0.4)[0])
    assert arrived / 60 == pytest.approx(5.0 / 1.6, rel=0.15)
    off = int(np.flatnonzero(record.hero[:, 0] > 0.5)[0])
    assert (off - arrived) / 60 == pytest.approx(2.2, abs=0.4)
    assert record.seconds == pytest.approx(off / 60 + 1.2 + 5.0, abs=0.7)


def test_a_place_behind_a_wall_is_given_up_and_said() -> None:
    record = play("[yard]\n[[yard.box]]\nat=[0, 3]\nsize=[20, 0.5]\ntop=4\n[hero]\nat=[0, 0]\n[[hero.act]]\ngo=[0, 8]\n")
    assert record.stranded == (1,)
    assert list(table(record))[-1] == "act 1: the place was not reached"


def test_a_bottle_is_thrown_to_the_place_and_picked_up_there() -> None:
    record = play(
        "[yard]\n[hero]\nat=[0, 0]\n[[hero.act]]\nthrow=[0, 7]\n[[hero.act]]\nwait_s=4\n[[hero.act]]\ngo=[0, 9]\n[[hero.act]]\ndo='use'\n"
    )
    hits = [event for _, event in record.events if event.kind == EventKind.BOTTLE]
    assert np.hypot(hits[0].position[0], hits[0].position[1] - 7.0) < 0.8
    assert len(record.happened(EventKind.PICKED_UP)) == 1


def test_held_breath_is_not_heard_and_ends_in_a_gasp() -> None:
    record = play("[yard]\n[hero]\nat=[0, 0]\n[[hero.act]]\nwait_s=15\nhold_breath=true\n")
    (gasp,) = record.happened(EventKind.GASP)
    assert gasp == pytest.approx(12.0, abs=0.1)
    assert min(record.happened(EventKind.BREATH), default=99.0) > gasp


def test_robots_stand_go_round_and_hang_above() -> None:
    robots = "".join(f"[[robot]]\nkind='{kind}'\nat=[{x}, 40]\n" for x, kind in enumerate(("glider", "heavy", "runner", "sentry")))
    robots += "[[robot]]\nkind='runner'\nat=[20, 40]\nround=[[20, 40], [20, 60]]\n"
    record = play("seconds=6\n[yard]\nlux=0.03\n[hero]\nat=[0, 0]\n" + robots)
    gone = np.sqrt(((record.place[-1] - record.place[0])[:, :2] ** 2).sum(axis=1))
    assert (gone[:3] < 0.8).all() and gone[4] == pytest.approx(1.5 * 6, rel=0.1)  # they make room for each other
    assert record.place[-1, 3, 2] > 9.0


def test_the_city_s_own_patrol_is_about_where_none_is_listed() -> None:
    record = rehearse(scenario_from_toml("seconds = 2\n"), ["patrol.robots=20"])
    assert len(record.key) > 5 and record.peak() == Band.UNAWARE


def test_table_and_chart_tell_the_same() -> None:
    record = play("seconds=5\n[yard]\nlux=20\n[hero]\nat=[0, 0]\n[[robot]]\nkind='glider'\nat=[0, 8]\nfacing_deg=180\n")
    lines = "\n".join(table(record))
    assert "glider 1: alert pursuit" in lines and record.digest in lines and "PURSUIT" in lines
    root = ElementTree.fromstring(chart(record, "a <glider> & a hero"))
    words = " ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "glider 1" in words and "searching" in words and "<glider>" in words


@pytest.mark.parametrize("robots", ["", "[[robot]]\nkind='sentry'\nat=[0, 8]\n"])
def test_alike_in_every_run(robots: str) -> None:
    text = "seconds=3\n[yard]\n[hero]\nat=[0, 0]\n" + robots
    assert play(text).digest == play(text).digest


def test_the_order_in_which_chunks_were_visited_is_not_in_the_state() -> None:
    """Nor what else was asked of the world before, nor how often somebody drew a picture in between."""
    def walked(*, wanders: bool) -> str:
        world = World.of(Pipe(Recipe().with_value("patrol", "robots", 40)))
        x, y, _ = world.start.position
        if wanders:
            for i, j in ((3, -2), (0, 1), (-2, 2), (1, 0), (0, 0)):
                world.prepare(x + 64.0 * i, y + 64.0 * j)
        state = world.first()
        for tick in range(420):
            before = state
            state, _ = step(state, Command.looking(75.0, 0.0, Button.FORWARD | Button.RUN), world)
            if wanders and tick % 7 == 0:
                snapshot(before, state, 0.3)
                world.sounds.paths(np.array([x, y, 1.0]), state.patrol.position[:3])
        return state_digest(state)

    assert walked(wanders=True) == walked(wanders=False)
