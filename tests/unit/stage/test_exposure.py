"""The eye opens in the dark, within bounds, and hangs on nothing but place, view and sky."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from world.pose import Pose


def _rings(lux: float) -> Any:
    from world.stage.textures import FieldRings

    rings = FieldRings()
    rings._level[..., :3] = lux
    return rings


def test_the_darker_the_wider_within_bounds() -> None:
    from world.stage.exposure import exposure_at

    pose = Pose((12.0, -7.0, 1.65), 30.0, 0.0)
    found = [exposure_at(_rings(lux), pose, 0.06) for lux in (0.0, 0.05, 0.3, 1.0, 50.0)]
    assert found == sorted(found, reverse=True)
    assert 2.5 < found[0] <= 3.0 and found[-1] == 0.5
    assert found[1] == exposure_at(_rings(0.05), pose, 0.06)


def test_a_paler_sky_closes_it() -> None:
    from world.stage.exposure import exposure_at

    pose, rings = Pose((0.0, 0.0, 1.65), 0.0, 0.0), _rings(0.05)
    assert exposure_at(rings, pose, 20.0) == 0.5 < exposure_at(rings, pose, 0.06)


def test_it_is_what_one_looks_at_that_counts() -> None:
    from world.stage.exposure import exposure_at

    rings = _rings(0.02)
    side = rings._level.shape[1]
    rings._level[:, : side // 8, :, :3] = 8.0  # bright to the north of the origin
    north, south = (exposure_at(rings, Pose((0.0, 0.0, 1.65), heading, 0.0), 0.06) for heading in (0.0, 180.0))
    assert north < south


def test_what_is_lit_behind_a_wall_does_not_count() -> None:
    from world.stage.exposure import exposure_at

    pose, open_, walled = Pose((0.0, 20.0, 1.65), 0.0, 0.0), _rings(0.02), _rings(0.02)
    for rings in (open_, walled):
        rings._level[:, 12:24, :, :3] = 8.0  # from 24 m on to the north
    walled._walls_y[:, 11] = (255, 128)  # at 23.. 25 m
    assert exposure_at(open_, pose, 0.06) < 0.8 * exposure_at(walled, pose, 0.06)


@pytest.mark.parametrize("heading", [0.0, 45.0])
def test_a_step_changes_it_little(heading: float) -> None:
    from world.stage.exposure import exposure_at

    rings = _rings(0.0)
    y = np.linspace(0.0, 2.0 * np.pi, rings._level.shape[1], endpoint=False)
    rings._level[..., :3] = (1.0 + np.sin(4 * y))[None, :, None, None]
    steps = [exposure_at(rings, Pose((0.0, 0.05 * k, 1.65), heading, 0.0), 0.06) for k in range(200)]
    assert np.abs(np.diff(np.log(steps))).max() < 0.04


@pytest.mark.parametrize(("seen", "then", "seconds"), [(2.0, 1.0, 0.5), (1.0, 2.0, 1.5)])
def test_an_eye_gets_used_to_light_sooner_than_to_the_dark(seen: float, then: float, seconds: float) -> None:
    from world.stage.exposure import Adaptation

    ways = []
    for fps in (10, 60, 144):
        eye = Adaptation()
        assert eye.ease(seen, 0.0) == pytest.approx(seen)  # it begins adapted
        factors = [eye.ease(then, 1.0 / fps) for _ in range(round(seconds * fps))]
        assert factors == sorted(factors, reverse=then < seen)
        ways.append(np.log(factors[-1] / seen) / np.log(then / seen))
    assert ways == pytest.approx([1.0 - np.exp(-1.0)] * 3, abs=1e-6)
    assert eye.ease(then, 60.0) == pytest.approx(then)
    eye.forget()
    assert eye.ease(seen, 1.0 / 60.0) == pytest.approx(seen)
