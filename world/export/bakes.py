"""What the shaders paint by formula, as pictures: stained concrete, tiles, rust, rooms behind glass, the lettering.

In: the tiling pattern, the lettering atlas.  Out: `bake(name)`: PNG bytes, and how many metres the picture covers.
The formulas follow shaders/surface/city.frag.glsl and ground.frag.glsl, seen at arm's length and without the hour's water.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from world.fields import uniform
from world.mesh.lettering import atlas
from world.mesh.pattern import pattern

_PX = 512
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bake:
    """A tiling picture. `metres` (u, v) is what it covers; None where the mesh's own 0..1 coordinates fit it."""

    png: bytes
    metres: tuple[float, float] | None


def bake_names() -> tuple[str, ...]:
    """Every picture there is."""
    return tuple(_PAINTERS)


@lru_cache(maxsize=16)
def bake(name: str) -> Bake:
    """The picture of that name. KeyError if there is none."""
    paint, metres = _PAINTERS[name]
    linear = np.clip(paint(), 0.0, 1.0)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055)
    file = io.BytesIO()
    Image.fromarray(np.rint(srgb * 255).astype(np.uint8)).save(file, format="PNG", optimize=False)
    return Bake(file.getvalue(), metres)


def _grid(width_m: float, height_m: float) -> tuple[Floats, Floats]:
    """Metres along and up at every pixel; row 0 lies at the top of the picture."""
    x = (np.arange(_PX) + 0.5) / _PX
    return np.broadcast_to(x * width_m, (_PX, _PX)), np.broadcast_to((1.0 - x)[:, None] * height_m, (_PX, _PX))


