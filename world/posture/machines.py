"""How the machines stand, go, look, limp and lie.

In: a `Snapshot`.  Out: `Bodies`: which rig, where, each part's matrix, each lamp's light. Every kind has a function that turns the joints of
its rows; what harm does to it comes on top. Machines that are down are tipped over as wholes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.mesh.bodies.cleaner import WHEEL_M, cleaner_rig
from world.mesh.bodies.courier import LEG, courier_rig
from world.mesh.bodies.glider import nurse_rig, waiter_rig
from world.mesh.bodies.parcels import parcels_rig
from world.mesh.bodies.rig import Rig
from world.posture.bones import PITCH, ROLL, YAW, Pose, Skeletons
from world.posture.curves import TURN, Floats, eased, own_share, sway
from world.posture.fallen import tipped
from world.posture.gait import Leg, bend, foot_at, phase_of, running
from world.posture.signals import lamps_of
from world.posture.twitch import arc_glow, jerk
from world.sim import Snapshot
from world.sim.kinds import Harm, Kind, Trade

_FAN_HZ, _ROTOR_HZ, _BRUSH_TURNS_M, _BEACON_HZ = 3.1, 9.3, 0.8, 0.7
_HEAD_MOST = np.radians(115.0)
_LEG = Leg(*LEG)


@dataclass(frozen=True)
class Bodies:
    """R machines. `parts` (R, PARTS_MAX, 3, 4) in each body's frame; `place` (R, 3) of its frame (m), `heading_deg` (R,); `lamps`
    (R, ROLES, 4); `eye`, `circuit` (R, 3) in its frame; `arc` (R,): 0 .. 1 of an arc's light now."""

    trade: NDArray[np.int64]
    place: Floats
    heading_deg: Floats
    parts: Floats
    lamps: Floats
    eye: Floats
    circuit: Floats
    arc: Floats
    own: Floats


@lru_cache(maxsize=1)
def rigs() -> tuple[Rig, ...]:
    """By `Trade`."""
    made = {
        Trade.WAITER: waiter_rig(),
        Trade.NURSE: nurse_rig(),
        Trade.CLEANER: cleaner_rig(),
        Trade.COURIER: courier_rig(),
        Trade.PARCELS: parcels_rig(),
    }
    return tuple(made[trade] for trade in Trade)


@lru_cache(maxsize=1)
def _tables() -> tuple[Skeletons, Floats, NDArray[np.int64], Floats, NDArray[np.int64], Floats]:
    """Joints, undersides, and where eyes and circuits are, by trade."""
    all_ = rigs()
    eyes, circuits = np.array([rig.eye[1] for rig in all_]), np.array([rig.circuit[1] for rig in all_])
    underside = np.array([rig.underside_m for rig in all_])
    return Skeletons(all_), underside, np.array([r.eye[0] for r in all_]), eyes, np.array([r.circuit[0] for r in all_]), circuits


def bodies(moment: Snapshot, calm: bool = False) -> Bodies:
    """All machines at a moment. `calm`: nothing may flash."""
    skeletons, underside, eye_part, eye_at, circuit_part, circuit_at = _tables()
    trade, time_s = moment.trade, moment.time_s
    own = own_share(moment.key)
    pose = Pose.rest(len(trade))
    for kind, moved in _BY_KIND:
        rows = np.flatnonzero(moment.kind == kind)
        if len(rows):
            moved(pose, rows, moment, own[rows], time_s)
    parts = skeletons.place(trade, pose)
    down = np.flatnonzero((moment.harm & int(Harm.CIRCUIT)) != 0)
    if len(down):
        parts[down] = tipped(parts[down], moment.kind[down], own[down], moment.harmed_s[down])
    place = moment.position.copy()
    place[:, 2] -= underside[trade]
    rows_ = np.arange(len(trade))
    broken = np.zeros(len(trade))
    if len(down) and not calm:
        broken[down] = arc_glow(own[down], moment.harmed_s[down])
    return Bodies(
        trade,
        place,
        moment.heading_deg,
        parts,
        lamps_of(moment.band, moment.harm, moment.harmed_s, moment.kind, own, time_s, calm),
        _carried(parts[rows_, eye_part[trade]], eye_at[trade]),
        _carried(parts[rows_, circuit_part[trade]], circuit_at[trade]),
        broken,
        own,
    )


def _carried(part: Floats, point: Floats) -> Floats:
    result: Floats = (part[:, :, :3] @ point[:, :, None])[:, :, 0] + part[:, :, 3]
    return result


