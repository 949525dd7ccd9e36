"""Pictures and sound into one file: encoded on a thread of its own, complete or not there at all.

In: RGB frames in order, stereo sound.  Out: .mp4 (H.264 + AAC), .mkv (AV1 + Opus) or .webm (VP9 + Opus), muxed in one pass.
The file grows as `NAME.part` beside its target and takes its name when it is complete; a broken run leaves neither. Colour is
converted to and tagged as BT.709, limited range. One thread to an encoder and no dates: the same film has the same bytes.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from world.errors import Refusal, nearest

SOUND_HZ = 48000
SIDE_MIN, SIDE_MAX = 64, 8192
FPS_MAX = 240
_BT709 = 1  # the code of these primaries and this transfer function in H.273
_QUEUE = 4  # frames between renderer and encoder
_KEY_EVERY_S = 2


@dataclass(frozen=True)
class Container:
    """What a file's extension asks for."""

    format: str
    video: str
    video_options: dict[str, str]
    audio: str
    audio_bits_s: int
    options: dict[str, str]


_BITEXACT = {"fflags": "+bitexact"}
CONTAINERS = {
    ".mp4": Container(
        "mp4", "libx264", {"preset": "veryfast", "crf": "19", "threads": "1"}, "aac", 192_000, {"movflags": "+faststart", **_BITEXACT}
    ),
    ".mkv": Container("matroska", "libsvtav1", {"preset": "9", "crf": "28", "svtav1-params": "lp=1"}, "libopus", 128_000, _BITEXACT),
    ".webm": Container(
        "webm",
        "libvpx-vp9",
        {"deadline": "realtime", "cpu-used": "6", "crf": "28", "b": "0", "threads": "1"},
        "libopus",
        128_000,
        _BITEXACT,
    ),
}


def check_target(out: Path, size: tuple[int, int], fps: int, force: bool) -> Container:
    """The container for `out`; `Refusal` when such a film cannot be written there."""
    container = CONTAINERS.get(out.suffix.lower())
    if container is None:
        hint = nearest(out.suffix.lower(), CONTAINERS)
        raise Refusal(f"{out}: a film is one of {', '.join(CONTAINERS)}, not {out.suffix or 'a file without an ending'}{hint}")
    for name, side in zip(("width", "height"), size, strict=True):
        if not SIDE_MIN <= side <= SIDE_MAX or side % 2:
            raise Refusal(f"size {size[0]}x{size[1]}: {name} = {side}: must be an even number from {SIDE_MIN} to {SIDE_MAX}")
    if not 1 <= fps <= FPS_MAX:
        raise Refusal(f"fps = {fps}: must be a whole number from 1 to {FPS_MAX}")
    if not out.parent.is_dir():
        raise Refusal(f"{out}: the folder {out.parent} does not exist")
    if out.is_dir():
        raise Refusal(f"{out}: is a folder")
    if out.exists() and not force:
        raise Refusal(f"{out}: exists already (--force overwrites it)")
    if not os.access(out.parent, os.W_OK):
        raise Refusal(f"{out}: the folder {out.parent} cannot be written to")
    if container.video not in av.codecs_available or container.audio not in av.codecs_available:
        raise Refusal(f"{out}: this build of PyAV lacks {container.video} or {container.audio}: try another ending")
    return container


