"""Seeded, order-independent fractal noise on top of `noise.pnoise2`, good to 1e6 m from the origin.

In: seed, channel name, wavelength (m), octaves.  Out: values with a standard deviation of about 1, at points or grids.
How: each octave is shifted by a hashed offset on a 1/256 grid and wrapped to [0, 256) in float64 (so that float32
inside `noise` stays exact), lacunarity 2.03, gain .5, divided by sigma. `base` and `repeat` of `noise` are never used: they
are a diagonal shift that reads out of bounds, and a jump. Points that decide the plan go through `noise` itself;
rasters go through the bit-equal twin in `world.fields.perlin`, which also stands in where `noise` is missing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.fields.hashing import hash_u64
from world.fields.perlin import perlin2, perlin2_grid

try:
    from noise import pnoise2 as _pnoise2
except ImportError:  # no wheel and no compiler: the twin gives the same bits, more slowly point by point
    _pnoise2 = None

_SIGMA = 0.243  # of pnoise2 over the plane
_LACUNARITY = 2.03


def noise_backend() -> str:
    """Which implementation answers for single points: `noise` (C) or `twin` (NumPy)."""
    return "twin" if _pnoise2 is None else "noise"


class NoiseField:
    """A scalar field over the plane. `at` takes metres, `grid` a raster; both return sigma-normalised values."""

    def __init__(self, seed: int, channel: str, wavelength_m: float, octaves: int = 1, ridged: bool = False) -> None:
        self.ridged = ridged
        frequencies = _LACUNARITY ** np.arange(octaves)
        gains = 0.5 ** np.arange(octaves)
        offsets = (hash_u64(seed, "noise/" + channel, np.arange(octaves)[:, None], np.arange(2)) & np.uint64(0xFFFF)).astype(
            np.float64
        ) / 256.0
        self._octaves = [
            (float(f / wavelength_m), float(g), float(o[0]), float(o[1])) for f, g, o in zip(frequencies, gains, offsets, strict=True)
        ]
        self._columns = np.array(self._octaves).T[:, :, None]  # the same, to be asked for all octaves at once
        self._norm = 1.0 / (_SIGMA * float(np.sqrt((gains**2).sum())))

    def at(self, x: float, y: float) -> float:
        """The value at one point (m)."""
        total = 0.0
        for frequency, gain, ox, oy in self._octaves:
            px, py = (x * frequency + ox) % 256.0, (y * frequency + oy) % 256.0
            value = _pnoise2(px, py) if _pnoise2 is not None else float(perlin2(np.asarray(px, np.float32), np.asarray(py, np.float32)))
            total += gain * value
        return self._shape(total * self._norm)

    def points(self, x: Any, y: Any) -> NDArray[np.float64]:
        """Values at many points; `x`, `y` arrays (m) of one shape."""
        x, y = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
        frequency, gain, ox, oy = self._columns
        px, py = (x.ravel() * frequency + ox) % 256.0, (y.ravel() * frequency + oy) % 256.0
        total: NDArray[np.float64] = sum(gain * perlin2(px.astype(np.float32), py.astype(np.float32)), np.zeros(x.size))
        return self._shape(total.reshape(x.shape) * self._norm)

    def grid(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float32]:
        """Values on the grid of the 1-D axes `x` (W,) and `y` (H,), in metres: float32 of shape (H, W)."""
        total = np.zeros((len(y), len(x)), dtype=np.float32)
        for frequency, gain, ox, oy in self._octaves:
            px, py = ((x * frequency + ox) % 256.0).astype(np.float32), ((y * frequency + oy) % 256.0).astype(np.float32)
            total += np.float32(gain) * perlin2_grid(px, py)
        return self._shape(total * np.float32(self._norm))

    def _shape(self, value: Any) -> Any:
        return 1.0 - abs(value) if self.ridged else value
