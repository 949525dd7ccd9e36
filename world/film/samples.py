"""A picture from many: edges and fine things that neither step nor crawl, and movement as a shutter sees it.

In: how many samples a picture has.  Out: where in the pixel and when in the shutter's time each is taken; their mean.
The mean is taken in linear light, as a sensor does. Where and when come from Halton's sequences (bases 2 and 3 in the pixel), which
leave no gap however many are taken; they hang on the sample's number alone, so that a frame rendered by itself is the frame in sequence.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.settings import Grade

_ENOUGH = 4  # samples from which on edges need no other smoothing


def jitter_px(sample: int, samples: int) -> tuple[float, float]:
    """Where in the pixel, from its middle; a picture of one sample is taken in the middle."""
    return (0.0, 0.0) if samples == 1 else (_halton(sample + 1, 2) - 0.5, _halton(sample + 1, 3) - 0.5)


def when(sample: int, samples: int) -> float:
    """When within the time that the shutter is open, from -.5 to .5."""
    return (sample + 0.5) / samples - 0.5


def grade_of_sample(grade: Grade, samples: int) -> Grade:
    """What a sample's own picture needs: many are smooth by themselves."""
    return grade.model_copy(update={"smooth_edges": False}) if samples >= _ENOUGH else grade


class Mean:
    """Pictures (H, W, 3) uint8 go in, their mean in linear light comes out."""

    def __init__(self) -> None:
        self._sum: NDArray[np.float32] | None = None
        self._count = 0

    def add(self, picture: NDArray[np.uint8]) -> None:
        """Takes one more."""
        light = _LIGHT[picture]
        self._sum = light if self._sum is None else self._sum + light
        self._count += 1

    def picture(self) -> NDArray[np.uint8]:
        """The mean of those so far; of one, itself."""
        assert self._sum is not None
        light = self._sum / self._count
        encoded = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-7) ** (1.0 / 2.4) - 0.055)
        return np.rint(np.clip(encoded, 0.0, 1.0) * 255.0).astype(np.uint8)


def _halton(index: int, base: int) -> float:
    share, found = 1.0, 0.0
    while index:
        share /= base
        found += share * (index % base)
        index //= base
    return found


def _light_of_bytes() -> NDArray[np.float32]:
    """sRGB's curve, for each of the 256."""
    encoded = np.arange(256) / 255.0
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4).astype(np.float32)


_LIGHT = _light_of_bytes()
