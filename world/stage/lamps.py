"""The lights that move or strike: lamps of machines, arcs of broken signs and of broken machines. The few that matter most join the light
field for a frame.

In: the machines' lamps (the very ones by which they see), arcs, the plans of the chunks that stand, the hour.  Out: `u_lamps`,
`u_lamp_colours`, `u_lamp_ways`, `u_lamp_reach` (shaders/include/light.inc.glsl). Arcs are left out where nothing may flash.
How: what a lamp would shed at the point of its beam that is nearest to the eye decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import PTALVecBase4f, SamplerState, Texture

from world.conditions import Conditions
from world.conditions.sparks import arc_candela
from world.mesh.sparks import arcs_of
from world.plan import ChunkPlan
from world.stage.lamp_reach import DIRECTIONS, FAR_M, reaches
from world.stage.textures import FieldRings

LAMPS = 6  # as many as the shaders take
_ARC = (0.62, 0.78, 1.0)
_ARC_CONES = (-2.0, -1.5)  # cosines that no angle has: all round
_SEEN_M = 60.0
_FAINT_LUX = 0.03  # where a lamp ends
_REACH_M = (8.0, 24.0)
_LEAST_CD = 0.05
_CELL_M, _KNOWN = 0.25, 512
Place = Sequence[float]
Floats = NDArray[np.float64]


class Lamps:
    """Rows of the shaders' arrays, origin-relative; unused ones shed nothing and come last."""

    def __init__(self, rings: FieldRings) -> None:
        self._rings, self._version = rings, -1
        self._known: dict[tuple[int, int, int], NDArray[np.float32]] = {}
        self._reach = Texture("lamp reach")
        self._reach.setup2dTexture(DIRECTIONS, LAMPS, Texture.T_float, Texture.F_r32)
        self._reach.setWrapU(SamplerState.WM_repeat)
        self._reach.setWrapV(SamplerState.WM_clamp)
        self._reach.setMinfilter(SamplerState.FT_linear)
        self._reach.setMagfilter(SamplerState.FT_linear)
        self._arrays = [PTALVecBase4f.emptyArray(LAMPS) for _ in range(3)]
        self.shining = 0  # how many, from the first on
        self._of_plan: dict[int, tuple[ChunkPlan, Floats]] = {}

    def inputs(self) -> dict[str, Any]:
        """What the shaders take."""
        return dict(zip(("u_lamps", "u_lamp_colours", "u_lamp_ways"), self._arrays, strict=True)) | {"u_lamp_reach": self._reach}

    def show(self, lights: Any, arcs: Floats, plans: Iterable[ChunkPlan], hour: Conditions, origin: Place, eye: Place) -> None:
        """Chooses for an eye at a place of the world. `lights`: `world.sim.lights.Lights` or None; `arcs` (A, 4): place and candela of
        machines' arcs."""
        rows = [np.zeros((0, 12))]
        if lights is not None and len(lights):
            made = np.column_stack([lights.place, lights.candela, lights.colour, lights.way, lights.full, lights.edge])
            rows.append(made)
        if not hour.calm:
            signs = self._arcs(plans)
            rows.append(_arc_rows(np.column_stack([signs[:, :3], arc_candela(signs[:, 3], hour.time_s)])))
            rows.append(_arc_rows(arcs))
        found = np.concatenate(rows)
        found = found[(found[:, 3] > _LEAST_CD) & (np.hypot(*(found[:, :2] - eye[:2]).T) < _SEEN_M)]
        reach = np.clip(np.sqrt(found[:, 3] / _FAINT_LUX), *_REACH_M)
        order = np.argsort(-found[:, 3] / (_gap2(found, reach, np.asarray(eye, float)) + 4.0), kind="stable")[:LAMPS]
        table = np.zeros((3, LAMPS, 4), np.float32)
        chosen = found[order]
        self.shining = count = len(order)
        table[0, :count, :3] = chosen[:, :3] - [*origin, 0.0]
        table[0, :count, 3] = chosen[:, 3]
        table[1, :count, :3], table[1, :count, 3] = chosen[:, 4:7], 1.0 / reach[order] ** 2
        round_ = chosen[:, 11] < -1.0
        steep = np.where(round_, 0.0, 1.0 / np.maximum(chosen[:, 10] - chosen[:, 11], 1e-6))
        table[2, :count, :3] = chosen[:, 7:10] * steep[:, None]
        table[2, :count, 3] = np.where(round_, 1.0, -chosen[:, 11] * steep)
        for array, values in zip(self._arrays, table, strict=True):
            np.frombuffer(memoryview(array).cast("B"), np.float32)[:] = values.ravel()

        self._reach.setRamImage(self._reaches(chosen[:, :3]))

    def _reaches(self, places: Floats) -> NDArray[np.float32]:
        """(LAMPS, DIRECTIONS): how far each shines. Worked out for places a quarter of a metre apart, so that what hangs or stands still
        costs nothing, and a frame hangs on no other."""
        if self._version != self._rings.version or len(self._known) > _KNOWN:
            self._known.clear()
            self._version = self._rings.version
        cells = np.rint(places / _CELL_M).astype(np.int64)
        keys = [tuple(cell) for cell in cells.tolist()]
        new = [n for n, key in enumerate(keys) if key not in self._known]
        if new:
            for n, row in zip(new, reaches(*self._rings.walls(), cells[new] * _CELL_M), strict=True):
                self._known[keys[n]] = row
        table = np.full((LAMPS, DIRECTIONS), FAR_M, np.float32)
        for n, key in enumerate(keys):
            table[n] = self._known[key]
        return table

    def _arcs(self, plans: Iterable[ChunkPlan]) -> Floats:
        self._of_plan = {id(plan): self._of_plan.get(id(plan)) or (plan, arcs_of(plan.signs)) for plan in plans}
        return np.concatenate([np.zeros((0, 6)), *(arcs for _, arcs in self._of_plan.values())])


def _arc_rows(arcs: Floats) -> Floats:
    """(A, 12) of arcs (A, 4): place and candela."""
    rest = np.tile([*_ARC, 0.0, 0.0, 1.0, *_ARC_CONES[::-1]], (len(arcs), 1))
    return np.column_stack([arcs, rest])


def _gap2(lamps: Floats, reach: Floats, eye: Floats) -> Floats:
    """m² from the eye to the nearest point of each beam (of lamps that shine all round: to the lamp)."""
    away = eye - lamps[:, :3]
    along = np.clip((away * lamps[:, 7:10]).sum(axis=1), 0.0, 0.7 * reach) * (lamps[:, 11] > -1.0)
    left = away - lamps[:, 7:10] * along[:, None]
    result: Floats = (left * left).sum(axis=1)
    return result
