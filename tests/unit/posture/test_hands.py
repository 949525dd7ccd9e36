"""The hero's hands: closed meshes, closed-form, never jumping, in sight when they matter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from march import moment
from triangle_soup import assert_sound, closed_volumes

from world.mesh.bodies.hands import hands_rig
from world.posture.hands import DRAW_S, STRIKE_S, TAKE_S, THROW_S, Grip, grip_of
from world.sim import Snapshot
from world.sim.kinds import Trade
from world.sim.state import LONG_AGO, Climb, Hands

T = 600  # ticks
AWAY = (5.0, 5.0, 0.0)
HALF_VIEW = np.array([0.839, 0.472])  # tangents, at 80 degrees and 16:9
Floats = np.ndarray[Any, np.dtype[Any]]


def _moment(time_s: float = T / 60.0, hands: Hands | None = None, **walker: Any) -> Snapshot:
    found = moment([{"trade": Trade.WAITER}], time_s)
    return replace(found, hands=hands or Hands(), walker=replace(found.walker, **walker))


def _points(grip: Grip, *parts: str) -> Floats:
    rig = hands_rig()
    part = rig.model.extra[:, 2]
    chosen = np.isin(part, [rig.part(name) for name in parts]) if parts else np.ones(len(part), bool)
    matrix = grip.parts[part[chosen]]
    points: Floats = np.einsum("vij,vj->vi", matrix[:, :, :3], rig.model.position[chosen]) + matrix[:, :, 3]
    return points


def _seen(points: Floats) -> float:
    """The share of points within the view."""
    ahead = points[:, 1] > 0.1
    inside = (abs(points[:, [0, 2]]) < HALF_VIEW * points[:, 1:2]).all(axis=1)
    return float((ahead & inside).mean())


def test_the_mesh_is_sound_and_closed() -> None:
    model = hands_rig().model
    assert_sound(model, 4000, "hands")
    assert (closed_volumes(model) > 0).all()
    low, high = model.bounds()
    assert high[1] < 0.75 and low[2] > -0.6
    assert (model.extra[:, 3] == 1).any() and not (model.extra[:, :2] > 0).any()


def test_the_bottle_is_in_sight_while_it_is_held_and_gone_when_thrown() -> None:
    reaching, taken = (grip_of(_moment(T / 60.0 + s, Hands(taken_at=T))).holds_bottle for s in (0.1, 0.3))
    assert taken and not reaching
    held, thrown = grip_of(_moment()), grip_of(_moment(hands=Hands(bottle=AWAY, thrown_at=T - 600)))
    assert held.holds_bottle and not thrown.holds_bottle
    assert _seen(_points(held, "bottle")) > 0.3
    assert np.ptp(_points(thrown, "bottle"), axis=0).max() == 0.0
    assert _seen(_points(held, "hand_l", "fingers_l")) == 0.0


def test_what_he_does_is_seen() -> None:
    drawn = grip_of(_moment(T / 60.0 + DRAW_S, Hands(aiming_since=T)))
    rest = grip_of(_moment())
    assert _points(drawn, "hand_r")[:, 2].mean() > _points(rest, "hand_r")[:, 2].mean() + 0.1
    assert _seen(_points(drawn, "hand_r", "bottle")) > 0.2
    let_go = grip_of(_moment(T / 60.0 + 0.18, Hands(bottle=AWAY, thrown_at=T)))
    assert _points(let_go, "fingers_r")[:, 1].mean() > _points(rest, "fingers_r")[:, 1].mean() + 0.08
    blow = grip_of(_moment(T / 60.0 + 0.24, Hands(struck_at=T)))
    assert _seen(_points(blow, "hand_l", "fingers_l")) > 0.8
    missed, hit = (grip_of(_moment(T / 60.0 + 0.34, Hands(struck_at=T, struck=s))) for s in (0, 1))
    assert _points(missed, "hand_l")[:, 0].mean() > _points(hit, "hand_l")[:, 0].mean() + 0.05  # it goes on where nothing stopped it
    low = grip_of(_moment(eye_m=1.0))
    assert _points(low, "hand_r")[:, 2].mean() < _points(rest, "hand_r")[:, 2].mean() - 0.02


@pytest.mark.parametrize(
    "hands",
    [
        lambda tick: Hands(aiming_since=T) if tick < T + 40 else Hands(bottle=AWAY, thrown_at=T + 40),
        lambda tick: Hands(bottle=AWAY) if tick < T else Hands(taken_at=T),
        lambda tick: Hands(struck_at=T if tick >= T else LONG_AGO, struck=1),
        lambda tick: Hands(struck_at=T if tick >= T else LONG_AGO),
    ],
    ids=["throw", "take", "hit", "miss"],
)
def test_no_hand_jumps_between_two_ticks(hands: Any) -> None:
    before, worst = None, 0.0
    for tick in range(T - 10, T + 120):
        phase = {"bob_turns": tick * 0.013 % 1.0, "velocity": (0.0, 3.0, 0.0), "exertion": 0.5}
        points = _points(grip_of(_moment(tick / 60.0, hands(tick), **phase)), "hand_l", "hand_r", "arm_l", "arm_r")
        if before is not None:
            worst = max(worst, float(np.linalg.norm(points - before, axis=1).max()))
        before = points
    assert worst < 0.12  # 7 m/s: a throw is fast
    assert max(DRAW_S, THROW_S, TAKE_S, STRIKE_S) < 1.0


def test_breath_comes_and_goes_and_not_while_it_is_held() -> None:
    shares = [grip_of(_moment(t)).breath for t in np.arange(0.0, 12.0, 0.05)]
    assert min(shares) == -1.0 and 0.9 < max(shares) <= 1.0
    out = np.array(shares) >= 0
    assert 0.3 < out.mean() < 0.7
    assert all(grip_of(_moment(t, Hands(held_since=0))).breath == -1.0 for t in (2.0, 3.0, 4.0))
    panting = grip_of(_moment(exertion=0.9, breath=0.8))
    assert panting.panting > 0.9 and panting.breath == pytest.approx((0.8 - 0.45) / 0.55)


def test_sleeves_are_as_wet_as_the_simulation_says() -> None:
    assert grip_of(_moment(hands=Hands(wet=0.7))).wet == 0.7


def test_both_hands_are_on_the_ledge_half_way_up() -> None:
    shares = []
    for elapsed in (0.0, 0.5, 1.0):
        climb = Climb((0.0, 0.0, 0.0), (0.0, 0.0, 1.5), (0.0, 0.5, 1.5), 1.0, elapsed)
        shares.append(_seen(_points(grip_of(_moment(climb=climb)), "hand_l")))
    assert shares[1] > 0.5 and shares[0] < 0.1 and shares[2] < 0.1
