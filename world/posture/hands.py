"""The hero's hands at a moment: they swing with his gait, draw back, throw, strike, pick up, sink when he crouches.

In: a `Snapshot`.  Out: `Grip`: each part's matrix in the eye's frame, whether the bottle is in the hand, how wet the sleeves are, how far a
breath has come. Closed-form in what the simulation wrote down (when the arm was drawn back, when a blow began).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from world.mesh.bodies.hands import hands_rig
from world.posture.bones import Pose, Skeletons
from world.posture.curves import TURN, Floats
from world.sim import TICK_HZ, Snapshot

STANDING_EYE_M, CROUCHED_EYE_M = 1.65, 1.0
DRAW_S, THROW_S, TAKE_S, STRIKE_S = 0.3, 0.42, 0.55, 0.6
_REACHED_S = 0.16  # when the hand that picks up the bottle has it
_RUN_M_S = 4.5
_BREATH_S = 4.2  # at rest


@dataclass(frozen=True)
class Arm:
    """How an arm is held: shifted (m) and turned (radians: pitch, roll, yaw) about its elbow; the hand about its wrist; how far the fingers
    open (radians)."""

    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    turn: tuple[float, float, float] = (0.0, 0.0, 0.0)
    hand: tuple[float, float, float] = (0.0, 0.0, 0.0)
    open_: float = 0.0


_HELD = Arm((0.05, 0.05, -0.055), (0.0, 0.06, 0.0))
_EMPTY = Arm((0.02, -0.05, -0.07), (0.1, 0.0, 0.0), (-0.3, 0.1, 0.0), 0.5)
_DRAWN = Arm((0.05, 0.2, 0.12), (0.6, 0.3, 0.15), (0.35, 0.0, 0.0))
_THROWN = Arm((-0.16, 0.2, 0.12), (-0.1, -0.2, 0.35), (-0.7, 0.0, 0.1), 1.1)
_BELOW = Arm((0.0, -0.05, -0.3), (-0.5, 0.0, 0.0), (-0.3, 0.0, 0.0), 0.9)
_BREATHLESS = Arm((0.02, 0.03, -0.02), (0.08, 0.06, 0.05))
_ASIDE = Arm((-0.06, -0.12, -0.22), (-0.2, 0.0, 0.0), (-0.2, 0.0, 0.0), 0.3)  # the left, out of sight
_RAISED = Arm((-0.06, 0.12, 0.1), (0.5, -0.3, -0.1), (0.3, 0.0, 0.0))
_STRUCK = Arm((0.1, 0.16, 0.12), (-0.05, 0.2, -0.4), (-0.25, 0.0, -0.2))
_OVER = Arm((0.2, 0.2, 0.1), (-0.2, 0.2, -0.7), (-0.3, 0.0, 0.0))
_BEFORE_MOUTH = Arm((-0.03, 0.12, 0.06), (0.1, 0.3, -0.75), (0.1, 0.0, -0.3))


_ON_LEDGE = Arm((-0.05, 0.16, 0.1), (-0.25, 0.0, 0.1), (-0.5, 0.0, 0.0), 0.7)  # both hands, while he pulls himself up
_ON_LEDGE_LEFT = Arm((0.05, 0.16, 0.1), (-0.25, 0.0, -0.1), (-0.5, 0.0, 0.0), 0.7)


@dataclass(frozen=True)
class Grip:
    """`parts` (PARTS_MAX, 3, 4). `breath`: 0 .. 1 of a breath that is let out now, or -1; `panting` 0 .. 1."""

    parts: Floats
    holds_bottle: bool
    wet: float
    breath: float
    panting: float


@lru_cache(maxsize=1)
def _skeleton() -> Skeletons:
    return Skeletons([hands_rig()])


def grip_of(moment: Snapshot) -> Grip:
    """The hands of the one whose eye the moment is seen by."""
    hands, walker, now = moment.hands, moment.walker, moment.time_s
    rig, pose = hands_rig(), Pose.rest(1)
    holds = hands.bottle is None

    def since(tick: int) -> float:
        return now - tick / TICK_HZ

    right = _mixed(_EMPTY, _HELD, 1.0 if holds else 0.0)
    if holds and hands.aiming_since >= 0:
        right = _mixed(right, _DRAWN, _eased(since(hands.aiming_since) / DRAW_S))
    elif not holds and 0.0 <= since(hands.thrown_at) < THROW_S:
        right = _along(((0.0, _DRAWN), (0.15, _THROWN), (0.22, _THROWN), (THROW_S, _EMPTY)), since(hands.thrown_at))
    elif holds and 0.0 <= since(hands.taken_at) < TAKE_S:
        right = _along(((0.0, _EMPTY), (_REACHED_S, _BELOW), (0.26, _BELOW), (TAKE_S, _HELD)), since(hands.taken_at))
    left = _ASIDE
    struck = since(hands.struck_at)
    if 0.0 <= struck < STRIKE_S:
        end = _STRUCK if hands.struck else _OVER
        left = _along(((0.0, _ASIDE), (0.13, _RAISED), (0.24, _STRUCK), (0.34, end), (STRIKE_S, _ASIDE)), struck)
    if walker.climb is not None:
        reach = math.sin(math.pi * min(max(walker.climb.elapsed_s / walker.climb.seconds, 0.0), 1.0))
        right, left = _mixed(right, _ON_LEDGE, reach), _mixed(left, _ON_LEDGE_LEFT, reach)
    held = 0.0
    if hands.held_since >= 0:
        held = _eased(since(hands.held_since) / 0.35)
        left = _mixed(left, _BEFORE_MOUTH, held * (struck >= STRIKE_S))
        right = _mixed(right, _BREATHLESS, held)
    _hold(pose, right, "r", 1.0)
    _hold(pose, left, "l", -1.0)
    _swing(pose, moment, 1.0 - 0.8 * held)
    in_hand = holds and not 0.0 <= since(hands.taken_at) < _REACHED_S
    parts = _skeleton().place(np.zeros(1, np.int64), pose)[0]
    if not in_hand:
        parts[rig.part("bottle")] = 0.0  # all of it in one point: nothing is drawn
    panting = min(max((walker.exertion - 0.15) / 0.6, 0.0), 1.0)
    share = walker.breath if walker.exertion > 0.3 else math.fmod(now, _BREATH_S) / _BREATH_S
    breath = (share - 0.45) / 0.55 if share > 0.45 and hands.held_since < 0 else -1.0
    return Grip(parts, in_hand, hands.wet, breath, panting)


def _swing(pose: Pose, moment: Snapshot, free: float) -> None:
    """What walking does to both arms, and where crouching and looking down put them."""
    walker = moment.walker
    speed = math.hypot(walker.velocity[0], walker.velocity[1])
    going, running = min(speed / 1.6, 1.0) * walker.grounded, min(max((speed - 1.8) / (_RUN_M_S - 1.8), 0.0), 1.0)
    phase = TURN * walker.bob_turns
    low = min(max((STANDING_EYE_M - walker.eye_m) / (STANDING_EYE_M - CROUCHED_EYE_M), 0.0), 1.0)
    idle = 0.004 * math.sin(TURN * moment.time_s / _BREATH_S) * free
    rig = hands_rig()
    for name, side in (("l", -1.0), ("r", 1.0)):
        arm = rig.part(f"arm_{name}")
        stride = math.sin(phase) * side
        pose.shifts[0, arm] += [
            0.006 * going * math.cos(phase),
            (0.012 * going + 0.055 * running) * stride,
            idle + 0.006 * going * math.sin(2.0 * phase) + 0.015 * running * stride + walker.dip_m * 0.35 - 0.045 * low,
        ]
        pose.angles[0, arm] += [0.08 * running * (1.0 + stride) - 0.1 * low, 0.05 * going * math.cos(phase), 0.12 * running * side]


def _hold(pose: Pose, held: Arm, name: str, side: float) -> None:
    """Writes an arm's joints; the left is the right in a mirror, for turns about y and z (its table is written as it stands: left)."""
    rig = hands_rig()
    arm, hand, fingers, thumb = (rig.part(f"{part}_{name}") for part in ("arm", "hand", "fingers", "thumb"))
    pose.shifts[0, arm] += held.shift
    pose.angles[0, arm] += held.turn
    pose.angles[0, hand] += held.hand
    pose.angles[0, fingers, 2] += -side * held.open_
    pose.angles[0, thumb, 2] += side * 0.4 * held.open_


def _mixed(a: Arm, b: Arm, share: float) -> Arm:
    def between(p: tuple[float, float, float], q: tuple[float, float, float]) -> tuple[float, float, float]:
        return p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share, p[2] + (q[2] - p[2]) * share

    return Arm(between(a.shift, b.shift), between(a.turn, b.turn), between(a.hand, b.hand), a.open_ + (b.open_ - a.open_) * share)


def _along(keys: tuple[tuple[float, Arm], ...], at_s: float) -> Arm:
    """An arm on its way through keys, each with its time."""
    for (start, a), (end, b) in itertools.pairwise(keys):
        if at_s <= end:
            return _mixed(a, b, _eased((at_s - start) / (end - start)))
    return keys[-1][1]


def _eased(share: float) -> float:
    t = min(max(share, 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)
