"""A building that can be entered, to feet, eyes, ears and light: walls, floors, stairs, glass, furniture.

In: an `Interior`.  Out: its `Solids` (they take the place of the building's lowest mass), its rooms as voids,
and points at which sound passes doors and stairs. Floors at street height stop no light: the light field's lowest cells hold the room.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from world.plan.hollow import Box
from world.plan.rooms import Glazing, Interior, Look, Part
from world.space.chunk_space import GROUND_NODES, GROUND_STEP_M, UPSTAIRS_M, Flag, Ground, Material, Solids
from world.space.raster import Raster, within_rectangles
from world.space.thing_solids import solids_of_things

STEP_M, STEP_TOP_M = 0.42, 0.1  # the stone before a door
_PANE_M, _DOOR_EAR_M = 0.03, 0.6
_LIGHT_FROM_M = 1.0  # what ends lower throws no shadow in a field of 2 m voxels
_ALL = float(16 * Material.CONCRETE + Flag.ALL)  # material * 16 + flags
_NO_LIGHT = float(16 * Material.CONCRETE + (Flag.MOVE | Flag.SIGHT | Flag.SOUND))
_STONE = float(16 * Material.CONCRETE + Flag.MOVE)
_GLASS = float(16 * Material.GLASS + (Flag.MOVE | Flag.SOUND))

_Row = tuple[float, float, float, float, float, float, float, float]  # u, v, half u, half v, bottom, top, slope along v, material | flags


def interior_solids(interior: Interior) -> Solids:
    """Everything of it that stops something."""
    rows = [_box(box, _ALL if box.z1 > _LIGHT_FROM_M else _NO_LIGHT) for box in interior.hollow.solids()]
    rows += [_box(piece.box, _ALL if piece.part == Part.PILLAR else _NO_LIGHT) for piece in interior.pieces]
    door = interior.door.box
    rows.append(_box(Box(door.x0, -STEP_M, -0.6, door.x1, 0.0, STEP_TOP_M), _STONE))
    for opening in interior.openings:
        if opening.glazing == Glazing.WHOLE:
            b, middle = opening.box, (opening.box.y0 + opening.box.y1) / 2
            rows.append(_box(b._replace(y0=middle - _PANE_M / 2, y1=middle + _PANE_M / 2), _GLASS))
    for stair in interior.stairs:
        # One sheared box as thick as the flight is high: what is under the stairs is full.
        low, run, rise = min(stair.z0, stair.z1), stair.v1 - stair.v0, stair.z1 - stair.z0
        middle = low + abs(rise) / 2
        rows.append(
            ((stair.u0 + stair.u1) / 2, (stair.v0 + stair.v1) / 2, (stair.u1 - stair.u0) / 2, run / 2,
             middle - abs(rise), middle, rise / run, _NO_LIGHT)
        )  # fmt: skip
    t = np.array(rows, dtype=np.float64)
    n = len(t)
    (ox, oy), (ax, ay) = interior.origin, interior.axis
    u, v = t[:, 0], t[:, 1]
    code = t[:, 7].astype(np.int64)
    shell = Solids(
        centre=np.stack([ox + u * ax - v * ay, oy + u * ay + v * ax], axis=1),
        half=t[:, 2:4],
        axis=np.tile(np.array([[ax, ay]]), (n, 1)),
        bottom=t[:, 4],
        top=t[:, 5],
        slope=np.stack([np.zeros(n), t[:, 6]], axis=1),
        material=(code // 16).astype(np.uint8),
        flags=(code % 16).astype(np.uint8),
    )
    return Solids.join([shell, solids_of_things(interior.things)])


def interior_rooms(interior: Interior) -> NDArray[np.float64]:
    """(R, 8): its rooms and openings as `ChunkSpace.rooms`."""
    (ox, oy), (ax, ay) = interior.origin, interior.axis
    rows = []
    for b in interior.voids:
        u, v = (b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2
        rows.append((ox + u * ax - v * ay, oy + u * ay + v * ax, ax, ay, (b.x1 - b.x0) / 2, (b.y1 - b.y0) / 2, b.z0, b.z1))
    return np.array(rows, dtype=np.float64)


def lay_floors(ground: Ground, corner: tuple[float, float], rooms: NDArray[np.float64]) -> Ground:
    """The ground of the chunk at `corner` with the floors of the rooms at its level (of `ChunkSpace.rooms`) in place of what lies under
    them: robots glide over those."""
    height = ground.height.copy()
    x, y, ax, ay, hu, hv, floor, _ = rooms[abs(rooms[:, 6]) < UPSTAIRS_M].T
    frames = np.stack([x, y, ax, ay, -hu, hu, -hv, hv], axis=1)
    which, node = within_rectangles(frames, Raster(*corner, GROUND_STEP_M, GROUND_NODES))
    height.reshape(-1)[node] = floor[which]
    return replace(ground, height=height)


def interior_ears(interior: Interior) -> NDArray[np.float64]:
    """(K, 3): world points at ear height on either side of the door, in the middle of each room and at either end of each flight."""
    door = interior.door.box
    points = [((door.x0 + door.x1) / 2, v, door.z0) for v in (-_DOOR_EAR_M, door.y1 + _DOOR_EAR_M)]
    points += [((r.box.x0 + r.box.x1) / 2, (r.box.y0 + r.box.y1) / 2, r.box.z0) for r in interior.rooms if r.look != Look.DOORWAY]
    for stair in interior.stairs:
        u, run, rise = (stair.u0 + stair.u1) / 2, stair.v1 - stair.v0, stair.z1 - stair.z0
        points += [(u, stair.v0 + run * t, stair.z0 + rise * t) for t in (0.0, 0.5, 1.0)]
    points += list(interior.way[1:])
    (ox, oy), (ax, ay) = interior.origin, interior.axis
    return np.array([(ox + u * ax - v * ay, oy + u * ay + v * ax, z + 1.5) for u, v, z in points])


def _box(b: Box, code: float) -> _Row:
    return ((b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2, (b.x1 - b.x0) / 2, (b.y1 - b.y0) / 2, b.z0, b.z1, 0.0, code)
