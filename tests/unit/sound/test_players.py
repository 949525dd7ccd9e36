"""What plays in the engine: layers in phase, glides, and nothing told twice; on sounds that only remember."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from panda3d.core import AudioSound

from world.sound.players import Loop, OneShot, Take, glided


class Remembering:
    """An `AudioSound` that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []
        self.playing = False

    def status(self) -> Any:
        return AudioSound.PLAYING if self.playing else AudioSound.READY

    def play(self) -> None:
        self.playing = True
        self.told.append(("play",))

    def stop(self) -> None:
        self.playing = False
        self.told.append(("stop",))

    def __getattr__(self, name: str) -> Any:
        return lambda *values: self.told.append((name, *values))

    def of(self, name: str) -> list[tuple[Any, ...]]:
        return [words for words in self.told if words[0] == name]


def loop() -> tuple[Loop, Remembering, Remembering]:
    bright, dull = Remembering(), Remembering()
    return Loop("hum", (Take(bright, 0.5), Take(dull, 0.25)), 0.7), bright, dull  # type: ignore[arg-type]


def test_both_layers_begin_at_one_place_even_if_one_is_silent_and_stop_together() -> None:
    both, bright, dull = loop()
    for _ in range(30):
        both.set((1.0, 0.0), 0.3, (0.0, 1.0, 0.0))
    assert bright.of("setTime") == dull.of("setTime") == [("setTime", 0.7)] and bright.playing and dull.playing
    assert bright.of("setVolume")[-1][1] == pytest.approx(0.5, abs=0.01) and dull.of("setVolume")[-1][1] == 0.0
    for _ in range(60):
        both.set((0.0, 0.0), 0.3, (0.0, 1.0, 0.0))
    assert both.silent and not both.playing and not bright.playing and not dull.playing


def test_gains_glide_and_end_at_the_engines_most() -> None:
    both, bright, _ = loop()
    for _ in range(40):
        both.set((9.0, 0.0), 0.25)
    volumes = [words[1] for words in bright.of("setVolume")]
    assert volumes == sorted(volumes) and max(b - a for a, b in pairwise(volumes)) <= 0.25
    assert volumes[-1] == pytest.approx(1.0, abs=0.01)


def test_what_has_hardly_changed_is_not_told_again() -> None:
    both, bright, dull = loop()
    for _ in range(400):
        both.set((0.6, 0.3), 0.3, (0.0, 1.0, 0.0))
    assert len(bright.of("setVolume")) < 40 and len(bright.of("set3dAttributes")) == 1
    both.set((0.6, 0.3), 0.3, (0.1, 0.995, 0.0))
    assert len(dull.of("set3dAttributes")) == 2


def test_a_portal_comes_over_to_another() -> None:
    towards, steps = (1.0, 0.0, 0.0), []
    for _ in range(60):
        towards = glided(towards, (0.0, 1.0, 0.0), 0.24)
        steps.append(math.degrees(math.atan2(towards[1], towards[0])))
        assert math.hypot(*towards) == pytest.approx(1.0)
    assert steps == sorted(steps) and steps[0] < 25.0 and steps[3] > 50.0 and steps[-1] == pytest.approx(90.0, abs=0.1)
    assert glided((1.0, 0.0, 0.0), (-1.0, 0.0, 0.0), 0.5) == (-1.0, 0.0, 0.0)


def test_a_sound_that_ends_by_itself_keeps_its_place() -> None:
    sound = Remembering()
    one = OneShot(Take(sound, 0.5), 0.8, (1.0, 0.0, 0.0))  # type: ignore[arg-type]
    one.aim((0.0, 1.0, 0.0))
    one.play()
    assert sound.of("setVolume") == [("setVolume", 0.4)] and one.playing and one.direction == (1.0, 0.0, 0.0)
