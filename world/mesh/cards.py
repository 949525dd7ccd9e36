"""Signs and holograms as cards: the flat, glowing rectangles that wet things mirror.

In: a plan's signs and holograms.  Out: `Cards`, one row each of what burns; and the few that matter most where an eye stands.
Source: rays against rectangles of light as in Epic's Samaritan demonstration (2011), which hands its shader a few billboards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.mesh.kits.sign_spec import face_size, rectangle_of, spec_of
from world.plan.records import Hologram, Sign, SignKind

Floats = NDArray[np.float64]

REACH_M = 58.0  # from the eye; faded over the last third
_BLADES = (SignKind.BLADE, SignKind.TALL, SignKind.ROUND)
_WRITTEN = (*_BLADES, SignKind.FASCIA, SignKind.ROOF)
_HOLOGRAM_CD_M2 = 150.0  # of a whole board, where its lines are no longer told apart
_TUBES_SHARE = 0.2  # of a drawing's rectangle that its tubes fill
_CLOSE_M2 = 36.0


@dataclass(frozen=True)
class Cards:
    """C rows. `colour` linear, times cd/m²; `along` (C, 2) level, to the reader's right, so that (along y, -along x) is where the front
    looks; `word` (C, 4) its place in the lettering atlas (u, v of two corners), all 0 for a plain card."""

    middle: Floats  # (C, 3) m
    along: Floats  # (C, 2)
    half: Floats  # (C, 2) m, half its width and height
    colour: Floats  # (C, 3)
    two_sided: NDArray[np.bool_]
    word: Floats
    group: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.group)

    def where(self, which: NDArray[np.intp]) -> Cards:
        """Some of them."""
        return Cards(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


def cards_of(signs: Sequence[Sign], holograms: Sequence[Hologram]) -> Cards:
    """All that burn."""
    rows: list[tuple[float, ...]] = []
    for sign in signs:
        if not sign.lit:
            continue
        spec = spec_of(sign)
        width, height = face_size(spec)
        blade = sign.kind in _BLADES
        place = (0.0, 0.0, 0.0, 0.0)
        if sign.kind in _WRITTEN:
            r = rectangle_of(spec)
            place = r.u0, r.v0, r.u1, r.v1
        luminance = spec.luminance * (1.0 if sign.kind in _WRITTEN else _TUBES_SHARE)
        # A blade's faces look along its wall.
        heading = sign.heading_deg + (90.0 if blade else 0.0)
        rows.append((*sign.position, heading, width / 2, height / 2, *sign.colour, luminance, blade, *place, sign.group))
    for h in holograms:
        x, y, z = h.position
        rows.append(
            (x, y, z + h.height_m / 2, h.heading_deg, h.width_m / 2, h.height_m / 2, *h.colour, _HOLOGRAM_CD_M2, True, 0, 0, 0, 0, h.group)
        )
    t = np.array(rows, dtype=np.float64).reshape(-1, 16)
    turn = np.radians(t[:, 3])
    along = np.stack([-np.cos(turn), np.sin(turn)], axis=1)
    colour = (t[:, 6:9] / 255.0) ** 2.2 * t[:, 9:10]
    return Cards(t[:, 0:3], along, t[:, 4:6], colour, t[:, 10] > 0.0, t[:, 11:15], t[:, 15].astype(np.int64))


def joined_cards(parts: Iterable[Cards]) -> Cards:
    """All rows, end to end."""
    found = [*parts] or [cards_of((), ())]
    return Cards(*(np.concatenate([getattr(part, name) for part in found]) for name in Cards.__dataclass_fields__))


def strongest(cards: Cards, eye: Sequence[float], count: int) -> tuple[NDArray[np.intp], Floats]:
    """The `count` that shine most on what lies round the eye (x, y, z), the strongest first, and how much of each is to be shown: one
    that is about to give its place to another is already gone, and so is one about to leave the reach."""
    gap2 = ((cards.middle - np.asarray(eye)) ** 2).sum(axis=1)
    near = np.clip(3.0 * (1.0 - np.sqrt(gap2) / REACH_M), 0.0, 1.0)
    weight = cards.colour.max(axis=1, initial=0.0) * cards.half.prod(axis=1) * near / (gap2 + _CLOSE_M2)
    order = np.argsort(-weight, kind="stable")
    order = order[weight[order] > 0.0]
    first = order[:count]
    rival = weight[order[count]] if len(order) > count else 0.0
    lead = np.clip(2.0 * (weight[first] / rival - 1.0), 0.0, 1.0) if rival > 0.0 else np.ones(len(first))
    return first, near[first] * lead
