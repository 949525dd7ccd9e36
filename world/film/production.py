"""One film, from the words of the command line to a complete file.

In: where the camera goes, which city, how long, how large.  Out: the film file, or a `Refusal` and no file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from world.errors import Refusal


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
    quality: str = "medium",
    force: bool = False,
    progress: bool = True,
    app: Any = None,
) -> Path:
    """Films `source` ("tour" or the path of a `*.flight.toml`) into `out` (.mp4, .mkv or .webm) and returns its path.

    `recipe` (a preset's name or a file), `seed`, `settings` (`section.field=value`), `seconds` and `start_s` (the city's clock
    at frame 0) are what the person asked for; None leaves them to the flight file, or to the defaults (`drizzle`, 10 s, 0 s).
    `size` in pixels, even; an existing `out` needs `force`; `progress` draws a bar on stderr. `app` is a running app to
    use (tests); None boots one without a window. Any bad input raises `Refusal` before the first frame.
    """
    raise Refusal("films cannot be rendered yet")
