"""The arc of the rain, and lightning with its thunder: closed form in time.

In: a recipe, seconds since the walk began.  Out: the factor on the rain, the strokes of a span of time, the light of those under way.
The rain begins as the recipe says and swells and ebbs by two slow sines without a common period. Time is cut into cells, in each of
which one stroke falls at a hashed instant, so that any moment can be asked for alone. A stroke is a few returns down the same channel,
each gone within a fifteenth of a second (Rakov and Uman, *Lightning*, 2003: three to five returns some 60 ms apart); thunder comes with
the speed of sound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from world.fields import uniform
from world.recipe import Recipe

_PERIODS_S = (620.0, 233.0)
_OCTAVES = (1.3, 0.45)  # how far the rain swells at most, per sine
SPEED_OF_SOUND = 343.0  # m/s
_NEAREST_M, _FARTHEST_M = 500.0, 6000.0
_LUX_AT_1_KM, _LUX_MAX = 3.0, 6.0
_RETURNS, _APART_S, _DECAY_S = 4, 0.065, 0.05
_LONGEST_S = 0.8
THUNDER_DB = 15.0
_ROLLS_S = (2.0, 4.0)  # how long thunder masks: struck near by, struck farthest off


@dataclass(frozen=True)
class Stroke:
    """One flash of lightning: when it begins, how far off, where (degrees from north), and its own number."""

    time_s: float
    distance_m: float
    heading_deg: float
    number: int

    @property
    def thunder_s(self) -> float:
        """When its thunder arrives."""
        return self.time_s + self.distance_m / SPEED_OF_SOUND

    @property
    def peak_lux(self) -> float:
        """On open ground, at its brightest."""
        return min(_LUX_MAX, _LUX_AT_1_KM * (1000.0 / self.distance_m) ** 2)


def swell(recipe: Recipe, time_s: float) -> float:
    """The factor on the rain at `time_s`: 1 as the walk begins."""
    octaves = sum(size * math.sin(math.tau * time_s / period) for size, period in zip(_OCTAVES, _PERIODS_S, strict=True))
    return float(2.0 ** (recipe.weather.swell * octaves))


def strokes(recipe: Recipe, from_s: float, to_s: float) -> tuple[Stroke, ...]:
    """Those that begin from `from_s` (included) to `to_s`, in their order."""
    if recipe.weather.lightning <= 0.0 or to_s <= from_s:
        return ()
    cell_s, seed = 60.0 / recipe.weather.lightning, recipe.seed_of("weather")
    found = []
    for cell in range(math.floor(from_s / cell_s), math.floor(to_s / cell_s) + 1):
        begins = cell_s * (cell + uniform(seed, "lightning/when", cell))
        if from_s <= begins < to_s and begins >= 0.0:
            far = uniform(seed, "lightning/far", cell)
            distance = _NEAREST_M + (_FARTHEST_M - _NEAREST_M) * far**0.8
            found.append(Stroke(begins, distance, 360.0 * uniform(seed, "lightning/where", cell), cell))
    return tuple(found)


def thunders(recipe: Recipe, from_s: float, to_s: float) -> tuple[Stroke, ...]:
    """The strokes whose thunder arrives from `from_s` to `to_s`."""
    early = from_s - _FARTHEST_M / SPEED_OF_SOUND
    return tuple(stroke for stroke in strokes(recipe, early, to_s) if from_s <= stroke.thunder_s < to_s)


def thunder_db(recipe: Recipe, time_s: float) -> float:
    """By how much thunder raises what must be drowned out: by as much for all who hear it, longer the farther off it struck."""
    rolling = thunders(recipe, time_s - _ROLLS_S[1], time_s + 1e-9)
    longest = (_ROLLS_S[0] + (_ROLLS_S[1] - _ROLLS_S[0]) * stroke.distance_m / _FARTHEST_M for stroke in rolling)
    lasts = (time_s < stroke.thunder_s + seconds for stroke, seconds in zip(rolling, longest, strict=True))
    return THUNDER_DB if any(lasts) else 0.0


def lightning(recipe: Recipe, time_s: float) -> tuple[float, float]:
    """(lux on open ground, degrees from north) of the lightning at an instant; (0, 0) between strokes."""
    lux, heading = 0.0, 0.0
    for stroke in strokes(recipe, time_s - _LONGEST_S, time_s + 1e-9):
        seed, begins = recipe.seed_of("weather"), stroke.time_s
        for k in range(_RETURNS):
            if k and uniform(seed, "lightning/return", stroke.number, k) > 0.75:
                continue
            age = time_s - begins - k * _APART_S * (0.7 + 0.9 * uniform(seed, "lightning/apart", stroke.number, k))
            if age >= 0.0:
                strength = 1.0 if k == 0 else 0.35 + 0.6 * uniform(seed, "lightning/strength", stroke.number, k)
                lux, heading = lux + stroke.peak_lux * strength * math.exp(-age / _DECAY_S), stroke.heading_deg
    return (lux, heading) if lux > 1e-4 else (0.0, 0.0)
