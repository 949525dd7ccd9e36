"""The mouse as a head: caught in the window, turned into heading and pitch.

In: the pointer, once a frame.  Out: degrees turned since the last frame; the pointer is put back to the middle each time.
Ursina's own lock puts it elsewhere than it reads it from at odd sizes; here both are the same whole pixel.
"""

from __future__ import annotations

import sys
from typing import Any

from panda3d.core import WindowProperties

DEG_PER_PIXEL = 0.08


class MouseLook:
    """`caught` says whether the mouse is the walker's; `catch(False)` gives it back to the person."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.caught = False
        self._skip = False

    def catch(self, caught: bool) -> None:
        """Catches or frees the mouse."""
        self.caught = caught
        wish = WindowProperties()
        wish.setCursorHidden(caught)
        confined = WindowProperties.M_relative if sys.platform == "darwin" else WindowProperties.M_confined
        wish.setMouseMode(confined if caught else WindowProperties.M_absolute)
        self._app.win.requestProperties(wish)
        self._app.mouse.enabled = not caught  # panels are not to be hovered by a pointer that nobody sees
        self._skip = True

    def turned_deg(self) -> tuple[float, float]:
        """(heading, pitch) turned since the last call, at a sensitivity of 1; (0, 0) while the mouse is free."""
        window = self._app.win
        if not self.caught:
            return 0.0, 0.0
        x, y = window.getXSize() // 2, window.getYSize() // 2
        pointer = window.getPointer(0)
        moved = (pointer.getX() - x, pointer.getY() - y)
        if self._skip:  # wherever the pointer was when it was caught is no turn of the head
            self._skip = not window.movePointer(0, x, y)
            return 0.0, 0.0
        if not pointer.getInWindow() or moved == (0, 0) or not window.movePointer(0, x, y):
            return 0.0, 0.0
        return moved[0] * DEG_PER_PIXEL, -moved[1] * DEG_PER_PIXEL
