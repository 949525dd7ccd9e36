"""Sound round corners and through gaps."""

from __future__ import annotations

import numpy as np
import pytest
from flatland import box, land

from world.space import Material
from world.space.sound_graph import SoundGraph
from world.space.window import SpaceWindow

HERO = np.array([0.0, -6.0, 1.65])
ROBOT = np.array([[0.0, 6.0, 1.4]])


def graph(*boxes: object) -> SoundGraph:
    return SoundGraph(SpaceWindow(land(list(boxes))))  # type: ignore[arg-type]


def wall_with_gap(closed: bool) -> SoundGraph:
    """A long concrete wall along y = 0 with a way through at x = 18 .. 22."""
    parts = [box(-41, 0, 59, 0.5, 6.0), box(61, 0, 39, 0.5, 6.0)]
    return graph(*parts, *([box(20, 0, 2.5, 0.5, 6.0)] if closed else []))


def test_in_the_open_a_path_is_the_straight_line() -> None:
    paths = graph().paths(HERO, ROBOT)
    assert paths.length[0] == pytest.approx(np.linalg.norm(HERO - ROBOT[0]))
    assert paths.loss[0] == 0.0
    assert paths.near[0] == pytest.approx(ROBOT[0]) and paths.far[0] == pytest.approx(HERO)


@pytest.mark.parametrize("origin", [0.0, 30_000.0])
def test_round_a_corner_sound_comes_from_the_corner(origin: float) -> None:
    shift = np.array([origin, origin, 0.0])
    paths = graph(box(origin - 30, origin, 50, 0.5, 6.0)).paths(HERO + shift, ROBOT + shift)
    corner = np.array([origin + 20, origin])
    bent = 2 * np.hypot(20, 6)
    assert paths.length[0] == pytest.approx(bent, rel=0.2)  # to the nearest nodes of the 4 m grid
    assert 3.0 <= paths.loss[0] <= 6.0
    assert np.linalg.norm(paths.near[0, :2] - corner) < 6.0
    assert np.linalg.norm(paths.far[0, :2] - corner) < 6.0


def test_a_closed_gap_changes_loss_length_and_direction() -> None:
    through, round_about = (wall_with_gap(closed).paths(HERO, ROBOT) for closed in (False, True))
    assert through.loss[0] <= 6.0
    assert np.linalg.norm(through.near[0, :2] - [20, 0]) < 6.0
    assert round_about.loss[0] >= 40.0  # straight through the concrete
    direction = [np.degrees(np.arctan2(*(p.near[0] - HERO)[:2])) for p in (through, round_about)]
    assert abs(direction[0] - direction[1]) > 30.0


@pytest.mark.parametrize(
    ("half", "material", "loss"), [(0.5, Material.CONCRETE, 40), (0.1, Material.CONCRETE, 20), (0.1, Material.GLASS, 10)]
)
def test_walls_swallow_by_what_they_are(half: float, material: Material, loss: float) -> None:
    walls = [box(0, s * 8.0, 8, half, 6.0, material=material) for s in (-1, 1)] + [
        box(s * 8.0, 0, half, 8, 6.0, material=material) for s in (-1, 1)
    ]
    lid = box(0, 0, 9, 9, 6.4, 6.0, material=material)
    paths = graph(*walls, lid).paths(np.array([0.0, 0, 1.65]), np.array([[0.0, 20, 1.4]]))
    assert paths.loss[0] == pytest.approx(loss, abs=6.0)


def test_a_deck_is_heard_from_below_round_its_edge() -> None:
    net = graph(box(0, 0, 30, 5, 6.0, 5.2))
    paths = net.paths(np.array([0.0, 0, 7.65]), np.array([[0.0, 0, 1.4]]))
    assert np.isfinite(paths.length[0]) and paths.loss[0] > 0.0
    assert abs(paths.far[0, 1]) > 3.0 or paths.loss[0] >= 40.0  # over the edge, or through the concrete


def test_hearing_is_mutual() -> None:
    sounds = wall_with_gap(closed=False)
    there, back = sounds.paths(HERO, ROBOT), sounds.paths(ROBOT[0], HERO[None])
    assert there.length[0] == pytest.approx(back.length[0], rel=0.1)
    assert there.loss[0] == pytest.approx(back.loss[0], abs=3.0)
    assert np.linalg.norm(there.near[0] - back.far[0]) < 6.0


def test_answers_do_not_depend_on_what_was_asked_before() -> None:
    fresh, used = wall_with_gap(False), wall_with_gap(False)
    for x in range(-30, 30, 5):
        used.paths(np.array([float(x), -6.0, 1.65]), ROBOT + np.array([x, 3, 0]))
    one, two = fresh.paths(HERO, ROBOT), used.paths(HERO, ROBOT)
    assert one.length.tobytes() == two.length.tobytes() and one.near.tobytes() == two.near.tobytes()
