"""Signs: hung where they were planned, words that read, light only from what burns, budgets, bytes."""

from __future__ import annotations

import numpy as np
import pytest

from world.mesh.kits.icons import icon, icon_names
from world.mesh.kits.sign_spec import dead_cells, face_size, spec_of
from world.mesh.kits.signs import add_signs
from world.mesh.lettering import words
from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.plan.records import Sign, SignKind

_SIZE = {
    SignKind.BLADE: (0.9, 2.4),
    SignKind.TALL: (1.1, 5.0),
    SignKind.FASCIA: (4.5, 0.75),
    SignKind.TUBES: (2.6, 0.9),
    SignKind.ICON: (1.3, 1.3),
    SignKind.ROOF: (4.0, 1.4),
    SignKind.ROUND: (1.0, 1.0),
}
_BUDGET = {SignKind.TUBES: 900, SignKind.ICON: 700}
_COLOUR = (118, 235, 176)


def _sign(kind: SignKind, word: int = 0, lit: bool = True, heading: float = 0.0) -> Sign:
    width, height = _SIZE[kind]
    return Sign((1, word), kind, (20.0, 30.0, 5.0), heading, width, height, word, _COLOUR, lit, 5, 1.0)


def _surface(sign: Sign, far: bool = False) -> Surface:
    builder = SurfaceBuilder()
    add_signs(builder, [sign], (0.0, 0.0), far=far)
    return builder.build()


def _finish(surface: Surface) -> np.ndarray:
    return surface.vertices["normal"][:, 3]


@pytest.mark.parametrize("far", [False, True])
@pytest.mark.parametrize("lit", [True, False])
@pytest.mark.parametrize("kind", SignKind)
def test_signs_hang_where_they_were_planned(kind: SignKind, lit: bool, far: bool) -> None:
    for word in range(0, 97 * 40, 97 * 5 + 1):
        sign = _sign(kind, word, lit, 40.0)
        surface = _surface(sign, far)
        assert 0 < surface.triangle_count <= (_BUDGET.get(kind, 420) if not far else 330)
        position = surface.vertices["position"].astype(float)
        assert np.isfinite(position).all()
        corners = position[surface.indices.reshape(-1, 3)]
        facing = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        assert np.linalg.norm(facing, axis=1).min() > 1e-9
        drawn = (surface.vertices["normal"][:, :3] / 127.5 - 1.0)[surface.indices.reshape(-1, 3)].mean(axis=1)
        assert ((facing * drawn).sum(axis=1) > 0).mean() > 0.98
        w, h = face_size(spec_of(sign))
        assert w < sign.width_m * 1.35 and h < sign.height_m * 1.35
        shows = np.isin(_finish(surface), (Finish.SIGN_PANEL, Finish.TUBE))
        face = position[shows] if shows.any() else position
        middle = (face.min(axis=0) + face.max(axis=0)) / 2
        assert np.linalg.norm(middle - sign.position) < 0.35 + 0.1 * max(sign.width_m, sign.height_m)


@pytest.mark.parametrize("kind", SignKind)
def test_only_lit_signs_glow_in_their_own_group_and_colour(kind: SignKind) -> None:
    for far in (False, True):
        dark, lit = _surface(_sign(kind, 3, lit=False), far), _surface(_sign(kind, 3), far)
        assert not (dark.vertices["extra"][:, 1] > 0).any()
        shining = lit.vertices["extra"][:, 1] > 0
        own = (lit.vertices["extra"][shining, 0] == 5).mean()
        assert own == 1.0 if far or kind not in (SignKind.TUBES, SignKind.ICON) else own > 0.6  # a bent tube may stutter on its own
        assert (lit.vertices["tint"][shining, :3] == _COLOUR).all(axis=1).mean() > 0.3  # a border may be amber


