"""Keys and mouse buttons, as what they ask of the walker.

In: Ursina's table of held keys (letters by their place on the keyboard, so WASD is under the same fingers on any layout), the names of
keys as they go down and up, whether the mouse is the walker's.  Out: `Button` flags for each step.
A tap shorter than a frame counts in the one step after it. A click that began on a panel is no blow; an arm that was drawn back when
the mouse was given away stays so until the button is pressed, and let go, in the street.
"""

from __future__ import annotations

from collections.abc import Mapping

from world.sim import Button

BINDINGS: dict[Button, tuple[str, ...]] = {
    Button.FORWARD: ("w", "up arrow"),
    Button.BACK: ("s", "down arrow"),
    Button.LEFT: ("a", "left arrow"),
    Button.RIGHT: ("d", "right arrow"),
    Button.RUN: ("left shift", "right shift"),
    Button.CROUCH: ("c", "left control", "right control"),
    Button.CREEP: ("left alt",),
    Button.JUMP: ("space",),
    Button.LEAN_LEFT: ("q",),
    Button.LEAN_RIGHT: ("e",),
    Button.STRIKE: ("left mouse",),
    Button.THROW: ("right mouse",),
    Button.USE: ("f",),
    Button.BREATH: ("v",),
}
_BUTTON_OF = {key: button for button, keys in BINDINGS.items() for key in keys}
_MOUSE = Button.STRIKE | Button.THROW
_RAW_MOUSE = {"mouse1": "left mouse", "mouse3": "right mouse"}  # with two modifiers held, Ursina hands on the engine's own name


def buttons_of(held: Mapping[str, float]) -> Button:
    """The buttons that the held keys press."""
    pressed = Button.NONE
    for button, keys in BINDINGS.items():
        if any(held.get(key) for key in keys):
            pressed |= button
    return pressed


class Presses:
    """Tell it of every key (`key`), then ask for each step's buttons (`next`)."""

    def __init__(self) -> None:
        self._mouse = self._tapped = Button.NONE

    def key(self, name: str, *, caught: bool) -> None:
        """A key went down ("f", "left mouse down") or up ("f up"); `caught`: the mouse is the walker's."""
        if name.endswith(" up"):
            button = _BUTTON_OF.get(name.removesuffix(" up"), Button.NONE)
            if caught or button is not Button.THROW:
                self._mouse &= ~button
            return
        key = _RAW_MOUSE.get(name.rsplit("-", 1)[-1], name.removesuffix(" down"))
        button = _BUTTON_OF.get(key, Button.NONE)
        if button & _MOUSE and not caught:
            return
        self._mouse |= button & _MOUSE
        self._tapped |= button

    def next(self, held: Mapping[str, float]) -> Button:
        """The buttons of the next step."""
        tapped, self._tapped = self._tapped, Button.NONE
        return (buttons_of(held) & ~_MOUSE) | self._mouse | tapped

    def forget_taps(self) -> None:
        """What was tapped while nobody walked is not done afterwards."""
        self._tapped = Button.NONE
