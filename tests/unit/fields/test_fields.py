"""Hashes and noise: the same everywhere, and as random as they claim."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from world.fields import NoiseField, hash_u64, noise_backend, uniform
from world.fields import noise_field as noise_field_module
from world.fields.perlin import perlin2, perlin2_grid

SAMPLES = 250_000


def _coordinates(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Everywhere in [0, 256)²: at random, and on and beside the lattice, where rounding would show."""
    rng = np.random.default_rng(seed)
    x, y = (rng.random(SAMPLES) * 256.0).astype(np.float32), (rng.random(SAMPLES) * 256.0).astype(np.float32)
    third = SAMPLES // 3
    x[:third] = np.floor(x[:third])
    y[third : 2 * third] = np.nextafter(np.floor(y[third : 2 * third]), np.float32(np.inf), dtype=np.float32)
    return x, y


@pytest.mark.skipif(noise_backend() != "noise", reason="the C library is not installed here")
def test_the_twin_is_equal_to_noise_bit_by_bit() -> None:
    from noise import pnoise2

    x, y = _coordinates(1)
    theirs = np.fromiter((pnoise2(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)), np.float32, SAMPLES)
    ours = perlin2(x, y)
    assert ours.dtype == np.float32
    differing = np.flatnonzero(ours.view(np.uint32) != theirs.view(np.uint32))
    # -0.0 and 0.0 are one value to all that follows
    assert all(ours[i] == 0.0 == theirs[i] for i in differing), f"{len(differing)} of {SAMPLES}"


def test_a_grid_has_the_bits_of_its_points() -> None:
    x, y = np.linspace(0, 255.9, 61, dtype=np.float32), np.linspace(3, 100, 47, dtype=np.float32)
    gx, gy = np.meshgrid(x, y)
    assert np.array_equal(perlin2_grid(x, y), perlin2(gx, gy))


def test_a_field_is_the_same_without_the_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    field = NoiseField(7, "test", 42.0, octaves=4)
    places = [(x * 13.7 - 900.0, x * 5.1 + 31_000.0) for x in range(400)]
    with_library = [field.at(*place) for place in places]
    monkeypatch.setattr(noise_field_module, "_pnoise2", None)
    assert noise_backend() == "twin"
    assert [field.at(*place) for place in places] == with_library


def test_points_and_grid_agree_with_single_points() -> None:
    field = NoiseField(3, "agree", 30.0, octaves=3, ridged=True)
    x, y = np.linspace(-200, 200, 23), np.linspace(29_900, 30_100, 19)
    single = np.array([[field.at(a, b) for a in x] for b in y])
    assert np.allclose(field.points(*np.meshgrid(x, y)), single, atol=1e-6)
    assert np.allclose(field.grid(x, y), single, atol=1e-5)


def test_noise_is_normalised_and_channels_are_strangers() -> None:
    x, y = np.meshgrid(np.linspace(-4000, 4000, 300), np.linspace(-4000, 4000, 300))
    one, other = (NoiseField(5, channel, 37.0, octaves=3).points(x, y) for channel in ("one", "other"))
    assert abs(one.std() - 1.0) < 0.1
    assert abs(one.mean()) < 0.1
    assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.1
    assert not np.array_equal(one, NoiseField(6, "one", 37.0, octaves=3).points(x, y))


def test_noise_is_continuous_where_it_wraps() -> None:
    """No seam at multiples of 256 wavelengths, nor 30 km out."""
    field = NoiseField(11, "seam", 10.0, octaves=5)
    for centre in (0.0, 2560.0, 30_000.0):
        line = field.points(np.arange(-400, 400) * 0.01 + centre, np.full(800, 17.3))
        assert np.abs(np.diff(line)).max() < 0.05


def test_draws_are_uniform_and_keyed_by_identity() -> None:
    keys = np.arange(200_000)
    draws = uniform(1, "lane", keys)
    counts = np.histogram(draws, 20, (0, 1))[0]
    assert np.abs(counts - 10_000).max() < 500  # 5 sigma
    shuffled = np.random.default_rng(0).permutation(keys)
    assert np.array_equal(uniform(1, "lane", shuffled), draws[shuffled])
    assert uniform(1, "lane", 5) == draws[5]
    assert abs(np.corrcoef(draws, uniform(1, "other lane", keys))[0, 1]) < 0.01
    assert abs(np.corrcoef(draws[1:], draws[:-1])[0, 1]) < 0.01
    assert len(np.unique(hash_u64(1, "lane", keys[:, None] % 300, keys[None, :300]))) == 300 * 300


def test_a_density_is_a_threshold() -> None:
    """More of something keeps all that stood: the identities, not just the number."""
    draws = uniform(2, "signs", np.arange(10_000))
    few, more = set(np.flatnonzero(draws < 0.20)), set(np.flatnonzero(draws < 0.21))
    assert few < more
    assert 0.005 < (len(more) - len(few)) / 10_000 < 0.015


def test_draws_do_not_depend_on_the_process() -> None:
    code = "from world.fields import uniform, NoiseField; print(uniform(9, 'x', 1, -2), NoiseField(9, 'y', 20.0, 3).at(12.5, -7.0))"
    answers = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert answers == {f"{uniform(9, 'x', 1, -2)} {NoiseField(9, 'y', 20.0, 3).at(12.5, -7.0)}\n"}
