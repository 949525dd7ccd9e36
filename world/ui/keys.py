"""Keys and mouse buttons, as what they ask of the walker; which key asks what, and how a person changes that.

In: Ursina's table of held keys (letters by their place on the keyboard, so WASD is under the same fingers on any layout), the names of
keys as they go down and up, whether the mouse is the walker's; the changes kept in the settings.  Out: `Button` flags for each step.
A tap shorter than a frame counts in the one step after it. A click that began on a panel is no blow; an arm that was drawn back when
the mouse was given away stays so until the button is pressed, and let go, in the street.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from world.sim import Button

Bindings = Mapping[Button, tuple[str, ...]]

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
FIXED = frozenset({"escape", "tab", "i", "f1", "f2", "f3", "f11", "f12"})  # what the walk itself goes by
_MOUSE = frozenset({"left mouse", "right mouse", "middle mouse"})
_RAW_MOUSE = {"mouse1": "left mouse", "mouse2": "middle mouse", "mouse3": "right mouse"}  # the engine's, handed on with two modifiers held
_SIDES = {"left shift": "Shift", "right shift": "Shift", "left control": "Ctrl", "right control": "Ctrl", "left alt": "Alt"}
_NOT_KEYS = frozenset({"scroll", "double", "shift", "control", "alt"})  # other names that Ursina gives to what happens


def bindings_of(changes: Sequence[str]) -> dict[Button, tuple[str, ...]]:
    """The bindings with changes such as "strike=r" or "run=left shift|x"; what has been changed to a key takes it from the others."""
    changed: dict[Button, tuple[str, ...]] = {}
    taken = set(FIXED)
    for change in changes:
        name, _, keys = change.partition("=")
        if name.upper() in Button.__members__ and Button[name.upper()] in BINDINGS:
            changed[Button[name.upper()]] = free = tuple(key for key in keys.split("|") if key and key not in taken)
            taken.update(free)
    kept = {button: tuple(key for key in keys if key not in taken) for button, keys in BINDINGS.items()}
    return kept | changed


def rebound(changes: Sequence[str], button: Button, key: str) -> tuple[str, ...]:
    """The changes that make `key`, and it alone, ask for `button`; whoever had it gets what `button` had, if it has nothing else."""
    bound = bindings_of(changes)
    before = bound[button]
    for other, keys in bound.items():
        if key in keys and other is not button:
            bound[other] = tuple(one for one in keys if one != key) or before[:1]
    bound[button] = (key,)
    return tuple(f"{one.name.lower()}={'|'.join(keys)}" for one, keys in bound.items() if one.name and keys and keys != BINDINGS[one])


def key_of(event: str) -> str:
    """The key that goes down in one of Ursina's events; "" for anything else."""
    if event.endswith((" up", " hold")) and event not in ("up arrow", "page up"):
        return ""
    key = _RAW_MOUSE.get(event.rsplit("-", 1)[-1], event.removesuffix(" down") if event != "page down" else event)
    return "" if key.split(" ")[0] in _NOT_KEYS else key


def name_of(key: str) -> str:
    """What a key is called on the screen."""
    return _SIDES.get(key) or (key.upper() if len(key) == 1 else key if key in _MOUSE else key.capitalize())


def names_of(bindings: Bindings) -> dict[str, str]:
    """By action ("strike"), the first key that asks for it, as it is called."""
    return {(button.name or "").lower(): name_of(keys[0]) if keys else "no key" for button, keys in bindings.items()}


def buttons_of(held: Mapping[str, float], bindings: Bindings = BINDINGS, *, but: frozenset[str] = frozenset()) -> Button:
    """The buttons that the held keys press, keys in `but` left out."""
    pressed = Button.NONE
    for button, keys in bindings.items():
        if any(held.get(key) for key in keys if key not in but):
            pressed |= button
    return pressed


class Presses:
    """Tell it of every key (`key`), then ask for each step's buttons (`next`)."""

    def __init__(self, changes: Sequence[str] = ()) -> None:
        self._mouse = self._tapped = Button.NONE
        self.rebind(changes)

    def rebind(self, changes: Sequence[str]) -> None:
        """Other keys from now on."""
        self._bindings = bindings_of(changes)
        self._button_of = {key: button for button, keys in self._bindings.items() for key in keys}

    def key(self, event: str, *, caught: bool) -> None:
        """A key went down ("f", "left mouse down") or up ("f up"); `caught`: the mouse is the walker's."""
        if key := key_of(event):
            button = self._button_of.get(key, Button.NONE)
            if key in _MOUSE and not caught:
                return
            self._mouse |= button if key in _MOUSE else Button.NONE
            self._tapped |= button
        elif event.removesuffix(" up") in _MOUSE:
            button = self._button_of.get(event.removesuffix(" up"), Button.NONE)
            if caught or button is not Button.THROW:
                self._mouse &= ~button

    def next(self, held: Mapping[str, float]) -> Button:
        """The buttons of the next step."""
        tapped, self._tapped = self._tapped, Button.NONE
        return buttons_of(held, self._bindings, but=_MOUSE) | self._mouse | tapped

    def forget_taps(self) -> None:
        """What was tapped while nobody walked is not done afterwards."""
        self._tapped = Button.NONE
