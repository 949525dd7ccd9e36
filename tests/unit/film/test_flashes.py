"""Flashes are counted as WCAG counts them; and what is drawn flash-safe has none too many, in the worst of weathers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from world.conditions import calmed, conditions_at, flicker_power
from world.conditions.storm import strokes
from world.film.flashes import Flashes, FlashWatch, _most, _turns, flashes_in
from world.pipe import Pipe
from world.plan.records import SignKind
from world.pose import Pose
from world.recipe import Recipe, load_recipe, with_settings

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


@pytest.mark.parametrize("size", [(36, 64), (216, 384)])
def test_a_film_is_watched_as_it_is_drawn(size: tuple[int, int]) -> None:
    """A long film, one second of which blinks, across the end of what is kept at a time."""
    watch = FlashWatch(FPS)
    for n in range(24 * FPS):
        lit = 19.0 <= n / FPS < 20.5 and int(n / FPS * 10) % 2 == 0  # five times a second
        watch.add(np.full((*size, 3), 220 if lit else 20, np.uint8))
        if n == 15 * FPS:
            assert watch.found() == Flashes(0.0, 0.0) and watch.found().safe
    assert watch.found().general == pytest.approx(5.0, abs=0.6) and not watch.found().safe


@pytest.mark.parametrize("blinks", [True, False])
def test_who_films_what_flashes_is_told(blinks: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    from world.film import production

    class Source:
        world = snapshot = None

        def __init__(self, *_: Any) -> None:
            """Takes what a `FrameSource` takes."""

        def __enter__(self) -> Source:
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing to close."""

        def render(self, frame: int) -> np.ndarray:
            return np.full((64, 64, 3), 220 if blinks and frame // 3 % 2 else 20, np.uint8)

    monkeypatch.setattr(production, "FrameSource", Source)
    monkeypatch.setattr(production, "film_sound", lambda *_: None)
    production.render_film("overpass", tmp_path / "f.mp4", size=(64, 64), fps=FPS, seconds=2.0, progress=False, app=object())
    said = capsys.readouterr().err
    assert ("f.mp4: it flashes 5.0 times in its worst second" in said and "--flash-safe" in said) if blinks else said == ""


def test_dark_red_counts_as_red_alone() -> None:
    found = flashes_in(_blinking(6.0, (150, 0, 0), dark=0), FPS)
    assert found.red == pytest.approx(6.0, abs=0.6) and found.general == 0.0


SIZE = (96, 54)
WORST = ["neon.flicker=1", "neon.holograms=1", "neon.powered=1", "neon.brightness=2", "weather.lightning=12", "weather.swell=1"]


def _drawn(app: Any, recipe: Recipe, pose: Pose, begins_s: float) -> list[np.ndarray]:
    """Three seconds of a street: drawn as they are, and drawn flash-safe."""
    from world.stage.stage import Stage

    stage = Stage(app, Pipe(recipe), size=SIZE, quality="low")
    stage.chunks.radius_m, stage.skyline.radius_m = 30.0, 0.0
    stage.settle(pose)
    films = []
    for safe in (False, True):
        frames = []
        for time_s in begins_s + TIMES:
            hour = conditions_at(recipe, float(time_s))
            stage.show(pose, calmed(hour, recipe) if safe else hour, None)
            app.graphicsEngine.renderFrame()
            frames.append(stage.picture())
        films.append(np.stack(frames))
    stage.close()
    return films


def _before_a_sign(recipe: Recipe) -> tuple[Pose, float]:
    """A pace before the largest flickering sign on a front near the start, and when it stutters most."""
    pipe = Pipe(recipe)
    x, y, _ = pipe.start().position
    chunks = [(int(x // 64) + i, int(y // 64) + j) for i in range(-3, 4) for j in range(-3, 4)]
    fronts = [s for c in chunks for s in pipe.plan(*c).signs if s.lit and s.group and s.kind == SignKind.FASCIA]
    sign = max(fronts, key=lambda s: s.strength * s.width_m * s.height_m)
    turn = np.radians(sign.heading_deg)
    at = sign.position + 2.5 * np.array([np.sin(turn), np.cos(turn), 0.0])
    times = np.arange(0.0, 240.0, 1 / 20)
    power = np.array([flicker_power(recipe.seed_of("neon"), float(t))[sign.group] for t in times])
    stutter = np.convolve(np.abs(np.diff(power)), np.ones(20 * SECONDS), "valid")
    return Pose((float(at[0]), float(at[1]), float(at[2])), (sign.heading_deg + 180.0) % 360.0), float(times[stutter.argmax()])


def test_lightning_over_failing_neon_is_safe(booted: Any) -> None:
    recipe = with_settings(Recipe(), WORST)
    stroke = min(strokes(recipe, 1.0, 120.0), key=lambda s: s.distance_m)
    as_it_is, safe = _drawn(booted, recipe, Pipe(recipe).start(), stroke.time_s - 0.5)
    assert flashes_in(as_it_is, FPS).general >= 1.0  # lightning is seen, or this would prove nothing
    found = flashes_in(safe, FPS)
    assert found.general < 1.0 and found.red < 1.0
    assert np.abs(np.diff(safe.astype(float).mean(axis=(1, 2, 3)))).max() < 2.0


@pytest.mark.parametrize("preset", ["monsoon", "blackout"])
def test_a_sign_that_fails_before_one_s_face_is_safe(booted: Any, preset: str) -> None:
    """The largest flickering sign fills the picture while it stutters most; what is drawn without the switch is past the limit."""
    recipe = load_recipe(preset)
    as_it_is, safe = (flashes_in(frames, FPS) for frames in _drawn(booted, recipe, *_before_a_sign(recipe)))
    assert max(as_it_is.general, as_it_is.red) > 3.0
    assert max(safe.general, safe.red) <= 1.0


def test_calm_changes_what_is_seen_and_not_what_is() -> None:
    recipe = with_settings(Recipe(), ["weather.lightning=12"])
    stroke = strokes(recipe, 1.0, 60.0)[0]
    hour = conditions_at(recipe, stroke.time_s + 0.01)
    calm = calmed(hour, recipe)
    assert calm.calm and calm.lightning_lux == 0.0 < hour.lightning_lux and calm.sky_lux == pytest.approx(recipe.weather.sky_lux)
    assert (calm.rain_mm_h, calm.water_level_m, calm.wind_m_s) == (hour.rain_mm_h, hour.water_level_m, hour.wind_m_s)


def test_no_group_is_calmed_to_more_than_one_flash_a_second() -> None:
    """Whatever the picture makes of it: by the power alone, over some minutes and all groups; and in the mean it is what it was."""
    recipe = Recipe()
    hours = [conditions_at(recipe, float(t)) for t in np.arange(0.0, 240.0, 0.1)]
    calm = np.array([calmed(hour, recipe).power for hour in hours])
    assert np.abs(np.diff(calm, axis=0)).max() < 0.12
    assert max(_most(_turns(np.broadcast_to(group[:, None, None], (len(group), 6, 6)), 0.1, np.inf), 10.0) for group in calm.T) <= 0.5
    assert np.abs(calm.mean(axis=0) - np.mean([hour.power for hour in hours], axis=0)).max() < 0.06
