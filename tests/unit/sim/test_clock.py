"""Frames of any rate, the same steps."""

from __future__ import annotations

import pytest

from world.sim import Clock


@pytest.mark.parametrize("rate", [24, 30, 50, 60, 75, 120, 144, 240])
def test_a_minute_is_3600_steps_at_any_rate(rate: int) -> None:
    clock = Clock()
    assert sum(clock.steps(1.0 / rate) for _ in range(60 * rate)) in (3599, 3600)
    assert 0.0 <= clock.alpha < 1.0


def test_alpha_is_the_share_of_the_next_step() -> None:
    clock = Clock()
    assert clock.steps(1.5 / 60) == 1
    assert clock.alpha == pytest.approx(0.5, abs=1e-6)


def test_a_long_stall_is_not_caught_up_with() -> None:
    clock = Clock()
    assert clock.steps(3.0) == 15
    assert clock.steps(1 / 60) == 1
