"""Postures: closed-form, without a jump, feet that stand still in the world, and harm that shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from march import moment

from world.mesh.bodies.rig import Role
from world.posture.bones import PITCH, ROLL, YAW, Pose, Skeletons, rotations, turned_about
from world.posture.machines import Bodies, bodies, rigs
from world.sim.kinds import HOVER_M, Harm, Kind, Trade

TICK_S = 1.0 / 60.0
Floats = np.ndarray[Any, np.dtype[Any]]


def _points(found: Bodies, n: int = 0) -> Floats:
    """Every vertex of a machine, in the world's frame of heights, its own frame of the plane."""
    rig = rigs()[int(found.trade[n])]
    part = rig.model.extra[:, 2]
    matrix = found.parts[n, part]
    points: Floats = np.einsum("vij,vj->vi", matrix[:, :, :3], rig.model.position) + matrix[:, :, 3]
    points[:, 2] += found.place[n, 2]
    return points


def _part(found: Bodies, name: str, n: int = 0) -> Floats:
    return found.parts[n, rigs()[int(found.trade[n])].part(name)]


def test_angles_compose_as_roll_then_pitch_then_yaw() -> None:
    made = rotations(np.array([0.3, -0.2, 0.7]))
    assert np.allclose(made @ made.T, np.eye(3)) and np.linalg.det(made) == pytest.approx(1.0)
    nose_up = rotations(np.array([0.1, 0.0, 0.0])) @ [0.0, 1.0, 0.0]
    assert nose_up[2] > 0
    right_up = np.zeros(3)
    right_up[ROLL] = 0.1
    assert (rotations(right_up) @ [0.0, 0.0, 1.0])[0] > 0
    left = np.zeros(3)
    left[YAW] = 0.1
    assert (rotations(left) @ [0.0, 1.0, 0.0])[0] < 0
    about = turned_about(np.array([[1.0, 0.0, 0.0]]), np.array([0.1]))[0]
    assert np.allclose(about, rotations(np.array([0.1, 0.0, 0.0])))


def test_a_part_turns_about_its_joint_and_carries_what_hangs_on_it() -> None:
    rig = rigs()[Trade.COURIER]
    pose = Pose.rest(1)
    thigh, shank, toes = (rig.part(name) for name in ("thigh_l", "shank_l", "toes_l"))
    pose.angles[0, thigh, PITCH] = 0.5
    made = Skeletons([rig]).place(np.zeros(1, np.int64), pose)[0]
    hip = rig.pivot[thigh]
    assert np.allclose(made[thigh, :, :3] @ hip + made[thigh, :, 3], hip)
    knee = rig.pivot[shank]
    assert np.allclose(made[thigh, :, :3] @ knee + made[thigh, :, 3], made[shank, :, :3] @ knee + made[shank, :, 3])
    assert np.linalg.norm(made[toes, :, :3] @ rig.pivot[toes] + made[toes, :, 3] - rig.pivot[toes]) > 0.3
    assert np.allclose(made[rig.part("thigh_r"), :, :3], np.eye(3))
    rest = Skeletons([rig]).place(np.zeros(1, np.int64), Pose.rest(1))[0]
    assert np.allclose(rest[: len(rig.names), :, :3], np.eye(3)) and np.allclose(rest[: len(rig.names), :, 3], 0.0)


@pytest.mark.parametrize("trade", list(Trade))
@pytest.mark.parametrize("harm", [0, int(Harm.JOINT), int(Harm.SENSOR), int(Harm.CIRCUIT)])
def test_no_part_jumps_between_two_ticks(trade: Trade, harm: int) -> None:
    """Through a minute in which it goes, slows, is alarmed, is harmed: nothing but fans and wheels moves faster than 11 m/s."""
    spun = {"fan", "wheels_f", "wheels_b", "brush_l", "brush_r", "beacon", *(f"rotor_{k}" for k in range(4))}
    rig = rigs()[trade]
    still = ~np.isin(rig.model.extra[:, 2], [k for k, name in enumerate(rig.names) if name in spun])
    before, travelled, worst = None, 0.0, 0.0
    for tick in range(900):
        t = 7.0 + tick * TICK_S
        speed = 3.0 * min(max(np.sin(t * 0.7), 0.0), 1.0) if not harm else 0.0
        travelled += speed * TICK_S
        alert = 0.5 - 0.5 * np.cos(t)
        row = {"trade": trade, "speed": speed, "travelled": travelled, "alert": alert, "band": int(alert * 5), "harm": harm}
        points = _points(bodies(moment([row | {"harmed_s": tick * TICK_S if harm else 1e4, "head": 180.0 + 60.0 * np.sin(t)}], t)))[still]
        if before is not None:
            worst = max(worst, float(np.linalg.norm(points - before, axis=1).max()))
        before = points
    assert worst < 11.0 * TICK_S


