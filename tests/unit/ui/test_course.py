"""A walk's course: the same steps at any rate of frames, a throw that goes where it was shown, a head that wakes as it lies."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from flatland import box
from lamplit import lamplit, posted

from world.settings import Settings
from world.sim import Band, Button, EventKind, state_digest
from world.sim.exact import degrees_from_units


@pytest.fixture(autouse=True)
def _booted(app: Any) -> None:
    """`world.ui` may be imported once Ursina has been booted."""


@pytest.fixture
def beside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.mark.parametrize("rate_hz", [24.0, 60.0, 144.0])
def test_the_state_does_not_know_the_rate_of_frames(rate_hz: float, beside: ThreadPoolExecutor) -> None:
    from world.ui.course import Course

    digests = []
    for hz in (rate_hz, 30.0):
        course, steps = Course(lamplit(), beside), 0
        for _ in range(round(2.0 * hz)):
            steps += len(list(course.advance(1.0 / hz, lambda: Button.FORWARD)))
        assert abs(steps - 120) <= 1
        while steps < 121:
            steps += len(list(course.advance(1.0 / 60.0, lambda: Button.FORWARD)))
        digests.append(state_digest(course.state))
    assert digests[0] == digests[1]


def test_a_throw_goes_where_it_was_shown(beside: ThreadPoolExecutor) -> None:
    from world.ui.course import Course

    course = Course(lamplit([box(0, -50, 4, 0.5, 3)], robots=0), beside)
    assert course.throw_arc() == ()
    course.turn(4.0, 12.0)
    list(course.advance(0.2, lambda: Button.THROW))
    shown = course.throw_arc()
    assert len(shown) > 5 and shown[-1][1] == pytest.approx(-50.5, abs=0.3)  # at the wall
    hits = []
    for _ in range(60):
        for events in course.advance(1 / 60, lambda: Button.NONE):
            hits += [event.position for event in events if event.kind is EventKind.BOTTLE]
    assert course.throw_arc() == () and hits
    assert math.dist(hits[0], shown[-1]) < 0.25


def test_the_head_turns_within_its_limits_and_lies_as_one_wakes(beside: ThreadPoolExecutor) -> None:
    from world.ui.course import Course

    course = Course(lamplit(robots=1), beside)
    course.turn(370.0, 200.0)
    eye = course.moment(Settings()).eye
    assert eye.heading_deg == pytest.approx(10.0) and eye.pitch_deg == pytest.approx(88.0)
    course.turn(120.0, -88.0)
    near = posted(course.state, (0.0, -59.2), (0.0, -1.0))
    patrol = replace(near.patrol, alert=near.patrol.alert + 1.0, band=near.patrol.band * 0 + int(Band.PURSUIT))
    course.go_on_in(course.world, replace(near, patrol=patrol))
    kinds = [event.kind for _ in range(120) for events in course.advance(1 / 60, lambda: Button.NONE) for event in events]
    assert EventKind.CAPTURED in kinds
    eye = course.moment(Settings(), stepped=True).eye
    assert eye.heading_deg == pytest.approx(degrees_from_units(course.state.walker.heading_q))
    assert eye.heading_deg == pytest.approx(course.world.start.heading_deg)


def test_the_flash_switch_spares_one_s_own_eyes_and_not_the_robots(beside: ThreadPoolExecutor) -> None:
    """In a storm, with a machine that watches: the same states step by step, whatever is done to the picture in between."""
    from world.ui.course import Course

    digests = []
    for safe in (False, True):
        course, seen = Course(lamplit(robots=1, weather={"rain_mm_h": 6.0, "lightning": 12.0}), beside), []
        course.go_on_in(course.world, posted(course.state, (0.0, -50.0), (0.0, -1.0)))
        for _ in range(300):
            list(course.advance(1 / 60, lambda: Button.NONE))
            course.moment(Settings(flash_safe=safe))
            seen.append(state_digest(course.state))
        digests.append(seen)
        assert max(course.world.hour(tick).lightning_lux for tick in range(300)) > 0.0
        assert course.state.patrol.alert[0] > 0.07
    assert digests[0] == digests[1]