class FilmWriter:
    """A context manager; leaving it in peace completes the file, leaving it by an exception removes it.

    `size` (width, height); `sound` (N, 2) float32 in [-1, 1] at SOUND_HZ, padded with silence or cut to the pictures' length.
    """

    def __init__(
        self, out: Path, size: tuple[int, int], fps: int, sound: NDArray[np.float32] | None = None, *, force: bool = False
    ) -> None:
        self._container = check_target(out, size, fps, force)
        self._out, self._part = out, out.with_name(out.name + ".part")
        self._size, self._fps, self._force, self._sound = size, fps, force, sound
        self._frames: queue.Queue[NDArray[np.uint8] | None] = queue.Queue(_QUEUE)
        self._failure: Exception | None = None
        self._abandoned = self._ended = False
        self._thread = threading.Thread(target=self._run, name="film-encoder", daemon=True)

    def __enter__(self) -> FilmWriter:
        self._thread.start()
        return self

    def write(self, picture: NDArray[np.uint8]) -> None:
        """Hands over the next frame, (height, width, 3) RGB, top row first; waits while the encoder is `_QUEUE` frames behind."""
        if picture.shape != (self._size[1], self._size[0], 3) or picture.dtype != np.uint8:
            raise ValueError(f"a frame of {self._size} expected, got {picture.shape} {picture.dtype}")
        self._raise_failure()
        self._frames.put(picture)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._abandoned = kind is not None
        self._frames.put(None)
        self._thread.join()
        try:
            if kind is None:
                self._raise_failure()
                if self._out.exists() and not self._force:
                    raise Refusal(f"{self._out}: has appeared in the meantime (--force overwrites it)")
                os.replace(self._part, self._out)
        finally:
            self._part.unlink(missing_ok=True)

    def _raise_failure(self) -> None:
        if isinstance(self._failure, OSError):
            raise Refusal(f"{self._out}: cannot be written: {self._failure.strerror or self._failure}") from self._failure
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        """The encoder's thread: never leaves the renderer waiting at a full queue, whatever fails."""
        try:
            self._encode()
        except Exception as error:
            self._failure = error
            for _ in self._pictures():
                pass

    def _pictures(self) -> Iterator[NDArray[np.uint8]]:
        """What `write` hands over, until there is no more."""
        while not self._ended:
            picture = self._frames.get()
            if picture is None:
                self._ended = True
            else:
                yield picture

    def _encode(self) -> None:
        kind = self._container
        os.environ.setdefault("SVT_LOG", "1")  # the AV1 encoder prints its settings on stderr unless told: errors only
        file = av.open(str(self._part), "w", format=kind.format, options=kind.options)
        try:
            video: Any = file.add_stream(kind.video, rate=self._fps, options=kind.video_options)
            video.width, video.height = self._size
            video.pix_fmt = "yuv420p"
            video.codec_context.time_base = Fraction(1, self._fps)
            video.codec_context.gop_size = _KEY_EVERY_S * self._fps
            video.codec_context.color_primaries = video.codec_context.color_trc = _BT709
            video.codec_context.colorspace, video.codec_context.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
            sound = _SoundTrack(file, kind, self._sound, self._fps) if self._sound is not None else None
            for count, picture in enumerate(self._pictures()):
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(
                    format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
                )
                frame.pts, frame.time_base = count, Fraction(1, self._fps)
                file.mux(video.encode(frame))
                if sound:
                    sound.advance(count + 1)
            if not self._abandoned:
                file.mux(video.encode(None))
                if sound:
                    sound.finish()
        except BaseException:
            with contextlib.suppress(OSError):  # a full disk says so twice; the first time is the one to report
                file.close()
            raise
        file.close()


class _SoundTrack:
    """Feeds the sound beside the pictures, so that the file is written in one pass, in the order of time."""

    def __init__(self, file: Any, kind: Container, sound: NDArray[np.float32], fps: int) -> None:
        self._file, self._samples, self._fps, self._sent = file, sound, fps, 0
        self._stream = file.add_stream(kind.audio, rate=SOUND_HZ, layout="stereo")
        self._stream.bit_rate = kind.audio_bits_s

    def advance(self, frames: int) -> None:
        """Sends the sound up to the end of picture `frames` - 1."""
        end = frames * SOUND_HZ // self._fps
        block = np.zeros((2, end - self._sent), np.float32)
        given = self._samples[self._sent : end].T
        block[:, : given.shape[1]] = np.clip(given, -1.0, 1.0)
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_HZ, self._sent, Fraction(1, SOUND_HZ)
        self._file.mux(self._stream.encode(frame))
        self._sent = end

    def finish(self) -> None:
        self._file.mux(self._stream.encode(None))
