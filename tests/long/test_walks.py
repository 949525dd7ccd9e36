"""Long ways through the city: nobody sticks or falls, all hangs together, and memory stays flat."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from strider import stride
from walkability import survey

from world.pipe import Pipe
from world.recipe import Recipe
from world.recipe.load import load_recipe, preset_names

_KM_CHUNKS = 1000.0 / 64.0


def _walk(preset: str, metres: float) -> set[str]:
    """What the legs led to."""
    legs = list(stride(load_recipe(preset), metres))
    assert not [leg for leg in legs if leg.trouble], legs
    assert sum(leg.metres for leg in legs) >= metres
    return {leg.to for leg in legs}


@pytest.mark.parametrize("preset", ["drizzle", "lanterns"])
def test_two_hundred_metres_on_foot(preset: str) -> None:
    assert {"street", "shop"} <= _walk(preset, 200.0)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("preset", preset_names())
def test_two_kilometres_on_foot(preset: str) -> None:
    assert {"street", "shop"} <= _walk(preset, 2000.0)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("preset", preset_names())
def test_eight_by_eight_chunks_hang_together(preset: str) -> None:
    recipe = load_recipe(preset)
    for cx, cy, seed in ((-4, -4, recipe.world.seed), (310, -205, 99)):
        report = survey(recipe.with_value("world", "seed", seed), cx, cy, 8)
        assert min(report.street, report.all) >= 0.995 and report.deck >= 0.995, (cx, cy, report)
        assert not report.lost, (cx, cy, report.lost)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_memory_is_flat_over_ten_kilometres() -> None:
    """Three chunks wide, plan to near walls, as the worker builds them; caches fill in the first kilometres."""
    pipe, resident = Pipe(Recipe()), []
    for column in range(round(10 * _KM_CHUNKS)):
        for row in (-1, 0, 1):
            pipe.mesh(column, row), pipe.near(column, row), pipe.space(column, row)
        if column % round(_KM_CHUNKS) == 0:
            gc.collect()
            resident.append(_resident_mb())
    print("MB, kilometre by kilometre:", [round(mb) for mb in resident])
    assert max(resident[-3:]) < 1.15 * max(resident[3:6])
