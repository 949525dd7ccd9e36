"""Every permutation compiles and links in both profiles without a word in the engine's log."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from world.resources import shader_path

# Compiled at once and not at the first draw; what the compiler says stands in the engine's log, on stderr.
_COMPILE_ALL = """
from world.stage.boot import boot
app = boot((32, 32), window=False, core_profile=True)
from world.stage.permutations import PERMUTATIONS
from world.stage.shaders import load_shader
gsg = app.win.getGsg()
made = [load_shader(*p).prepareNow(gsg.getPreparedObjects(), gsg) for p in PERMUTATIONS]
print(sum(m is not None for m in made), gsg.getDriverVersionMajor() >= 3)
"""


def _permutations() -> list[Any]:
    from world.stage.permutations import PERMUTATIONS

    return list(PERMUTATIONS)


def test_every_shader_file_is_of_one_version_and_used() -> None:
    from world.stage.shaders import source_of

    folder = shader_path("include/frame.inc.glsl").parents[1]
    listed = {name for vertex, fragment, _ in _permutations() for name in (vertex, fragment)}
    there = {str(path.relative_to(folder))[: -len(".glsl")] for path in folder.rglob("*.glsl")}
    assert {name for name in there if not name.startswith("ui/") and not name.endswith(".inc")} == listed
    text = "\n".join(source_of(name) for name in listed)
    for name in listed:
        source = source_of(name)
        assert source.startswith("#version 330\n") and source.count("#version") == 1, name
        assert "#include" not in source, name
    for name in there:
        if name.endswith(".inc"):
            first = shader_path(f"{name}.glsl").read_text("utf-8").splitlines()[0]
            assert first in text, f"{name} is included nowhere"


def test_switches_are_defined_and_read() -> None:
    from world.stage.shaders import source_of

    for vertex, fragment, switches in _permutations():
        for switch in switches:
            assert f"#define {switch}" in source_of(fragment, switches)
            assert re.search(rf"#(ifn?def|if|elif) .*\b{switch.split()[0]}\b", source_of(fragment) + source_of(vertex)), (fragment, switch)


@pytest.mark.parametrize("permutation", _permutations(), ids=lambda p: " ".join((p[1], *p[2])))
def test_compiles_and_links(app: Any, engine_log: Callable[[], list[str]], permutation: Any) -> None:
    from world.stage.shaders import load_shader

    gsg = app.win.getGsg()
    assert load_shader(*permutation).prepareNow(gsg.getPreparedObjects(), gsg) is not None
    assert engine_log() == []


def test_a_fault_would_be_seen(app: Any, engine_log: Callable[[], list[str]]) -> None:
    from panda3d.core import Shader

    from world.stage.shaders import source_of

    gsg = app.win.getGsg()
    broken = source_of("post/copy.frag").replace("texture(u_source, v_uv)", "u_source * v_uv")
    shader = Shader.make(Shader.SL_GLSL, source_of("post/screen.vert"), broken)
    shader.prepareNow(gsg.getPreparedObjects(), gsg)
    assert engine_log() != []


def test_all_compile_in_the_core_profile_too() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _COMPILE_ALL], env={**os.environ}, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [str(len(_permutations())), "True"]
