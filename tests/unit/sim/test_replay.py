"""The same seed and commands, the same world: in two processes and at any rate of frames."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from flatland import box
from lamplit import lamplit, posted

from world.sim import Button, Clock, Command, State, World, snapshot, state_digest, step

B = Button


def scene() -> tuple[World, State]:
    world = lamplit([box(0, -45, 6, 0.4, 1.0), box(8, -50, 2, 1, 1.4, turn_deg=25)], lux=2.0, robots=4)
    return world, posted(world.first(), (3.0, -35.0), (0.0, -1.0))


def command_at(tick: int) -> Command:
    buttons = B.FORWARD | (B.RUN if tick % 200 > 120 else B.NONE) | (B.JUMP if tick % 90 > 60 else B.NONE)
    return Command.looking(30.0 * ((tick // 70) % 5) - 60.0, 2.0, buttons)


def played(rate: int, ticks: int = 600) -> str:
    """The digest after `ticks`, driven by frames of 1/rate s and drawn in between."""
    world, state = scene()
    clock, before = Clock(), state
    while state.tick < ticks:
        for _ in range(clock.steps(1.0 / rate)):
            if state.tick < ticks:
                before, (state, _) = state, step(state, command_at(state.tick), world)
        snapshot(before, state, clock.alpha)
    return state_digest(state)


def test_thirty_sixty_and_144_frames_a_second_agree() -> None:
    assert played(30) == played(60) == played(144)


def test_two_processes_agree() -> None:
    here = Path(__file__).parent
    code = f"import sys; sys.path[:0] = [{str(here)!r}, {str(here.parents[1])!r}]; import test_replay as t; print(t.played(60))"

    def other(hash_seed: str) -> str:
        env = {**os.environ, "PYTHONHASHSEED": hash_seed}
        return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, timeout=120).stdout.strip()

    assert other("1") == other("2") == played(60)


def test_a_digest_tells_every_bit() -> None:
    world, state = scene()
    later, _ = step(state, command_at(0), world)
    assert state_digest(state) != state_digest(later)
    alert = state.patrol.alert.copy()
    alert[2] = np.nextafter(alert[2], 1.0)
    changed = replace(state, patrol=replace(state.patrol, alert=alert))
    assert state_digest(changed) != state_digest(state)


def test_a_state_is_a_value() -> None:
    """Stepping twice from one state gives one result, whatever was stepped in between."""
    world, state = scene()
    first, _ = step(state, command_at(5), world)
    wandering = state
    for tick in range(100):
        wandering, _ = step(wandering, command_at(tick), world)
    again, _ = step(state, command_at(5), world)
    assert state_digest(first) == state_digest(again)


def test_a_snapshot_lies_between_two_states() -> None:
    world, state = scene()
    for tick in range(60):
        before, (state, _) = state, step(state, command_at(tick), world)
    a, m, b = (snapshot(before, state, alpha, bob=0.0) for alpha in (0.0, 0.5, 1.0))
    assert m.eye.position == pytest.approx(np.mean([a.eye.position, b.eye.position], axis=0))
    assert a.time_s < m.time_s < b.time_s == pytest.approx(1.0)
    assert m.position.shape == (4, 3) and m.heading_deg.shape == (4,)
    assert snapshot(before, state, 0.5, look=(10.0, 5.0)).eye.heading_deg == 10.0
