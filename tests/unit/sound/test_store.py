"""The sounds as files: complete, whole, found again, and elsewhere when they cannot be kept; how OpenAL is told to play."""

from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np
import pytest

from world.sound.device import configuration, configure
from world.sound.repertoire import samples
from world.sound.samples import RATE
from world.sound.spaces import WET_RATE
from world.sound.store import COMPLETE, Store, cache_folder, found, name_of, wanted


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.wait()
    return made


def test_every_sound_is_there_and_what_is_needed_first_was_made_first(store: Store) -> None:
    names = [stem for stem, *_ in wanted()]
    assert len(names) == len(set(names)) and all(store.get(name) for name in names) and store.complete
    needed = [
        name_of("step/ASPHALT/walk"), name_of("rain"), name_of("neon"), name_of("indoors"), name_of("step/ASPHALT/walk", 3),
        name_of("hum/GLIDER/0", 0, "DECK"), name_of("pad"),
    ]  # fmt: skip
    assert sorted(needed, key=names.index) == needed
    assert names.index(name_of("hum/GLIDER/0")) < 20


def test_a_file_gives_its_samples_back(store: Store) -> None:
    for stem, sound, rate, channels in (
        (name_of("hum/HEAVY/1"), "hum/HEAVY/1", RATE, 1), (name_of("rain"), "rain", RATE, 2),
        (name_of("splash", 0, "STATION"), "", WET_RATE, 2),
    ):  # fmt: skip
        path, height = store.get(stem) or (Path(), 0.0)
        with wave.open(str(path)) as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (rate, channels, 2)
            data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        assert abs(data).max() == 32767
        if sound:
            assert abs(data * (height / 32767.0) - samples(sound).reshape(-1)).max() < 2e-4


def test_what_is_complete_is_not_made_again(store: Store, sounds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.Popen", None)
    again = Store()
    assert again.complete and again.get(name_of("rain"))
    assert cache_folder().is_relative_to(sounds)


def test_half_written_files_are_not_found(tmp_path: Path) -> None:
    (tmp_path / ".abc.part").write_bytes(b"RIFF")
    (tmp_path / COMPLETE).touch()
    (tmp_path / "rain.0.bright@04000.wav").write_bytes(b"")
    assert list(found(tmp_path)) == ["rain.0.bright"]
    assert found(tmp_path)["rain.0.bright"][1] == 0.4


def test_where_nothing_can_be_kept_it_says_so_and_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    elsewhere = Store(tmp_path / "file" / "sounds")
    elsewhere.close()
    assert "sounds cannot be kept there" in caplog.text


def test_openal_is_told_once_and_a_persons_own_file_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALSOFT_CONF", "")
    path = configure(headphones=True)
    assert path is not None and os.environ["ALSOFT_CONF"] == str(path)
    assert "hrtf = true" in path.read_text() and "default-hrtf = Built-In 48000hz" in path.read_text()
    assert "hrtf = false" in configuration(headphones=False)
    monkeypatch.setenv("ALSOFT_CONF", "/somebody/elses")
    assert configure(headphones=False) is None and os.environ["ALSOFT_CONF"] == "/somebody/elses"
