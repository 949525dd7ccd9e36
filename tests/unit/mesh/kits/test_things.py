"""Placed things: sound, within budget, closed parts outward, standing on the ground, as large as they are sensed, never two alike."""

from __future__ import annotations

import numpy as np
import pytest
from triangle_soup import assert_sound, closed_volumes

from world.mesh.kits import facade_props, robots
from world.mesh.kits.frame import Frame
from world.mesh.kits.indoors import INDOOR_MODELS
from world.mesh.kits.model import Model
from world.mesh.kits.things import add_thing, far_model, thing_kinds, thing_model, warm
from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.records import Thing
from world.space.thing_solids import solids_of_thing
from world.things import KINDS, Cover
from world.things.catalogue import LAMP_HEAD

_OUTDOORS = [kind for kind in thing_kinds() if kind not in INDOOR_MODELS]
_BUDGET = {"car": 1000, "bus": 1100, "van": 1000, "wreck": 1000, "truck": 700, "stall": 1000, "tree": 900, "drone": 850}
_PERSON = 480  # what is no larger than a person
_FAR_BUDGET = 180
_UNDER = {"manhole": 0.025}  # set into the pavement
_SCATTER = {"glass_shards": 0.01, "cardboard": 0.02}  # lies on bumps of the pavement
_FEW = {"car", "car_burnt", "car_overturned", "car_on_side", "bus", "bus_overturned", "truck_cage", "tree_leaf", "tree_bare", "heap"}


def _budget(kind: str) -> int:
    return next((limit for name, limit in _BUDGET.items() if kind.startswith(name)), _PERSON)


@pytest.mark.parametrize("kind", _OUTDOORS)
def test_every_shape_is_sound_and_stands_on_the_ground(kind: str) -> None:
    for shape in range(KINDS[kind].shapes):
        model, name = thing_model(kind, shape), f"{kind} {shape}"
        assert_sound(model, _budget(kind), name)
        assert (closed_volumes(model) > -5e-5).all(), f"{name}: a part is inside out"  # dents may fold a lamp
        low, high = model.bounds()
        assert -0.0151 - _UNDER.get(kind, 0.0) <= low[2] <= 0.011 + _SCATTER.get(kind, 0.0), f"{name}: lowest point at {low[2]} m"
        assert np.hypot(*np.maximum(abs(low), abs(high))[:2]) < KINDS[kind].reach_m * 1.45 + 0.1, f"{name}: reaches further than told"
        facing = np.cross(*np.diff(model.triangles(), axis=1).transpose(1, 0, 2))
        drawn = model.normal[model.indices].reshape(-1, 3, 3).mean(axis=1)
        assert ((facing * drawn).sum(axis=1) > -1e-9).mean() > 0.97, f"{name}: normals against the winding"


@pytest.mark.parametrize("kind", _OUTDOORS)
def test_no_two_shapes_are_alike(kind: str) -> None:
    shapes = KINDS[kind].shapes
    assert shapes >= (4 if kind in _FEW else 2)
    prints = {thing_model(kind, shape).position.tobytes() + thing_model(kind, shape).tint.tobytes() for shape in range(shapes)}
    assert len(prints) == shapes


@pytest.mark.parametrize("kind", [kind for kind in _OUTDOORS if KINDS[kind].blocks != ((),) and KINDS[kind].footprint_m > 0])
def test_what_is_seen_is_what_stops(kind: str) -> None:
    """No block stands out of the drawn thing by more than a hand, and most of what is drawn at a body's height lies in the blocks."""
    for shape in range(KINDS[kind].shapes):
        low, high = thing_model(kind, shape).bounds()
        solids = solids_of_thing(Thing((0,), kind, (0.0, 0.0, 0.0), 0.0, shape))
        solid_low, solid_high = solids.bounds()
        assert (solid_high.max(0) < high + 0.3).all() and (solid_low.min(0) > low - 0.3).all(), f"{kind} {shape}"
        corners = thing_model(kind, shape).position
        body = corners[(corners[:, 2] > 0.3) & (corners[:, 2] < 1.5)]
        if KINDS[kind].cover(shape) is not Cover.NONE and len(body):
            inside = ((body[:, None, :2] > solid_low[:, :2] - 0.25) & (body[:, None, :2] < solid_high[:, :2] + 0.25)).all(-1).any(1)
            assert inside.mean() > 0.75, f"{kind} {shape}: {inside.mean():.2f} of it is held by its boxes"


