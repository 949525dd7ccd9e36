"""Loads shaders: expands includes, sets switches, keeps each permutation once.

In: names under `shaders/`.  Out: Panda3D `Shader`s. Includes are expanded here and not by the driver's loader, which caches by body
and would keep an edited include stale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from panda3d.core import Shader

from world.errors import Refusal
from world.resources import shader_path
from world.stage.permutations import Permutation, Switches

Line = tuple[str, str, int]  # of an expanded source: its text, the file it stands in, its number there


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
