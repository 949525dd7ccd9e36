"""A walk's log: a line as often as is asked for, and in it the machines that are near, the nearest first."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lamplit import lamplit

from world.sim import Band, Command, Harm, State, step


@pytest.fixture(autouse=True)
def _booted(app: Any) -> None:
    """`world.ui` may be imported once Ursina has been booted."""


def _state(robots: int) -> State:
    world = lamplit(robots=robots)
    state, _ = step(world.first(), Command(), world)
    return state


def test_a_line_is_due_as_often_as_it_was_asked_for(tmp_path: Path) -> None:
    from world.ui.journal import Journal

    for every_s, most in ((1.0, 2), (0.25, 8)):
        journal = Journal(tmp_path / "walk.jsonl", every_s)
        due = [journal.due(1.0 / 32.0) for _ in range(64)]
        journal.write(due=sum(due))
        journal.close()
        assert json.loads((tmp_path / "walk.jsonl").read_text()) == {"due": most}
    assert not any(Journal(None).due(10.0) for _ in range(3))


def test_the_machines_near_are_told_the_nearest_first_and_eight_at_most() -> None:
    from world.ui.journal import machines_near

    state = _state(12)
    x, y, z = state.walker.position
    position = state.patrol.position.copy()
    position[:] = [[x + 3.0 * (12 - k), y, z] for k in range(12)]
    told = machines_near(replace(state, patrol=replace(state.patrol, position=position)))
    assert [one["away_m"] for one in told] == [3.0 * n for n in range(1, 9)]
    assert [one["key"] for one in told] == list(range(11, 3, -1))


def test_a_machine_far_off_is_not_told_of() -> None:
    from world.ui.journal import machines_near

    state = _state(1)
    position = np.add([state.walker.position], (161.0, 0.0, 0.0))
    assert machines_near(replace(state, patrol=replace(state.patrol, position=position))) == []


def test_what_a_machine_is_about_stands_in_words() -> None:
    from world.ui.journal import machines_near

    state = _state(1)
    patrol = replace(
        state.patrol,
        position=np.add([state.walker.position], (0.0, 5.0, 0.4)),
        facing=np.array([[-1.0, 0.0]]),
        band=np.array([int(Band.SEARCHING)]),
        alert=np.array([0.5]),
        sighted=np.array([True]),
        harm=np.array([int(Harm.JOINT | Harm.SENSOR)]),
    )
    (one,) = machines_near(replace(state, patrol=patrol))
    assert (one["kind"], one["band"], one["alert"], one["sees"]) == ("GLIDER", "SEARCHING", 0.5, True)
    assert (one["facing_deg"], one["harm"]) == (270.0, ["JOINT", "SENSOR"])
    assert json.loads(json.dumps(one)) == one
