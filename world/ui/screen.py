"""F11: the whole screen, and back.

In: the app.  Out: a window without a frame over the whole screen; no video mode is switched, so nothing can get stuck.
"""

from __future__ import annotations

from typing import Any

from panda3d.core import WindowProperties


class Screen:
    """Remembers the size of the window that it enlarged."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._windowed: tuple[int, int] | None = None

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
