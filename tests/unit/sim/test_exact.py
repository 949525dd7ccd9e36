"""The step's own functions against libm."""

from __future__ import annotations

import math

import numpy as np

from world.sim.exact import TURN, exp, log10, sin_cos


def test_sines() -> None:
    for units in range(-TURN, 2 * TURN, 97):
        s, c = sin_cos(units)
        angle = units * 2 * math.pi / TURN
        assert abs(s - math.sin(angle)) < 1e-12 and abs(c - math.cos(angle)) < 1e-12
    assert [sin_cos(k * TURN // 4) for k in range(4)] == [(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)]


def test_exponentials_and_logarithms() -> None:
    x = np.linspace(-60, 60, 5001)
    assert abs(exp(x) / np.exp(x) - 1).max() < 1e-13
    assert abs(log10(np.exp(x)) - np.log10(np.exp(x))).max() < 1e-13
    assert log10(1.0) == 0.0 and exp(0.0) == 1.0
