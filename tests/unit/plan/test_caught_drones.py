"""Dead drones in the wires: over streets, out of everybody's way, kept when there are more cables."""

from __future__ import annotations

from world.plan import plan_chunk
from world.plan.cables import DRONE_LOW_M
from world.recipe import Recipe


def test_they_hang_above_all_that_passes_and_not_in_every_cable() -> None:
    cables = [cable for cx in range(-4, 2) for cy in range(-2, 4) for cable in plan_chunk(Recipe(), cx, cy).cables]
    hung = [cable for cable in cables if cable.drone]
    assert 8 < len(hung) < 0.2 * len(cables)
    for cable in hung:
        x, y, z = cable.lowest
        assert z - DRONE_LOW_M > 3.0 and z < 9.0 and 0.0 < cable.drone <= 1.0
        assert min(cable.a[0], cable.b[0]) - 0.01 <= x <= max(cable.a[0], cable.b[0]) + 0.01
        assert min(cable.a[1], cable.b[1]) - 0.01 <= y <= max(cable.a[1], cable.b[1]) + 0.01
