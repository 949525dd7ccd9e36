"""The benchmark's rows for sound are measured with every voice playing."""

from __future__ import annotations

import pytest

from world import bench_audio
from world.recipe import Recipe


def test_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_audio, "FRAMES", 30)
    play, ear = bench_audio.audio_rows(Recipe())
    assert "24 voices" in play.name and play.unit == ear.unit == "ms CPU a frame"
    assert 0.0 < play.values[0] <= play.values[1] and ear.values[0] > 0.0


def test_what_cannot_be_measured_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_audio, "_PROBE", "raise SystemExit('no OpenAL here')")
    (row,) = bench_audio.audio_rows(Recipe())
    assert row.name == "sound: not measured (no OpenAL here)" and row.values == ()
