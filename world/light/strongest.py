"""The few lights near the eye whose shadows one would miss.

In: emitters, where the eye is.  Out: `Strongest`, a function of those alone: a film's frame rendered by itself chooses as one in sequence.
Method: what each would shed at the eye, cut off at a distance, decides; how far one stands above the first that was left out is how
strongly its shadows are drawn, so that none ever appears or goes at once. The sources of one long sign count as one light (`as_one`).
What shines all round throws none: a storey's lamps are gathered into sources where no lamp hangs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from world.space.chunk_space import Emitters

_SEEN_M = 40.0
_HALF_M = 5.0  # at this distance a light counts for half
_SURE = 0.35  # so far above the first left out (as a share of its own) a shadow is drawn in full
_EDGE = 0.4  # cosine: two-sided lights throw shadows to the eye's side, and none while the eye is in their plane
_LEAST_CD = 6.0
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Strongest:
    """K lights: `position`, `way` (K, 3): where each is and shines to; `candela` (K, 3) linear RGB at full
    power; `group`; `size_m`, `reach_m`; `aside`: the share it sheds at a right angle; `strength` (K,) 0 .. 1 of its shadows."""

    position: Floats
    way: Floats
    candela: Floats
    group: NDArray[np.uint8]
    size_m: Floats
    reach_m: Floats
    aside: Floats
    strength: Floats

    def __len__(self) -> int:
        return len(self.strength)


def strongest(e: Emitters, eye: tuple[float, float, float], count: int) -> Strongest:
    """At most `count` of `e` (see `as_one`), the strongest first."""
    to_eye = np.asarray(eye) - e.position
    distance = np.linalg.norm(to_eye, axis=1)
    facing = (to_eye * e.normal).sum(axis=1) / np.maximum(distance, 1e-6)
    window = np.maximum(1.0 - (distance / _SEEN_M) ** 2, 0.0)
    luminance = e.candela @ _LUMINANCE
    score = np.maximum(luminance - _LEAST_CD, 0.0) * window * window / (1.0 + (distance / _HALF_M) ** 2)
    score *= np.where(e.two_sided, np.clip(abs(facing) / _EDGE, 0.0, 1.0), 1.0)
    score[(e.normal == 0.0).all(axis=1)] = 0.0
    order = np.argsort(-score, kind="stable")[: count + 1]
    order = order[score[order] > 0.0]
    left_out = score[order[count]] if len(order) > count else 0.0
    n = order[:count]
    strength = np.clip((score[n] - left_out) / (_SURE * np.maximum(score[n], 1e-9)), 0.0, 1.0)
    strength *= np.clip(score[n] / 0.5, 0.0, 1.0)
    way = e.normal[n] * np.where(e.two_sided[n] & (facing[n] < 0.0), -1.0, 1.0)[:, None]
    aside = np.where(e.two_sided[n], 0.25, 0.15)
    return Strongest(e.position[n], way, e.candela[n], e.group[n], e.size_m[n], e.reach_m[n], aside, strength)


def as_one(e: Emitters) -> Emitters:
    """Emitters one above the other that shine the same way, as one: the first with the light of all, in their middle."""
    if not len(e):
        return e
    key = np.round(np.column_stack([e.position[:, :2], e.normal, e.group]), 2)
    _, first, which = np.unique(key, axis=0, return_index=True, return_inverse=True)
    which = which.reshape(-1)
    count = np.bincount(which)
    candela, position = (np.zeros((len(first), 3)) for _ in range(2))
    np.add.at(candela, which, e.candela)
    np.add.at(position, which, e.position)
    return replace(e.take(first), candela=candela, position=position / count[:, None])
