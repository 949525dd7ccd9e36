"""The strongest signs round the eye, for the shaders of wet things.

In: the plans of the chunks that stand, the eye, the power of the hour.  Out: `u_cards`, four vectors a card: middle and half width;
along and half height; colour (cd/m², with its power) and whether it has two faces; its word in the atlas. Unused ones have no width.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from panda3d.core import PTA_LVecBase4f

from world.mesh.cards import Cards, cards_of, joined_cards, strongest
from world.plan import ChunkPlan

COUNT = 8  # at most; shaders/surface/cards.inc.glsl has it too


class SignCards:
    """`array` is what the shaders read; `show` fills it with no more than `most`."""

    def __init__(self, most: int = COUNT) -> None:
        self._most = most
        self.array = PTA_LVecBase4f.emptyArray(4 * COUNT)
        self._of_plan: dict[int, tuple[ChunkPlan, Cards]] = {}
        self._known: tuple[int, ...] = ()
        self._all = joined_cards(())

    def show(self, plans: Iterable[ChunkPlan], origin: tuple[float, float], eye: Sequence[float], power: NDArray[np.float32]) -> None:
        """Chooses for an eye at a place of the world; what is dark is not there."""
        standing = {id(plan): plan for plan in plans}
        if tuple(standing) != self._known:
            self._of_plan = {key: self._of_plan.get(key) or (plan, cards_of(plan.signs, plan.holograms)) for key, plan in standing.items()}
            self._known = tuple(standing)
            self._all = joined_cards(cards for _, cards in self._of_plan.values())
        chosen, share = strongest(self._all, eye, self._most)
        c = self._all.where(chosen)
        rows = np.zeros((COUNT, 16), np.float32)
        n = len(c)
        rows[:n, 0:3] = c.middle - np.array([*origin, 0.0])
        rows[:n, 3], rows[:n, 7] = c.half.T
        rows[:n, 4:6] = c.along
        rows[:n, 8:11] = c.colour * (share * power[c.group])[:, None]
        rows[:n, 11] = c.two_sided
        rows[:n, 12:16] = c.word
        np.frombuffer(memoryview(self.array).cast("B"), np.float32)[:] = rows.ravel()
