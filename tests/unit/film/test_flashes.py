"""Flashes are counted as WCAG counts them; and what is drawn flash-safe has none too many, in the worst of weathers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from world.conditions import calmed, conditions_at
from world.conditions.storm import strokes
from world.film.flashes import flashes_in
from world.pipe import Pipe
from world.recipe import Recipe, with_settings

FPS, SECONDS = 30, 3
TIMES = np.arange(FPS * SECONDS) / FPS


def _blinking(hz: float, colour: tuple[int, int, int], share: float = 1.0, dark: int = 20) -> np.ndarray:
    """A part of the screen's width that blinks at a rate."""
    frames = np.full((len(TIMES), 36, 64, 3), dark, np.uint8)
    lit = (TIMES * hz) % 1.0 < 0.5
    frames[lit, :, : round(64 * share)] = colour
    return frames


@pytest.mark.parametrize("hz", [1.0, 2.0, 5.0, 10.0])
def test_a_blinking_screen_blinks_as_often_as_it_does(hz: float) -> None:
    assert flashes_in(_blinking(hz, (220, 220, 220)), FPS).general == pytest.approx(hz, abs=0.6)


def test_what_is_small_faint_or_slow_does_not_count() -> None:
    assert flashes_in(_blinking(5.0, (220, 220, 220), share=0.06), FPS).general == 0.0
    assert flashes_in(_blinking(5.0, (70, 70, 70)), FPS).general == 0.0
    ramp = np.broadcast_to((120 + 100 * np.sin(TIMES * np.pi))[:, None, None, None], (len(TIMES), 36, 64, 3)).astype(np.uint8)
    assert flashes_in(ramp, FPS).general <= 1.0


def test_dark_red_counts_as_red_alone() -> None:
    found = flashes_in(_blinking(6.0, (150, 0, 0), dark=0), FPS)
    assert found.red == pytest.approx(6.0, abs=0.6) and found.general == 0.0


@pytest.fixture(scope="module")
def worst(booted: Any) -> Any:
    """A street where all neon fails, under a storm: (frames drawn as they are, frames drawn flash-safe)."""
    from world.stage.stage import Stage

    size, fps = (96, 54), 24
    knobs = ["neon.flicker=1", "neon.holograms=1", "neon.powered=1", "neon.brightness=2", "weather.lightning=12", "weather.swell=1"]
    pipe = Pipe(with_settings(Recipe(), knobs))
    pose = pipe.start()
    stage = Stage(booted, pipe, size=size, quality="low")
    stage.chunks.radius_m, stage.skyline.radius_m = 60.0, 0.0
    stage.settle(pose)
    begins = min(strokes(pipe.recipe, 1.0, 120.0), key=lambda s: s.distance_m).time_s - 0.5
    films = []
    for safe in (False, True):
        frames = []
        for n in range(2 * fps):
            hour = conditions_at(pipe.recipe, begins + n / fps)
            stage.show(pose, calmed(hour, pipe.recipe) if safe else hour, None)
            booted.graphicsEngine.renderFrame()
            frames.append(stage.picture())
        films.append(np.stack(frames))
    stage.close()
    return films, fps


def test_flash_safe_pictures_are_safe_in_the_worst_of_weathers(worst: Any) -> None:
    (as_it_is, safe), fps = worst
    assert flashes_in(as_it_is, fps).general >= 1.0  # lightning is seen, or this would prove nothing
    found = flashes_in(safe, fps)
    assert found.general < 1.0 and found.red < 1.0
    assert np.abs(np.diff(safe.astype(float).mean(axis=(1, 2, 3)))).max() < 2.0


def test_calm_changes_what_is_seen_and_not_what_is() -> None:
    recipe = with_settings(Recipe(), ["weather.lightning=12"])
    stroke = strokes(recipe, 1.0, 60.0)[0]
    hour = conditions_at(recipe, stroke.time_s + 0.01)
    calm = calmed(hour, recipe)
    assert calm.calm and calm.lightning_lux == 0.0 < hour.lightning_lux and calm.sky_lux == pytest.approx(recipe.weather.sky_lux)
    assert (calm.rain_mm_h, calm.water_level_m, calm.wind_m_s) == (hour.rain_mm_h, hour.water_level_m, hour.wind_m_s)
