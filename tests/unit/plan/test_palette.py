"""The neon's palette."""

from __future__ import annotations

import numpy as np

from world.plan.palette import gas_at, gases


def test_the_palette_keeps_its_promises() -> None:
    assert np.isclose(sum(g.share for g in gases()), 1.0)
    assert sum(g.share for g in gases() if g.name == "magenta") <= 0.10
    assert all(g.colour != (255, 0, 0) for g in gases())
    assert gas_at(0.0) is gases()[0] and gas_at(0.9999) is gases()[-1]
