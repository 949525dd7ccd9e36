"""Bodies: sound and closed meshes within budget; parts in trees; lamps where the simulation has them; eyes where it looks from."""

from __future__ import annotations

import numpy as np
import pytest
from triangle_soup import assert_sound, closed_volumes

from world.mesh.bodies.rig import PARTS_MAX, Joint, Rig, RigBuilder, Role
from world.mesh.kits.forms import box
from world.mesh.surface import Finish
from world.posture.machines import rigs
from world.sim.kinds import EYE_M, HOVER_M, LAMPS, TRADES, Kind, Trade

KIND_OF = {trade: kind for kind, trades in TRADES.items() for trade in trades}


def _rig(trade: Trade) -> Rig:
    return rigs()[trade]


@pytest.mark.parametrize("trade", list(Trade))
def test_a_machine_is_sound_and_its_parts_are_closed(trade: Trade) -> None:
    model = _rig(trade).model
    assert_sound(model, 4700, trade.name)
    assert model.triangle_count > 1000
    volumes = closed_volumes(model)
    assert (volumes > 0).all(), f"{trade.name}: a part is inside out"
    facing = np.cross(*np.diff(model.triangles(), axis=1).transpose(1, 0, 2))
    drawn = model.normal[model.indices].reshape(-1, 3, 3).mean(axis=1)
    assert ((facing * drawn).sum(axis=1) > -1e-9).mean() > 0.97, f"{trade.name}: normals against the winding"


@pytest.mark.parametrize("trade", list(Trade))
def test_every_vertex_has_a_part_and_parts_hang_in_a_tree(trade: Trade) -> None:
    rig = _rig(trade)
    count = len(rig.names)
    assert count <= PARTS_MAX and len(set(rig.names)) == count
    assert set(np.unique(rig.model.extra[:, 2])) <= set(range(count))
    assert rig.parent[0] == -1 and (rig.parent[1:] < np.arange(1, count)).all() and (rig.parent[1:] >= 0).all()
    assert (rig.depth[1:] == rig.depth[rig.parent[1:]] + 1).all()
    surface = rig.surface()
    assert (surface.vertices["extra"][:, 2] == rig.model.extra[:, 2]).all()
    for k in range(1, count):  # a joint lies at its part, not beside it
        points = rig.model.position[rig.model.extra[:, 2] == k]
        if len(points):
            assert ((points.min(axis=0) - 0.16 < rig.pivot[k]) & (rig.pivot[k] < points.max(axis=0) + 0.16)).all(), rig.names[k]


@pytest.mark.parametrize("trade", list(Trade))
def test_it_looks_from_where_the_simulation_says_and_only_lamps_glow(trade: Trade) -> None:
    rig, kind = _rig(trade), KIND_OF[trade]
    part, place = rig.eye
    assert rig.underside_m == pytest.approx(HOVER_M[kind] if kind != Kind.SENTRY else 0.0)
    assert place[2] - rig.underside_m == pytest.approx(EYE_M[kind], abs=0.12)
    role, glow = rig.model.extra[:, 0], rig.model.extra[:, 1]
    assert ((role > 0) == (glow > 0)).all() and ((rig.model.finish == Finish.LAMP) == (glow > 0)).all()
    eyes = role == Role.EYE
    assert eyes.any() and (rig.model.extra[eyes, 2] == part).all()
    assert np.linalg.norm(rig.model.position[eyes].mean(axis=0) - place) < 0.03
    assert (role == Role.STATE).any()  # from all sides one sees how alarmed it is
    state = rig.model.position[role == Role.STATE]
    assert state[:, 1].min() < -0.1
    if LAMPS[kind].half_angle_deg < 180.0:
        work = rig.model.position[role == Role.WORK]
        at = np.array([0.0, LAMPS[kind].ahead_m, LAMPS[kind].up_m + rig.underside_m])
        assert np.linalg.norm(work - at, axis=1).min() < 0.6


@pytest.mark.parametrize("trade", list(Trade))
def test_lamps_grow_from_their_middles(trade: Trade) -> None:
    """The shader pushes a far lamp's corners along their normals: those must point away from the lamp's middle."""
    model = _rig(trade).model
    eyes = model.extra[:, 0] == Role.EYE
    away = model.position[eyes] - model.position[eyes].mean(axis=0)
    assert ((away * model.normal[eyes]).sum(axis=1) > 0).all()


def test_machines_are_as_large_as_they_are_sensed_and_unlike_each_other() -> None:
    for trade in Trade:
        low, high = _rig(trade).model.bounds()
        if trade == Trade.PARCELS:
            assert high[0] - low[0] > 2.0
        else:
            assert 1.4 < high[2] < 2.3
            assert low[2] == pytest.approx(HOVER_M[KIND_OF[trade]] if trade in (Trade.WAITER, Trade.NURSE) else 0.0, abs=0.03)
    waiter, nurse = _rig(Trade.WAITER), _rig(Trade.NURSE)
    assert waiter.names == nurse.names and (waiter.parent == nurse.parent).all()  # one posture serves both
    assert waiter.model.triangle_count != nurse.model.triangle_count


def test_parts_after_their_parents_and_no_more_than_the_shader_holds() -> None:
    rig = RigBuilder([Joint("low", None, (0, 0, 0)), Joint("high", "low", (0, 0, 1))])
    box(rig["high"], [-1, -1, 1], [1, 1, 2], Finish.METAL, (90, 90, 90))
    made = rig.build(underside_m=0.0, eye=("high", (0, 0, 1)), circuit=("low", (0, 0, 0)))
    assert made.part("high") == 1 and (made.model.extra[:, 2] == 1).all()
    assert made.model.tint[made.model.normal[:, 2] < -0.9, 3].max() < made.model.tint[made.model.normal[:, 2] > 0.9, 3].min()
    with pytest.raises(ValueError, match="not in"):
        RigBuilder([Joint("orphan", "nobody", (0, 0, 0))]).build(underside_m=0.0, eye=("orphan", (0, 0, 0)), circuit=("orphan", (0, 0, 0)))
    with pytest.raises(AssertionError):
        RigBuilder([Joint(str(k), None, (0, 0, 0)) for k in range(PARTS_MAX + 1)])
