"""Starts Ursina once, in a window or headless, compatibility or core profile, Ursina 7 or 8, with an empty engine log.

In: a size in pixels and what is wanted.  Out: the running `Ursina`, or a `Refusal` in one line (no display, no GL, a
size the card cannot hold). Only the window, the UI camera and input are set up: Ursina's own 3D camera is switched
off, `world.stage.stage` draws the world into buffers of its own and shows them on a card in `render2d`.
Source: measured on both Ursinas; each line below that looks odd mends one thing that was seen to fail without it.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from world.errors import Refusal
from world.resources import asset_path, shader_path

if TYPE_CHECKING:
    from ursina import Ursina

SIDE_MIN, PIXELS_MAX = 16, 100_000_000  # 100 megapixels of half-float buffers are 800 MB each: nobody means that
_GL_MIN = (3, 2)


def check_size(size: tuple[int, int]) -> None:
    """`Refusal` for a picture no card can hold; needs no GL, so that the command line can ask at once."""
    width, height = size
    if min(size) < SIDE_MIN or width * height > PIXELS_MAX:
        raise Refusal(
            f"size {width}x{height}: each side must be at least {SIDE_MIN} and the whole at most {PIXELS_MAX // 10**6} megapixels"
        )


def has_audio_device() -> bool:
    """Whether sound can come out: OpenAL would only fall silent, after a screenful of complaints of ALSA's."""
    if not sys.platform.startswith("linux") or os.environ.get("ALSOFT_DRIVERS") or os.environ.get("ALSOFT_CONF"):
        return True
    servers = [Path(os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}")) / name for name in ("pulse/native", "pipewire-0")]
    cards = list(Path("/dev/snd").glob("pcm*p"))
    return bool(os.environ.get("PULSE_SERVER") or cards or any(server.exists() for server in servers))


def boot(size: tuple[int, int], *, window: bool, title: str = "Ashes of Neon", core_profile: bool = False, audio: bool = False) -> Ursina:
    """The one `Ursina` of this process, of `size` (width, height) in pixels; call it once, before any import of ursina."""
    check_size(size)
    if window and sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        raise Refusal("no display to open a window on: set DISPLAY, or use `ashes shot` and `ashes film`, which need none")
    _configure_panda(window=window, core_profile=core_profile or sys.platform == "darwin", audio=audio and has_audio_device())
    with _engine_log() as log, contextlib.redirect_stdout(io.StringIO()):  # Ursina prints its folders and monitors
        app = _start(size, window, title, log)
        _tame(app)
    return app


def _configure_panda(*, window: bool, core_profile: bool, audio: bool) -> None:
    """Everything that Panda3D reads once, at import or at its first window."""
    from panda3d.core import ConfigVariableBool, loadPrcFileData

    lines = [
        "notify-level-device fatal",  # gamepads that this user may not open
        "notify-level-pnmimage error",
        "notify-level-egldisplay error",
        "print-pipe-types 0",
        "textures-power-2 none",  # else odd-sized targets are padded and the picture sits in a corner
    ]
    if not window:
        lines.append("sync-video 0")
        if sys.platform.startswith("linux"):
            lines.append("load-display p3headlessgl")
    if not audio:
        lines.append("audio-library-name null")  # Ursina 8 opens the device at import
    if core_profile:
        lines.append("gl-version 3 2")
    loadPrcFileData("ashes", "\n".join(lines))
    ConfigVariableBool("textures-auto-power-2", False).setValue(False)  # Ursina's page says true, at odds with the above


@contextlib.contextmanager
def _engine_log() -> Any:
    """Panda3D's log as a `LineStream` while it lasts; passed on to stderr unless a `Refusal` speaks in its place."""
    from panda3d.core import LineStream, Notify

    log, notify = LineStream(), Notify.ptr()
    before = notify.getOstreamPtr()
    notify.setOstreamPtr(log, False)
    try:
        yield log
    except Refusal:
        raise
    except BaseException:
        sys.stderr.write(_text_of(log))
        raise
    else:
        sys.stderr.write(_text_of(log))
    finally:
        notify.setOstreamPtr(before, False)


def _text_of(log: Any) -> str:
    lines = []
    while log.isTextAvailable():
        lines.append(log.getLine())
    return "".join(line + "\n" for line in lines)


def _start(size: tuple[int, int], window: bool, title: str, log: Any) -> Ursina:
    width, height = size
    _replace_ursina_shaders()
    from ursina import Ursina

    try:
        app = Ursina(
            title=title,
            size=size,
            window_type="onscreen" if window else "offscreen",
            borderless=False,
            fullscreen=False,
            development_mode=False,
            editor_ui_enabled=False,
        )
    except Exception as error:  # ShowBase raises a bare Exception("Could not open window.")
        if "open window" not in str(error):
            raise
        if max(size) > 4096:  # every card we ask for holds this much
            raise Refusal(f"size {width}x{height}: more than this graphics card can hold") from error
        complaint = _text_of(log).strip().splitlines()
        why = f" ({complaint[-1].split('): ')[-1]})" if complaint else ""
        where = f"the display {os.environ.get('DISPLAY', '')} cannot be opened" if window else "no OpenGL without a display"
        raise Refusal(f"no graphics: {where}{why}; `ashes doctor` tells what is missing") from error
    gsg = app.win.getGsg()
    version = (gsg.getDriverVersionMajor(), gsg.getDriverVersionMinor())
    if version < _GL_MIN or not gsg.getSupportsGlsl():
        card = gsg.getDriverRenderer() or "this card"
        raise Refusal(f"no graphics: {card} has OpenGL {version[0]}.{version[1]}, {_GL_MIN[0]}.{_GL_MIN[1]} is needed")
    largest = gsg.getMaxTextureDimension()
    if max(size) > largest:
        raise Refusal(f"size {width}x{height}: this graphics card can hold {largest} pixels a side")
    return app


def _replace_ursina_shaders() -> None:
    """Own UI shaders, valid in core profile: 7 has none (fixed function), 8's are slow, leak and are partly version 130."""
    import ursina.shader
    import ursina.text
    from ursina import Entity, Text

    vertex, panel, glyph = (shader_path(f"ui/{name}.glsl").read_text("utf-8") for name in ("panel.vert", "panel.frag", "text.frag"))
    Entity.default_shader = ursina.shader.Shader(name="ashes_panel", vertex=vertex, fragment=panel)
    text = ursina.shader.Shader(name="ashes_text", vertex=vertex, fragment=glyph)
    text.compile()
    if theirs := ursina.shader.imported_shaders.get("text_shader"):
        theirs.vertex, theirs.fragment, theirs.default_input = vertex, glyph, {}
    else:
        Text.setShaderAuto = lambda self: self.setShader(text._shader)


def _tame(app: Ursina) -> None:
    """Switches off what Ursina does behind one's back, and on what it forgets without a window."""
    from panda3d.core import TransparencyAttrib
    from ursina import application, camera, mouse, window

    application.asset_folder = asset_path()  # was sys.argv[0]'s folder: a missing asset would search that whole tree
    application.print_info = False
    application.hot_reloader.ignore_input = True
    window.input_entity.ignore_input = True  # binds F10 to F12
    window.color = (0, 0, 0, 1)
    window.update_aspect_ratio()  # without a window nobody calls it, and all UI is invisible
    camera.overlay.enabled = False  # paints a core-profile screen black
    camera.ui.setTransparency(TransparencyAttrib.MAlpha, 10)
    camera.ui_render.setDepthTest(False)
    camera.ui_render.setDepthWrite(False)
    mouse.traverse_target = None
    app.cam.node().setActive(False)