def _smooth(low: float, high: float, x: Floats) -> Floats:
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def _stained() -> tuple[Floats, Floats, Floats, Floats]:
    """Clouds, cracks and grain of one period, and leaks that run down."""
    p = pattern()
    leaks = np.broadcast_to(p[_PX // 2, :, 0], (_PX, _PX)) * 0.6 + np.repeat(p[::16, :, 0], 16, axis=0) * 0.4
    return p[..., 0], p[..., 1], p[..., 2], _smooth(0.5, 0.8, leaks)


def _concrete() -> Floats:
    clouds, cracks, grain, leaks = _stained()
    x, y = _grid(7.2, 7.2)
    board = np.maximum(abs((x / 1.8) % 1.0 - 0.5), abs((y / 0.9) % 1.0 - 0.5))
    shade = (0.72 + 0.5 * (clouds - 0.5) + 0.28 * (grain - 0.5)) * (1.0 - 0.42 * _smooth(0.486, 0.498, board))
    return shade * (1.0 - 0.5 * _smooth(0.86, 0.97, cracks)) * (1.0 - 0.5 * leaks)


def _tile() -> Floats:
    clouds, cracks, _, leaks = _stained()
    x, y = _grid(12 * 0.235, 24 * 0.075)
    row = np.floor(y / 0.075)
    gx, gy = x / 0.235 + 0.5 * (row % 2), y / 0.075
    column = np.floor(gx) % 12
    own = np.asarray(uniform(3, "bake/tile", column.astype(np.int64), row.astype(np.int64)))
    edge = np.minimum(np.minimum(gx % 1, 1 - gx % 1) * 0.235, np.minimum(gy % 1, 1 - gy % 1) * 0.075)
    lost = own > 0.955 - 0.12 * cracks
    shade = (0.72 + 0.5 * (clouds - 0.5)) * (0.86 + 0.28 * own) * (1.0 - 0.5 * (1.0 - _smooth(0.003, 0.008, edge))) * (1.0 - 0.45 * lost)
    return shade * (1.0 - 0.4 * leaks)


def _plaster() -> Floats:
    clouds, cracks, grain, leaks = _stained()
    shade = (0.72 + 0.5 * (clouds - 0.5) + 0.28 * (grain - 0.5)) * (1.0 - 0.55 * _smooth(0.8, 0.96, cracks))
    return shade * (1.0 - 0.45 * _smooth(0.62, 0.7, clouds)) * (1.0 - 0.5 * leaks)


def _rubble() -> Floats:
    clouds, _, grain, _ = _stained()
    return (0.6 + 0.8 * grain) * (0.6 + 0.5 * clouds)


def _rusty() -> Floats:
    clouds, _, grain, _ = _stained()
    rust = _smooth(0.52, 0.72, clouds)[..., None] * 0.75
    return (0.8 + 0.2 * grain[..., None]) * (1 - rust) + np.array([0.42, 0.17, 0.07]) * (0.6 + grain[..., None]) * rust


def _shutter() -> Floats:
    clouds, _, grain, _ = _stained()
    _, y = _grid(2.04, 2.04)
    ribs = 0.72 + 0.28 * np.cos(y / 0.085 * 2.2 * 2 * np.pi)
    return ribs * (0.8 + 0.3 * (grain - 0.5)) * (1.0 - 0.45 * _smooth(0.52, 0.7, clouds))


def _asphalt() -> Floats:
    clouds, cracks, grain, _ = _stained()
    return (0.72 + 0.5 * (clouds - 0.3) + 0.45 * (grain - 0.5)) * (1.0 - 0.7 * _smooth(0.84, 0.95, cracks) * _smooth(0.4, 0.6, clouds))


def _paving() -> Floats:
    clouds, _, grain, _ = _stained()
    x, y = _grid(14 * 0.45, 21 * 0.3)
    row = np.floor(y / 0.3)
    gx, gy = x / 0.45 + 0.5 * (row % 2), y / 0.3
    own = np.asarray(uniform(4, "bake/slab", (np.floor(gx) % 14).astype(np.int64), row.astype(np.int64)))
    edge = np.minimum(np.minimum(gx % 1, 1 - gx % 1) * 0.45, np.minimum(gy % 1, 1 - gy % 1) * 0.3)
    joint = 1.0 - _smooth(0.004, 0.014, edge)
    return (0.75 + 0.5 * (own - 0.5)) * (1.0 - 0.6 * joint) * (0.75 + 0.5 * clouds) * (0.9 + 0.3 * (grain - 0.5))


def _room() -> Floats:
    """A lit room seen straight on: a tube on the ceiling, a wall that pales towards it, furniture before it, half a curtain."""
    x, y = _grid(1.0, 1.0)
    wall = 0.62 / (0.6 + 2.2 * (x - 0.5) ** 2 + 1.6 * (1.0 - y) ** 2)
    tube = (abs(x - 0.5) < 0.3) & (abs(y - 0.93) < 0.012)
    step = np.asarray(uniform(5, "bake/room", np.floor(x * 7).astype(np.int64)))
    furniture = y < 0.1 + 0.3 * step
    curtain = x < 0.24
    folds = 0.3 * (0.75 + 0.25 * np.sin(x * 190.0))
    return np.where(curtain, folds, np.where(furniture, 0.04, np.where(tube, 1.0, wall)))


def _broken() -> Floats:
    """Shards left in the frame: angular sectors about a point of impact, and black between."""
    x, y = _grid(1.0, 1.0)
    dx, dy = x - 0.46, y - 0.54
    sector = np.floor((np.arctan2(dy, dx) + np.pi) * 2.3).astype(np.int64) % 15
    reach = 0.16 + 0.42 * np.asarray(uniform(6, "bake/shard", sector))
    rim = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    hole = (np.hypot(dx, dy) < reach) | (rim > 0.31)
    return np.where(hole, 0.004, 0.05 + 0.06 * np.asarray(uniform(7, "bake/shard", sector)))


def _letters() -> Floats:
    """The atlas as it burns: a core, and a halo round it."""
    ink = atlas().pixels.astype(np.float64) / 255.0
    core = _smooth(0.35, 0.65, ink[..., 0])
    return core * 0.86 + ink[..., 1] ** 2 * 0.12 + 0.02


def _hologram() -> Floats:
    """A veil of scan lines, brighter low down, torn in places."""
    x, y = _grid(1.0, 1.0)
    line = np.floor(y * 128).astype(np.int64)
    torn = np.asarray(uniform(8, "bake/tear", line // 5))
    bands = 0.35 + 0.65 * (line % 2)
    body = _smooth(0.1, 0.6, pattern()[..., 0])
    edge = _smooth(0.0, 0.06, np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y)))
    return bands * (0.25 + 0.75 * body) * (0.55 + 0.45 * (1 - y)) * np.where(torn > 0.9, 0.25, 1.0) * edge


_PAINTERS: dict[str, tuple[Callable[[], Floats], tuple[float, float] | None]] = {
    "concrete": (_concrete, (7.2, 7.2)),
    "tile": (_tile, (12 * 0.235, 24 * 0.075)),
    "plaster": (_plaster, (6.0, 6.0)),
    "rubble": (_rubble, (2.0, 2.0)),
    "rust": (_rusty, (4.0, 4.0)),
    "shutter": (_shutter, (2.04, 2.04)),
    "asphalt": (_asphalt, (8.0, 8.0)),
    "paving": (_paving, (14 * 0.45, 21 * 0.3)),
    "room": (_room, None),
    "shards": (_broken, None),
    "letters": (_letters, None),
    "hologram": (_hologram, None),
}
