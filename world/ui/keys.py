"""Keys held, as what they ask of the walker.

In: Ursina's table of held keys (letters by their place on the keyboard, so WASD is under the same fingers on any layout).
Out: `Button` flags.
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
}


def buttons_of(held: Mapping[str, float]) -> Button:
    """The buttons that the held keys press."""
    pressed = Button.NONE
    for button, keys in BINDINGS.items():
        if any(held.get(key) for key in keys):
            pressed |= button
    return pressed
