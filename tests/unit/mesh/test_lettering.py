"""Lettering: every glyph exists, no two words share a pixel, the halo lies round the letters, strokes are to scale."""

from __future__ import annotations

import time

import numpy as np
import pytest

from world.mesh import lettering
from world.mesh.lettering import ATLAS_PX, REACH_PX, Direction, atlas, lettering_backend, stacks, strokes, words


def test_every_glyph_is_in_the_font() -> None:
    assert lettering_backend() == "noto-cjk"
    font = lettering._font(48)
    missing = bytes(font.getmask("\uffff"))
    for character in sorted({c for word in words() for c in word.text}):
        assert bytes(font.getmask(character)) != missing, character


def test_words_do_not_overlap_in_the_atlas() -> None:
    taken = np.zeros((ATLAS_PX, ATLAS_PX), dtype=np.uint8)
    for r in atlas().rectangles.values():
        x0, x1, y0, y1 = (round(v * ATLAS_PX) for v in (r.u0, r.u1, 1 - r.v1, 1 - r.v0))
        assert 0 <= x0 < x1 <= ATLAS_PX and 0 <= y0 < y1 <= ATLAS_PX
        taken[y0:y1, x0:x1] += 1
    assert taken.max() == 1
    assert not atlas().pixels[..., 0][taken == 0].any()


def test_every_word_has_ink_well_inside_its_rectangle() -> None:
    sheet = atlas().pixels
    for (word, direction), r in atlas().rectangles.items():
        x0, x1, y0, y1 = (round(v * ATLAS_PX) for v in (r.u0, r.u1, 1 - r.v1, 1 - r.v0))
        ink, halo = sheet[y0:y1, x0:x1, 0], sheet[y0:y1, x0:x1, 1]
        name = f"{words()[word].text} {direction.name}"
        assert ink.max() > 200 and halo.max() > 60, name
        edge = np.concatenate([ink[:2].ravel(), ink[-2:].ravel(), ink[:, :2].ravel(), ink[:, -2:].ravel()])
        assert edge.max() == 0, name
    lone = (sheet[..., 0] == 0) & (sheet[..., 1] > 20)
    assert lone.sum() > (sheet[..., 0] > 128).sum() * 0.5  # the halo reaches beyond the letters


def test_the_distance_to_the_outline_is_what_it_says() -> None:
    sheet = atlas().pixels
    ink, px = sheet[..., 0].astype(int), (sheet[..., 2] / 127.5 - 1.0) * REACH_PX
    assert (px[ink == 255] > 0.4).all() and (px[ink == 0] < -0.4).all()
    across = px[:, 1:-1] - px[:, :-2]
    assert abs(across).max() < 2.1  # a step of one pixel, as bytes and the rim's coverage round it
    assert 3.0 < px.max() < REACH_PX  # half the width of a bold stroke
    assert px.min() == -REACH_PX


def test_upright_words_stand_and_latin_lies() -> None:
    for i, word in enumerate(words()):
        level = atlas().rectangles[i, Direction.HORIZONTAL]
        if stacks(i) and len(word.text) > 1:
            upright = atlas().rectangles[i, Direction.VERTICAL]
            assert upright.height_em > upright.width_em and level.width_em > level.height_em


def test_the_word_list_is_large_and_each_entry_whole() -> None:
    assert len(words()) >= 80
    assert len({w.text for w in words()}) == len(words())
    for word in words():
        assert word.gloss and word.trade and word.latin.isascii()
        assert strokes(word.latin)


def test_the_atlas_is_the_same_twice_and_quick() -> None:
    first = atlas().pixels
    atlas.cache_clear()
    started = time.perf_counter()
    second = atlas().pixels
    assert time.perf_counter() - started < 5.0
    assert np.array_equal(first, second)


def test_without_the_japanese_font_signs_speak_latin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "_CJK_PATH", None)
    for cached in (lettering._font, atlas):
        cached.cache_clear()
    try:
        assert lettering_backend() == "latin"
        found = atlas()
        assert not any(direction is Direction.VERTICAL for _, direction in found.rectangles)
        assert len(found.rectangles) == len(words()) and found.pixels[..., 0].max() > 200
    finally:
        for cached in (lettering._font, atlas):
            cached.cache_clear()


def test_strokes_stand_one_capital_high() -> None:
    points = np.concatenate(strokes("HIT"))
    assert np.isclose(points[:, 1].min(), 0.0) and np.isclose(points[:, 1].max(), 1.0) and np.isclose(points[:, 0].min(), 0.0)
    assert strokes("   ") == ()


def test_strokes_stand_upright() -> None:
    foot = [line for line in strokes("L") if len({round(float(y), 6) for y in line[:, 1]}) == 1]
    assert len(foot) == 1 and foot[0][0, 1] == 0.0
    assert max(float(line[:, 1].max()) for line in strokes("L")) == 1.0
