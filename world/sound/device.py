"""How OpenAL is to play: through headphones by head-related transfer functions, or through loudspeakers.

In: whether the person wears headphones.  Out: a configuration file in the user's cache, named to OpenAL by its environment; call it before
the engine opens its sound library. Who has named a file already is left alone.
Source: OpenAL Soft's `alsoftrc.sample`. Unless 48 kHz are asked for, it mixes at 44.1 and finds no HRTF for that rate.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from world.sound.store import cache_root

_FILE = "openal.conf"
_VARIABLE = "ALSOFT_CONF"


def configure(*, headphones: bool) -> Path | None:
    """Names the file to OpenAL; None where somebody else has, or where it cannot be written (OpenAL then plays as it likes)."""
    if os.environ.get(_VARIABLE):
        return None
    path = cache_root() / _FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(configuration(headphones), "utf-8")
    except OSError as error:
        logging.getLogger("ashes").warning("%s: cannot be written (%s): OpenAL's own settings hold", path, error.strerror)
        return None
    os.environ[_VARIABLE] = str(path)
    return path


def configuration(headphones: bool) -> str:
    """The file's text."""
    lines = ["[general]", "frequency = 48000", f"stereo-mode = {'headphones' if headphones else 'speakers'}"]
    lines += ["hrtf = true", "default-hrtf = Built-In 48000hz"] if headphones else ["hrtf = false"]
    return "\n".join(lines) + "\n"
