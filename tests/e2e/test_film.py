"""A film of the real city: decoded again, in step, and each frame the same alone as in sequence."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from world.errors import Refusal
from world.film import render_film
from world.film.flight import flight_from_toml
from world.film.render import FrameSource, Manifest, versions
from world.film.tour import tour_flight
from world.pipe import Pipe
from world.recipe import Recipe
from world.settings import Grade
from world.space.window import SpaceWindow

SIZE, FPS, FRAMES = (128, 72), 12, 6
RECIPE = Recipe()


def test_a_frame_alone_is_the_frame_in_sequence_and_no_two_are_alike(app: Any) -> None:
    pipe = Pipe(RECIPE)
    flight = tour_flight(SpaceWindow(pipe.space), RECIPE, pipe.start(), FRAMES / FPS)
    manifest = Manifest(RECIPE, flight, SIZE, FPS, FRAMES, 0.0, "low", versions())
    with FrameSource(app, pipe, manifest) as frames:
        sequence = [frames.render(n) for n in range(FRAMES)]
        again = frames.render(2)
    with FrameSource(app, Pipe(RECIPE), manifest) as frames:
        alone = frames.render(FRAMES - 1)
    assert sequence[0].shape == (SIZE[1], SIZE[0], 3)
    assert np.array_equal(again, sequence[2])
    assert np.array_equal(alone, sequence[-1])
    for before, after in pairwise(sequence):
        assert not np.array_equal(before, after)
        assert np.abs(before.astype(int) - after).mean() < 12.0  # nothing pops in
    assert sequence[0].std() > 8.0


def test_so_is_one_of_many_samples_with_its_shutter_and_its_aperture_open(app: Any) -> None:
    pipe = Pipe(RECIPE)
    flight = tour_flight(SpaceWindow(pipe.space), RECIPE, pipe.start(), FRAMES / FPS)
    grade = Grade(motion_blur=1.0, depth_of_field=1.0)
    manifest = Manifest(RECIPE, flight, SIZE, FPS, FRAMES, 0.0, "low", versions(), grade=grade, samples=3)
    with FrameSource(app, pipe, manifest) as frames:
        sequence = [frames.render(n) for n in (0, 1, FRAMES - 1)]
        with FrameSource(app, pipe, replace(manifest, grade=Grade(), samples=1)) as sharp:
            assert not np.array_equal(sharp.render(1), sequence[1])
        assert np.array_equal(frames.render(1), sequence[1])
    with FrameSource(app, Pipe(RECIPE), manifest) as frames:
        assert np.array_equal(frames.render(FRAMES - 1), sequence[-1])


def test_a_tour_decodes_to_its_frames_with_the_rain_on_its_track(app: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = render_film("tour", tmp_path / "tour.mp4", seconds=FRAMES / FPS, size=SIZE, fps=FPS, quality="low", app=app)
    assert [path.name for path in tmp_path.iterdir()] == ["tour.mp4"]
    assert f"{FRAMES}/{FRAMES}" in capsys.readouterr().err
    with av.open(str(out)) as file:
        frames = [(frame.time, frame.to_ndarray(format="rgb24")) for frame in file.decode(video=0)]
    with av.open(str(out)) as file:
        sound = np.concatenate([frame.to_ndarray() for frame in file.decode(audio=0)], axis=1)
    assert [round(time * FPS) for time, _ in frames] == list(range(FRAMES))
    assert frames[0][1].shape == (SIZE[1], SIZE[0], 3) and frames[0][1].std() > 8.0
    assert sound.shape[0] == 2 and sound.shape[1] / 48000 == pytest.approx(FRAMES / FPS, abs=0.05)
    assert 0.003 < np.sqrt((sound**2).mean()) < 0.5
    assert not np.array_equal(sound[0], sound[1])


FLIGHT = """
version = 1
units = "metres, seconds, degrees"
axes = "right-handed, X east, Y north, Z up"
seed = 7
start_s = 2.0
[[key]]
time_s = 0.0
pos = [0.0, 0.0, 2.0]
heading_deg = 0.0
[[key]]
time_s = 1.0
pos = [0.0, 3.0, 2.0]
heading_deg = 10.0
"""


def test_bad_input_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    written = tmp_path / "a.flight.toml"
    written.write_text(FLIGHT)
    assert flight_from_toml(FLIGHT).seed == 7
    (tmp_path / "old.mp4").touch()
    out = tmp_path / "a.mp4"
    cases: list[tuple[str, Path, dict[str, Any], str]] = [
        ("tuor", out, {}, r"no flight 'tuor'.*did you mean tour\?"),
        ("tour", tmp_path / "old.mp4", {}, "exists already"),
        ("tour", tmp_path / "none" / "a.mp4", {}, "does not exist"),
        ("tour", out, {"size": (127, 72)}, "width = 127"),
        ("tour", out, {"seconds": 1e9}, "seconds = 1e"),
        ("tour", out, {"seconds": float("nan")}, "seconds = nan"),
        ("tour", out, {"start_s": -1.0}, "time = -1"),
        ("tour", out, {"seed": "red"}, "world.seed"),
        (str(written), out, {"recipe": "drizzel"}, "did you mean drizzle"),
        (str(written), out, {"settings": ["water.level=1"]}, "unknown field water.level"),
    ]
    for source, target, asked, words in cases:
        with pytest.raises(Refusal, match=words):
            render_film(source, target, **asked)
    assert not out.exists()
