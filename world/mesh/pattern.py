"""The tiling pattern that stains, cracks and grains every surface: one picture, read by the shaders and baked into exports.

In: a side in pixels.  Out: four channels in [0, 1], tiling: clouds, cracks, grain, ridges.
Clouds are noise with a 1/f spectrum of hashed phases (they tile because their spectrum is discrete); cracks are the borders of
a wrapped Voronoi pattern (Worley 1996), bent by clouds.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from world.fields import uniform

PATTERN_PX = 512


@lru_cache(maxsize=1)
def pattern(side: int = PATTERN_PX) -> NDArray[np.float64]:
    """(side, side, 4) in [0, 1]: the same on every run."""
    channels = [_clouds(side, 1.7, "clouds"), _cracks(side), _clouds(side, 0.35, "grain"), _clouds(side, 1.2, "ridges")]
    made: NDArray[np.float64] = np.clip(np.stack(channels, axis=-1), 0.0, 1.0)
    return made


def _clouds(side: int, slope: float, lane: str) -> NDArray[np.float64]:
    """Noise with a 1/f^slope spectrum, about .5 with a deviation of .17."""
    f = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None, :]) * side
    cells = np.arange(f.size).reshape(f.shape)
    phase = 2 * np.pi * np.asarray(uniform(1, "pattern/" + lane, cells))
    spectrum = np.where(f > 1.5, 1.0 / np.maximum(f, 1.0) ** slope, 0.0) * np.exp(1j * phase)
    field = np.fft.irfft2(spectrum, s=(side, side))
    clouds: NDArray[np.float64] = 0.5 + 0.17 * field / field.std()
    return clouds


def _cracks(side: int) -> NDArray[np.float64]:
    """1 on the borders of the cells, falling off within a few pixels."""
    count = 60
    points = np.stack([uniform(2, "pattern/cracks", np.arange(count), axis) for axis in (0, 1)], axis=1) * side
    bend_x, bend_y = _clouds(side, 1.4, "bend x") - 0.5, _clouds(side, 1.4, "bend y") - 0.5
    y, x = np.mgrid[0:side, 0:side]
    at = np.stack([(x + 60 * bend_x) % side, (y + 60 * bend_y) % side], axis=-1).reshape(-1, 2)
    near, _ = cKDTree(points, boxsize=side).query(at, k=2)
    gap = (near[:, 1] - near[:, 0]).reshape(side, side)
    cracks: NDArray[np.float64] = np.exp(-gap / 2.6)
    return cracks
