"""Arcs of broken signs: short, rare, each sign by its own turns, the same whenever one asks."""

from __future__ import annotations

import numpy as np

from world.conditions.sparks import ARC_CD, WRAP_S, arc_candela

OWN = np.arange(256) / 255.0


def test_an_arc_is_short_and_rare() -> None:
    shed = np.array([arc_candela(OWN, t) for t in np.arange(0.0, 120.0, 1 / 60)])
    bright = shed > 0.1 * ARC_CD
    assert shed.max() <= 1.3 * ARC_CD
    assert (bright.any(axis=0)).mean() > 0.95  # every sign's turn comes
    assert bright.mean() < 0.04
    runs = np.diff(np.flatnonzero(np.diff(bright[:, 77].astype(int)) == 1)) / 60
    assert runs.max() > 2.0


def test_signs_do_not_strike_together() -> None:
    shed = np.array([arc_candela(OWN, t) for t in np.arange(0.0, 60.0, 1 / 30)])
    together = (shed > 0.3 * ARC_CD).sum(axis=1)
    assert together.max() < 40


def test_it_is_a_function_of_the_time_alone() -> None:
    assert (arc_candela(OWN, 11.25) == arc_candela(OWN, 11.25)).all()
    assert (arc_candela(OWN, 11.25 + WRAP_S) == arc_candela(OWN, 11.25)).all()