def alarm(moment: Snapshot, rows: NDArray[np.intp]) -> Floats:
    """0: it suspects nothing .. 1: it is sure."""
    return eased(moment.alert[rows], 0.15, 0.95)


def _look(pose: Pose, rows: NDArray[np.intp], part: int, moment: Snapshot, own: Floats, time_s: float, alert: Floats) -> None:
    """The head: where the simulation has it look, a little up and down while it searches; down for good when it sees nothing."""
    away = np.radians(np.mod(moment.head_deg[rows] - moment.heading_deg[rows] + 180.0, 360.0) - 180.0)
    blind = ((moment.harm[rows] & int(Harm.SENSOR)) != 0) * eased(moment.harmed_s[rows], 0.0, 0.8)
    working = 1.0 - ((moment.harm[rows] & int(Harm.CIRCUIT)) != 0) * eased(moment.harmed_s[rows], 0.0, 0.3)
    pose.angles[rows, part, YAW] += -np.clip(away, -_HEAD_MOST, _HEAD_MOST) * working + 0.35 * blind * sway(time_s, 3.1, own)
    nod = 0.05 * sway(time_s, 4.7, own) + 0.09 * alert * sway(time_s, 1.7, own + 0.3)
    pose.angles[rows, part, PITCH] += nod * working - 0.55 * blind
    pose.angles[rows, part, ROLL] += 0.24 * blind * np.sign(own - 0.5)


def _glide(pose: Pose, rows: NDArray[np.intp], moment: Snapshot, own: Floats, time_s: float) -> None:
    rig = rigs()[Trade.WAITER]
    base, fan, torso, head = (rig.part(name) for name in ("base", "fan", "torso", "head"))
    alert, speed, harm = alarm(moment, rows), moment.speed_m_s[rows], moment.harm[rows]
    lame = ((harm & int(Harm.JOINT)) != 0) * eased(moment.harmed_s[rows], 0.0, 0.6)
    blind = ((harm & int(Harm.SENSOR)) != 0) * eased(moment.harmed_s[rows], 0.0, 0.8)
    down = ((harm & int(Harm.CIRCUIT)) != 0) * eased(moment.harmed_s[rows], 0.0, 0.4)
    alive = 1.0 - down
    pose.shifts[rows, base, 2] += alive * (0.022 * sway(time_s, 1.9, own) - 0.05 * lame)
    lurch = np.maximum(sway(time_s, 1.3, own), 0.0) ** 3
    pose.angles[rows, base, PITCH] += alive * (-0.055 * np.minimum(speed, 5.0) + 0.012 * sway(time_s, 2.7, own)) - 0.1 * lame * lurch
    pose.angles[rows, base, ROLL] += alive * 0.014 * sway(time_s, 2.3, own + 0.5) + lame * (0.19 + 0.09 * lurch) * np.sign(own - 0.5)
    pose.angles[rows, fan, YAW] += np.mod(time_s * _FAN_HZ + own, 1.0) * TURN * alive
    pose.angles[rows, torso, PITCH] += -0.3 * alert * alive - 0.05 * lame - 0.14 * blind
    pose.angles[rows, torso, YAW] += 0.05 * sway(time_s, 5.3, own) * alive
    pose.angles[rows, head, PITCH] += 0.22 * alert * alive
    _look(pose, rows, head, moment, own, time_s, alert)
    reach = np.maximum(alert, 0.75 * blind) * alive
    for lane, (side, upper, fore) in enumerate(((-1.0, "upper_l", "fore_l"), (1.0, "upper_r", "fore_r"))):
        a, b = rig.part(upper), rig.part(fore)
        grope = 0.3 * blind * sway(time_s, 2.9, own + 0.37 * lane)
        slack = lame * (np.sign(own - 0.5) == side) + down
        kept = 1.0 - np.minimum(slack, 1.0)
        pose.angles[rows, a, PITCH] += kept * (0.75 * reach + grope + 0.03 * sway(time_s, 3.7, own + lane)) - 0.35 * slack
        pose.angles[rows, a, ROLL] += kept * 0.28 * side * reach
        pose.angles[rows, b, PITCH] += kept * (-0.2 * reach + 0.5 * grope) - 1.1 * slack
        pose.angles[rows, b, YAW] += kept * side * -0.75 * reach
        jolt = jerk(own, moment.harmed_s[rows], lane + 1) * down
        pose.angles[rows, a, PITCH] += 0.5 * jolt
        pose.angles[rows, b, PITCH] += 0.7 * jolt
    pose.angles[rows, head, YAW] += 0.45 * jerk(own, moment.harmed_s[rows], 3) * down
    pose.angles[rows, torso, PITCH] += 0.12 * jerk(own, moment.harmed_s[rows], 0) * down


