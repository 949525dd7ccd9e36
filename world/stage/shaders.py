"""Loads shaders: expands includes, sets switches, keeps each permutation once.

In: names under `shaders/`.  Out: Panda3D `Shader`s. Includes are expanded here and not by the driver's loader, which caches by body
and would keep an edited include stale. `PERMUTATIONS` lists all there are: the tests compile every one, and a walk draws every one before
it begins (`world.stage.warm`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from panda3d.core import Shader

from world.errors import Refusal
from world.resources import shader_path

Switches = tuple[str, ...]
Permutation = tuple[str, str, Switches]
Line = tuple[str, str, int]  # of an expanded source: its text, the file it stands in, its number there

PERMUTATIONS: tuple[Permutation, ...] = (
    ("surface/city.vert", "surface/city.frag", ()),
    ("surface/city.vert", "surface/city.frag", ("USE_MIRROR",)),
    ("surface/city.vert", "surface/city.frag", ("USE_FAR",)),
    ("surface/city.vert", "surface/city.frag", ("USE_MASONRY",)),
    ("surface/city.vert", "surface/city.frag", ("USE_SHEET",)),
    ("surface/city.vert", "surface/city.frag", ("USE_PANES",)),
    ("surface/city.vert", "surface/city.frag", ("USE_BLAZE",)),
    ("surface/city.vert", "surface/city.frag", ("USE_GLOW",)),
    ("surface/city.vert", "surface/city.frag", ("USE_PLAIN",)),
    ("surface/city.vert", "surface/city.frag", ("USE_BODY",)),
    ("surface/city.vert", "surface/city.frag", ("USE_BODY", "USE_MIRROR")),
    ("surface/city.vert", "surface/ground.frag", ("USE_GROUND",)),
    ("surface/city.vert", "surface/hologram.frag", ()),
    ("sky/sky.vert", "sky/sky.frag", ()),
    ("surface/skyline.vert", "surface/skyline.frag", ()),
    ("surface/smoke.vert", "surface/smoke.frag", ()),
    ("surface/spark.vert", "surface/spark.frag", ()),
    ("surface/spark.vert", "surface/spark.frag", ("USE_WRECK",)),
    ("surface/breath.vert", "surface/breath.frag", ()),
    ("surface/arc.vert", "surface/arc.frag", ()),
    ("surface/rain.vert", "surface/rain.frag", ()),
    ("surface/shadow.vert", "surface/shadow.frag", ()),
    ("surface/shadow.vert", "surface/shadow.frag", ("USE_BODY",)),
    ("surface/splash.vert", "surface/splash.frag", ()),
    ("post/screen.vert", "post/contact.frag", ()),
    ("post/screen.vert", "post/contact_even.frag", ()),
    ("post/screen.vert", "post/fog.frag", ()),
    ("post/screen.vert", "post/fog_even.frag", ()),
    ("post/screen.vert", "post/develop.frag", ()),
    ("post/screen.vert", "post/motion.frag", ()),
    ("post/screen.vert", "post/focus.frag", ()),
    ("post/screen.vert", "post/defocus.frag", ()),
    ("post/screen.vert", "post/bloom_down.frag", ("USE_FIRST",)),
    ("post/screen.vert", "post/bloom_down.frag", ("USE_FIRST", "USE_DEVELOPED")),
    ("post/screen.vert", "post/bloom_down.frag", ()),
    ("post/screen.vert", "post/bloom_up.frag", ()),
    ("post/screen.vert", "post/picture.frag", ()),
    ("post/screen.vert", "post/picture.frag", ("USE_DEVELOPED",)),
    ("post/screen.vert", "post/edges.frag", ()),
    ("post/screen.vert", "post/finish.frag", ()),
    ("post/screen.vert", "post/finish.frag", ("USE_LARGER",)),
    ("post/screen.vert", "post/copy.frag", ()),
)


@dataclass(frozen=True)
class Made:
    """A shader and what it was made from (the engine keeps its text without the comments)."""

    shader: Shader
    sources: tuple[str, str]


_loaded: dict[Permutation, Made] = {}


def lines_of(name: str, switches: Switches = ()) -> list[Line]:
    """A shader line by line, its includes in place (each once) and its switches defined; each line knows where it comes from."""
    file = name + ".glsl"
    version, *rest = _expand(file, set())
    return [version, *((f"#define {switch}", file, 1) for switch in switches), *rest]


def source_of(name: str, switches: Switches = ()) -> str:
    """The text of `lines_of`."""
    return "".join(text + "\n" for text, _, _ in lines_of(name, switches))


def make_shader(vertex: str, fragment: str, switches: Switches = ()) -> Made:
    """A new shader from what the files say now."""
    sources = source_of(vertex, switches), source_of(fragment, switches)
    shader = Shader.make(Shader.SL_GLSL, *sources)
    if shader is None:
        raise Refusal(f"shader {fragment} could not be read: see the engine's log")
    return Made(shader, sources)


def load_shader(vertex: str, fragment: str, switches: Switches = ()) -> Shader:
    """The one shader of a permutation, compiled when it is first used."""
    key = vertex, fragment, switches
    if key not in _loaded:
        _loaded[key] = make_shader(*key)
    return _loaded[key].shader


def loaded() -> dict[Permutation, Made]:
    """All shaders made so far."""
    return dict(_loaded)


def exchange(made: dict[Permutation, Made]) -> None:
    """From now on `load_shader` gives these."""
    _loaded.update(made)


def _expand(file: str, seen: set[str]) -> list[Line]:
    lines: list[Line] = []
    for number, text in enumerate(shader_path(file).read_text("utf-8").splitlines(), 1):
        match = re.fullmatch(r'#include "([^"]+)"', text)
        if match is None:
            lines.append((text, file, number))
        elif match[1] not in seen:
            seen.add(match[1])
            lines += _expand(match[1], seen)
    return lines