@pytest.mark.parametrize("kind", [kind for kind in _OUTDOORS if far_model(kind, 0) is not None])
def test_far_twins_are_lean_and_have_the_same_silhouette(kind: str) -> None:
    for shape in range(KINDS[kind].shapes):
        near, far = thing_model(kind, shape), far_model(kind, shape)
        assert far is not None
        assert far.triangle_count <= min(_FAR_BUDGET, 0.62 * near.triangle_count)
        assert abs(np.array(near.bounds()) - np.array(far.bounds())).max() < 1.3  # a twig, a door or a gate that hangs open


def test_wheels_touch_a_cambered_road() -> None:
    """On a plane that falls to both sides a car's wheels, and the boxes one bumps into, follow the plane."""
    slope, heading, place = (0.05, -0.03), 37.0, (100.0, 50.0, 0.2)
    frame = Frame.on(place, heading, slope)
    rubber = thing_model("car", 1)
    tyres = rubber.position[(rubber.finish == Finish.RUBBER) & (rubber.position[:, 2] < 0.005)]
    assert len(tyres) >= 4
    on = frame.at(tyres)
    ground = place[2] + (on[:, 0] - place[0]) * slope[0] + (on[:, 1] - place[1]) * slope[1]
    assert abs(on[:, 2] - ground).max() < 0.05
    flat, tilted = (solids_of_thing(Thing((0,), "car", place, heading, 1, slope=s)) for s in ((0.0, 0.0), slope))
    rise = (flat.centre - place[:2]) @ np.array(slope)
    assert np.allclose(tilted.bottom - flat.bottom, rise) and np.allclose(tilted.top - flat.top, rise)
    axis = flat.axis
    assert np.allclose(tilted.slope[:, 0] - flat.slope[:, 0], axis @ np.array(slope))


def test_every_kind_can_be_placed_and_is_the_same_twice() -> None:
    def built() -> bytes:
        builder = SurfaceBuilder()
        for i, kind in enumerate(thing_kinds()):
            add_thing(builder, kind, Frame((4.0 * i, 0.0, 0.0), 25.0 * i), 1000 + i, 0.8)
            add_thing(builder, kind, Frame((4.0 * i, 9.0, 0.0)), 1000 + i, far=True)
        surface = builder.build()
        assert np.isfinite(surface.vertices["position"]).all()
        return surface.vertices.tobytes() + surface.indices.tobytes()

    assert built() == built()
    with pytest.raises(KeyError):
        add_thing(SurfaceBuilder(), "unicorn", Frame((0.0, 0.0, 0.0)), 1)


def test_warming_makes_every_shape_one_a_step() -> None:
    steps = list(warm())
    assert {kind: steps.count(kind) for kind in thing_kinds()} == {kind: KINDS[kind].shapes for kind in thing_kinds()}


def test_only_lit_lamps_glow_and_where_the_light_is_put() -> None:
    lit, dark = thing_model("lamp_lit", 1), thing_model("lamp", 1)
    assert not (dark.extra[:, 1] > 0).any()
    head = lit.position[lit.extra[:, 1] > 0].mean(axis=0)
    assert np.linalg.norm(head - LAMP_HEAD) < 0.2


@pytest.mark.parametrize("kind", _OUTDOORS)
def test_what_shines_glows_near_its_lamp_and_what_does_not_is_dark(kind: str) -> None:
    for shape in range(KINDS[kind].shapes):
        model, lamps = thing_model(kind, shape), KINDS[kind].lamps_of(shape)
        steady = model.extra[:, 0] == 0  # small lamps that blink light nothing but themselves
        glowing = model.position[steady & (model.extra[:, 1] > 20)]
        if not lamps:
            assert not len(glowing), f"{kind} {shape} glows without a lamp"
        for lamp in lamps:
            assert np.linalg.norm(glowing - lamp.at, axis=1).min() < 1.0, f"{kind} {shape}"


@pytest.mark.parametrize(
    "model",
    [
        facade_props.air_conditioner_model(1),
        facade_props.air_conditioner_model(3),
        facade_props.drain_pipe_model(6.0, 0),
    ],
)
def test_facade_props_are_sound(model: Model) -> None:
    assert_sound(model, 650, "facade prop")
    assert (closed_volumes(model) > 0).all()


def test_fallen_drones_are_sound_and_only_a_sentry_has_a_red_eye() -> None:
    for model in (robots.drone_model(True), robots.drone_model(False)):
        assert_sound(model, 1000, "machine")
        assert (closed_volumes(model) > 0).all()
    sentry = robots.drone_model(True)
    assert (sentry.tint[sentry.finish == Finish.LAMP, :3] == robots.RED).all()
    assert not (robots.drone_model(False).extra[:, 1] > 0).any()
