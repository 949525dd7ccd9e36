"""How people and strays are at a moment: huddled, wary, in flight, taken, led.

In: a `Snapshot`.  Out: `Living`: which rig, where, each part's matrix. A mood is a posture; from the mood that comes before it, a body
eases over within half a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.mesh.bodies import person, stray
from world.mesh.bodies.person import person_rig
from world.mesh.bodies.rig import Rig, Role
from world.mesh.bodies.stray import LEGS, stray_rig
from world.posture.bones import PITCH, ROLL, YAW, Pose, Skeletons
from world.posture.curves import TURN, Floats, eased, own_share
from world.posture.gait import Leg, bend, foot_at, phase_of, running
from world.sim import TICK_HZ, Snapshot
from world.sim.state import Mood, Soul

_WALK_M, _RUN_M, _TROT_M, _BOUND_M = 1.0, 2.0, 0.62, 1.3  # strides
_EASE_S = 0.5
_LEG = Leg(*person.LEG)
_SEAT_M, _KNELT_M = 0.77, 0.43  # how far the hips sink when one sits on the ground, or kneels
_SHIVER_HZ = 7.3
_CAT_SHARE = 0.5
_EYESHINE = (0.55, 0.8, 0.35)
_BEFORE = {
    Mood.HUDDLED: Mood.WARY, Mood.WARY: Mood.HUDDLED, Mood.FLEEING: Mood.WARY, Mood.WINDED: Mood.FLEEING, Mood.TAKEN: Mood.FLEEING,
    Mood.LED: Mood.LED,
}  # fmt: skip
_KNEELS_S, _SITS_S = (1.5, 2.4), (3.3, 4.6)  # after one has begun to slow down
_PUSHED_M = 0.14, 0.3


@dataclass(frozen=True)
class Living:
    """N of them. `rig` (N,) into `living_rigs()`; `place` (N, 3) m; `heading_deg` (N,); `parts` (N, PARTS_MAX, 3, 4); `lamps`
    (N, ROLES, 4): what their eyes give back; `own` (N,): their own shares."""

    rig: NDArray[np.int64]
    place: Floats
    heading_deg: Floats
    parts: Floats
    lamps: Floats
    own: Floats


@dataclass(frozen=True)
class _About:
    """Of N alike."""

    time_s: float
    own: Floats
    speed: Floats
    travelled: Floats
    age_s: Floats


@lru_cache(maxsize=1)
def living_rigs() -> tuple[Rig, ...]:
    """Survivors, captives, dogs, cats."""
    people = [person_rig(k, captive) for captive in (False, True) for k in range(person.VARIANTS)]
    return (*people, *(stray_rig(k, cat) for cat in (False, True) for k in range(stray.VARIANTS)))


@lru_cache(maxsize=1)
def _skeletons() -> Skeletons:
    return Skeletons(living_rigs())


def living(moment: Snapshot) -> Living:
    """All but those who are gone."""
    others = moment.others
    here = np.flatnonzero(others.mood != Mood.GONE)
    own, soul, mood = own_share(others.key[here]), others.soul[here], others.mood[here]
    age = moment.time_s - others.since[here] / TICK_HZ
    about = _About(moment.time_s, own, others.speed[here], others.travelled_m[here], age)
    rig = _rig_of(soul, own)
    pose = Pose.rest(len(here))
    for which in Mood:
        rows = np.flatnonzero(mood == which)
        if not len(rows) or which == Mood.GONE:
            continue
        share = eased(age[rows], 0.0, _EASE_S)[:, None, None]
        for people, chosen in ((True, rows[soul[rows] != Soul.STRAY]), (False, rows[soul[rows] == Soul.STRAY])):
            if not len(chosen):
                continue
            part = share[np.isin(rows, chosen)]
            before, now = (_posed(state, people, chosen, about) for state in (_BEFORE[which], which))
            pose.angles[chosen] = before.angles + (now.angles - before.angles) * part
            pose.shifts[chosen] = before.shifts + (now.shifts - before.shifts) * part
    lamps = np.zeros((len(here), int(Role.ROLES), 4))
    lamps[:, Role.TRIM, :3] = _EYESHINE
    facing = others.facing[here]
    heading = np.degrees(np.arctan2(facing[:, 0], facing[:, 1]))
    return Living(rig, others.position[here], heading, _skeletons().place(rig, pose), lamps, own)


def _rig_of(soul: NDArray[np.int64], own: Floats) -> NDArray[np.int64]:
    """Numbers into `living_rigs()`."""
    person_kind = np.floor(own * person.VARIANTS).astype(np.int64) + person.VARIANTS * (soul == Soul.CAPTIVE)
    twice = own / _CAT_SHARE
    stray_kind = np.floor(np.mod(twice, 1.0) * stray.VARIANTS).astype(np.int64) + stray.VARIANTS * (twice < 1.0)
    return np.where(soul == Soul.STRAY, 2 * person.VARIANTS + stray_kind, person_kind)


def _posed(mood: Mood, people: bool, rows: NDArray[np.intp], about: _About) -> Pose:
    """Bodies of one mood, from rest."""
    mine = _About(about.time_s, about.own[rows], about.speed[rows], about.travelled[rows], about.age_s[rows])
    pose = Pose.rest(len(rows))
    (_PEOPLE if people else _STRAYS)[mood](pose, mine)
    return pose


@lru_cache(maxsize=2)
def _numbers(people: bool) -> dict[str, int]:
    rig = person_rig(0, False) if people else stray_rig(0, False)
    return {name: k for k, name in enumerate(rig.names)}


def _wave(a: _About, period_s: float, lane: float = 0.0) -> Floats:
    return np.sin(TURN * (a.time_s / period_s + a.own + lane))


def _breathe(pose: Pose, a: _About, period_s: float) -> None:
    pose.angles[:, _numbers(True)["torso"], PITCH] += 0.018 * _wave(a, period_s)


def _sit(pose: Pose, a: _About) -> None:
    """On the ground, knees drawn up, arms round them, head down; a shiver now and then."""
    at, turn = _numbers(True), pose.angles
    shiver = np.maximum(_wave(a, 5.3, 0.4) - 0.35, 0.0) * np.sin(TURN * (_SHIVER_HZ * a.time_s + a.own))
    pose.shifts[:, at["hips"], 2] -= _SEAT_M
    turn[:, at["hips"], PITCH] += 0.12
    turn[:, at["torso"], PITCH] -= 0.5 + 0.006 * shiver
    turn[:, at["head"], PITCH] -= 0.42 + 0.03 * _wave(a, 7.1)
    turn[:, at["head"], ROLL] += 0.1 * (a.own - 0.5)
    for name, side in (("l", -1.0), ("r", 1.0)):
        turn[:, at[f"thigh_{name}"], PITCH] += 2.36 - 0.12
        turn[:, at[f"thigh_{name}"], ROLL] -= 0.08 * side
        turn[:, at[f"shin_{name}"], PITCH] -= 2.0
        turn[:, at[f"foot_{name}"], PITCH] -= 0.36
        turn[:, at[f"upper_{name}"], PITCH] += 0.75 + 0.008 * shiver
        turn[:, at[f"fore_{name}"], PITCH] += 1.1
        turn[:, at[f"fore_{name}"], YAW] += 1.15 * side
    _breathe(pose, a, 3.9)


def _sit_up(pose: Pose, a: _About) -> None:
    """The same, the head up and turning: something is near."""
    at = _numbers(True)
    _sit(pose, a)
    pose.angles[:, at["torso"], PITCH] += 0.18
    pose.angles[:, at["head"], PITCH] += 0.5
    pose.angles[:, at["head"], YAW] += 0.55 * np.sign(_wave(a, 4.3)) * np.abs(_wave(a, 4.3)) ** 0.4


def _go(pose: Pose, a: _About, stride_m: float = _WALK_M) -> None:
    """On one's feet, standing or going."""
    at, turn = _numbers(True), pose.angles
    run, moving = running(a.speed * 1.4), eased(a.speed, 0.0, 0.4)
    phase = phase_of(a.travelled, stride_m) + a.own
    wave = np.sin(TURN * phase)
    lowered = 0.02 + (0.035 + 0.02 * run) * moving - (0.012 + 0.03 * run) * moving * np.cos(2.0 * TURN * phase)
    pose.shifts[:, at["hips"], 2] -= lowered
    turn[:, at["torso"], PITCH] -= 0.04 + 0.3 * run
    turn[:, at["torso"], YAW] -= 0.14 * moving * wave
    turn[:, at["head"], PITCH] += 0.15 * run
    both = np.array([[-1.0], [1.0]])
    y, z, rolled = foot_at(phase + (0.25 + 0.25 * both), a.speed, stride_m)
    folded = bend(_LEG, lowered, y, z * 0.7, rolled * 0.8)
    for lane, (name, side) in enumerate((("l", -1.0), ("r", 1.0))):
        for part, angle in zip(("thigh", "shin", "foot"), folded[:3], strict=True):
            turn[:, at[f"{part}_{name}"], PITCH] += angle[lane]
        turn[:, at[f"upper_{name}"], PITCH] += side * wave * moving * (0.25 + 0.55 * run)
        turn[:, at[f"fore_{name}"], PITCH] += 0.15 + 1.2 * run
    _breathe(pose, a, 2.6)


