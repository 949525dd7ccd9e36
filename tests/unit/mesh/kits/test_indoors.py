"""What stands in rooms: sound, within budget, closed parts outward, as large as it is sensed, at rest on the floor."""

from __future__ import annotations

import numpy as np
import pytest
from triangle_soup import assert_sound, closed_volumes

from world.mesh.kits.things import thing_model
from world.things import KINDS
from world.things.indoors import INDOORS

HUNG = ("noren", "paper_lantern", "paper_lantern_lit", "platform_sign", "platform_sign_lit")
BUDGET = 670


@pytest.mark.parametrize("kind", sorted(INDOORS))
def test_indoor_things_are_sound_and_as_large_as_they_are_sensed(kind: str) -> None:
    assert KINDS[kind].shapes >= 2
    for shape in range(KINDS[kind].shapes):
        model = thing_model(kind, shape)
        assert_sound(model, BUDGET, f"{kind} {shape}")
        assert (closed_volumes(model) > 0).all(), f"{kind} {shape}: a part is inside out"
        low, high = model.bounds()
        assert kind in HUNG or abs(low[2]) < 0.011
        assert abs(np.concatenate([low[:2], high[:2]])).max() <= KINDS[kind].reach_m
        blocks = KINDS[kind].blocks_of(shape)
        if blocks:
            least = np.min([np.subtract(b.centre, b.half) for b in blocks], axis=0)
            most = np.max([np.add(b.centre, b.half) for b in blocks], axis=0)
            assert (low[:2] > least - 0.25).all() and (high[:2] < most + 0.25).all()
            assert (least > low[:2] - 0.12).all() and (most < high[:2] + 0.12).all()
            assert -0.05 < high[2] - max(b.top for b in blocks) < 0.45


def test_only_what_has_power_glows() -> None:
    for kind in INDOORS:
        glows = any((thing_model(kind, s).extra[:, 1] > 0).any() for s in range(KINDS[kind].shapes))
        assert glows == (kind.endswith("_lit") or kind in ("camp_lantern", "robot_broken", "tin_fire")), kind
