"""Compares a picture with its golden one as an eye would, and shows where they differ.

In: RGB pictures.  Out: FLIP's error (Andersson et al. 2020; NVIDIA's own implementation): 0 the same, 1 as different as can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import flip_evaluator
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from world.film.sheet import contact_sheet

MEAN_MAX = 0.025  # over the whole picture: tone, colour, fog
PATCH_MAX = 0.12  # over the worst 20 × 20 pixels: a thing that went missing
_PATCH_PX = 20
_MAGNIFIED = 3


@dataclass(frozen=True)
class Difference:
    mean: float
    worst_patch: float
    error_map: NDArray[np.uint8]  # (H, W, 3), black where alike

    @property
    def alike(self) -> bool:
        return self.mean <= MEAN_MAX and self.worst_patch <= PATCH_MAX


def difference(golden: NDArray[np.uint8], picture: NDArray[np.uint8]) -> Difference:
    """How two pictures (H, W, 3) of one size differ to an eye."""
    a, b = (p.astype(np.float32) / 255.0 for p in (golden, picture))
    error, mean, _ = flip_evaluator.evaluate(a, b, "LDR", applyMagma=False)
    error = np.asarray(error)[..., 0]
    h, w = (side - side % _PATCH_PX for side in error.shape)
    patches = error[:h, :w].reshape(h // _PATCH_PX, _PATCH_PX, w // _PATCH_PX, _PATCH_PX).mean(axis=(1, 3))
    shown = np.repeat((np.clip(error, 0.0, 1.0) * 255).astype(np.uint8)[..., None], 3, axis=2)
    return Difference(float(mean), float(patches.max()), shown)


def write_difference(folder: Path, name: str, golden: NDArray[np.uint8], picture: NDArray[np.uint8], found: Difference) -> Path:
    """Golden, picture and error side by side, magnified, as one PNG; its path."""
    large = [np.kron(p, np.ones((_MAGNIFIED, _MAGNIFIED, 1), np.uint8)) for p in (golden, picture, found.error_map)]
    labels = [f"{name}: golden", "now", f"FLIP mean {found.mean:.4f}, worst patch {found.worst_patch:.3f}"]
    path = folder / f"{name}.difference.png"
    Image.fromarray(contact_sheet(large, labels, columns=3, width=large[0].shape[1])).save(path)
    return path
