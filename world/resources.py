"""Where the shipped shaders and assets lie, however the program was installed.

In: a name relative to `shaders/` or `assets/`.  Out: a `Path` (both are packaged as `world.shaders` and
`world.assets`, see pyproject.toml; `importlib.resources` finds them in wheels and editable installs alike).
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def shader_path(name: str = "") -> Path:
    """Path of a shipped shader, or of the shader folder."""
    return Path(str(files("world.shaders").joinpath(name)))


def asset_path(name: str = "") -> Path:
    """Path of a shipped asset, or of the asset folder."""
    return Path(str(files("world.assets").joinpath(name)))
