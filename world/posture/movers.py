"""How each kind of machine holds itself: the glider, the heavy, the runner, the sentry.

In: a `Pose` at rest, the rows of one kind, their `Manner`.  Out: nothing; joints are turned in place.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.mesh.bodies.cleaner import WHEEL_M, cleaner_rig
from world.mesh.bodies.courier import LEG, courier_rig
from world.mesh.bodies.glider import waiter_rig
from world.mesh.bodies.parcels import parcels_rig
from world.posture.bones import PITCH, ROLL, YAW, Pose
from world.posture.curves import TURN, Floats, eased
from world.posture.gait import Leg, bend, foot_at, phase_of, running
from world.posture.manner import Manner

Rows = NDArray[np.intp]
_FAN_HZ, _ROTOR_HZ, _BRUSH_TURNS_M, _BEACON_HZ = 3.1, 9.3, 0.8, 0.7
_HEAD_MOST = np.radians(115.0)
_LEG = Leg(*LEG)


@lru_cache(maxsize=1)
def _numbers() -> tuple[dict[str, int], ...]:
    """Part numbers by name: glider, cleaner, courier, drone."""
    return tuple({name: k for k, name in enumerate(rig.names)} for rig in (waiter_rig(), cleaner_rig(), courier_rig(), parcels_rig()))


def _look(turn: Floats, rows: Rows, part: int, m: Manner) -> None:
    """The head: where the simulation has it look, a little up and down while it searches; down for good when it sees nothing."""
    working = 1.0 - m.down
    turn[rows, part, YAW] += -np.clip(m.away, -_HEAD_MOST, _HEAD_MOST) * working + 0.35 * m.blind * m.wave(2.9) + 0.45 * m.jolts[3]
    turn[rows, part, PITCH] += (0.05 * m.wave(4.7) + 0.09 * m.alert * m.wave(1.7)) * working - 0.55 * m.blind
    turn[rows, part, ROLL] += 0.24 * m.blind * m.side


def glide(pose: Pose, rows: Rows, m: Manner) -> None:
    """It hangs from nothing, sways, leans into its way; alarmed it bends forward and reaches."""
    at, turn = _numbers()[0], pose.angles
    base, torso, head = at["base"], at["torso"], at["head"]
    alive, lurch = 1.0 - m.down, np.maximum(m.wave(1.3), 0.0) ** 3
    pose.shifts[rows, base, 2] += alive * (0.022 * m.wave(2.1) - 0.05 * m.lame)
    turn[rows, base, PITCH] += alive * (-0.055 * np.minimum(m.speed, 5.0) + 0.012 * m.wave(2.9)) - 0.1 * m.lame * lurch
    turn[rows, base, ROLL] += alive * 0.014 * m.wave(3.7) + m.lame * (0.19 + 0.09 * lurch) * m.side
    turn[rows, at["fan"], YAW] += np.mod(m.time_s * _FAN_HZ + m.own, 1.0) * TURN * alive
    turn[rows, torso, PITCH] += -0.34 * m.alert * alive - 0.05 * m.lame - 0.14 * m.blind + 0.12 * m.jolts[0]
    turn[rows, torso, YAW] += 0.05 * m.wave(5.9) * alive
    turn[rows, head, PITCH] += 0.26 * m.alert * alive
    _look(turn, rows, head, m)
    reach = np.maximum(m.alert, 0.75 * m.blind) * alive
    for lane, (side, upper, fore) in enumerate(((-1.0, at["upper_l"], at["fore_l"]), (1.0, at["upper_r"], at["fore_r"]))):
        grope = 0.3 * m.blind * m.wave((2.9, 3.7)[lane])
        slack = np.minimum(m.lame * (m.side == side) + m.down, 1.0)
        kept, jolt = 1.0 - slack, m.jolts[lane + 1]
        turn[rows, upper, PITCH] += kept * (0.95 * reach + grope + 0.03 * m.wave((3.7, 4.7)[lane])) - 0.35 * slack + 0.4 * jolt
        turn[rows, upper, ROLL] -= kept * 0.3 * side * reach
        turn[rows, fore, PITCH] += kept * (-0.6 * reach + 0.5 * grope) - 1.1 * slack + 0.5 * jolt
        turn[rows, fore, YAW] -= kept * side * 0.7 * reach


def roll(pose: Pose, rows: Rows, m: Manner) -> None:
    """It rolls and rocks; alarmed it lifts its arm. What breaks in it makes it sink where it stands."""
    at, turn = _numbers()[1], pose.angles
    chassis, body, head, boom, nozzle = (at[name] for name in ("chassis", "body", "head", "boom", "nozzle"))
    alive = 1.0 - m.down
    rolled = np.mod(m.travelled / WHEEL_M, TURN)
    turn[rows, at["wheels_f"], PITCH] -= rolled
    turn[rows, at["wheels_b"], PITCH] -= rolled
    brushing = np.mod(m.travelled * _BRUSH_TURNS_M, 1.0) * TURN
    turn[rows, at["brush_l"], YAW] -= brushing
    turn[rows, at["brush_r"], YAW] += brushing
    turn[rows, chassis, ROLL] += 0.1 * m.lame * m.side
    turn[rows, chassis, PITCH] -= 0.05 * m.lame
    pose.shifts[rows, chassis, 2] -= 0.05 * m.lame
    rock = np.minimum(m.speed, 2.0) * 0.5
    turn[rows, body, ROLL] += alive * 0.012 * rock * np.sin(TURN * (m.travelled / 1.7 + m.own)) - 0.05 * m.down
    turn[rows, body, PITCH] += alive * (0.01 * rock * np.sin(TURN * (m.travelled / 2.3 + 2 * m.own)) - 0.03 * m.alert) - 0.06 * m.down
    pose.shifts[rows, body, 2] += alive * 0.004 * np.sin(TURN * np.mod(11.0 * m.time_s, 1.0)) - 0.05 * m.down  # the engine
    _look(turn, rows, head, m)
    turn[rows, head, PITCH] -= 0.5 * m.down
    turn[rows, boom, PITCH] += alive * (0.35 * m.alert + 0.03 * m.wave(3.7)) - 0.75 * m.down + 0.16 * m.jolts[1]
    turn[rows, boom, YAW] += alive * (0.3 * m.alert + 0.04 * m.wave(5.9))
    turn[rows, nozzle, PITCH] += alive * (0.7 * m.alert + 0.08 * m.alert * m.wave(0.9)) + 0.5 * m.down + 0.3 * m.jolts[2]
    turn[rows, at["beacon"], YAW] += np.mod(m.time_s * _BEACON_HZ + m.own, 1.0) * TURN


def run(pose: Pose, rows: Rows, m: Manner) -> None:
    """It goes on its toes, its chest turning against its hips; alarmed it crouches and lifts its arms. Lame, it drags a leg."""
    at, turn = _numbers()[2], pose.angles
    pelvis, torso, head = at["pelvis"], at["torso"], at["head"]
    alive, fast, moving = 1.0 - m.down, running(m.speed), eased(m.speed, 0.0, 0.5)
    phase = phase_of(m.travelled) + m.own
    wave, twice = np.sin(TURN * phase), np.cos(2.0 * TURN * phase)
    still = 1.0 - moving
    lowered = 0.05 + 0.05 * fast + (0.09 * m.alert + 0.012 * m.wave(2.1)) * still - (0.018 + 0.035 * fast) * moving * twice + 0.26 * m.lame
    pose.shifts[rows, at["hips"], 2] -= lowered
    turn[rows, pelvis, YAW] += 0.16 * moving * wave
    turn[rows, pelvis, ROLL] += 0.04 * moving * wave + 0.16 * m.lame
    lean = alive * (0.1 + 0.26 * fast + 0.2 * m.alert) + 0.2 * m.blind
    turn[rows, torso, PITCH] -= lean
    turn[rows, torso, YAW] -= 0.26 * moving * wave
    turn[rows, torso, ROLL] -= 0.12 * m.lame
    turn[rows, head, PITCH] += 0.8 * lean * alive
    _look(turn, rows, head, m)
    turn[rows, at["lid"], PITCH] += 0.05 * moving * (1.0 - twice) + 0.5 * m.down
    both = np.array([[-1.0], [1.0]])  # left and right, half a stride apart
    y, z, rolled = foot_at(phase + (0.25 + 0.25 * both), m.speed)
    hurt = m.lame * (m.side == both)
    folded = bend(_LEG, lowered, y * (1.0 - hurt) - 0.25 * hurt, z * (1.0 - hurt), rolled * (1.0 - hurt) + 0.9 * hurt)
    for lane, (name, side) in enumerate((("l", -1.0), ("r", 1.0))):
        shake, limp = m.jolts[lane + 1], 0.5 * m.down
        for part, angle, kick in zip(("thigh", "shank", "heel", "toes"), folded, (0.2, -0.35, 0.3, 0.2), strict=True):
            turn[rows, at[f"{part}_{name}"], PITCH] += angle[lane] + kick * (1.4 * shake + limp)
        turn[rows, at[f"arm_{name}"], PITCH] += alive * (0.9 * m.alert + 0.2 * side * moving * wave) + 0.4 * shake


def hang(pose: Pose, rows: Rows, m: Manner, beam: Floats) -> None:
    """It hangs in the air, its light on what it watches: `beam` (N, 3), unit, in the body's frame."""
    at, turn = _numbers()[3], pose.angles
    frame = at["frame"]
    pose.shifts[rows, frame, 2] += 0.05 * m.wave(3.7)
    pose.shifts[rows, frame, 0] += 0.04 * m.wave(5.9)
    turn[rows, frame, PITCH] += -0.05 * np.minimum(m.speed, 5.0) + 0.03 * m.wave(2.9)
    turn[rows, frame, ROLL] += 0.035 * m.wave(4.7)
    for k in range(4):
        spun = np.mod(m.time_s * (_ROTOR_HZ + 0.3 * k) + m.own, 1.0) * TURN
        turn[rows, at[f"rotor_{k}"], YAW] += spun if k in (0, 3) else -spun
    x, y, z = beam.T
    turn[rows, at["fork"], PITCH] += np.arctan2(z, y) - turn[rows, frame, PITCH]
    turn[rows, at["gimbal"], YAW] += -np.arcsin(np.clip(x, -1.0, 1.0))
    grip = 0.1 * m.wave(5.9) - 0.5 * m.alert
    turn[rows, at["jaw_r"], ROLL] += grip
    turn[rows, at["jaw_l"], ROLL] -= 0.3 * grip