def _flee(pose: Pose, a: _About) -> None:
    _go(pose, a, _RUN_M)


def _sink(pose: Pose, a: _About) -> None:
    """Out of breath: slows down, drops to the knees, and sits."""
    kneels, sits = eased(a.age_s, *_KNEELS_S)[:, None, None], eased(a.age_s, *_SITS_S)[:, None, None]
    knelt, sat = Pose.rest(len(a.own)), Pose.rest(len(a.own))
    _go(pose, a, _RUN_M)
    _kneel(knelt, a)
    _sit_up(sat, a)
    for part, low, lowest in ((pose.angles, knelt.angles, sat.angles), (pose.shifts, knelt.shifts, sat.shifts)):
        part += (low - part) * kneels
        part += (lowest - part) * sits
    for share, lift_m in ((kneels, _PUSHED_M[0]), (sits, _PUSHED_M[1])):  # over the feet, which halfway would be in the ground
        pose.shifts[:, _numbers(True)["hips"], 2] += 4.0 * lift_m * (share * (1.0 - share))[:, 0, 0]


def _kneel(pose: Pose, a: _About) -> None:
    """On both knees, hands on the thighs, heaving."""
    at, turn = _numbers(True), pose.angles
    heave = _wave(a, 1.1)
    pose.shifts[:, at["hips"], 2] -= _KNELT_M
    turn[:, at["hips"], PITCH] -= 0.1
    turn[:, at["torso"], PITCH] -= 0.35 + 0.05 * heave
    turn[:, at["head"], PITCH] -= 0.3 - 0.05 * heave
    for name, side in (("l", -1.0), ("r", 1.0)):
        turn[:, at[f"thigh_{name}"], PITCH] += 0.35
        turn[:, at[f"thigh_{name}"], ROLL] -= 0.1 * side
        turn[:, at[f"shin_{name}"], PITCH] -= 1.8
        turn[:, at[f"foot_{name}"], PITCH] -= 1.2
        turn[:, at[f"upper_{name}"], PITCH] += 0.5
        turn[:, at[f"fore_{name}"], PITCH] += 0.5


