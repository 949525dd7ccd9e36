"""Which key asks for what, and another one instead: a page of the pause menu.

In: the changes kept in the settings, keys as they go down.  Out: other changes. Click an action, press a key: who had that key gets the
one that was given up, so that no two actions ever share one. Esc leaves all as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ursina import Entity

from world.sim import Button
from world.ui.controls import PushButton
from world.ui.keys import BINDINGS, FIXED, bindings_of, key_of, name_of, rebound
from world.ui.words import DIM, Words

_COLUMNS, _ACROSS, _DOWN = 2, 0.3525, 0.0385
_TITLES = {
    Button.FORWARD: "ahead",
    Button.BACK: "back",
    Button.LEFT: "left",
    Button.RIGHT: "right",
    Button.RUN: "run",
    Button.CROUCH: "crouch",
    Button.CREEP: "creep",
    Button.JUMP: "jump, climb",
    Button.LEAN_LEFT: "lean left",
    Button.LEAN_RIGHT: "lean right",
    Button.STRIKE: "strike",
    Button.THROW: "aim, throw",
    Button.USE: "pick up",
    Button.BREATH: "hold breath",
}
_HOW = "click an action, then press its key"


class KeyPage:
    """`change(changes)` is called with the new changes; hand on every key while the menu is open (`key`)."""

    def __init__(self, root: Entity, top: float, change: Callable[[tuple[str, ...]], None]) -> None:
        self._change = change
        self._changes: tuple[str, ...] = ()
        self._waiting: Button | None = None
        self._swallow = False  # the click that chose a mouse button is no click on what lies under it
        rows = -(-(len(BINDINGS) + 1) // _COLUMNS)
        self._buttons = {}
        for k, button in enumerate(BINDINGS):
            x, y = _place(k, rows, top)
            self._buttons[button] = PushButton(root, "", x, y, _ACROSS - 0.01, lambda button=button: self.wait_for(button))
        x, y = _place(len(BINDINGS), rows, top)
        PushButton(root, "all as they were", x, y, _ACROSS - 0.01, lambda: self._set(()))
        self._words = Words(0, top - _DOWN * rows - 0.012, size=0.017, align="center", color=DIM, parent=root)

    @property
    def waiting(self) -> Button | None:
        """The action that the next key will ask for."""
        return self._waiting

    @property
    def labels(self) -> dict[Button, str]:
        """What the buttons say."""
        return {button: one.label for button, one in self._buttons.items()}

    def show(self, changes: Sequence[str]) -> None:
        """Labels the buttons anew; nothing is waited for."""
        self._changes, self._waiting, self._swallow = tuple(changes), None, False
        bound = bindings_of(self._changes)
        for button, one in self._buttons.items():
            one.relabel(f"{_TITLES[button]}:  {' / '.join(dict.fromkeys(name_of(key) for key in bound[button])) or 'no key'}")
        self._words.set(_HOW)

    def wait_for(self, button: Button) -> None:
        """The next key is to ask for `button`."""
        if self._swallow:
            return
        self.show(self._changes)
        self._waiting = button
        self._buttons[button].relabel(f"{_TITLES[button]}:  …")
        self._words.set("press a key or a mouse button; Esc: leave it")

    def key(self, event: str) -> bool:
        """Whether the key was meant for this page."""
        if self._waiting is None:
            self._swallow = False
            return False
        key = key_of(event)
        if not key:
            return True
        if key == "escape":
            self.show(self._changes)
        elif key in FIXED:
            self._words.set(f"{name_of(key)} is the walk's own; press another")
        else:
            self._set(rebound(self._changes, self._waiting, key))
            self._swallow = key.endswith(" mouse")
        return True

    def _set(self, changes: tuple[str, ...]) -> None:
        self.show(changes)
        self._change(changes)


def _place(k: int, rows: int, top: float) -> tuple[float, float]:
    """Where the k-th button stands, column by column."""
    return _ACROSS * (k // rows - (_COLUMNS - 1) / 2), top - _DOWN * (k % rows)
