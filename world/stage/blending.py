"""What is drawn over what stands there already. In: a node.  Out: the same; it tests depth and writes none."""

from __future__ import annotations

from panda3d.core import ColorBlendAttrib, NodePath

_LATE = 10  # among what is blended: after smoke


def set_veil(path: NodePath, order: int = _LATE) -> None:
    """Light of its own, and a veil over what is behind it (premultiplied)."""
    path.setAttrib(ColorBlendAttrib.make(ColorBlendAttrib.MAdd, ColorBlendAttrib.OOne, ColorBlendAttrib.OOneMinusIncomingAlpha))
    path.setDepthWrite(False)
    path.setBin("fixed", order)


def set_additive(path: NodePath) -> None:
    """Light added to what is there."""
    path.setAttrib(ColorBlendAttrib.make(ColorBlendAttrib.MAdd, ColorBlendAttrib.OOne, ColorBlendAttrib.OOne))
    path.setDepthWrite(False)
    path.setBin("fixed", _LATE)
