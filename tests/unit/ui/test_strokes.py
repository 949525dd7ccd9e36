"""Lines over the picture: as wide as asked for, soft at their sides, square in their corners, the last one on top."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest


@pytest.fixture
def strokes(clean_screen: Any, engine_log: Any) -> Iterator[Any]:
    from world.ui.strokes import Strokes

    made = Strokes()
    yield made
    made.remove()


def drawn(app: Any) -> np.ndarray:
    """(height, width, 3) of the screen, in [0, 1]."""
    from panda3d.core import PNMImage

    app.step()
    picture = PNMImage()
    app.win.getScreenshot(picture)
    wide, high = app.win.getXSize(), app.win.getYSize()
    return np.array([[tuple(picture.getXel(x, y)) for x in range(wide)] for y in range(high)])


def test_a_line_is_as_wide_as_it_was_asked_for_and_soft_at_its_sides(app: Any, strokes: Any) -> None:
    height = app.win.getYSize()
    strokes.begin()
    strokes.line([(-0.3, 0.1), (0.3, 0.1)], 8 / height, (1.0, 1.0, 1.0, 1.0))
    strokes.end()
    column = drawn(app)[:, app.win.getXSize() // 2].mean(axis=1)
    assert column.max() > 0.95
    assert column.sum() == pytest.approx(8.0, abs=0.6)
    assert np.argmax(column > 0.5) == pytest.approx(0.4 * height - 4, abs=1.5)


def test_what_is_asked_for_last_lies_on_top_and_a_glow_lies_round_it(app: Any, strokes: Any) -> None:
    square = [(-0.2, -0.2), (0.2, -0.2), (0.2, 0.2), (-0.2, 0.2)]
    strokes.begin()
    strokes.line([(-0.4, 0.0), (0.4, 0.0)], 0.05, (1.0, 0.0, 0.0, 1.0))
    strokes.fill(square, (0.0, 1.0, 0.0, 1.0))
    strokes.line([(0.0, -0.4), (0.0, 0.4)], 0.02, (0.0, 0.0, 1.0, 1.0), glow=0.5)
    strokes.end()
    picture = drawn(app)
    y, x = picture.shape[0] // 2, picture.shape[1] // 2
    assert picture[y, x] == pytest.approx((0, 0, 1), abs=0.02)
    assert picture[y, x - int(0.15 * picture.shape[0])] == pytest.approx((0, 1, 0), abs=0.02)
    assert picture[y, x - int(0.3 * picture.shape[0])] == pytest.approx((1, 0, 0), abs=0.02)
    beside = picture[y - int(0.3 * picture.shape[0]), x + int(0.025 * picture.shape[0])]
    assert 0.02 < beside[2] < 0.4 and beside[0] < 0.02


def test_a_closed_line_keeps_its_width_round_a_square(strokes: Any) -> None:
    strokes.begin()
    strokes.line([(0, 0), (1, 0), (1, 1), (0, 1)], 0.1, (1.0, 1.0, 1.0, 1.0), closed=True)
    strokes.end()
    outer, inner = strokes.corners[0::4], strokes.corners[3::4]
    half = 0.5 * (0.1 + strokes._pixel)
    for rail in (outer, inner):
        assert np.allclose(abs(rail - 0.5), 0.5 + half) or np.allclose(abs(rail - 0.5), 0.5 - half)
    assert not np.allclose(outer, inner)


def test_lines_do_not_know_of_each_other(strokes: Any) -> None:
    """Worked out together, they are what they are alone."""
    rng = np.random.default_rng(5)
    lines = [(np.cumsum(rng.normal(0, 0.05, (n, 2)), axis=0), bool(k % 2)) for k, n in enumerate((2, 7, 3, 12))]
    alone = []
    for points, closed in lines:
        strokes.begin()
        strokes.line(points, 0.01, (1.0, 1.0, 1.0, 1.0), closed=closed, glow=0.2)
        strokes.end()
        alone.append(strokes.corners)
    strokes.begin()
    for points, closed in lines:
        strokes.line(points, 0.01, (1.0, 1.0, 1.0, 1.0), closed=closed, glow=0.2)
    strokes.end()
    assert np.array_equal(np.concatenate(alone), strokes.corners)


def test_a_clean_sheet_is_empty(app: Any, strokes: Any) -> None:
    strokes.begin()
    strokes.fill([(-0.2, -0.2), (0.2, -0.2), (0.0, 0.2)], (1.0, 1.0, 1.0, 1.0))
    strokes.end()
    assert drawn(app).max() > 0.9
    strokes.begin()
    strokes.end()
    assert len(strokes.corners) == 0 and drawn(app).max() == 0.0
