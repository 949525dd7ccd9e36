"""Frames, models, forms: placed as told, closed, wound outward, smooth where round."""

from __future__ import annotations

import numpy as np
import pytest
from triangle_soup import assert_sound, closed_volumes

from world.mesh.kits.forms import arc, beam, box, catenary, lathe, prism, rods, tube
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import ModelBuilder, place
from world.mesh.surface import Finish, SurfaceBuilder

_GREY = (128, 128, 128)


def test_a_frame_turns_clockwise_from_north() -> None:
    east = Frame((10.0, 20.0, 1.0), 90.0)
    assert np.allclose(east.at([[0.0, 2.0, 0.5]]), [[12.0, 20.0, 1.5]])
    assert np.allclose(east.at([1.0, 0.0, 0.0]), [10.0, 19.0, 1.0])


@pytest.mark.parametrize("angles", [(0.0, 0.0, 0.0), (33.0, 20.0, -70.0), (250.0, -45.0, 180.0)])
def test_axes_are_a_rotation(angles: tuple[float, float, float]) -> None:
    axes = Frame((0.0, 0.0, 0.0), *angles).axes()
    assert np.allclose(axes @ axes.T, np.eye(3)) and np.isclose(np.linalg.det(axes), 1.0)


@pytest.mark.parametrize("axis", ["x", "y", "z"])
def test_forms_are_closed_and_wound_outward(axis: str) -> None:
    builder = ModelBuilder()
    lathe(builder, [[0.0, 0.0], [1.0, 0.0], [1.0, 2.0], [0.0, 2.0]], [9, 0, 0], Finish.METAL, _GREY, axis=axis, sides=48)
    prism(builder, [(0, 0), (1, 0), (1, 1), (0, 1)], 0.0, 2.0, Finish.METAL, _GREY, axis=axis)
    volumes = np.sort(closed_volumes(builder.build()))
    assert np.allclose(volumes, [2.0, 2 * np.pi], rtol=0.01)


def test_beams_and_tubes_hold_what_their_sizes_say() -> None:
    builder = ModelBuilder()
    beam(builder, [[0, 0, 0], [5, 0, 0], [9, 0, 0]], [[0, 2, 0], [5, 0, 2], [11, 1, 1]], 0.1, 0.2, Finish.METAL, _GREY)
    lengths = [2.0, 2.0, np.sqrt(6.0)]
    assert np.allclose(np.sort(closed_volumes(builder.build())), np.sort(np.array(lengths) * 0.02), rtol=0.01)
    builder = ModelBuilder()
    tube(builder, [[0, 0, 0], [0, 0, 1], [0, 0, 3]], 0.1, Finish.METAL, _GREY, sides=32)
    assert np.allclose(closed_volumes(builder.build()), [np.pi * 0.03], rtol=0.02)
    builder = ModelBuilder()
    tube(builder, arc([0, 0, 0], 1.0, 0, 330, 11, "xy"), 0.1, Finish.METAL, _GREY, sides=12, closed=True)
    assert closed_volumes(builder.build())[0] > 0


def test_a_round_body_has_smooth_normals_and_a_box_flat_ones() -> None:
    builder = ModelBuilder()
    lathe(builder, [[1.0, 0.0], [1.0, 2.0]], [0, 0, 0], Finish.METAL, _GREY, sides=24)
    drum = builder.build()
    outward = drum.position * [1.0, 1.0, 0.0]
    assert np.allclose((drum.normal * outward).sum(1), 1.0, atol=1e-6)
    builder = ModelBuilder()
    box(builder, [0, 0, 0], [1, 1, 1], Finish.METAL, _GREY)
    assert np.allclose(np.sort(abs(builder.build().normal), axis=1), [0.0, 0.0, 1.0])


def test_a_cable_hangs_its_sag() -> None:
    points = catenary([0, 0, 5], [10, 0, 5], 0.8, 12)
    assert np.isclose(points[:, 2].min(), 4.2) and np.allclose(points[[0, -1], 2], 5.0)


def test_pieces_placed_together_keep_their_order_and_seeds() -> None:
    builder = ModelBuilder()
    box(builder, [0, 0, 0], [1, 1, 1], Finish.METAL, _GREY)
    box(builder, [2, 0, 0], [3, 1, 1], Finish.LAMP, _GREY, glow=(3, 90))
    model, surface = builder.build(), SurfaceBuilder()
    place(surface, model, Frame((0.0, 0.0, 0.0)), seed=300)
    place(surface, model, Frame((5.0, 0.0, 0.0)), scale=2.0)
    made = surface.build()
    first, second = np.split(made.vertices, 2)
    assert (first["extra"][:, 2] == 300 & 255).all() and (second["extra"][:, 2] == 0).all()
    assert first["position"][:, 0].max() == 3.0 and second["position"][:, 0].max() == 11.0
    assert np.allclose(second["uv"], 2.0 * first["uv"]) and (made.indices[len(made.indices) // 2 :] >= len(first)).all()


def test_collapsed_faces_are_dropped() -> None:
    builder = ModelBuilder()
    builder.polygons([[[0, 0, 0], [1, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]], Finish.METAL, _GREY)
    model = builder.build()
    assert model.triangle_count == 1
    assert_sound(model, 1, "triangle")


def test_rods_are_bars_without_ends() -> None:
    builder = ModelBuilder()
    rods(builder, [[0, 0, 0], [5, 0, 0]], [[0, 0, 2], [5, 3, 1]], [0.2, 0.1], Finish.METAL, _GREY, sides=5)
    model = builder.build()
    assert_sound(model, 20, "rods")
    foot = model.position[abs(model.position[:, 2]) < 1e-9]
    assert np.allclose(np.hypot(foot[:, 0], foot[:, 1])[foot[:, 0] < 1], 0.2)
    facing = np.cross(*np.diff(model.triangles(), axis=1).transpose(1, 0, 2))
    assert ((facing * model.normal[model.indices].reshape(-1, 3, 3).mean(axis=1)).sum(axis=1) > 0).all()


@pytest.mark.parametrize("slope", [(0.0, 0.0), (0.2, 0.0), (-0.1, 0.3)])
def test_a_frame_on_a_slope_stands_square_to_it(slope: tuple[float, float]) -> None:
    axes = Frame.on((1.0, 2.0, 3.0), 70.0, slope).axes()
    normal = np.array([-slope[0], -slope[1], 1.0])
    assert np.allclose(axes[2], normal / np.linalg.norm(normal))
    assert np.isclose(np.degrees(np.arctan2(axes[1, 0], axes[1, 1])), 70.0)  # and heads where it was told
