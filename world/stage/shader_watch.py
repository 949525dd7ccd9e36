"""Shaders that are edited while one walks.

In: the stage, time passing.  Out: new programs in the place of old ones, and one line about it: what was read again, or which line of
which file the driver does not like. Until every shader that a change touches compiles and links, all keep the program they had.
Files are looked at twice a second and read when they have kept still once (editors write in two goes).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from panda3d.core import Camera, LineStream, NodePath, Notify, Shader, ShaderAttrib

from world.errors import Refusal
from world.resources import shader_path
from world.stage.permutations import Permutation
from world.stage.shaders import Line, Made, exchange, lines_of, loaded, make_shader, source_of

_EVERY_S = 0.5
# How drivers name a line: Mesa `0:12(5): error: …`, NVIDIA `0(12) : error C1008: …`, AMD, Intel and Apple `ERROR: 0:12: …`; Panda3D puts
# the shader's name, which is the same for all that come as text, in the place of the 0.
_NAME = r"(?:\d+|created-shader)"
_PLACES = (
    rf"^\s*{_NAME}:(\d+)\(\d+\):\s*error:\s*(.*)",
    rf"^\s*{_NAME}\((\d+)\)\s*:\s*error\s*(.*)",
    rf"^\s*ERROR:\s*{_NAME}:(\d+):\s*(.*)",
)
_Stamps = dict[Path, tuple[int, int]]


class ShaderWatch:
    """Call `poll` each frame: (text, whether it is an error), or None for no news."""

    def __init__(self, app: Any, stage: Any) -> None:
        self._app, self._stage = app, stage
        self._folder = shader_path("include/frame.inc.glsl").parents[1]
        self._read = self._last = self._stamps()
        self._wait_s = _EVERY_S

    def poll(self, dt_s: float) -> tuple[str, bool] | None:
        """What has become of the files."""
        self._wait_s -= dt_s
        if self._wait_s > 0:
            return None
        self._wait_s = _EVERY_S
        stamps, before = self._stamps(), self._last
        self._last = stamps
        if stamps == self._read or stamps != before:
            return None
        changed = {path for path in stamps if stamps[path] != self._read.get(path)} | (self._read.keys() - stamps.keys())
        self._read = stamps
        names = {path.relative_to(self._folder).as_posix() for path in changed}
        try:
            return self._reload(names), False
        except Refusal as refusal:
            return str(refusal), True

    def _reload(self, changed: set[str]) -> str:
        """Makes what is drawn from older text anew, all of it or nothing."""
        made: dict[Permutation, Made] = {}
        try:
            for permutation, old in loaded().items():
                vertex, fragment, switches = permutation
                if old.sources != (source_of(vertex, switches), source_of(fragment, switches)):
                    made[permutation] = compiled(self._app, permutation)
        except OSError as error:
            raise Refusal(f"shaders/{Path(str(error.filename)).name}: cannot be read: {error.strerror}; the old shaders stay") from error
        self._put_in(made)
        return f"{', '.join(sorted(changed))}: {len(made)} shader{'s' if len(made) != 1 else ''} read again"

    def _put_in(self, made: dict[Permutation, Made]) -> None:
        """Every node that had the old program gets the new one."""
        pairs = [(old.shader, made[permutation].shader) for permutation, old in loaded().items() if permutation in made]
        exchange(made)
        for path in (self._stage.root, *self._stage.root.findAllMatches("**"), *self._stage.passes.cards.values()):
            for old, new in pairs:
                if _own_shader(path) == old:
                    path.setShader(new)
                if isinstance(path.node(), Camera):
                    _reload_camera(path.node(), old, new)
        self._stage.passes.reload()

    def _stamps(self) -> _Stamps:
        found: _Stamps = {}
        for path in self._folder.rglob("*.glsl"):
            try:
                status = path.stat()
            except OSError:  # between an editor's delete and its rename
                continue
            found[path] = (status.st_mtime_ns, status.st_size)
        return found


def compiled(app: Any, permutation: Permutation) -> Made:
    """A new shader, compiled and linked; `Refusal` with the driver's first complaint, by file and line."""
    log, notify = LineStream(), Notify.ptr()
    before = notify.getOstreamPtr()
    notify.setOstreamPtr(log, False)
    try:
        made = make_shader(*permutation)
        gsg = app.win.getGsg()
        context = made.shader.prepareNow(gsg.getPreparedObjects(), gsg)
    finally:
        notify.setOstreamPtr(before, False)
    said = []
    while log.isTextAvailable():
        said.append(log.getLine())
    if context is None or made.shader.getErrorFlag() or said:
        raise Refusal(f"{complaint(said, permutation)}; the old shader stays")
    return made


def complaint(said: list[str], permutation: Permutation) -> str:
    """The first complaint of a driver's log, with the file and the line that a person can go to."""
    vertex, fragment, switches = permutation
    lines: list[Line] = lines_of(fragment, switches)
    for text in said:
        if "vertex shader" in text:
            lines = lines_of(vertex, switches)
        elif "fragment shader" in text:
            lines = lines_of(fragment, switches)
        for place in _PLACES:
            match = re.match(place, text)
            if match and 1 <= int(match[1]) <= len(lines):
                _, file, number = lines[int(match[1]) - 1]
                return f"shaders/{file}:{number}: {match[2].strip()}"
    words = next((text.strip() for text in said if "error" in text.lower()), said[0].strip() if said else "the driver does not say why")
    return f"shaders/{fragment}.glsl ({', '.join(switches) or 'no switch'}): {words}"


def _reload_camera(camera: Camera, old: Shader, new: Shader) -> None:
    """A camera may draw all that it sees with one shader."""
    state = NodePath("state")
    state.setState(camera.getInitialState())
    if _own_shader(state) == old:
        state.setShader(new, 1)
        camera.setInitialState(state.getState())


def _own_shader(path: NodePath) -> Shader | None:
    attrib = path.node().getAttrib(ShaderAttrib)
    return attrib.getShader() if attrib is not None and attrib.hasShader() else None
