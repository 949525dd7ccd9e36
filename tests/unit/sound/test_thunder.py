"""Thunder: low, from where it struck, fainter and duller from afar."""

from __future__ import annotations

import math

import numpy as np

from world.conditions import thunders
from world.pose import Pose
from world.recipe import Recipe, with_settings
from world.sound import thunder
from world.sound.repertoire import samples as shot
from world.sound.samples import RATE

STORM = with_settings(Recipe(), ["weather.lightning=6"])
EYE = Pose((0.0, 0.0, 1.65), 40.0)


def test_it_rolls_low() -> None:
    for variant in range(3):
        rolling = shot("thunder", variant).astype(float)[RATE // 4 :]
        power = abs(np.fft.rfft(rolling)) ** 2
        frequency = np.fft.rfftfreq(len(rolling), 1 / RATE)
        assert power[frequency < 200].sum() > 0.8 * power.sum()
        assert abs(rolling[-RATE // 2 :]).max() < 0.2 * abs(rolling).max()


def test_each_stroke_is_heard_from_its_side_and_the_farther_the_fainter_and_duller() -> None:
    heard = thunder(STORM, EYE, 0.0, 600.0)
    struck = thunders(STORM, 0.0, 600.0)
    assert len(heard) == len(struck) > 40
    for one, stroke in zip(heard, struck, strict=True):
        assert one.time_s == stroke.thunder_s
        assert one.distance_m == stroke.distance_m
        assert math.isclose(math.degrees(math.atan2(*one.direction[:2])) % 360.0, stroke.heading_deg % 360.0, abs_tol=1e-9)
        assert math.isclose(one.lateral, math.sin(math.radians(stroke.heading_deg - EYE.heading_deg)), abs_tol=1e-9)
    order = np.argsort([stroke.distance_m for stroke in struck])
    gains, cutoffs = (np.array([getattr(one, name) for one in heard])[order] for name in ("gain", "cutoff_hz"))
    assert (np.diff(gains) <= 0).all() and (np.diff(cutoffs) <= 0).all() and gains[0] > 5 * gains[-1]
