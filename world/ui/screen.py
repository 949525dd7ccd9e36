"""The window: F11 fills the screen with it, and back; it tells when its shape changes, and when another window takes the keyboard.

In: the app, whom to tell.  Out: a window without a frame over the whole screen; no video mode is switched, so nothing can get stuck.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from direct.showbase.DirectObject import DirectObject
from panda3d.core import WindowProperties


class Screen:
    """`lost` is called when the keyboard goes to another window, `reshaped` when corners have moved."""

    def __init__(self, app: Any, lost: Callable[[], None], reshaped: Callable[[], None]) -> None:
        self._app, self._lost = app, lost
        self._windowed: tuple[int, int] | None = None  # the size of the window that was enlarged
        self._had_focus = False
        self._listener = DirectObject()
        self._listener.accept("window-event", self._changed)
        self._listener.accept("aspectRatioChanged", reshaped)

    def toggle(self) -> None:
        """Fills the screen, or goes back to the window."""
        window, wish = self._app.win, WindowProperties()
        if self._windowed is None:
            self._windowed = (window.getXSize(), window.getYSize())
            wish.setUndecorated(True)
            wish.setOrigin(0, 0)
            wish.setSize(self._app.pipe.getDisplayWidth(), self._app.pipe.getDisplayHeight())
        else:
            wish.setUndecorated(False)
            wish.setSize(*self._windowed)
            self._windowed = None
        window.requestProperties(wish)

    def _changed(self, window: Any) -> None:
        if window is not self._app.win or window.isClosed():
            return
        focus = window.getProperties().getForeground()
        if self._had_focus and not focus:
            self._lost()
        self._had_focus = focus
