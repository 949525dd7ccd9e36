"""A courier drone that is dead and hangs: the wires it flew into hold it by two rotors, nose down.

In: nothing.  Out: a `Rig` about the point of the cable that it hangs from, which is z = 0. Its lamps are the sentry's; nothing lights them.
"""

from __future__ import annotations

from functools import lru_cache

from world.mesh.bodies.parcels import HUBS_M, parcels_rig
from world.mesh.bodies.rig import Joint, Rig, RigBuilder
from world.mesh.kits.forms import catenary, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Floats
from world.mesh.surface import Finish
from world.plan.cables import DRONE_LOW_M

HUNG = 2  # shapes
_DROP_M = 1.3  # from the cable to the drone's middle
_LEANS = ((-58.0, 16.0), (-24.0, -63.0))  # pitch, roll
_WIRE = (30, 31, 33)


@lru_cache(maxsize=HUNG)
def hung_rig(shape: int) -> Rig:
    """The wires turn about the cable, the drone in the wires about where they hold it."""
    pitch, roll = _LEANS[shape]
    lean = Frame((0.0, 0.0, -_DROP_M), 0.0, pitch, roll)
    drone = parcels_rig().model.moved(lean)
    rig = RigBuilder([Joint("wires", None, (0.0, 0.0, 0.0)), Joint("drone", "wires", (0.0, 0.0, -0.45))])
    rig["drone"].add(drone)
    held = sorted((_rim(lean, hub) for hub in HUBS_M), key=lambda p: -float(p[2]))[:2]
    for k, end in enumerate(held):
        for away in (0.03, -0.05):
            tube(
                rig["wires"],
                catenary(vec(away, 0.04 * k, 0.0), end + away * vec(1.0, 0.6, 0.0), 0.05, 4),
                0.009,
                Finish.RUBBER,
                _WIRE,
                sides=4,
            )
    torn = held[0] + vec(0.02, 0.03, 0.0)
    tube(rig["wires"], [torn, torn + vec(0.12, 0.06, -0.5), torn + vec(0.05, 0.1, -0.95)], 0.008, Finish.RUBBER, _WIRE, sides=4)
    low = float(drone.bounds()[0][2])
    assert low > -DRONE_LOW_M, low
    return rig.build(underside_m=low, eye=("drone", (0.0, 0.0, -_DROP_M)), circuit=("drone", (0.0, 0.0, -_DROP_M)))


def _rim(lean: Frame, hub: tuple[float, float]) -> Floats:
    """The outermost point of a rotor's duct, as the drone hangs."""
    x, y = hub
    far = 1.0 + 0.43 / (x * x + y * y) ** 0.5
    return lean.at(vec(x * far, y * far, 0.2))
