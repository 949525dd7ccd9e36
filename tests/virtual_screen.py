"""A virtual screen for windows, as long as somebody looks at it.

In: nothing.  Out: `virtual_screen`, a context that gives the name of a display.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def virtual_screen() -> Iterator[str]:
    """A virtual screen on a number that is free; `Xvfb -displayfd` picks it."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    if shutil.which("xdotool"):
        _wait_for(f":{number}")
    yield f":{number}"
    server.terminate()
    server.wait(timeout=20)


def _wait_for(name: str) -> None:
    """A screen takes connections before it is ready for a window: until it answers a question about itself."""
    for _ in range(100):
        asked = subprocess.run(["xdotool", "getdisplaygeometry"], env={**os.environ, "DISPLAY": name}, capture_output=True, check=False)
        if asked.returncode == 0:
            return
        time.sleep(0.1)
