"""What the cross-hair lies on, and why it is there, written beside it: the key I.

In: a city and an eye, when asked.  Out: text at the left of the screen, until asked again. The answer is found beside the walk.
"""

from __future__ import annotations

import re
from concurrent.futures import Executor, Future

from ursina import Entity, camera, window

from world.atlas.explain import Explanation, explain
from world.pipe import Pipe
from world.pose import Pose
from world.ui.words import WHITE, Words

_SIZE, _LONGEST, _TOP, _LEFT = 0.017, 132, 0.4, 0.03
_LINE = 1.37 * _SIZE  # from one line's foot to the next
_SHADE = (0.0, 0.0, 0.0, 0.55)


class WhyPanel:
    """Call `ask` for an answer (or to put the last one away), `update` once a frame."""

    def __init__(self, beside: Executor) -> None:
        self._beside = beside
        self._coming: Future[Explanation] | None = None
        self._words = Words(0, _TOP, size=_SIZE, color=WHITE)
        self._shade = Entity(parent=camera.ui, model="quad", origin=(-0.5, 0.5), color=_SHADE, z=-0.5, add_to_scene_entities=False)
        self._mark = Entity(parent=camera.ui, model="circle", scale=0.006, color=(1, 0.72, 0.3, 1), z=-1, add_to_scene_entities=False)
        self._mark.enabled = self._shade.enabled = False

    @property
    def text(self) -> str:
        """What is shown; empty when nothing is."""
        return self._words.text

    def ask(self, pipe: Pipe, eye: Pose) -> None:
        """Looks ahead from `eye`; asked while something is shown, puts it away."""
        if self.text:
            self._coming, self._mark.enabled, self._shade.enabled = None, False, False
            self._words.set("")
            return
        self._words.move(-window.aspect_ratio / 2 + _LEFT, _TOP)
        self._words.set("…")
        self._mark.enabled = True
        self._coming = self._beside.submit(explain, pipe, eye)

    def update(self) -> None:
        """Shows the answer once it is there."""
        if self._coming is not None and self._coming.done():
            lines, self._coming = self._coming.result().lines(), None
            lines = [re.sub(r" {2,}", "   ", line.strip()) for line in lines]
            self._words.set("\n".join(line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…" for line in lines))
            self._shade.position = (-window.aspect_ratio / 2 + _LEFT - 0.012, _TOP + 0.028, -0.5)
            self._shade.scale = (self._words.node.getWidth() * _SIZE + 0.024, len(lines) * _LINE + 0.022)
            self._shade.enabled = True
