"""One film, from the words of the command line to a complete file.

In: where the camera goes, which city, how long, how large.  Out: the film file, or a `Refusal` and no file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from world.errors import Refusal, nearest
from world.film.encode import FilmWriter, check_target
from world.film.flashes import FlashWatch
from world.film.flight import CLOCK_MAX_S, SECONDS_MAX, Flight, load_flight
from world.film.path import FlightPath
from world.film.progress import Progress
from world.film.render import FILM_GRADE, FrameSource, Manifest, versions
from world.film.soundtrack import film_sound
from world.film.tour import tour_flight
from world.pipe import Pipe
from world.recipe import load_recipe, with_settings
from world.resources import asset_path
from world.settings import Grade
from world.space.window import SpaceWindow

TOUR = "tour"
SECONDS = 10.0
OVERSHOOT_M = 1.0  # a hand-written path that strays further from its keys deserves a word
_ENDING = ".flight.toml"


def render_film(
    source: str,
    out: str | Path,
    *,
    recipe: str | None = None,
    seed: str | None = None,
    settings: Sequence[str] = (),
    seconds: float | None = None,
    size: tuple[int, int] = (1280, 720),
    fps: int = 30,
    start_s: float | None = None,
    quality: str = "high",
    flash_safe: bool = False,
    grade: Grade = FILM_GRADE,
    focus_m: float = 0.0,
    samples: int = 1,
    force: bool = False,
    progress: bool = True,
    app: Any = None,
) -> Path:
    """Films `source` ("tour", a shipped flight's name, or a `*.flight.toml`) into `out` (.mp4, .mkv or .webm); returns its path.

    `recipe` (a preset's name or a file), `seed`, `settings` (`section.field=value`), `seconds` and `start_s` (the city's clock
    at frame 0) are what the person asked for; None leaves them to the flight file, or to the defaults (`drizzle`, 10 s, 0 s).
    `size` in pixels, even; an existing `out` needs `force`; `progress` draws a bar on stderr;
    with `flash_safe` nothing flashes (of a film that flashes too often stderr says so); `grade` is what lens and shutter do; `focus_m`
    what is sharp (0: as the flight has it);
    `samples` how many pictures a frame is the mean of.
    `app` is a running app to use (tests); None boots one without a window. Any bad input raises `Refusal` before the first frame.
    """
    target = Path(out).expanduser()
    check_target(target, size, fps, force)
    path = None if source == TOUR else find_flight(source)
    written = load_flight(path) if path else None
    if written and (strays_m := FlightPath(written).overshoot_m()) > OVERSHOOT_M:
        print(f"{path}: the camera strays {strays_m:.1f} m from the straight way between two keys", file=sys.stderr)
    if recipe is None and path and written:
        beside = path.parent / written.recipe  # a flight and its recipe may travel together
        recipe, seed = str(beside) if beside.is_file() else written.recipe, seed or _text(written.seed)
    city = with_settings(load_recipe(recipe or "drizzle"), list(settings), seed)
    if start_s is None:
        start_s = written.start_s if written else 0.0
    seconds = _seconds(seconds, written, fps)
    if not 0.0 <= start_s <= CLOCK_MAX_S:
        raise Refusal(f"time = {start_s:g}: must be from 0 to {CLOCK_MAX_S:g} s")

    from world.stage.boot import boot

    app = app or boot(size, window=False)
    pipe = Pipe(city)
    flight = written or tour_flight(SpaceWindow(pipe.space), city, pipe.start(), seconds, start_s)
    manifest = Manifest(
        city, flight, size, fps, max(1, round(seconds * fps)), start_s, quality, versions(), flash_safe, grade, focus_m, samples
    )
    with FrameSource(app, pipe, manifest) as source:
        sound = film_sound(source.world, source.snapshot, manifest)
        with Progress(target.name, manifest.frames, shown=progress) as bar, FilmWriter(target, size, fps, sound, force=force) as film:
            watch = FlashWatch(fps)
            for frame in range(manifest.frames):
                picture = source.render(frame)
                film.write(picture)
                watch.add(picture)
                bar.step()
    if not (found := watch.found()).safe:
        most = max(found.general, found.red)
        print(f"{target.name}: it flashes {most:.1f} times in its worst second, and three are safe: see --flash-safe", file=sys.stderr)
    return target


def flight_names() -> list[str]:
    """Names of the shipped flights."""
    return sorted(path.name.removesuffix(_ENDING) for path in asset_path("flights").glob(f"*{_ENDING}"))


def find_flight(name_or_file: str) -> Path:
    """The file behind a shipped flight's name or a path; `Refusal` when neither exists."""
    if name_or_file in flight_names():
        return asset_path(f"flights/{name_or_file}{_ENDING}")
    path = Path(name_or_file).expanduser()
    if path.is_file():
        return path
    known = [TOUR, *flight_names()]
    raise Refusal(f"no flight {name_or_file!r}: neither a *{_ENDING} nor one of {', '.join(known)}{nearest(name_or_file, known)}")


def _text(seed: int | None) -> str | None:
    return None if seed is None else str(seed)


def _seconds(seconds: float | None, written: Flight | None, fps: int) -> float:
    if seconds is None:
        seconds = written.duration_s if written is not None and written.duration_s > 0.0 else SECONDS
    if not 1.0 / fps <= seconds <= SECONDS_MAX:
        raise Refusal(f"seconds = {seconds:g}: must be from {1.0 / fps:.3g} (one frame) to {SECONDS_MAX:g}")
    return seconds
