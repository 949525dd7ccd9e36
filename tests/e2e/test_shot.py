"""`ashes shot`: the same picture for the same words, another for others."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from world.place import parse_place

Ashes = Callable[..., subprocess.CompletedProcess[str]]

# A bare city is quickly built.
_BARE = ("neon.signs=6", "buildings.clutter=0", "buildings.cables=0", "ruin.damage=0", "ruin.rubble=0", "ruin.cars=0")


@pytest.fixture
def shoot(ashes: Ashes, tmp_path: Path) -> Callable[..., Path]:
    """`shoot(name, *words)` takes a small picture without a display."""

    def shoot(name: str, *words: str) -> Path:
        out = tmp_path / f"{name}.png"
        bare = [word for pair in _BARE for word in ("--set", pair)]
        done = ashes("shot", "--out", str(out), "--size", "160x90", "--quality", "low", "--time", "7", *bare, *words)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"{out}\n"
        return out

    return shoot


def test_the_same_words_give_the_same_bytes_and_others_another_street(shoot: Callable[..., Path]) -> None:
    once, again, elsewhere, flooded = (
        shoot("once"),
        shoot("again"),
        shoot("other", "--seed", "5"),
        shoot("flood", "--set", "water.level_m=0.3"),
    )
    assert once.read_bytes() == again.read_bytes()
    assert once.read_bytes() != elsewhere.read_bytes()
    pictures = [np.asarray(Image.open(path).convert("RGB"), float) for path in (once, elsewhere, flooded)]
    assert all(picture.shape == (90, 160, 3) and picture.std() > 5 for picture in pictures)
    assert np.abs(pictures[0] - pictures[1]).mean() > 5
    lower, upper = np.abs(pictures[0] - pictures[2])[60:].mean(), np.abs(pictures[0] - pictures[2])[:20].mean()
    assert lower > 2
    assert lower > 2 * upper
    with Image.open(once) as picture:
        assert parse_place(picture.text["Place"]).z == pytest.approx(1.65, abs=0.5)
        assert picture.text["Time"] == "7 s"
