"""Cars: recognisable parts, wound outward, and the same to the senses as to the eye."""

from __future__ import annotations

import numpy as np
import pytest

from world.mesh.kits.car_body import shell
from world.mesh.kits.cars import car_model, far_car_model
from world.mesh.surface import Finish
from world.plan.records import Thing
from world.space import Solids
from world.space.thing_solids import solids_of_thing
from world.things.car_bodies import BODIES, PASSENGER, CarState, car_blocks

_KINDS = {
    CarState.PARKED: "car",
    CarState.BURNT: "car_burnt",
    CarState.OVERTURNED: "car_overturned",
    CarState.ON_SIDE: "car_on_side",
}


def _depth_outside(points: np.ndarray, solids: Solids) -> np.ndarray:
    """How far (m, per axis) each point lies outside the nearest of the sheared boxes; 0 inside."""
    offset = points[:, None, :2] - solids.centre
    u = (offset * solids.axis).sum(-1)
    v = offset[..., 1] * solids.axis[:, 0] - offset[..., 0] * solids.axis[:, 1]
    lift = solids.slope[:, 0] * u + solids.slope[:, 1] * v
    z = points[:, None, 2] - lift
    beyond = np.stack([abs(u) - solids.half[:, 0], abs(v) - solids.half[:, 1], np.maximum(solids.bottom - z, z - solids.top)], axis=-1)
    return np.clip(beyond, 0.0, None).max(axis=-1).min(axis=1)


@pytest.mark.parametrize("body", range(len(BODIES)))
def test_the_shell_is_wound_outward_all_round(body: int) -> None:
    skin = shell(BODIES[body])
    corners = np.concatenate([skin.quads[:, [0, 1, 2]], skin.quads[:, [0, 2, 3]]]) - [0.0, skin.quads[..., 1].mean(), 0.7]
    volume = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6
    low, high = skin.quads.reshape(-1, 3).min(0), skin.quads.reshape(-1, 3).max(0)
    assert 0.4 < volume / np.prod(high - low) < 1.0
    facing = np.cross(skin.quads[:, 2] - skin.quads[:, 0], skin.quads[:, 3] - skin.quads[:, 1])[:, 1]
    for end, way in ((high[1], 1.0), (low[1], -1.0)):  # one looks at its nose, and at its tail
        cap = abs(skin.quads[..., 1] - end).max(axis=1) < 1e-6
        assert cap.any() and (facing[cap] * way >= 0).all()


@pytest.mark.parametrize("state", _KINDS)
@pytest.mark.parametrize("body", range(PASSENGER))
def test_what_is_seen_is_what_stops(body: int, state: CarState) -> None:
    model = car_model(body, state, body)
    skin = np.isin(model.finish, (Finish.PAINT, Finish.GLASS)) if state is not CarState.BURNT else model.finish == Finish.METAL
    solids = solids_of_thing(Thing((0,), _KINDS[state], (0.0, 0.0, 0.0), 0.0, body))
    assert (solids.half > 0).all() and (solids.top > solids.bottom).all()
    beyond = _depth_outside(model.position[skin], solids)
    assert np.quantile(beyond, 0.9) < 0.25 and np.median(beyond) < 0.1


def test_the_bonnet_is_lower_than_the_cabin() -> None:
    for body in (1, 2, 4):
        blocks = car_blocks(BODIES[body], CarState.PARKED)
        cabin = max(b.top for b in blocks)
        bonnet = max(b.top for b in blocks if b.centre[1] > BODIES[body].roof[0][0])
        assert bonnet < cabin - 0.4


def test_burnt_cars_have_no_glass_and_parked_ones_have_all() -> None:
    for body in range(len(BODIES)):
        burnt, parked = car_model(body, CarState.BURNT, 1), car_model(body, CarState.PARKED, 1)
        roofward = parked.position[parked.finish == Finish.GLASS][:, 2].max()
        assert roofward > 1.2
        pane = burnt.position[burnt.finish == Finish.GLASS]
        assert len(pane) == 0 or pane[:, 2].max() < 1.0  # headlamps may stay


def test_embers_glow_in_the_wreck_and_only_there() -> None:
    wreck, cold = car_model(1, CarState.BURNT, 1, embers=True), car_model(1, CarState.BURNT, 1)
    assert (wreck.finish == Finish.EMBER).any() and not (cold.extra[:, 1] > 0).any()
    assert far_car_model(1, CarState.BURNT, 1).triangle_count < 120