def _roll(pose: Pose, rows: NDArray[np.intp], moment: Snapshot, own: Floats, time_s: float) -> None:
    rig = rigs()[Trade.CLEANER]
    alert, travelled, speed, harm = alarm(moment, rows), moment.travelled_m[rows], moment.speed_m_s[rows], moment.harm[rows]
    lame = ((harm & int(Harm.JOINT)) != 0) * eased(moment.harmed_s[rows], 0.0, 0.7)
    down = ((harm & int(Harm.CIRCUIT)) != 0) * eased(moment.harmed_s[rows], 0.0, 1.1)
    alive = 1.0 - down
    for name in ("wheels_f", "wheels_b"):
        pose.angles[rows, rig.part(name), PITCH] -= np.mod(travelled / WHEEL_M, TURN)
    brushing = np.mod(travelled * _BRUSH_TURNS_M + time_s * 0.6 * alive, 1.0) * TURN
    pose.angles[rows, rig.part("brush_l"), YAW] -= brushing
    pose.angles[rows, rig.part("brush_r"), YAW] += brushing
    chassis, body, head = rig.part("chassis"), rig.part("body"), rig.part("head")
    pose.angles[rows, chassis, ROLL] += 0.1 * lame * np.sign(own - 0.5)
    pose.angles[rows, chassis, PITCH] -= 0.05 * lame
    pose.shifts[rows, chassis, 2] -= 0.05 * lame
    rock = np.minimum(speed, 2.0) * 0.5
    pose.angles[rows, body, ROLL] += alive * 0.012 * rock * np.sin(TURN * (travelled / 1.7 + own)) - 0.05 * down
    pose.angles[rows, body, PITCH] += alive * (0.01 * rock * np.sin(TURN * (travelled / 2.3 + 2 * own)) - 0.03 * alert) - 0.06 * down
    pose.shifts[rows, body, 2] += alive * 0.004 * np.sin(TURN * np.mod(11.0 * time_s, 1.0)) - 0.05 * down  # the engine
    _look(pose, rows, head, moment, own, time_s, alert)
    pose.angles[rows, head, PITCH] -= 0.5 * down
    boom, nozzle = rig.part("boom"), rig.part("nozzle")
    pose.angles[rows, boom, PITCH] += alive * (0.3 * alert + 0.03 * sway(time_s, 4.1, own)) - 0.75 * down
    pose.angles[rows, boom, YAW] += alive * (0.3 * alert + 0.04 * sway(time_s, 5.9, own))
    pose.angles[rows, nozzle, PITCH] += alive * (0.6 * alert + 0.08 * alert * sway(time_s, 0.9, own)) + 0.5 * down
    for lane, part in enumerate((head, boom, nozzle, body)):
        pose.angles[rows, part, PITCH] += (0.2, 0.16, 0.3, 0.03)[lane] * jerk(own, moment.harmed_s[rows], lane) * down
    pose.angles[rows, rig.part("beacon"), YAW] += np.mod(time_s * _BEACON_HZ + own, 1.0) * TURN


