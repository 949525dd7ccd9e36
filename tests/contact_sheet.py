"""The contact sheet: `python tests/contact_sheet.py OUT.png` draws places × weather × distance on one sheet and says what can be measured.

In: rows of a named place and a weather.  Out: `Night` of each: the share of pixels that are all but black, how bright the sky is, how much
of what glows is clipped to white. What glows is found by drawing the scene once more without it; the sky is where no depth was written
and none of that hangs before it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLACK = 0.08  # encoded luma
WHITE = 0.95  # of the least of red, green and blue
SIZE = (480, 270)
_COLUMNS = 4
_LUMA = np.array([0.2126, 0.7152, 0.0722])
_GLOWS_CD_M2 = 0.4  # drawn, that a pixel loses without what glows
_BEFORE_SKY_CD_M2 = 0.002  # a hologram before the sky writes no depth
_TIME_S = 10.0

WEATHER: dict[str, tuple[str, ...]] = {
    "drizzle": (),
    "dry": ("weather.rain_mm_h=0",),
    "downpour": ("weather.rain_mm_h=30", "water.level_m=0.02"),
    "flood": ("water.level_m=0.25",),
    "last lights": ("neon.powered=0.25",),
}
SHEET: tuple[tuple[str, str], ...] = (
    ("avenue", "drizzle"),
    ("avenue", "downpour"),
    ("avenue", "last lights"),
    ("avenue", "dry"),
    ("shopping", "drizzle"),
    ("shopping", "flood"),
    ("shopping", "last lights"),
    ("canyon", "drizzle"),
    ("belt", "drizzle"),
    ("waterfront", "downpour"),
    ("canal", "drizzle"),
    ("bridge", "drizzle"),
    ("housing", "drizzle"),
    ("park", "drizzle"),
    ("alley", "drizzle"),
    ("alleys", "drizzle"),
    ("intersection", "drizzle"),
    ("intersection", "flood"),
    ("plaza", "drizzle"),
    ("plaza", "downpour"),
    ("mirror", "drizzle"),
    ("landmark", "drizzle"),
    ("rooftops", "drizzle"),
    ("overpass", "drizzle"),
    ("slab", "drizzle"),
    ("torn", "drizzle"),
    ("fire", "drizzle"),
    ("wreck", "drizzle"),
    ("deck-edge", "drizzle"),
    ("hologram", "drizzle"),
    ("wall", "downpour"),
    ("konbini", "drizzle"),
)


@dataclass(frozen=True)
class Night:
    """One picture. `sky` is the median encoded luma of the sky, None where there is none to speak of; `clipped` the share of what glows."""

    name: str
    picture: NDArray[np.uint8]
    black: float
    sky: float | None
    clipped: float


def nights(app: Any) -> Iterator[Night]:
    """Each row of the sheet, drawn on a booted app."""
    from world.cli.city import pose_of
    from world.pipe import Pipe
    from world.place import parse_place
    from world.recipe import with_settings
    from world.recipe.load import load_recipe
    from world.toml_file import parse_toml

    places = parse_toml(Path(__file__).resolve().parents[1].joinpath("assets/places.toml").read_text("utf-8"), "places")["places"]
    pipes: dict[str, Pipe] = {}
    for place, weather in SHEET:
        pipe = pipes.setdefault(weather, Pipe(with_settings(load_recipe("drizzle"), list(WEATHER[weather]))))
        yield _night(app, f"{place}, {weather}", pipe, pose_of(parse_place(places[place]["at"]), pipe))


def _night(app: Any, name: str, pipe: Any, pose: Any) -> Night:
    from world.plan.climate import conditions_here
    from world.stage.stage import Stage

    stage = Stage(app, pipe, size=SIZE, quality="high")
    try:
        stage.settle(pose)
        hour = conditions_here(pipe.recipe, _TIME_S, *pose.position[:2])
        stage.show(pose, hour)
        app.graphicsEngine.renderFrame()
        picture = stage.picture()
        depth, with_glow = _read(app, stage.passes.depth)[..., 0], _read(app, stage.passes.scene)
        for node in ("USE_GLOW", "holograms"):
            for path in stage.root.findAllMatches(f"**/{node}"):
                path.hide()
        stage.show(pose, hour)
        app.graphicsEngine.renderFrame()
        without = _read(app, stage.passes.scene)
    finally:
        stage.close()
    shown = picture / 255.0
    lost = (with_glow - without)[..., :3].max(axis=-1)
    glows = lost > _GLOWS_CD_M2
    luma, sky = shown @ _LUMA, (depth >= 1.0) & (lost < _BEFORE_SKY_CD_M2)
    clipped = float((shown.min(axis=-1) > WHITE)[glows].mean()) if glows.sum() > 50 else 0.0
    return Night(name, picture, float((luma < BLACK).mean()), float(np.median(luma[sky])) if sky.mean() > 0.02 else None, clipped)


def _read(app: Any, texture: Any) -> NDArray[np.float32]:
    """(H, W, channels) of a target, top row first; depth in [0, 1]."""
    assert app.graphicsEngine.extractTextureData(texture, app.win.getGsg())
    kind = np.uint16 if texture.getComponentWidth() == 2 else np.float32
    values = np.frombuffer(memoryview(texture.getRamImage()), kind).reshape(SIZE[1], SIZE[0], -1)[::-1].astype(np.float32)
    texture.clearRamImage()
    return values / np.float32(65535.0) if kind is np.uint16 else values


def main() -> None:
    from PIL import Image

    from world.stage.boot import boot

    found = []
    for night in nights(boot(SIZE, window=False)):
        found.append(night)
        sky = "-" if night.sky is None else f"{night.sky:.3f}"
        print(f"{night.name:<24} black {night.black:5.2f}   sky {sky:>5}   clipped {night.clipped:6.4f}", flush=True)
    blank = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    pictures = [night.picture for night in found] + [blank] * (-len(found) % _COLUMNS)
    rows = [np.concatenate(pictures[n : n + _COLUMNS], axis=1) for n in range(0, len(pictures), _COLUMNS)]
    Image.fromarray(np.concatenate(rows)).save(sys.argv[1])
    skies = [night.sky for night in found if night.sky is not None]
    print(f"{len(found)} pictures: black {np.mean([n.black for n in found]):.2f}, sky {np.median(skies):.3f}, at most {max(skies):.3f}")


if __name__ == "__main__":
    main()