@pytest.mark.parametrize("far", [False, True])
@pytest.mark.parametrize("kind", [SignKind.BLADE, SignKind.TALL, SignKind.FASCIA, SignKind.ROOF, SignKind.ROUND])
def test_words_read_from_left_to_right(kind: SignKind, far: bool) -> None:
    surface = _surface(_sign(kind, 7, heading=25.0), far)
    v, panel = surface.vertices, (_finish(surface) == Finish.SIGN_PANEL)[surface.indices.reshape(-1, 3)].all(axis=1)
    assert panel.any()
    for triangle in surface.indices.reshape(-1, 3)[panel]:
        p, t = v["position"][triangle].astype(float), v["uv"][triangle].astype(float)
        n = v["normal"][triangle[0], :3] / 127.5 - 1.0
        right = np.cross([0.0, 0.0, 1.0], n)
        grows = np.linalg.lstsq((p - p.mean(0)) @ np.stack([right, [0, 0, 1]], axis=1), t - t.mean(0), rcond=None)[0]
        assert grows[0, 0] > 0 and grows[1, 1] > 0  # u toward the reader's right, v up


def test_a_blade_stands_out_from_its_wall_and_reaches_it() -> None:
    sign = _sign(SignKind.BLADE, 5, heading=90.0)  # its arm points east: the wall is to the west
    position = _surface(sign).vertices["position"]
    wall = sign.position[0] - 0.35 - sign.width_m / 2
    assert abs(position[:, 0].min() - wall) < 0.03
    assert position[:, 0].max() < sign.position[0] + 0.8 * sign.width_m


def test_some_lit_signs_have_lost_letters_but_never_all() -> None:
    dead = [dead_cells(spec_of(_sign(SignKind.TALL, word * 97 + word))) for word in range(200)]
    share = np.mean([d.any() for d in dead])
    assert 0.05 < share < 0.5 and not any(d.all() for d in dead)


def test_signs_are_the_same_bytes_together_and_alone() -> None:
    signs = [_sign(kind, 97 * k, k % 3 > 0, 31.0 * k) for k, kind in enumerate(SignKind)]

    def drawn(chosen: list[Sign]) -> list[bytes]:
        builder = SurfaceBuilder()
        add_signs(builder, chosen, (0.0, 0.0))
        surface = builder.build()
        corners = surface.vertices[surface.indices.reshape(-1, 3)]
        return sorted(triangle.tobytes() for triangle in corners)

    assert drawn(signs) == sorted(triangle for sign in signs for triangle in drawn([sign]))


def test_icons_are_inside_their_square_and_words_name_them() -> None:
    for name in icon_names():
        points = np.concatenate(icon(name))
        assert abs(points).max() <= 0.62, name
    assert {w.icon for w in words() if w.icon} <= set(icon_names())


def test_tubes_stand_before_their_housing_and_know_where_their_glass_ends() -> None:
    for word in range(0, 97 * 40, 97 * 5 + 1):
        surface = _surface(_sign(SignKind.ICON, word))  # looks north
        tube = surface.vertices[_finish(surface) == Finish.TUBE]
        faces = surface.vertices[(_finish(surface) == Finish.PAINT) & (surface.vertices["normal"][:, 1] > 250)]
        assert len(tube) and len(faces)
        assert tube["position"][:, 1].min() > faces["position"][:, 1].max()
        assert (tube["extra"][:, 3] == 1).all()
        to_end = tube["uv"][:, 1]
        assert to_end.min() == 0.0 and 0.1 < to_end.max() < 3.0


def test_tubes_burn_with_their_sign_and_some_are_dead() -> None:
    """What stuttered on its own would do so without its glow: the light field knows the sign's group alone."""
    groups, dead = set(), 0
    for word in range(0, 97 * 60, 97 + 1):
        surface = _surface(_sign(SignKind.TUBES, word))
        groups |= set(surface.vertices["extra"][_finish(surface) == Finish.TUBE][:, 0].tolist())
        dead += (_finish(surface) == Finish.GLASS).sum() > 400
    assert groups == {5} and dead > 0
