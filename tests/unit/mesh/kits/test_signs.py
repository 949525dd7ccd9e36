"""Signs: sizes known before meshing, light only from what burns, budgets, bytes."""

from __future__ import annotations

import numpy as np
import pytest
from triangle_soup import assert_sound, closed_volumes

from world.mesh.kits.frame import Frame
from world.mesh.kits.icons import icon, icon_names
from world.mesh.kits.signs import SignKind, SignSpec, sign, sign_glows, sign_model, sign_size, sign_solids
from world.mesh.lettering import words
from world.mesh.surface import Finish, SurfaceBuilder

_BUDGET = {SignKind.TUBES: 3000, SignKind.ICON: 1600, SignKind.ROUND: 800, SignKind.ROOFTOP: 700}


def _spec(kind: SignKind, word: int = 0, lit: bool = True, seed: int = 3) -> SignSpec:
    return SignSpec(kind, word, (118, 235, 176), 0.5, group=5, luminance=600.0, lit=lit, seed=seed)


@pytest.mark.parametrize("kind", SignKind)
@pytest.mark.parametrize("lit", [True, False])
def test_signs_are_sound_and_within_their_size(kind: SignKind, lit: bool) -> None:
    for word in range(0, len(words()), 9):
        spec = _spec(kind, word, lit, word)
        model = sign_model(spec)
        assert_sound(model, _BUDGET.get(kind, 600), f"{kind.name} {words()[word].text}")
        volumes = closed_volumes(model)
        assert len(volumes) and volumes.min() > 0
        width, depth, height = sign_size(spec)
        low, high = model.bounds()
        assert high[2] <= height + 0.45 * max(width, depth) + 0.2 and low[2] >= -0.9  # stays above, torn cables below
        assert high[1] <= depth + 0.12 and high[0] - low[0] <= width + 0.4


@pytest.mark.parametrize("kind", SignKind)
def test_only_lit_signs_glow(kind: SignKind) -> None:
    dark, lit = _spec(kind, lit=False), _spec(kind)
    assert sign_glows(dark) == () and not (sign_model(dark).extra[:, 1] > 0).any()
    (glow,) = sign_glows(lit)
    assert glow.area_m2 > 0 and np.isclose(np.linalg.norm(glow.normal), 1.0)
    shining = sign_model(lit).extra[:, 1] > 0
    assert shining.any() and (sign_model(lit).extra[shining, 0] == 5).all()
    at = sign_model(lit).position[shining].mean(axis=0)
    assert np.linalg.norm(at - glow.centre) < 0.25


@pytest.mark.parametrize("kind", [SignKind.BLADE, SignKind.FASCIA, SignKind.BANNER, SignKind.ROOFTOP, SignKind.PAVEMENT, SignKind.ROUND])
def test_words_read_from_left_to_right(kind: SignKind) -> None:
    model = sign_model(_spec(kind))
    panel = (model.finish == Finish.SIGN_PANEL)[model.indices.reshape(-1, 3)].all(axis=1)
    for triangle in model.indices.reshape(-1, 3)[panel]:
        p, t, n = model.position[triangle], model.uv[triangle], model.normal[triangle[0]]
        right = np.cross([0.0, 0.0, 1.0], n)
        grows = np.linalg.lstsq((p - p.mean(0)) @ np.stack([right, [0, 0, 1]], axis=1), t - t.mean(0), rcond=None)[0]
        assert grows[0, 0] > 0 and grows[1, 1] > 0  # u toward the reader's right, v up


def test_a_sign_is_the_same_bytes_twice() -> None:
    def built() -> bytes:
        sign_model.cache_clear()
        builder = SurfaceBuilder()
        for kind in SignKind:
            sign(builder, Frame((3.0, 4.0, 2.0), 40.0), _spec(kind))
        surface = builder.build()
        return surface.vertices.tobytes() + surface.indices.tobytes()

    assert built() == built()


def test_the_box_of_a_blade_holds_its_panel() -> None:
    frame = Frame((12.0, 7.0, 3.0), 90.0)
    spec = _spec(SignKind.BLADE)
    model = sign_model(spec).moved(frame)
    low, high = sign_solids(spec, frame).bounds()
    panel = model.position[model.finish == Finish.SIGN_PANEL]
    assert (panel >= low[0] - 0.02).all() and (panel <= high[0] + 0.02).all()


def test_icons_are_inside_their_square_and_words_name_them() -> None:
    for name in icon_names():
        points = np.concatenate(icon(name))
        assert abs(points).max() <= 0.62, name
    assert {w.icon for w in words() if w.icon} <= set(icon_names())
