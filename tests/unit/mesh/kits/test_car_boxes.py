"""What feet and eyes find of a car is the car that is drawn: space's table against the kit's boxes."""

from __future__ import annotations

import numpy as np
import pytest

from world.mesh.kits.cars import BODIES, CarState, car_blocks
from world.space.car_solids import OVERTURNED, PARKED, Row


@pytest.mark.parametrize(("state", "table"), [(CarState.PARKED, PARKED), (CarState.BURNT, PARKED), (CarState.OVERTURNED, OVERTURNED)])
def test_the_table_is_the_kits(state: CarState, table: tuple[tuple[Row, ...], ...]) -> None:
    assert len(table) == len(BODIES)
    for body, rows in enumerate(table):
        blocks = car_blocks(body, state, 0)
        made = [(*b.centre, *b.half, b.bottom, b.top, b.slope[1]) for b in blocks]
        # An overturned car rests as its dents let it: its boxes lie a hand's breadth higher or lower by variant.
        assert np.allclose(sorted(made), sorted(rows), atol=0.12 if state is CarState.OVERTURNED else 0.011)
