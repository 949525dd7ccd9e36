"""The water bottle: in the hand, in the air, on the ground.

In: nothing.  Out: its faces in a builder, and a `Rig` of it alone, about its middle, along +z.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from world.mesh.bodies.rig import Joint, Rig, RigBuilder
from world.mesh.kits.forms import lathe
from world.mesh.kits.model import Floats, ModelBuilder
from world.mesh.surface import Finish

HEIGHT_M, RADIUS_M = 0.21, 0.0325
_BODY = (
    (0.0, 0.0),
    (0.028, 0.0),
    (0.032, 0.006),
    (0.032, 0.05),
    (0.0305, 0.056),
    (0.032, 0.062),
    (0.032, 0.13),
    (0.029, 0.15),
    (0.014, 0.178),
    (0.0125, 0.186),
    (0.0125, 0.192),
    (0.0, 0.192),
)


def bottle(model: ModelBuilder, foot: Floats) -> None:
    """Half a litre, ribbed, its label gone soft; upright on `foot`."""
    lathe(model, _BODY, foot, Finish.GLASS, (96, 122, 130), sides=14, crease_deg=40)
    lathe(model, [[0.0, 0.19], [0.0155, 0.19], [0.0155, 0.207], [0.012, 0.21], [0.0, 0.21]], foot, Finish.PAINT, (40, 88, 132), sides=12)
    lathe(model, [[0.0, 0.066], [RADIUS_M, 0.066], [RADIUS_M, 0.122], [0.0, 0.122]], foot, Finish.BARK, (150, 158, 150), sides=14)
    lathe(model, [[0.0, 0.09], [0.0327, 0.09], [0.0327, 0.1], [0.0, 0.1]], foot, Finish.BARK, (44, 92, 128), sides=14)


@lru_cache(maxsize=1)
def bottle_rig() -> Rig:
    """By itself."""
    rig = RigBuilder([Joint("bottle", None, (0.0, 0.0, 0.0))])
    bottle(rig["bottle"], np.array([0.0, 0.0, -HEIGHT_M / 2]))
    return rig.build(underside_m=0.0, eye=("bottle", (0.0, 0.0, 0.0)), circuit=("bottle", (0.0, 0.0, 0.0)))
