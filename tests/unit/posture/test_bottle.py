"""The bottle out of the hand: it tumbles, then lies on its side on the ground, each time another way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from march import moment
from triangle_soup import assert_sound, closed_volumes

from world.mesh.bodies.bottle import HEIGHT_M, RADIUS_M, bottle_rig
from world.posture.bottle import Flown, flown
from world.sim.kinds import Trade
from world.sim.state import Hands

REST_Z = 0.06  # where the simulation's bottle lies


def _flown(time_s: float, resting: bool, thrown_at: int = 600) -> Flown:
    hands = Hands(bottle=(1.0, 2.0, REST_Z), resting=resting, thrown_at=thrown_at)
    found = flown(replace(moment([{"trade": Trade.WAITER}], time_s), hands=hands, bottle=hands.bottle))
    assert found is not None
    return found


def test_it_is_sound_and_as_large_as_a_bottle() -> None:
    model = bottle_rig().model
    assert_sound(model, 500, "bottle")
    assert (closed_volumes(model) > 0).all()
    low, high = model.bounds()
    assert high[2] - low[2] == pytest.approx(HEIGHT_M, abs=0.005) and high[0] == pytest.approx(RADIUS_M, abs=0.002)


def test_none_is_out_while_it_is_in_the_hand() -> None:
    assert flown(moment([{"trade": Trade.WAITER}])) is None


def test_it_tumbles_without_a_jump_and_lies_on_the_ground() -> None:
    ends = [_flown(10.0 + k / 60, False).parts[0, :, 2] for k in range(40)]
    steps = np.linalg.norm(np.diff(ends, axis=0), axis=1)
    assert 0.05 < steps.max() < 0.4
    lying = _flown(30.0, True)
    points = bottle_rig().model.position @ lying.parts[0, :, :3].T + lying.place
    assert points[:, 2].min() == pytest.approx(0.0, abs=0.003) and points[:, 2].max() < 0.08
    assert (_flown(99.0, True).parts == lying.parts).all()
    assert not np.allclose(_flown(30.0, True, 660).parts, lying.parts)