def _run(pose: Pose, rows: NDArray[np.intp], moment: Snapshot, own: Floats, time_s: float) -> None:
    rig = rigs()[Trade.COURIER]
    alert, speed, harm = alarm(moment, rows), moment.speed_m_s[rows], moment.harm[rows]
    lame = ((harm & int(Harm.JOINT)) != 0) * eased(moment.harmed_s[rows], 0.0, 0.7)
    blind = ((harm & int(Harm.SENSOR)) != 0) * eased(moment.harmed_s[rows], 0.0, 0.8)
    down = ((harm & int(Harm.CIRCUIT)) != 0) * eased(moment.harmed_s[rows], 0.0, 0.7)
    alive = 1.0 - down
    run, moving = running(speed), eased(speed, 0.0, 0.5)
    phase = phase_of(moment.travelled_m[rows]) + own
    pelvis, torso, head = rig.part("pelvis"), rig.part("torso"), rig.part("head")
    bounce = (0.018 + 0.035 * run) * moving * np.cos(2.0 * TURN * phase)
    lowered = 0.05 + 0.05 * run + 0.09 * alert * (1.0 - moving) - bounce + 0.012 * sway(time_s, 2.1, own) * (1.0 - moving) + 0.26 * lame
    pose.shifts[rows, pelvis, 2] -= lowered
    turned = 0.16 * moving * np.sin(TURN * phase)
    pose.angles[rows, pelvis, YAW] += turned
    pose.angles[rows, pelvis, ROLL] += 0.04 * moving * np.sin(TURN * phase) + 0.16 * lame
    lean = alive * (0.1 + 0.3 * run + 0.2 * alert) + 0.2 * blind
    pose.angles[rows, torso, PITCH] -= lean
    pose.angles[rows, torso, YAW] -= 1.6 * turned
    pose.angles[rows, torso, ROLL] -= 0.12 * lame
    pose.angles[rows, head, PITCH] += 0.8 * lean * alive
    _look(pose, rows, head, moment, own, time_s, alert)
    pose.angles[rows, rig.part("lid"), PITCH] += 0.05 * moving * (1.0 - np.cos(2.0 * TURN * phase)) + 0.5 * down
    for lane, (name, side, offset) in enumerate((("l", -1.0, 0.0), ("r", 1.0, 0.5))):
        y, z, roll = foot_at(phase + offset, speed)
        hurt = lame * (side == np.sign(own - 0.5))
        folded = bend(_LEG, lowered, y * (1 - hurt) - 0.25 * hurt, z * (1 - hurt), roll * (1 - hurt) + 0.9 * hurt)
        shake = jerk(own, moment.harmed_s[rows], lane + 1) * down
        limp = 0.5 * down
        for part, angle, kick in zip(("thigh", "shank", "heel", "toes"), folded, (0.25, 0.5, 0.4, 0.2), strict=True):
            pose.angles[rows, rig.part(f"{part}_{name}"), PITCH] += angle + kick * (shake + limp * (1.0 if part == "thigh" else -1.0))
        pose.angles[rows, rig.part(f"arm_{name}"), PITCH] += alive * (0.9 * alert + 0.2 * moving * side * np.sin(TURN * phase)) + 0.4 * shake
    pose.angles[rows, head, YAW] += 0.4 * jerk(own, moment.harmed_s[rows], 3) * down


def _hang(pose: Pose, rows: NDArray[np.intp], moment: Snapshot, own: Floats, time_s: float) -> None:
    rig = rigs()[Trade.PARCELS]
    frame, fork, gimbal = (rig.part(name) for name in ("frame", "fork", "gimbal"))
    alert, speed = alarm(moment, rows), moment.speed_m_s[rows]
    pose.shifts[rows, frame, 2] += 0.05 * sway(time_s, 3.7, own)
    pose.shifts[rows, frame, 0] += 0.04 * sway(time_s, 5.9, own + 0.2)
    pose.angles[rows, frame, PITCH] += -0.05 * np.minimum(speed, 5.0) + 0.03 * sway(time_s, 2.9, own)
    pose.angles[rows, frame, ROLL] += 0.035 * sway(time_s, 3.3, own + 0.4)
    for k in range(4):
        turn = np.mod(time_s * (_ROTOR_HZ + 0.3 * k) + own, 1.0) * TURN
        pose.angles[rows, rig.part(f"rotor_{k}"), YAW] += turn if k in (0, 3) else -turn
    way = np.tile([0.0, 0.5, -0.85], (len(moment.kind), 1))
    heading = np.radians(moment.heading_deg)
    lit, beam = moment.lights.robot, moment.lights.way
    s, c = np.sin(heading[lit]), np.cos(heading[lit])
    way[lit] = np.column_stack([beam[:, 0] * c - beam[:, 1] * s, beam[:, 0] * s + beam[:, 1] * c, beam[:, 2]])
    x, y, z = way[rows].T
    pose.angles[rows, fork, PITCH] += np.arctan2(z, y) - pose.angles[rows, frame, PITCH]
    pose.angles[rows, gimbal, YAW] += -np.arcsin(np.clip(x, -1.0, 1.0))
    grip = 0.1 * sway(time_s, 6.1, own) - 0.5 * alert
    pose.angles[rows, rig.part("jaw_r"), ROLL] += grip
    pose.angles[rows, rig.part("jaw_l"), ROLL] -= 0.3 * grip


_BY_KIND = ((Kind.GLIDER, _glide), (Kind.HEAVY, _roll), (Kind.RUNNER, _run), (Kind.SENTRY, _hang))
