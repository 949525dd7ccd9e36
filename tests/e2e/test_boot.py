"""Boot in a process of its own: {headless, window} × {compatibility, core}, with this Python's Ursina, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

# Text, a button and a slider are drawn, so that each UI shader is used; then the log is read.
_PROGRAM = """
import json, sys
from panda3d.core import LineStream, Notify
early = LineStream()
Notify.ptr().setOstreamPtr(early, False)
from world.stage.boot import boot
app = boot((641, 361), window=sys.argv[1] == "window", core_profile=sys.argv[2] == "core", audio=True)
from ursina import Button, Slider, Text, application, window
window.color = (0.2, 0.2, 0.2, 1)
Text("A wet street", position=(-0.5, 0.3))
Button("walk", scale=(0.3, 0.1))
Slider(0, 1, 0.3, y=-0.2)
for _ in range(3):
    app.step()
app.input("shift", is_raw=True); app.input("q", is_raw=True)  # Ursina's own way to quit
app.step()
pixels = app.win.getScreenshot()
image = bytes(memoryview(pixels.getRamImageAs("RGB")))
log = []
while early.isTextAvailable():
    log.append(early.getLine())
print(json.dumps({
    "log": log, "size": [pixels.getXSize(), pixels.getYSize()], "tones": len(set(image)),
    "profile": app.win.getGsg().getDriverVersion(), "assets": str(application.asset_folder),
}))
"""


def _run(kind: str, profile: str, display: str | None) -> subprocess.CompletedProcess[str]:
    surroundings = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    if display:
        surroundings["DISPLAY"] = display
    command = [sys.executable, "-c", _PROGRAM, kind, profile]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("profile", ["compatibility", "core"])
@pytest.mark.parametrize("kind", ["headless", "window"])
def test_boot_leaves_an_empty_log_and_draws_the_interface(kind: str, profile: str, request: pytest.FixtureRequest) -> None:
    display = request.getfixturevalue("display") if kind == "window" else None
    done = _run(kind, profile, display)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)  # Ursina's own chatter is not in it
    assert answer["log"] == []
    noise = [line for line in done.stderr.splitlines() if "XFree86-DGA" not in line]  # Xlib's, about Xvfb
    assert noise == []
    assert answer["size"] == [641, 361]
    assert answer["tones"] > 20  # smooth edges of glyphs
    assert ("Core Profile" in answer["profile"]) == (profile == "core") or "Profile" not in answer["profile"]
    assert answer["assets"].endswith("assets")


def _refusal(code: str, **surroundings: str) -> str:
    program = f"from world.errors import Refusal\nfrom world.stage.boot import boot\ntry:\n    {code}\nexcept Refusal as r:\n    print(r)"
    env = {key: value for key, value in os.environ.items() if key != "DISPLAY"} | surroundings
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.count("\n") == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays by number")
def test_what_is_missing_is_refused_in_one_line() -> None:
    assert "no display" in _refusal("boot((640, 360), window=True)")
    assert ":4711 cannot be opened" in _refusal("boot((640, 360), window=True)", DISPLAY=":4711")
    nothing = {"__EGL_VENDOR_LIBRARY_FILENAMES": "/nowhere", "LIBGL_DRIVERS_PATH": "/nowhere"}
    assert "no graphics" in _refusal("boot((640, 360), window=False)", **nothing)


def test_a_size_that_no_card_holds_is_refused() -> None:
    assert "pixels a side" in _refusal("boot((65536, 64), window=False)")
    assert "megapixels" in _refusal("boot((60000, 60000), window=False)")
    assert "at least 16" in _refusal("boot((640, 3), window=False)")
