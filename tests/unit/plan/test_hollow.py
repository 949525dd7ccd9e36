"""Rooms cut out of a body: the rest is tiled once, and the rooms' faces close round them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.plan.hollow import OUTSIDE, Box, Hollow

BODY = Box(0.0, 0.0, -1.0, 10.0, 12.0, 9.0)
STEPS = 21
_edge = st.integers(0, STEPS - 1)


def _volume(b: Box) -> float:
    return (b.x1 - b.x0) * (b.y1 - b.y0) * (b.z1 - b.z0)


def _shared(a: Box, b: Box) -> float:
    sides = [max(0.0, min(a[k + 3], b[k + 3]) - max(a[k], b[k])) for k in range(3)]
    return sides[0] * sides[1] * sides[2]


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    low, high = [], []
    for axis in range(3):
        a, b = sorted((draw(_edge), draw(_edge)))
        wide = BODY[axis + 3] - BODY[axis]
        low.append(BODY[axis] + wide * a / STEPS)
        high.append(BODY[axis] + wide * (b + 1) / STEPS)
    return Box(*low, *high)


@given(st.lists(boxes(), min_size=1, max_size=4))
def test_what_is_left_fills_the_rest_once(voids: list[Box]) -> None:
    solids = Hollow(BODY, tuple(voids)).solids()
    for k, a in enumerate(solids):
        assert _volume(a) > 0.0
        assert all(_shared(a, b) < 1e-6 for b in solids[:k]) and all(_shared(a, v) < 1e-2 for v in voids)
    # Inclusion and exclusion would do for two voids; a fine count of cells does for any number.
    middles = [BODY[k] + (BODY[k + 3] - BODY[k]) * (np.arange(STEPS) + 0.5) / STEPS for k in range(3)]
    free = np.zeros((STEPS,) * 3, dtype=bool)
    for v in voids:
        free |= np.einsum("i,j,k->ijk", *((m > v[k]) & (m < v[k + 3]) for k, m in enumerate(middles)))
    assert sum(map(_volume, solids)) == pytest.approx(_volume(BODY) * (1.0 - free.mean()), rel=1e-3)


def test_the_faces_of_a_room_close_round_it_but_for_its_door() -> None:
    room, door = Box(1.0, 0.5, 0.0, 6.0, 8.0, 3.0), Box(2.0, 0.0, 0.0, 3.5, 0.5, 2.2)
    hollow = Hollow(BODY, (room, door), (0.0, 5.0, 10.0))
    area = [0.0, 0.0]
    for face in hollow.faces():
        area[face.void] += (face.high[0] - face.low[0]) * (face.high[1] - face.low[1])
        assert face.axis != 1 or face.at not in (BODY.y0, BODY.y1)
    doorway = 1.5 * 2.2
    assert area[0] == pytest.approx(2 * (5.0 * 7.5 + 5.0 * 3.0 + 7.5 * 3.0) - doorway)
    assert area[1] == pytest.approx(2 * (1.5 * 0.5 + 2.2 * 0.5))
    front = hollow.front(0.0, 5.0, 0.0, 4.0)
    assert sum((f.high[0] - f.low[0]) * (f.high[1] - f.low[1]) for f in front) == pytest.approx(5.0 * 4.0 - doorway)
    assert all(f.void == OUTSIDE and f.sign == -1 and f.at == 0.0 for f in front)
