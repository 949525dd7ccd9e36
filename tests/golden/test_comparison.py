"""The comparison itself: blind to what no eye sees, and not to what one does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from golden_pictures import difference, write_difference
from PIL import Image

RNG = np.random.default_rng(3)
STREET = np.asarray(Image.fromarray(RNG.integers(10, 60, (9, 16, 3), dtype=np.uint8)).resize((320, 180), Image.Resampling.BICUBIC)).copy()
STREET[40:60, 100:130] = (230, 40, 120)


def test_a_rounding_error_is_alike() -> None:
    wobble = RNG.integers(-1, 2, STREET.shape)
    assert difference(STREET, np.clip(STREET + wobble, 0, 255).astype(np.uint8)).alike
    assert difference(STREET, STREET).mean == 0.0


def test_a_missing_sign_is_not() -> None:
    dark = STREET.copy()
    dark[40:60, 100:130] = (30, 30, 30)
    assert not difference(STREET, dark).alike


def test_another_tone_is_not() -> None:
    assert not difference(STREET, np.clip(STREET * 1.5, 0, 255).astype(np.uint8)).alike


def test_the_difference_is_written_as_a_picture(tmp_path: Path) -> None:
    dark = STREET // 2
    path = write_difference(tmp_path, "street", STREET, dark, difference(STREET, dark))
    with Image.open(path) as image:
        assert image.width == 3 * 3 * 320 and image.height >= 3 * 180
