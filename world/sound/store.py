"""The sounds as files, made once: `python -m world.sound.store FOLDER` makes them, the walk reads them.

In: the repertoire.  Out: 16-bit WAV files in a folder of the user's cache, named after the sound and its height (files are as loud as they
can be: the engine's volume ends at 1, so that gain times height is the volume).
How: the folder's name is a hash of the code that makes the sounds: other code, other folder. Each file appears in one piece. They are
made in a process of their own, so that the walk need not wait.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import platformdirs
from scipy.signal import resample_poly

from world.fields import hashing
from world.sound import hero, machines, places, repertoire, score, spaces, weather
from world.sound import samples as samples_module
from world.sound.repertoire import BEDS, LOOPS, SHOTS
from world.sound.samples import RATE, Samples
from world.sound.spaces import WET_RATE, Space, wet, wet_loop

_MADE_BY = (samples_module, machines, hero, weather, places, score, spaces, repertoire, hashing)
_POLL_S = 0.2
_OLD_S = 7 * 86_400.0
COMPLETE = "complete"
_FIRST = frozenset({"step", "splash", "servo", "chirp", "footfall"})
_OPEN_AIR = frozenset({"drizzle", "rain", "wind", "city"})
_LAST = frozenset({"note", "pad", "announcement"})


def name_of(sound: str, variant: int = 0, layer: str = "bright") -> str:
    """A file's stem. `layer`: bright, dull, or the name of a `Space` for what it answers."""
    return f"{sound.replace('/', '_')}.{variant}.{layer.lower()}"


File = tuple[str, str, int, str]  # stem, sound, variant, layer


def wanted() -> list[File]:
    """All files, what is heard first before what can wait: one's steps and the machines, the open air, one of each other sound; then more
    variants, what places answer, and music."""
    return sorted(_files(), key=_can_wait)


def _can_wait(file: File) -> int:
    _, sound, variant, layer = file
    family = sound.split("/")[0]
    if family in _LAST:
        return 6
    if layer not in ("bright", "dull"):
        return 5
    if variant:
        return 4
    if family in _FIRST or (sound.startswith("hum/") and sound.endswith("/0")):
        return 0
    return 1 if sound in _OPEN_AIR else 3 if sound in BEDS else 2


def _files() -> Iterator[File]:
    for sound, kept in LOOPS.items():
        for layer in ("bright", "dull") if kept.dull_hz else ("bright",):
            yield name_of(sound, 0, layer), sound, 0, layer
    for sound, kept in SHOTS.items():
        for variant in range(kept.variants):
            for layer in ("bright", "dull") if kept.dull_hz else ("bright",):
                yield name_of(sound, variant, layer), sound, variant, layer
    for sound, kept in (LOOPS | SHOTS).items():
        for space in Space if kept.answered else ():
            yield name_of(sound, 0, space.name), sound, 0, space.name


def cache_root() -> Path:
    """The user's cache for this program (`ASHES_CACHE_DIR` chooses another place)."""
    return Path(os.environ.get("ASHES_CACHE_DIR") or platformdirs.user_cache_dir("ashes-of-neon", appauthor=False))


def cache_folder() -> Path:
    """Where the sounds of this code lie."""
    sha = hashlib.sha256(np.__version__.encode())
    for module in _MADE_BY:
        sha.update(Path(str(module.__file__)).read_bytes())
    return cache_root() / "sounds" / sha.hexdigest()[:16]


