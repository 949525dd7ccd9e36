"""`ashes doctor`: what this machine has, what is missing, what works without it, and how to get it.

In: this machine.  Out: a table on stdout; exit code 0 when the city can be walked or at least filmed here, 1 when not.
Graphics are tried in a process of their own: a driver that crashes is reported, not suffered.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from world import __version__
from world.resources import asset_path, shader_path
from world.settings import load_settings, settings_path
from world.sound.store import COMPLETE, cache_folder, found
from world.stage.boot import has_audio_device
from world.stage.quality import by_processor

_PROBE = """
import json, sys
from world.sound.store import COMPLETE, cache_folder, found
from world.stage.boot import boot
try:
    app = boot((64, 64), window=sys.argv[1] == "window")
except Refusal as refusal:
    print(json.dumps({"refusal": str(refusal)}))
else:
    gsg = app.win.getGsg()
    print(json.dumps({
        "renderer": gsg.getDriverRenderer(), "version": gsg.getDriverVersion(), "side": gsg.getMaxTextureDimension(),
    }))
"""
_PROBE_S = 90
_FREE_MIN_MB = 500


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, what was found, and, if something is missing, what still works and how to get it."""

    what: str
    found: str
    fine: bool = True
    vital: bool = False
    advice: str = ""


def run(arguments: argparse.Namespace) -> int:
    """Prints all findings."""
    findings = [finding for look in _LOOKS for finding in look()]
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        mark = "ok  " if finding.fine else "MISS" if finding.vital else "note"
        print(f"{mark}  {finding.what:<{width}}  {finding.found}", flush=True)
        if finding.advice and not finding.fine:
            print(f"      {'':<{width}}  -> {finding.advice}")
    missing = [finding.what for finding in findings if finding.vital and not finding.fine]
    print(f"\nThe city cannot be shown here: {', '.join(missing)}." if missing else "\nThe city can be shown here.")
    return 1 if missing else 0


def _look_at_packages() -> list[Finding]:
    found = [Finding("Ashes of Neon", __version__), Finding("Python", f"{platform.python_version()} on {platform.platform(terse=True)}")]
    for name, module in (("ursina", "ursina"), ("panda3d", "panda3d"), ("numpy", "numpy"), ("scipy", "scipy"), ("av", "av")):
        try:
            found.append(Finding(name, version(name)))
        except PackageNotFoundError:
            here = find_spec(module) is not None
            found.append(Finding(name, "of unknown version" if here else "not installed", here, True, f"pip install {name}"))
    return found


def _look_at_noise() -> list[Finding]:
    from world.fields import noise_backend

    if noise_backend() == "noise":
        return [Finding("noise", f"{version('noise')}, the C library")]
    advice = "same city, planned more slowly; pip install noise (needs a C compiler and Python's headers)"
    return [Finding("noise", "not installed: its NumPy twin is at work, equal bit by bit", False, False, advice)]


def _look_at_graphics() -> list[Finding]:
    display = os.environ.get("DISPLAY", "") if sys.platform.startswith("linux") else platform.system()
    pictures = probe_graphics("headless")
    found = [
        Finding(
            "pictures, films",
            _renderer(pictures),
            "renderer" in pictures,
            True,
            "install a graphics driver; on Debian: apt-get install libegl1 libgl1 libgl1-mesa-dri",
        )
    ]
    if not display:
        advice = "`ashes shot` and `ashes film` need no display; to walk, start from a desktop or set DISPLAY"
        return [*found, Finding("window", "no display", False, False, advice)]
    window = probe_graphics("window")
    advice = "`ashes shot` and `ashes film` work without; to walk, mend the display or its driver"
    return [*found, Finding("window", f"{_renderer(window)} on {display}", "renderer" in window, False, advice)]


def probe_graphics(kind: str) -> dict[str, str | int]:
    """What a process of its own sees of the graphics: `renderer`, `version`, `side`, or a `refusal`. `kind`: headless, window."""
    try:
        done = subprocess.run([sys.executable, "-c", _PROBE, kind], capture_output=True, text=True, timeout=_PROBE_S, check=False)
    except subprocess.TimeoutExpired:
        return {"refusal": f"the driver did not answer in {_PROBE_S} s"}
    lines = done.stdout.strip().splitlines()
    if done.returncode == 0 and lines:
        answer: dict[str, str | int] = json.loads(lines[-1])
        return answer
    last = (done.stderr.strip().splitlines() or ["no message"])[-1]
    return {"refusal": f"the driver ended with code {done.returncode}: {last}"}


def _renderer(answer: dict[str, str | int]) -> str:
    if "refusal" in answer:
        return str(answer["refusal"])
    slow = "; drawn by the processor: slow" if by_processor(str(answer["renderer"])) else ""
    return f"{answer['renderer']}, OpenGL {answer['version']}, up to {answer['side']} pixels a side{slow}"


def _look_at_sound() -> list[Finding]:
    advice = "you walk in silence, captions and arcs show what you would hear; films have sound all the same"
    device = has_audio_device()
    settings, _ = load_settings()
    how = "through headphones (HRTF)" if settings.headphones else "through loudspeakers"
    folder = cache_folder()
    kept = (folder / COMPLETE).exists()
    files = f"{len(found(folder))} files in {folder}" if kept else "not made yet: the first walk makes them beside itself, in half a minute"
    return [
        Finding("sound", f"an output was found, {how}" if device else "no audio device", device, False, advice),
        Finding("sounds", files),
    ]


def _look_at_fonts() -> list[Finding]:
    found = []
    for what, module, needed in (
        ("Japanese font", "noto_cjk_sans_jp_bold", "noto-cjk-sans-jp-bold"),
        ("neon lettering", "HersheyFonts", "hershey-fonts"),
    ):
        here = find_spec(module) is not None
        found.append(Finding(what, "installed" if here else "not installed", here, True, f"pip install {needed}"))
    return found


def _look_at_films() -> list[Finding]:
    import av
    from av.codec import Codec

    def can(name: str) -> bool:
        try:
            Codec(name, "w")
        except (av.error.FFmpegError, ValueError):
            return False
        return True

    encoders = [name for name in ("libx264", "libsvtav1", "libvpx-vp9", "aac", "libopus") if can(name)]
    complete = any(n.startswith("lib") and n != "libopus" for n in encoders) and {"aac", "libopus"} & set(encoders)
    return [
        Finding(
            "film encoders",
            ", ".join(encoders) or "none",
            bool(complete),
            False,
            "pictures work; for films: pip install --force-reinstall av",
        )
    ]


def _look_at_files() -> list[Finding]:
    shipped = [
        path
        for folder in (shader_path(), asset_path())
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in (".glsl", ".toml")
    ]
    free_mb = shutil.disk_usage(Path.cwd()).free // 10**6
    found = [
        Finding("shaders, assets", f"{len(shipped)} files in {shader_path().parent}", bool(shipped), True, "install the program again"),
        Finding("free disk here", f"{free_mb} MB", free_mb >= _FREE_MIN_MB, False, "films may not fit; free some space"),
    ]
    _, wrong = load_settings()
    state = "as you left them" if settings_path().exists() else "defaults"
    return [*found, Finding("settings", wrong or f"{state}, {settings_path()}", not wrong, False, "the defaults are at work")]


_LOOKS: tuple[Callable[[], list[Finding]], ...] = (
    _look_at_packages,
    _look_at_noise,
    _look_at_graphics,
    _look_at_sound,
    _look_at_fonts,
    _look_at_films,
    _look_at_files,
)