def test_the_same_moment_is_the_same_posture_whoever_stands_beside() -> None:
    rows = [{"trade": trade, "key": 100 + n, "speed": 1.0, "travelled": 3.0} for n, trade in enumerate(Trade)]
    together, alone = bodies(moment(rows)), [bodies(moment([row])) for row in rows]
    for n, one in enumerate(alone):
        assert np.allclose(together.parts[n], one.parts[0]) and np.allclose(together.lamps[n], one.lamps[0])
    assert (bodies(moment(rows)).parts == together.parts).all()
    twins = bodies(moment([{"trade": Trade.WAITER, "key": 1}, {"trade": Trade.WAITER, "key": 2}]))
    assert not np.allclose(twins.parts[0], twins.parts[1])  # no two sway in step


@pytest.mark.parametrize("speed", [1.5, 6.5])
def test_a_foot_on_the_ground_stands_still_in_the_world(speed: float) -> None:
    rig = rigs()[Trade.COURIER]
    toes = rig.part("toes_l")
    heights, places = [], []
    for k in range(240):
        travelled = k / 240 * 1.8
        found = bodies(moment([{"trade": Trade.COURIER, "key": 3, "speed": speed, "travelled": travelled}]))
        at = found.parts[0, toes, :, :3] @ rig.pivot[toes] + found.parts[0, toes, :, 3]
        heights.append(at[2])
        places.append(at[1] + travelled)
    down = np.array(heights) < min(heights) + 0.0005
    assert 0.3 < down.mean() < 0.75
    runs = np.flatnonzero(down[1:] & down[:-1])
    slip = abs(np.diff(places))[runs]
    assert np.quantile(slip, 0.9) < 0.25 * 1.8 / 240  # a quarter of what the body moves meanwhile
    assert max(heights) - min(heights) > 0.1
    lowest = [
        float(_points(bodies(moment([{"trade": Trade.COURIER, "speed": speed, "travelled": 0.11 * k}])))[:, 2].min()) for k in range(17)
    ]
    assert min(lowest) > -0.13


def test_alarm_shows_in_bearing_and_light() -> None:
    calm, sure = (bodies(moment([{"trade": Trade.NURSE, "alert": a, "band": b}])) for a, b in ((0.0, 0), (1.0, 5)))
    hand = np.array([-0.08, 0.265, 0.93])

    def reach(found: Bodies) -> float:
        part = _part(found, "fore_r")
        return float((part[:, :3] @ hand + part[:, 3])[1])

    assert reach(sure) > reach(calm) + 0.12
    state = [bodies(moment([{"trade": Trade.NURSE, "band": b}])).lamps[0, Role.STATE, :3] for b in range(6)]
    assert state[0][2] > state[0][0]  # cold
    assert state[2][0] > 2 * state[2][1] > 10 * state[2][2]  # amber
    assert state[5][0] > 20 * state[5][1]  # red
    red = [bodies(moment([{"trade": Trade.NURSE, "band": b}])).lamps[0, Role.EYE, 0] for b in range(6)]
    assert (np.diff(red) > 0).all()


def test_no_lamp_beats_faster_than_is_safe_and_none_where_nothing_may_flash() -> None:
    times = np.arange(0.0, 10.0, 1 / 240)
    for band in range(6):
        row = {"trade": Trade.WAITER, "band": band}
        light = np.array([bodies(moment([row], float(t))).lamps[0, Role.STATE, 0] for t in times[::8]])
        rises = ((light[1:-1] > light[:-2]) & (light[1:-1] >= light[2:])).sum()
        assert rises <= 3 * 10
        calm = [bodies(moment([row], float(t)), calm=True).lamps[0] for t in (0.0, 0.3, 1.1)]
        assert all((one == calm[0]).all() for one in calm)
    beats = [
        np.ptp([bodies(moment([{"trade": Trade.WAITER, "band": b}], t)).lamps[0, Role.STATE, 0] for t in (0.1, 0.4, 0.6, 0.9)])
        for b in (0, 5)
    ]
    assert beats[0] == 0.0 < beats[1]


