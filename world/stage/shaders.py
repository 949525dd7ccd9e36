"""Loads shaders: expands includes, sets switches, keeps each permutation once.

In: names under `shaders/`.  Out: Panda3D `Shader`s. Includes are expanded here and not by the driver's loader, which caches by body
and would keep an edited include stale. `PERMUTATIONS` lists all there are: the tests compile every one.
"""

from __future__ import annotations

import re
from functools import cache

from panda3d.core import Shader

from world.errors import Refusal
from world.resources import shader_path

Switches = tuple[str, ...]

PERMUTATIONS: tuple[tuple[str, str, Switches], ...] = (
    ("surface/city.vert", "surface/city.frag", ()),
    ("surface/city.vert", "surface/city.frag", ("USE_MIRROR",)),
    ("surface/city.vert", "surface/city.frag", ("USE_FAR",)),
    ("surface/city.vert", "surface/city.frag", ("USE_MASONRY",)),
    ("surface/city.vert", "surface/city.frag", ("USE_SHEET",)),
    ("surface/city.vert", "surface/city.frag", ("USE_PANES",)),
    ("surface/city.vert", "surface/city.frag", ("USE_BLAZE",)),
    ("surface/city.vert", "surface/city.frag", ("USE_GLOW",)),
    ("surface/city.vert", "surface/city.frag", ("USE_PLAIN",)),
    ("surface/city.vert", "surface/ground.frag", ("USE_GROUND",)),
    ("surface/city.vert", "surface/hologram.frag", ()),
    ("sky/sky.vert", "sky/sky.frag", ()),
    ("surface/skyline.vert", "surface/skyline.frag", ()),
    ("surface/smoke.vert", "surface/smoke.frag", ()),
    ("surface/spark.vert", "surface/spark.frag", ()),
    ("surface/rain.vert", "surface/rain.frag", ()),
    ("surface/shadow.vert", "surface/shadow.frag", ()),
    ("surface/splash.vert", "surface/splash.frag", ()),
    ("post/screen.vert", "post/fog.frag", ()),
    ("post/screen.vert", "post/fog_even.frag", ()),
    ("post/screen.vert", "post/bloom_down.frag", ("USE_FIRST",)),
    ("post/screen.vert", "post/bloom_down.frag", ()),
    ("post/screen.vert", "post/bloom_up.frag", ()),
    ("post/screen.vert", "post/picture.frag", ()),
    ("post/screen.vert", "post/finish.frag", ()),
    ("post/screen.vert", "post/copy.frag", ()),
)


def source_of(name: str, switches: Switches = ()) -> str:
    """The text of a shader with its includes in place (each once) and its switches defined."""
    text = _expand(name + ".glsl", set())
    version, rest = text.split("\n", 1)
    return "\n".join([version, *(f"#define {switch}" for switch in switches), rest])


@cache
def load_shader(vertex: str, fragment: str, switches: Switches = ()) -> Shader:
    """A compiled-on-first-use shader."""
    shader = Shader.make(Shader.SL_GLSL, source_of(vertex, switches), source_of(fragment, switches))
    if shader is None:
        raise Refusal(f"shader {fragment} could not be read: see the engine's log")
    return shader


def _expand(name: str, seen: set[str]) -> str:
    def included(match: re.Match[str]) -> str:
        if match[1] in seen:
            return ""
        seen.add(match[1])
        return _expand(match[1], seen)

    return re.sub(r'^#include "([^"]+)"$', included, shader_path(name).read_text("utf-8"), flags=re.MULTILINE)