def make(folder: Path) -> None:
    """Makes the files that are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    there = set(found(folder))
    for stem, sound, variant, layer in wanted():
        if stem in there:
            continue
        if layer in ("bright", "dull"):
            made, rate = (repertoire.samples if layer == "bright" else repertoire.dull)(sound, variant), RATE
            if sound in SHOTS and SHOTS[sound].kept_hz != RATE:
                made, rate = resample_poly(made, SHOTS[sound].kept_hz, RATE, axis=0), SHOTS[sound].kept_hz
        else:
            made, rate = (wet_loop if sound in LOOPS else wet)(repertoire.samples(sound, variant), Space[layer]), WET_RATE
        _write(folder, stem, made, rate)
    (folder / COMPLETE).touch()


def found(folder: Path) -> dict[str, tuple[Path, float]]:
    """The files that are there: stem → (path, height of its samples)."""
    files = {}
    for entry in os.scandir(folder):
        stem, at, height = entry.name.removesuffix(".wav").rpartition("@")
        if at and entry.name.endswith(".wav"):
            files[stem] = Path(entry.path), int(height) / 10_000.0
    return files


def wav(samples: Samples, rate: int) -> bytes:
    """16-bit WAV bytes of (n,) or (n, 2) samples, as loud as they can be."""
    data = np.rint(samples * (32767.0 / max(float(abs(samples).max()), 1e-6))).astype("<i2")
    memory = io.BytesIO()
    with wave.open(memory, "wb") as file:
        file.setnchannels(samples.ndim)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(data.tobytes())
    return memory.getvalue()


def _write(folder: Path, stem: str, samples: Samples, rate: int) -> None:
    part = folder / f".{secrets.token_hex(6)}.part"
    part.write_bytes(wav(samples, rate))
    part.replace(folder / f"{stem}@{round(float(abs(samples).max()) * 10_000):05d}.wav")


class Store:
    """The files, as they come to be there. `get` is for the main thread: it looks into a table that a thread fills."""

    def __init__(self, folder: Path | None = None) -> None:
        self._files: dict[str, tuple[Path, float]] = {}
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._folder = self._usable(folder or cache_folder())
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._fill, name="sounds", daemon=True)
        if (self._folder / COMPLETE).exists():
            self._files = found(self._folder)
        else:
            self._thread.start()

    @property
    def complete(self) -> bool:
        """Whether every sound is there."""
        return not self._thread.is_alive()

    def get(self, stem: str) -> tuple[Path, float] | None:
        """(path, height) of a file; None while it is not there."""
        return self._files.get(stem)

    def wait(self) -> None:
        """Until every sound is there."""
        if self._thread.is_alive():
            self._thread.join()

    def close(self) -> None:
        """No more files are made."""
        self._closing.set()
        self.wait()
        if self._temporary is not None:
            self._temporary.cleanup()

    def _usable(self, folder: Path) -> Path:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / f".{secrets.token_hex(6)}.part"
            probe.touch()
            probe.unlink()
        except OSError as error:
            logging.getLogger("ashes").warning("%s: sounds cannot be kept there (%s)", folder, error.strerror)
            self._temporary = tempfile.TemporaryDirectory(prefix="ashes-sounds-", ignore_cleanup_errors=True)
            return Path(self._temporary.name)
        return folder

    def _fill(self) -> None:
        """Lets another process make the files, and tells which are there."""
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "world.sound.store", str(self._folder)]
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as maker:
            while maker.poll() is None:
                self._files = found(self._folder)
                if self._closing.wait(_POLL_S):
                    maker.terminate()
            said = maker.stderr.read() if maker.stderr is not None else ""
        if maker.returncode and not self._closing.is_set():
            last = (said.strip().splitlines() or ["no message"])[-1]
            logging.getLogger("ashes").warning("sounds could not be made beside the walk (%s): they are made within it", last)
            make(self._folder)
        self._files = found(self._folder)
        if not self._closing.is_set():
            _forget_others(self._folder)


def _forget_others(folder: Path) -> None:
    """Removes what other versions of the code left a week ago or earlier."""
    for other in folder.parent.iterdir():
        with contextlib.suppress(OSError):  # another walk may do the same
            if other != folder and other.is_dir() and time.time() - other.stat().st_mtime > _OLD_S:
                shutil.rmtree(other)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)
    make(Path(sys.argv[1]))
