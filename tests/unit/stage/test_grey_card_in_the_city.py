"""The grey card before every kind of light in the real city, in corners that nothing reaches, and under decks.

What is drawn is what the robots see by: the card reads ρE/π of `illuminance()` wherever it is held.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from grey_card import GREY, dry, luminance_of_card, staged

from world.light import LightField
from world.pipe import Pipe
from world.plan.overpass import UNDERSIDE_M
from world.plan.records import Fate
from world.pose import Pose
from world.recipe import Recipe
from world.space.chunk_space import Emitters

CHUNKS = [(cx, cy) for cx in range(-5, 3) for cy in range(-4, 5)]
FIRE = np.array([1.0, 0.3, 0.05])
WINDOW_SIZE_M = 1.2
Array = np.ndarray[Any, np.dtype[Any]]
Spot = tuple[Array, Array]  # where the card is, and towards where


def _of(pipe: Pipe, wanted: Callable[[Emitters], Array]) -> Spot:
    """Before the brightest emitter of a sort among the chunks round the start, 1.5 m off."""
    best: tuple[float, Array, Array] | None = None
    for place in CHUNKS:
        e = pipe.space(*place).emitters
        for n in np.flatnonzero(wanted(e)):
            if best is None or e.candela[n].max() > best[0]:
                best = float(e.candela[n].max()), e.position[n], e.normal[n] if e.normal[n].any() else np.array([0.0, 0.0, -1.0])
    assert best is not None
    return best[1] + 1.5 * best[2], best[1]


def _near(places: list[Array]) -> Callable[[Emitters], Array]:
    """Emitters within 2 m (level) of any of the places, but for a fire above."""

    def wanted(e: Emitters) -> Array:
        found = np.zeros(len(e), bool)
        for x, y, _ in places:
            found |= np.hypot(e.position[:, 0] - x, e.position[:, 1] - y) < 2.0
        return found & ~_burns(e)

    return wanted


def _burns(e: Emitters) -> Array:
    peak = e.candela / np.maximum(e.candela.max(axis=1, keepdims=True, initial=1e-9), 1e-9)
    return (e.size_m == WINDOW_SIZE_M) & (abs(peak - FIRE).max(axis=1) < 0.02)


def _sign(pipe: Pipe) -> Spot:
    return _of(pipe, _near([np.array(s.position) for c in CHUNKS for s in pipe.plan(*c).signs if s.lit and s.position[2] < 5.0]))


def _hologram(pipe: Pipe) -> Spot:
    return _of(pipe, _near([np.array(h.position) for c in CHUNKS for h in pipe.plan(*c).holograms]))


def _street_lamp(pipe: Pipe) -> Spot:
    return _of(pipe, _near([np.array(t.position) for c in CHUNKS for t in pipe.plan(*c).things if t.kind == "lamp_lit"]))


def _deck_lamp(pipe: Pipe) -> Spot:
    return _of(pipe, _near([np.array((*s.middle, 0.0)) for c in CHUNKS for s in pipe.plan(*c).spans if s.lamp]))


def _window(pipe: Pipe) -> Spot:
    return _of(pipe, lambda e: (e.size_m == WINDOW_SIZE_M) & ~_burns(e))


def _fire(pipe: Pipe) -> Spot:
    return _of(pipe, _burns)


def _ceiling(pipe: Pipe) -> Spot:
    return _of(pipe, lambda e: (e.normal == 0.0).all(axis=1) & (e.size_m == 0.6))


KINDS = {
    "sign": _sign,
    "hologram": _hologram,
    "street lamp": _street_lamp,
    "lamp under a deck": _deck_lamp,
    "window": _window,
    "fire": _fire,
    "ceiling lamp": _ceiling,
}


@pytest.fixture(scope="module")
def city(booted: Any) -> Iterator[tuple[Any, Pipe]]:
    pipe = Pipe(Recipe())
    stage = staged(booted, pipe, (0.0, 0.0, 1.6))
    yield stage, pipe
    stage.close()


@pytest.mark.parametrize("kind", KINDS)
def test_reads_the_light_field_before_every_kind_of_light(app: Any, city: tuple[Any, Pipe], kind: str) -> None:
    stage, pipe = city
    at, lamp = KINDS[kind](pipe)
    stage.settle(Pose(tuple(at), 0.0))
    hour, field = dry(), LightField(pipe.light)
    for n in ((lamp - at) / np.linalg.norm(lamp - at), np.array([0.0, 0.0, 1.0]), np.array([0.6, -0.64, 0.48])):
        lux = field.illuminance(at[None], n[None], hour.power, hour.sky_lux)[0]
        assert lux > 0.05
        assert luminance_of_card(app, stage, at, n, hour) == pytest.approx(GREY * lux / math.pi, rel=0.15)


def _darkest(pipe: Pipe) -> Array:
    """Where the least light falls among the corners and alleys of the chunk at the start, 1.2 m over the ground."""
    light = pipe.light(-2, 2)
    level = light.level[1].astype(float).sum(axis=2)
    open_ = np.where(light.cover[1::2, 1::2] > 5000.0, level, np.inf)
    j, i = np.unravel_index(open_[2:-2, 2:-2].argmin(), open_[2:-2, 2:-2].shape)
    return np.array([-128.0 + 2.0 * (i + 2) + 1.5, 128.0 + 2.0 * (j + 2) + 1.5, 1.2])


def test_in_a_sunless_corner_it_reads_the_sky_alone(app: Any, city: tuple[Any, Pipe]) -> None:
    stage, pipe = city
    at = _darkest(pipe)
    stage.settle(Pose(tuple(at), 0.0))
    hour, up, field = replace(dry(), sky_lux=0.0), np.array([0.0, 0.0, 1.0]), LightField(pipe.light)
    stray = field.illuminance(at[None], up[None], hour.power)[0]
    assert stray < 0.1
    assert luminance_of_card(app, stage, at, up, hour) == pytest.approx(GREY * stray / math.pi, rel=0.15, abs=1e-4)
    for sky_lux in (0.5, 5.0):
        hour = replace(hour, sky_lux=sky_lux)
        lux = field.illuminance(at[None], up[None], hour.power, sky_lux)[0]
        assert lux > 0.8 * sky_lux
        assert luminance_of_card(app, stage, at, up, hour) == pytest.approx(GREY * lux / math.pi, rel=0.15)


def test_under_a_deck_no_sky_falls_on_it(app: Any, city: tuple[Any, Pipe]) -> None:
    stage, pipe = city
    spans = [s for c in CHUNKS for s in pipe.plan(*c).spans if s.fate == Fate.STANDS and not s.lamp]
    span = max(spans, key=lambda s: (s.half_m, s.a))
    at = np.array([*span.middle, 1.5])
    assert span.height_m - UNDERSIDE_M > 2.0
    stage.settle(Pose(tuple(at), 0.0))
    up, field = np.array([0.0, 0.0, 1.0]), LightField(pipe.light)
    night, day = replace(dry(), sky_lux=0.0), replace(dry(), sky_lux=500.0)
    lux = field.illuminance(at[None], up[None], day.power, day.sky_lux)[0]
    assert lux == field.illuminance(at[None], up[None], night.power)[0] < 25.0
    assert luminance_of_card(app, stage, at, up, day) == pytest.approx(GREY * lux / math.pi, rel=0.15)
    clear = at + np.array([0.0, 0.0, span.height_m + 2.0])
    assert luminance_of_card(app, stage, clear, up, day) > GREY * 400.0 / math.pi
