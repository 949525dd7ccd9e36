"""A shader is broken while it is drawn: the message names file and line, the old picture stays; mended, the new one is drawn."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lamp_yard import Yard, lamp

from world.conditions import conditions_at
from world.pose import Pose
from world.recipe import Recipe

POSE = Pose((32.0, 20.0, 1.6), 0.0, -3.0)


@pytest.fixture
def shaders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shaders' folder that is the one in use."""
    from world.resources import shader_path
    from world.stage import shader_watch
    from world.stage import shaders as module

    copy = tmp_path / "shaders"
    shutil.copytree(shader_path("include/frame.inc.glsl").parents[1], copy)
    monkeypatch.setattr(module, "shader_path", copy.joinpath)
    monkeypatch.setattr(shader_watch, "shader_path", copy.joinpath)
    return copy


@pytest.fixture
def drawn(app: Any, shaders: Path, engine_log: Callable[[], list[str]]) -> Iterator[tuple[Any, Callable[[], np.ndarray]]]:
    """(the watch, a function that draws a picture) of a small stage; afterwards all programs are the shipped ones again."""
    from world.stage.shader_watch import ShaderWatch
    from world.stage.shaders import exchange, loaded
    from world.stage.stage import Stage

    kept = loaded()
    stage = Stage(app, Yard([], lamp(32.0, 30.0, 3.0)), size=(64, 36), quality="low")
    stage.chunks.radius_m, stage.skyline.radius_m = 20.0, 0.0

    def picture() -> np.ndarray:
        stage.show(POSE, conditions_at(Recipe(), 2.0), None)
        app.graphicsEngine.renderFrame()
        return stage.picture()

    yield ShaderWatch(app, stage), picture
    stage.close()
    exchange(kept)


def _news(watch: Any) -> list[tuple[str, bool]]:
    return [found for _ in range(4) if (found := watch.poll(0.6)) is not None]


def test_broken_and_mended_again(shaders: Path, drawn: tuple[Any, Callable[[], np.ndarray]], engine_log: Callable[[], list[str]]) -> None:
    watch, picture = drawn
    first = picture()
    assert _news(watch) == []
    file = shaders / "sky" / "sky.inc.glsl"
    whole = file.read_text()
    line = next(k for k, text in enumerate(whole.splitlines(), 1) if text.startswith("vec3 sky("))
    file.write_text(whole.replace("vec3 base = mix(", "vec3 base = mixed("))
    news = _news(watch)
    assert len(news) == 1 and news[0][1]
    assert f"shaders/sky/sky.inc.glsl:{line + 2}: " in news[0][0] and "mixed" in news[0][0] and "old shader stays" in news[0][0]
    assert np.array_equal(picture(), first)
    file.write_text(whole.replace("    return (base +", "    base += vec3(0.0, 0.5, 0.0);\n    return (base +"))
    news = _news(watch)
    assert len(news) == 1 and not news[0][1] and news[0][0].startswith("sky/sky.inc.glsl: ") and "read again" in news[0][0]
    green = picture().astype(float)
    assert green[:12, :, 1].mean() > first[:12, :, 1].mean() + 40.0
    file.write_text(whole)
    assert [error for _, error in _news(watch)] == [False]
    assert np.array_equal(picture(), first)


def test_mending_another_file_brings_in_what_was_refused(shaders: Path, drawn: tuple[Any, Callable[[], np.ndarray]]) -> None:
    watch, picture = drawn
    first = picture()
    include, user = shaders / "include" / "noise.inc.glsl", shaders / "post" / "finish.frag.glsl"
    include.write_text(include.read_text().replace("float hash_f(vec2 cell)", "float hashed(vec2 cell)"))
    text, error = _news(watch)[0]
    assert error and "hash_f" in text
    for path in shaders.rglob("*.glsl"):
        path.write_text(path.read_text().replace("hash_f(", "hashed("))
    assert "read again" in _news(watch)[0][0]
    assert np.array_equal(picture(), first)
    user.write_text(user.read_text().replace("clamp(c, 0.0, 1.0), 1.0)", "vec3(1.0), 1.0)"))
    assert re.search(r"finish.frag.glsl: \d shaders? read again", _news(watch)[0][0])
    assert (picture() == 255).all()


def test_a_file_that_goes_is_reported_and_what_was_drawn_stays(shaders: Path, drawn: tuple[Any, Callable[[], np.ndarray]]) -> None:
    watch, picture = drawn
    first = picture()
    (shaders / "include" / "share.inc.glsl").unlink()
    text, error = _news(watch)[0]
    assert error and "share.inc.glsl" in text
    assert np.array_equal(picture(), first)


@pytest.mark.parametrize(
    "said",
    [
        [":display(error): compiling fragment shader created-shader:", "0:3(5): error: no function with name 'x'"],
        [":display(error): compiling fragment shader created-shader:", "0(3) : error C1008: no function with name 'x'"],
        [":display(error): compiling fragment shader created-shader:", "ERROR: 0:3: no function with name 'x'"],
    ],
)
def test_lines_of_every_driver_are_found_in_their_files(app: Any, said: list[str]) -> None:
    from world.stage.shader_watch import complaint
    from world.stage.shaders import lines_of

    permutation = ("post/screen.vert", "post/bloom_down.frag", ("USE_FIRST",))
    _, file, number = lines_of(*permutation[1:])[2]
    assert complaint(said, permutation).startswith(f"shaders/{file}:{number}: ")
    assert complaint(said, permutation).endswith("no function with name 'x'")