def _struggle(pose: Pose, a: _About) -> None:
    """Held fast: bent back, arms up before the face."""
    at, turn = _numbers(True), pose.angles
    _go(pose, _About(a.time_s, a.own, 0.0 * a.speed, a.travelled, a.age_s))
    tug = np.sin(TURN * 1.7 * a.time_s + 20.0 * a.own) * np.exp(-np.maximum(a.age_s, 0.0) / 4.0)
    turn[:, at["torso"], PITCH] += 0.2 + 0.07 * tug
    turn[:, at["torso"], YAW] += 0.2 * tug
    turn[:, at["head"], PITCH] -= 0.3
    for name, side in (("l", -1.0), ("r", 1.0)):
        turn[:, at[f"upper_{name}"], PITCH] += 1.1 + 0.25 * tug * side
        turn[:, at[f"fore_{name}"], PITCH] += 1.2
        turn[:, at[f"fore_{name}"], YAW] += 0.4 * side


def _led(pose: Pose, a: _About) -> None:
    """In a row: the hands tied before the belly, the head down, short steps."""
    at, turn = _numbers(True), pose.angles
    _go(pose, a)
    turn[:, at["torso"], PITCH] -= 0.16
    turn[:, at["head"], PITCH] -= 0.45 + 0.04 * _wave(a, 6.1)
    for name, side in (("l", -1.0), ("r", 1.0)):
        upper, fore = at[f"upper_{name}"], at[f"fore_{name}"]
        turn[:, upper, PITCH] = 0.32
        turn[:, fore, PITCH] = 0.85
        turn[:, fore, YAW] = 0.75 * side


