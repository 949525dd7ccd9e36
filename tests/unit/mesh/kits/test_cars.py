"""Cars: recognisable parts, outward, within budget, and the same to the senses as to the eye."""

from __future__ import annotations

import numpy as np
import pytest
from triangle_soup import assert_sound

from world.mesh.kits.car_body import BODIES, shell
from world.mesh.kits.cars import VARIANTS, CarState, car, car_blocks, car_choice, car_model, car_solids
from world.mesh.kits.frame import Frame, solids_of
from world.mesh.surface import Finish, SurfaceBuilder
from world.space import Solids

_BUDGET = 1750


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
def test_the_shell_is_wound_outward(body: int) -> None:
    quads, *_ = shell(BODIES[body])
    corners = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]) - [0.0, quads[..., 1].mean(), 0.7]
    volume = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6
    low, high = quads.reshape(-1, 3).min(0), quads.reshape(-1, 3).max(0)
    assert 0.4 < volume / np.prod(high - low) < 1.0


@pytest.mark.parametrize("state", CarState)
@pytest.mark.parametrize("body", range(len(BODIES)))
def test_cars_are_sound_and_rest_on_the_ground(body: int, state: CarState) -> None:
    for variant in (0, 3, VARIANTS - 1):
        model = car_model(body, state, variant)
        assert_sound(model, _BUDGET, f"{BODIES[body].name} {state.name} {variant}")
        low, high = model.bounds()
        assert -0.06 < low[2] < 0.0 and 1.0 < high[2] < 2.05
        assert 3.0 < high[1] - low[1] < 5.6


@pytest.mark.parametrize("state", CarState)
@pytest.mark.parametrize("body", range(len(BODIES)))
def test_what_is_seen_is_what_stops(body: int, state: CarState) -> None:
    frame = Frame((200.0, -90.0, 0.0), 63.0)
    model = car_model(body, state, 2)
    skin = np.isin(model.finish, (Finish.PAINT, Finish.GLASS)) if state is not CarState.BURNT else model.finish == Finish.METAL
    points = frame.at(model.position[skin])
    solids = solids_of(car_blocks(body, state, 2), frame)
    assert (solids.half > 0).all() and (solids.top > solids.bottom).all()
    beyond = _depth_outside(points, solids)
    assert np.quantile(beyond, 0.9) < 0.25 and np.median(beyond) < 0.1
    low, high = model.moved(frame).bounds()
    solid_low, solid_high = solids.bounds()
    slack = np.array([0.3, 0.3, 0.15])  # a crash pushes one corner of the nose in; its box stays
    assert (solid_low.min(0) > low - slack).all() and (solid_high.max(0) < high + slack).all()


def test_the_bonnet_is_lower_than_the_cabin() -> None:
    for body in (1, 2, 4):
        blocks = car_blocks(body, CarState.PARKED, 0)
        cabin = max(b.top for b in blocks)
        bonnet = max(b.top for b in blocks if b.centre[1] > BODIES[body].roof[0][0])
        assert bonnet < cabin - 0.4


def test_seeds_give_every_body_and_state_and_the_same_bytes() -> None:
    choices = [car_choice(seed) for seed in range(400)]
    assert {c[0] for c in choices} == set(range(len(BODIES))) and {c[1] for c in choices} == set(CarState)

    def built() -> bytes:
        car_model.cache_clear()
        builder = SurfaceBuilder()
        for seed in range(6):
            car(builder, Frame((6.0 * seed, 0.0, 0.0), 17.0 * seed), seed)
        surface = builder.build()
        return surface.vertices.tobytes() + surface.indices.tobytes()

    assert built() == built()
    assert len(car_solids(Frame((0.0, 0.0, 0.0)), 5)) >= 3


def test_burnt_cars_have_no_glass_and_parked_ones_have_all() -> None:
    for body in range(len(BODIES)):
        burnt, parked = car_model(body, CarState.BURNT, 1), car_model(body, CarState.PARKED, 1)
        roofward = parked.position[parked.finish == Finish.GLASS][:, 2].max()
        assert roofward > 1.2
        pane = burnt.position[burnt.finish == Finish.GLASS]
        assert len(pane) == 0 or pane[:, 2].max() < 1.0  # headlamps may stay
