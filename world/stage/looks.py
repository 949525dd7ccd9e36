"""Which program draws what, camera by camera.

In: nodes, cameras.  Out: on a node its look, that is the switches of the program that draws it in full, and that program; on a camera
the programs by which it draws each look instead. The mirror's are lean; the scene's know of no more lamps and shadows than there are.
"""

from __future__ import annotations

from panda3d.core import Camera, NodePath

from world.stage.permutations import BODY, BUILT, CITY, FAR, GROUND, KINDS, LEAN, NEAR, STREET, Switches, lean, mirrored, plain
from world.stage.shaders import load_shader

_TAG = "look"


def set_look(path: NodePath, *switches: str) -> None:
    """Draws what is built by the program of these switches, or by what a camera has for it."""
    drawn = tuple(switch for switch in switches if switch != LEAN)
    path.setShader(load_shader(BUILT, STREET if GROUND in switches else CITY, drawn))
    path.setTag(_TAG, _look(switches))


def draw_near(camera: Camera, lamps: int, shadows: int, *, plainly: bool) -> None:
    """The scene's camera, where so many lamps shine and so many lights throw shadows. `plainly`: what has lost its detail is drawn as
    what is far."""
    for fragment, switches in NEAR:
        program = lean(switches, lamps, shadows)
        _draw(camera, switches, fragment, program)
        if fragment == CITY and BODY not in switches:
            _draw(camera, (LEAN, *switches), CITY, plain(switches, lamps) if plainly else program)


def draw_mirrored(camera: Camera, lamps: int) -> None:
    """The mirror's camera, where so many lamps shine."""
    for kind in (*KINDS, (BODY,)):
        for look in (kind, (FAR, *kind)):
            _draw(camera, look, CITY, mirrored(kind, lamps))


def _draw(camera: Camera, look: Switches, fragment: str, switches: Switches) -> None:
    state = NodePath("state")
    state.setShader(load_shader(BUILT, fragment, switches), 1)
    camera.setTagStateKey(_TAG)
    camera.setTagState(_look(look), state.getState())


def _look(switches: Switches) -> str:
    return " ".join(switches) or "built"