def _paw(pose: Pose, a: _About, lift: float, bound: Floats, stride_m: float = _TROT_M) -> None:
    """Four legs: a trot, and at speed a gallop in which fore and hind go together."""
    at, turn = _numbers(False), pose.angles
    moving = eased(a.speed, 0.0, 0.3)
    phase = phase_of(a.travelled, stride_m) + a.own
    for name, side, front in LEGS:
        trot = 0.0 if front == (side < 0) else 0.5
        gallop = (0.0 if front else 0.42) + 0.06 * side
        leg = phase + trot + (gallop - trot) * bound
        swing, fold = np.sin(TURN * leg), np.maximum(np.cos(TURN * leg), 0.0)
        turn[:, at[f"upper_{name}"], PITCH] += moving * (0.38 + 0.35 * bound) * swing
        turn[:, at[f"lower_{name}"], PITCH] -= moving * (0.5 + 0.5 * bound) * lift * fold * (1.0 if front else -0.8)
    turn[:, at["trunk"], PITCH] += 0.12 * bound * moving * np.sin(TURN * phase)
    pose.shifts[:, at["trunk"], 2] += 0.05 * bound * moving * np.maximum(np.sin(TURN * (phase + 0.3)), 0.0)


def _sniff(pose: Pose, a: _About) -> None:
    at = _numbers(False)
    _paw(pose, a, 1.0, np.zeros(len(a.own)))
    pose.angles[:, at["head"], PITCH] -= 0.75 + 0.25 * _wave(a, 2.3)
    pose.angles[:, at["head"], YAW] += 0.3 * _wave(a, 3.7)
    pose.angles[:, at["tail"], YAW] += 0.25 * _wave(a, 1.9)


def _hark(pose: Pose, a: _About) -> None:
    at = _numbers(False)
    _paw(pose, a, 1.0, np.zeros(len(a.own)))
    pose.shifts[:, at["trunk"], 2] -= 0.015
    pose.angles[:, at["head"], PITCH] += 0.2
    pose.angles[:, at["head"], YAW] += 0.45 * np.sign(_wave(a, 3.1)) * np.abs(_wave(a, 3.1)) ** 0.3
    pose.angles[:, at["tail"], PITCH] -= 0.5


def _bolt(pose: Pose, a: _About) -> None:
    at = _numbers(False)
    _paw(pose, a, 1.3, running(a.speed), _BOUND_M)
    pose.angles[:, at["head"], PITCH] -= 0.3
    pose.angles[:, at["tail"], PITCH] += 0.3


def _limp(pose: Pose, a: _About) -> None:
    at = _numbers(False)
    fight = np.sin(TURN * 2.1 * a.time_s + 20.0 * a.own) * np.exp(-np.maximum(a.age_s, 0.0) / 3.0)
    pose.angles[:, at["head"], PITCH] -= 0.6
    pose.angles[:, at["tail"], PITCH] += 0.9
    for name, side, _ in LEGS:
        pose.angles[:, at[f"upper_{name}"], PITCH] += 0.25 * side * fight


_Posed = Callable[[Pose, _About], None]
_PEOPLE: dict[Mood, _Posed] = {
    Mood.HUDDLED: _sit, Mood.WARY: _sit_up, Mood.FLEEING: _flee, Mood.WINDED: _sink, Mood.TAKEN: _struggle, Mood.LED: _led,
}  # fmt: skip
_STRAYS: dict[Mood, _Posed] = {
    Mood.HUDDLED: _sniff, Mood.WARY: _hark, Mood.FLEEING: _bolt, Mood.WINDED: _hark, Mood.TAKEN: _limp, Mood.LED: _limp,
}  # fmt: skip
