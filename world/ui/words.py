"""Text on the screen that may change every frame.

In: strings and places in UI units (the window is 1 high, x from -aspect/2).  Out: nodes under Ursina's UI camera.
Raw `TextNode`s: each change of an Ursina `Text` leaks 12 KB. Latin is set in Ursina's Open Sans, anything further east in Noto.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from panda3d.core import DynamicTextFont, Filename, NodePath, TextNode
from ursina import application, camera
from ursina.shader import imported_shaders

WHITE = (0.92, 0.94, 0.93, 1.0)
DIM = (0.62, 0.66, 0.66, 1.0)
AMBER = (1.0, 0.72, 0.3, 1.0)
RED = (1.0, 0.32, 0.25, 1.0)

_LEAST_PX = 12.0  # from one line's foot to its top

_ALIGN = {"left": TextNode.ALeft, "center": TextNode.ACenter, "right": TextNode.ARight}
_CJK_FROM = 0x2E80


def legible(size: float, height_px: float) -> float:
    """The size (UI units), or as much more as letters need to be read in a window that is so many pixels high."""
    return max(size, _LEAST_PX / max(height_px, 1.0))


@cache
def _font(eastern: bool) -> Any:
    if eastern:
        folder = files("noto_cjk_sans_jp_bold")
        path = next(str(p) for p in folder.iterdir() if p.name.lower().endswith((".otf", ".ttf", ".ttc")))
    else:
        path = str(application.internal_fonts_folder / "OpenSans-Regular.ttf")
    font = DynamicTextFont(Filename.fromOsSpecific(path))
    font.setPixelsPerUnit(54)
    return font


class Words:
    """One block of text. `set` costs nothing when nothing changed."""

    def __init__(
        self, x: float, y: float, *, size: float = 0.022, align: str = "left", color: Any = WHITE, wrap: float = 0.0, parent: Any = None
    ) -> None:
        self.node = TextNode("words")
        self.node.setAlign(_ALIGN[align])
        self.node.setShadow(0.05, 0.05)
        self.node.setShadowColor(0, 0, 0, 0.75)
        self._wrap = wrap
        self.path: NodePath = (parent or camera.ui).attachNewNode(self.node)
        self.path.setShader(imported_shaders["ashes_text"]._shader)
        self.path.setPos(x, y, -1)
        self.resize(size)
        self._text, self._color = "", None
        self.set("", color)

    def set(self, text: str, color: Any = None) -> None:
        """Shows `text`."""
        if color is not None and color != self._color:
            self._color = color
            self.node.setTextColor(*color)
        if text != self._text:
            self.node.setFont(_font(any(ord(c) >= _CJK_FROM for c in text)))
            self.node.setText(text)
            self._text = text

    @property
    def text(self) -> str:
        return self._text

    def move(self, x: float, y: float) -> None:
        """Puts it elsewhere (UI units)."""
        self.path.setPos(x, y, -1)

    def resize(self, size: float) -> None:
        """Letters of another size."""
        self.path.setScale(size)
        if self._wrap:
            self.node.setWordwrap(self._wrap / size)

    def show(self, visible: bool) -> None:
        """Shows or hides it."""
        if visible:
            self.path.show()
        else:
            self.path.hide()