def test_a_blind_one_hangs_its_head_a_lame_one_lists_a_broken_one_lies_dark() -> None:
    well = bodies(moment([{"trade": Trade.WAITER}]))
    blind = bodies(moment([{"trade": Trade.WAITER, "harm": Harm.SENSOR}]))
    lame = bodies(moment([{"trade": Trade.WAITER, "harm": Harm.JOINT}]))
    down = bodies(moment([{"trade": Trade.WAITER, "harm": Harm.CIRCUIT, "harmed_s": 20.0}]))
    assert _part(blind, "head")[2, 1] < _part(well, "head")[2, 1] - 0.3  # its brow points down
    assert blind.lamps[0, Role.EYE, 0] < 0.2 * well.lamps[0, Role.EYE, 0]
    assert abs(_part(lame, "base")[0, 2]) > 0.12 > abs(_part(well, "base")[0, 2])
    assert _points(well)[:, 2].max() > 1.4
    lying = _points(down)
    assert lying[:, 2].max() < 0.8 and -0.12 < lying[:, 2].min() < 0.1
    assert down.lamps[0].max() < 0.5 * well.lamps[0].max()
    heavy = bodies(moment([{"trade": Trade.CLEANER, "harm": Harm.CIRCUIT}]))
    assert _points(heavy)[:, 2].max() > 1.4  # it stands where it stood


def test_a_broken_one_twitches_when_it_arcs() -> None:
    arc, moved, before = [], [], None
    for k in range(1200):
        found = bodies(moment([{"trade": Trade.COURIER, "harm": Harm.CIRCUIT, "harmed_s": 5.0 + k * TICK_S}], 10.0 + k * TICK_S))
        points = _points(found)
        arc.append(float(found.arc[0]))
        moved.append(0.0 if before is None else float(np.linalg.norm(points - before, axis=1).mean()))
        before = points
    arcs, speed = np.array(arc), np.array(moved)
    assert 3 < ((arcs[1:] > 0.5) & (arcs[:-1] <= 0.5)).sum() < 60
    recent = np.convolve(arcs, np.ones(12), "full")[: len(arcs)]
    assert speed[recent > 0.5].mean() > 5 * speed[recent < 1e-3].mean()
    assert bodies(moment([{"trade": Trade.COURIER, "harm": Harm.CIRCUIT, "harmed_s": 0.001}]), calm=True).arc[0] == 0.0


def test_a_sentry_points_its_lamp_where_it_shines() -> None:
    for way in ([0.3, -0.4, -0.87], [0.0, 0.0, -1.0], [-0.5, 0.5, -0.7]):
        for heading in (0.0, 77.0, 200.0):
            found = bodies(moment([{"trade": Trade.PARCELS, "beam": way, "heading": heading}]))
            points = _part(found, "gimbal")[:, :3] @ [0.0, 1.0, 0.0]
            turn = np.radians(heading)
            s, c = np.sin(turn), np.cos(turn)
            there = np.array([points[0] * c + points[1] * s, points[1] * c - points[0] * s, points[2]])
            assert there @ way / np.linalg.norm(way) > np.cos(np.radians(4.0))  # it sways a little


def test_heights_follow_the_simulation() -> None:
    found = bodies(moment([{"trade": trade, "z": 5.0} for trade in Trade]))
    for n, trade in enumerate(Trade):
        kind = moment([{"trade": trade}]).kind[0]
        lowest = _points(found, n)[:, 2].min()
        assert lowest == pytest.approx(
            5.0 + (HOVER_M[kind] if kind in (Kind.GLIDER,) else 0.0 if kind != Kind.SENTRY else 11.0 - 0.6), abs=0.15
        )


def test_a_blow_sparks_where_it_lands_and_only_a_circuit_goes_on() -> None:
    for harm in (Harm.JOINT, Harm.SENSOR, Harm.CIRCUIT):
        fresh, later = (bodies(moment([{"trade": Trade.NURSE, "harm": harm, "harmed_s": s}])) for s in (0.01, 30.0))
        assert fresh.spits[0] and fresh.arc[0] > 0.5
        assert bool(later.spits[0]) == (harm == Harm.CIRCUIT)
        assert np.allclose(fresh.wound[0], fresh.eye[0]) == (harm == Harm.SENSOR)
    well = bodies(moment([{"trade": Trade.NURSE, "harmed_s": 0.01}]))
    assert not well.spits[0] and well.arc[0] == 0.0
