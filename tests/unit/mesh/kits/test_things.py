"""Props and machines: sound, within budget, closed parts outward, as large as the senses take them to be."""

from __future__ import annotations

import numpy as np
import pytest
from triangle_soup import assert_sound, closed_volumes

from world.mesh.kits import facade_props, poles, robots
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Model
from world.mesh.kits.things import add_thing, thing_kinds, thing_model
from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.records import Thing
from world.space.thing_solids import solids_of_thing

_SCATTERED = ("chunk", "heap", "torn_sheet", "glass_shards", "litter")
_WHOLE = [k for k in thing_kinds() if k not in _SCATTERED and not k.startswith("car")]
_LARGE = {"bicycle": 850, "pole": 560}
_SENSED = ("vending_machine", "crates", "planter", "bin_bags", "menu_board", "lamp", "pole", "fallen_pole")


@pytest.mark.parametrize("kind", _WHOLE)
def test_things_are_sound_and_outward(kind: str) -> None:
    for variant in range(4):
        model = thing_model(kind, variant)
        assert_sound(model, _LARGE.get(kind, 480), f"{kind} {variant}")
        volumes = closed_volumes(model)
        assert (volumes > 0).all(), f"{kind} {variant}: a part is inside out"
        assert model.bounds()[0][2] > -0.35


@pytest.mark.parametrize("kind", _SENSED)
def test_things_are_as_large_as_they_are_sensed(kind: str) -> None:
    low, high = thing_model(kind, 1).bounds()
    solid_low, solid_high = solids_of_thing(Thing((0,), kind, (0.0, 0.0, 0.0), 0.0, 1)).bounds()
    assert abs(solid_high.max(0)[2] - high[2]) < 0.45
    assert (solid_high.max(0)[:2] < high[:2] + 0.25).all() and (solid_low.min(0)[:2] > low[:2] - 0.25).all()


def test_every_kind_can_be_placed_and_is_the_same_twice() -> None:
    def built() -> bytes:
        thing_model.cache_clear()
        builder = SurfaceBuilder()
        for i, kind in enumerate(thing_kinds()):
            add_thing(builder, kind, Frame((4.0 * i, 0.0, 0.0), 25.0 * i), 1000 + i, 0.8, group=3)
        surface = builder.build()
        assert np.isfinite(surface.vertices["position"]).all()
        return surface.vertices.tobytes() + surface.indices.tobytes()

    assert built() == built()
    with pytest.raises(KeyError):
        add_thing(SurfaceBuilder(), "unicorn", Frame((0.0, 0.0, 0.0)), 1)


def test_only_lit_lamps_glow_and_where_the_light_is_put() -> None:
    lit, dark = thing_model("lamp_lit", 1), thing_model("lamp", 1)
    assert not (dark.extra[:, 1] > 0).any()
    head = lit.position[lit.extra[:, 1] > 0].mean(axis=0)
    assert np.linalg.norm(head - poles.LAMP_HEAD) < 0.2


@pytest.mark.parametrize(
    "model",
    [
        facade_props.air_conditioner_model(1),
        facade_props.drain_pipe_model(6.0, 0),
        facade_props.balcony_model(2.6, 1),
        facade_props.awning_model(3.0, 1),
        facade_props.roll_shutter_model(2.6, 2.4, 2),
        facade_props.satellite_dish_model(0),
        poles.guard_rail_model(6.0, 1),
        poles.cable_model([0, 0, 6], [9, 1, 7], 0.5, 0.012),
    ],
)
def test_facade_props_are_sound(model: Model) -> None:
    assert_sound(model, 650, "facade prop")
    assert (closed_volumes(model) > 0).all()


def test_the_machines_turn_their_heads_and_only_their_eyes_are_red() -> None:
    for model in (robots.glider_body_model(), robots.glider_head_model(), robots.drone_model(True), robots.drone_model(False)):
        assert_sound(model, 1000, "machine")
        assert (closed_volumes(model) > 0).all()
    head = robots.glider_head_model()
    eye = head.finish == Finish.LAMP
    assert (head.tint[eye, :3] == robots.RED).all() and np.linalg.norm(head.position[eye].mean(0) - robots.EYE_AT) < 0.03
    assert not (robots.glider_body_model().extra[:, 1] > 0).any() and not (robots.drone_model(False).extra[:, 1] > 0).any()
    low, high = robots.glider_body_model().bounds()
    assert low[2] > 0.25 and high[1] - low[1] > 2.5 and high[2] < 2.0  # it hovers, long and low
