"""What must hold whatever the numbers: the senses are monotonic, feet never fall through the world."""

from __future__ import annotations

import math

import numpy as np
from flatland import box, land
from hypothesis import given, settings
from hypothesis import strategies as st

from world.sim import Button, Command, Walker
from world.sim.ears import alarm_by_sound, excess_db, level_db
from world.sim.exact import sin_cos
from world.sim.eyes import alarm_rate, visibility
from world.sim.walker import step_walker
from world.space.walk import deepest
from world.space.window import SpaceWindow

lux = st.floats(0.001, 200)
speed = st.floats(0, 6)
metres = st.floats(0.1, 60)
decibel = st.floats(0, 80)


@given(lux, lux, speed)
def test_more_light_never_hides(a: float, b: float, v: float) -> None:
    assert visibility(min(a, b), v) <= visibility(max(a, b), v) + 1e-12


@given(lux, speed, speed)
def test_moving_faster_never_hides(light: float, a: float, b: float) -> None:
    assert visibility(light, min(a, b)) <= visibility(light, max(a, b)) + 1e-12


@given(st.floats(0, 1), st.floats(0, 1), metres, metres)
def test_nearer_and_plainer_alarms_faster(v: float, w: float, a: float, b: float) -> None:
    near, far = min(a, b), max(a, b)
    assert alarm_rate(v, 1.0, far, 1.0, False) <= alarm_rate(v, 1.0, near, 1.0, False) + 1e-12
    assert alarm_rate(min(v, w), 1.0, near, 1.0, False) <= alarm_rate(max(v, w), 1.0, near, 1.0, False) + 1e-12


@given(decibel, metres, metres, decibel, decibel, st.floats(0, 60), st.floats(0, 60))
def test_sound_fades_with_distance_loss_and_rain(source: float, a: float, b: float, p: float, q: float, r: float, s: float) -> None:
    quiet, loud = level_db(source, max(a, b), max(p, q)), level_db(source, min(a, b), min(p, q))
    assert quiet <= loud + 1e-9
    heard = alarm_by_sound(np.array([excess_db(quiet, max(r, s)), excess_db(loud, min(r, s))]))
    assert heard[0] <= heard[1] + 1e-12 and heard[0] >= 0 and heard[1] <= 0.95


@given(st.integers(-(10**7), 10**7))
def test_a_turn_is_a_circle(units: int) -> None:
    s, c = sin_cos(units)
    assert abs(s * s + c * c - 1.0) < 1e-12


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 30_000.0, -31_234.5]))
def test_nobody_falls_through_the_world_or_walks_into_a_wall(seed: int, origin: float) -> None:
    """Ten seconds of anything in a heap of sloping boxes: above the ground, finite, and never deeper in a solid than before."""
    rng = np.random.default_rng(seed)
    boxes = [
        box(*(origin + rng.uniform(-8, 8, 2)), *rng.uniform(0.3, 4, 2), top, top - rng.uniform(0.2, 4), rng.uniform(0, 360),
            (rng.uniform(-0.6, 0.6), rng.uniform(-0.3, 0.3)))
        for top in rng.uniform(0.2, 5, 25)
    ]  # fmt: skip
    window = SpaceWindow(land(boxes, height=lambda x, y: 0.2 * np.sin(x * 0.4) * np.cos(y * 0.3)))
    walker = Walker((origin - 14.0, origin - 14.0, window.ground(origin - 14.0, origin - 14.0)))
    depth = 0.0
    for tick in range(600):
        if tick % 40 == 0:
            command = Command.looking(45 + rng.uniform(-120, 120), 0, Button(int(rng.integers(0, 1024))) | Button.FORWARD)
        walker, _ = step_walker(window, walker, command, 0.0, tick, 1 / 60)
        x, y, z = walker.position
        assert all(map(math.isfinite, walker.position + walker.velocity)) and math.hypot(*walker.velocity) < 31
        assert z >= window.ground(x, y) - 1e-9
        found = deepest(window.near(x, y, 1.0), x, y, z, 0.72)
        if walker.climb is None and walker.grounded:
            assert found is None or found[0] <= max(depth, 0.03), (tick, found)
            depth = found[0] if found else 0.0
