"""The lights that move or strike: robots' eyes, arcs of broken signs. The few that matter most join the light field for a frame.

In: the robots' eyes, the plans of the chunks that stand, the hour.  Out: `u_lamps`, `u_lamp_colours` (shaders/include/light.inc.glsl).
The arcs are left out where nothing may flash.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from panda3d.core import PTALVecBase4f, Vec4

from world.conditions import Conditions
from world.conditions.sparks import arc_candela
from world.mesh.sparks import arcs_of
from world.plan import ChunkPlan

LAMPS = 4  # as many as the shaders take
_EYE_CD = 3.0
_RED, _ARC = (1.0, 0.012, 0.006), (0.62, 0.78, 1.0)
_ARC_SEEN_M = 45.0
Place = Sequence[float]


class Lamps:
    """`places` holds (x, y, z, candela), origin-relative, `colours` linear RGB; unused ones shed nothing and come last."""

    def __init__(self) -> None:
        self.places, self.colours = PTALVecBase4f.emptyArray(LAMPS), PTALVecBase4f.emptyArray(LAMPS)
        self._of_plan: dict[int, tuple[ChunkPlan, NDArray[np.float64]]] = {}

    def show(self, eyes: Iterable[Place], plans: Iterable[ChunkPlan], hour: Conditions, origin: Place, eye: Place) -> None:
        """Chooses for an eye at a place of the world; `eyes` are the robots', origin-relative."""
        here = eye[0] - origin[0], eye[1] - origin[1], eye[2]
        found = [(at, _EYE_CD, _RED) for at in eyes]
        if not hour.calm:
            arcs = self._arcs(plans)
            for row, candela in zip(arcs, arc_candela(arcs[:, 3], hour.time_s), strict=True):
                at = row[0] - origin[0], row[1] - origin[1], row[2]
                if candela > 0.05 and math.dist(at, here) < _ARC_SEEN_M:
                    found.append((at, float(candela), _ARC))
        found.sort(key=lambda lamp: -lamp[1] / (math.dist(lamp[0], here) ** 2 + 4.0))
        for n in range(LAMPS):
            at, candela, colour = found[n] if n < len(found) else ((0.0, 0.0, -100.0), 0.0, _RED)
            self.places.setElement(n, Vec4(*at, candela))
            self.colours.setElement(n, Vec4(*colour, 0.0))

    def _arcs(self, plans: Iterable[ChunkPlan]) -> NDArray[np.float64]:
        self._of_plan = {id(plan): self._of_plan.get(id(plan)) or (plan, arcs_of(plan.signs)) for plan in plans}
        return np.concatenate([np.zeros((0, 6)), *(arcs for _, arcs in self._of_plan.values())])
