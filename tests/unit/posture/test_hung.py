"""A dead drone in the wires: a sound body below its cable, swaying a little, more in a wind, the same at the same second."""

from __future__ import annotations

import numpy as np
import pytest
from triangle_soup import assert_sound

from world.plan.cables import DRONE_LOW_M
from world.posture.hung import hung_rigs, swaying

OWN = np.array([0.11, 0.43, 0.78])


@pytest.mark.parametrize("shape", [0, 1])
def test_it_hangs_below_its_cable(shape: int) -> None:
    rig = hung_rigs()[shape]
    assert_sound(rig.model, 4700, "hung")
    low, high = rig.model.bounds()
    assert -DRONE_LOW_M < low[2] < -1.5 and high[2] < 0.2


def test_it_sways_about_the_cable_and_never_far() -> None:
    rest = swaying(OWN, 0.0, 0.0)[0]
    seen = []
    for wind in (1.0, 12.0):
        moved = [swaying(OWN, t, wind)[1] for t in np.arange(0.0, 8.0, 0.1)]
        hook = np.array([parts[:, 0, :, 3] for parts in moved])
        assert abs(hook).max() < 1e-9  # the wires stay on the cable
        low = np.array([parts[:, 1, :, :3] @ [0.0, 0.0, -2.0] + parts[:, 1, :, 3] for parts in moved])
        seen.append(np.ptp(low[..., 0], axis=0).max())
    assert 0.01 < seen[0] < 0.3 * seen[1] and seen[1] < 1.2
    rig, parts = swaying(OWN, 5.3, 4.0)
    again, same = swaying(OWN, 5.3, 4.0)
    assert (rig == rest).all() and (rig == again).all() and (parts == same).all()
