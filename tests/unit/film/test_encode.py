"""Encoding, checked by decoding: every frame there, sound in step with picture, colours kept, and no broken files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from world.errors import Refusal
from world.film.encode import CONTAINERS, SOUND_HZ, FilmWriter, check_target

SIZE, FPS, FRAMES = (128, 72), 24, 60
FLASHES_S = (0.5, 1.5)
FLASH, DARK = (200, 30, 60), (20, 10, 30)


def flashes_and_beeps() -> tuple[list[np.ndarray], np.ndarray]:
    """Pictures that flash and a 1 kHz tone (right ear at half strength) that beeps, for .25 s from each of FLASHES_S."""

    def on(t: np.ndarray) -> np.ndarray:
        return np.any([(t >= start - 1e-9) & (t < start + 0.25 - 1e-9) for start in FLASHES_S], axis=0)

    pictures = [np.full((SIZE[1], SIZE[0], 3), FLASH if lit else DARK, np.uint8) for lit in on(np.arange(FRAMES) / FPS)]
    t = np.arange(FRAMES * SOUND_HZ // FPS) / SOUND_HZ
    tone = np.where(on(t), np.sin(2 * np.pi * 1000.0 * t), 0.0)
    return pictures, np.stack([0.6 * tone, 0.3 * tone], axis=1).astype(np.float32)


def encode(out: Path, pictures: list[np.ndarray], sound: np.ndarray | None) -> None:
    with FilmWriter(out, SIZE, FPS, sound) as film:
        for picture in pictures:
            film.write(picture)


@pytest.mark.parametrize("ending", sorted(CONTAINERS))
def test_decodes_to_the_same_film(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"film{ending}"
    encode(out, *flashes_and_beeps())
    assert [path.name for path in tmp_path.iterdir()] == [out.name]

    with av.open(str(out)) as file:
        codec = file.streams.video[0].codec_context
        assert (codec.color_primaries, codec.color_trc, int(codec.colorspace), int(codec.color_range)) == (1, 1, 1, 1)
        frames = [(frame.time, frame.to_ndarray(format="rgb24")) for frame in file.decode(video=0)]
    assert len(frames) == FRAMES
    times = np.array([time for time, _ in frames])
    assert np.abs(times - np.arange(FRAMES) / FPS).max() < 0.001
    assert frames[0][1].shape == (SIZE[1], SIZE[0], 3)
    lit = np.array([picture[10, 10, 0] > 110 for _, picture in frames])
    assert np.abs(frames[int(0.6 * FPS)][1][10, 10].astype(int) - FLASH).max() <= 4
    assert np.abs(frames[0][1][10, 10].astype(int) - DARK).max() <= 4

    with av.open(str(out)) as file:
        blocks = [(frame.time, frame.to_ndarray()) for frame in file.decode(audio=0)]
    samples = np.concatenate([block for _, block in blocks], axis=1)
    assert samples.shape[1] / SOUND_HZ == pytest.approx(FRAMES / FPS, abs=0.03)
    assert np.abs(samples[0]).max() == pytest.approx(0.6, rel=0.1) and np.abs(samples[1]).max() == pytest.approx(0.3, rel=0.1)
    loud = np.flatnonzero(np.abs(samples[0]) > 0.2) / SOUND_HZ + blocks[0][0]
    for start in FLASHES_S:
        first_lit, first_loud = times[lit & (times > start - 0.3)][0], loud[loud > start - 0.3][0]
        assert first_lit == pytest.approx(start, abs=0.002)
        assert first_loud == pytest.approx(start, abs=0.005)


@pytest.mark.parametrize("ending", sorted(CONTAINERS))
def test_same_pictures_same_bytes(tmp_path: Path, ending: str) -> None:
    pictures, sound = flashes_and_beeps()
    encode(tmp_path / f"a{ending}", pictures[:24], sound)
    encode(tmp_path / f"b{ending}", pictures[:24], sound)
    assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_every_cut_of_the_film_can_be_decoded_alone(tmp_path: Path) -> None:
    """Closed groups of pictures: decoding from any key frame gives what decoding from the start gave."""
    rng = np.random.default_rng(1)
    encode(tmp_path / "film.mp4", [rng.integers(0, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8) for _ in range(FRAMES)], None)
    with av.open(str(tmp_path / "film.mp4")) as file:
        whole = {frame.pts: frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)}
    with av.open(str(tmp_path / "film.mp4")) as file:
        file.seek(file.streams.video[0].duration, stream=file.streams.video[0])
        tail = {frame.pts: frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)}
    assert 0 < len(tail) < len(whole)
    assert all(np.array_equal(tail[pts], whole[pts]) for pts in tail)


def test_an_interrupted_film_leaves_nothing_and_keeps_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    out.write_bytes(b"an older film")
    with pytest.raises(KeyboardInterrupt), FilmWriter(out, SIZE, FPS, force=True) as film:
        film.write(np.zeros((SIZE[1], SIZE[0], 3), np.uint8))
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]
    assert out.read_bytes() == b"an older film"


@pytest.mark.parametrize("ending", sorted(CONTAINERS))
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_one_clear_line(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"film{ending}"
    (tmp_path / f"film{ending}.part").symlink_to("/dev/full")
    with pytest.raises(Refusal, match="cannot be written: No space left on device"):
        encode(out, *flashes_and_beeps())
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_midway_stops_the_film(tmp_path: Path) -> None:
    program = f"""
import resource, signal, numpy as np
from pathlib import Path
from world.errors import Refusal
from world.film.encode import FilmWriter
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
rng = np.random.default_rng(1)
written = 0
try:
    with FilmWriter(Path({str(tmp_path / "film.mp4")!r}), {SIZE}, {FPS}) as film:
        for written in range(2000):
            film.write(rng.integers(0, 255, {(SIZE[1], SIZE[0], 3)}, dtype=np.uint8))
except Refusal as refusal:
    print(written < 1999, refusal)
"""
    pytest.importorskip("resource")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("True") and "cannot be written" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_refuses_what_cannot_be_a_film(tmp_path: Path) -> None:
    (tmp_path / "old.mp4").touch()
    (tmp_path / "folder.mp4").mkdir()
    cases = [
        (("film.avi", SIZE, FPS), "one of .mp4, .mkv, .webm"),
        (("film", SIZE, FPS), "a file without an ending"),
        (("film.mp4", (129, 72), FPS), "width = 129: must be an even number from 64 to 8192"),
        (("film.mp4", (128, 99999998), FPS), "height = 99999998"),
        (("film.mp4", SIZE, 0), "fps = 0: must be a whole number from 1 to 240"),
        (("none/film.mp4", SIZE, FPS), "does not exist"),
        (("folder.mp4", SIZE, FPS), "is a folder"),
        (("old.mp4", SIZE, FPS), "exists already"),
    ]
    for (name, size, fps), words in cases:
        with pytest.raises(Refusal) as refusal:
            check_target(tmp_path / name, size, fps, force=False)
        assert words in str(refusal.value)
    assert check_target(tmp_path / "old.mp4", SIZE, FPS, force=True).video == "libx264"
