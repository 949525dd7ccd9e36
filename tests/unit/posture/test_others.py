"""People and strays: sound bodies; moods that look like moods, ease into each other, and keep their feet on the ground."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from march import moment
from triangle_soup import assert_sound, closed_volumes

from world.mesh.bodies.rig import PARTS_MAX, Rig
from world.posture.others import Living, living, living_rigs
from world.sim import Snapshot
from world.sim.kinds import Trade
from world.sim.state import Mood, Others, Soul

Floats = np.ndarray[Any, np.dtype[Any]]


def _moment(rows: list[dict[str, Any]], time_s: float = 20.0) -> Snapshot:
    def column(name: str, default: Any, kind: type = np.int64) -> Any:
        return np.array([row.get(name, default) for row in rows], dtype=kind)

    facing = np.array([row.get("facing", (0.0, 1.0)) for row in rows], float)
    position = np.array([(*row.get("at", (0.0, 0.0)), row.get("z", 0.0)) for row in rows], float)
    others = Others(
        column("key", 3),
        column("soul", 0),
        column("mood", 0),
        column("since", 0),
        position,
        facing,
        column("speed", 0.0, float),
        column("travelled", 0.0, float),
    )
    return replace(moment([{"trade": Trade.WAITER}], time_s), others=others)


def _points(found: Living, n: int = 0, *parts: str) -> Floats:
    rig = living_rigs()[int(found.rig[n])]
    part = rig.model.extra[:, 2]
    chosen = np.isin(part, [rig.part(name) for name in parts]) if parts else np.ones(len(part), bool)
    matrix = found.parts[n, part[chosen]]
    points: Floats = np.einsum("vij,vj->vi", matrix[:, :, :3], rig.model.position[chosen]) + matrix[:, :, 3]
    points[:, 2] += found.place[n, 2]
    return points


@pytest.mark.parametrize("rig", living_rigs(), ids=range(len(living_rigs())))
def test_bodies_are_sound_and_closed(rig: Rig) -> None:
    assert_sound(rig.model, 2800, "body")
    assert (closed_volumes(rig.model) > 0).all()
    assert len(rig.names) <= PARTS_MAX
    low, _ = rig.model.bounds()
    assert -0.01 < low[2] < 0.02


def test_people_are_people_and_strays_are_dogs_and_cats() -> None:
    rows = [{"soul": soul, "key": key} for soul in Soul for key in range(1, 60)]
    found = living(_moment(rows))
    tall = np.array([rig.model.bounds()[1][2] for rig in living_rigs()])[found.rig]
    souls = np.array([row["soul"] for row in rows])
    assert (tall[souls != Soul.STRAY] > 1.6).all() and (tall[souls == Soul.STRAY] < 0.9).all()
    assert len(set(found.rig[souls == Soul.STRAY])) == 4 and len(set(found.rig[souls == Soul.SURVIVOR])) == 3
    assert not set(found.rig[souls == Soul.SURVIVOR]) & set(found.rig[souls == Soul.CAPTIVE])
    blankets = ["blanket" in living_rigs()[k].names for k in found.rig]
    assert blankets == (souls == Soul.SURVIVOR).tolist()


def test_who_is_gone_is_not_drawn() -> None:
    found = living(_moment([{"mood": Mood.GONE}, {"mood": Mood.WARY, "at": (4.0, 5.0)}]))
    assert len(found.rig) == 1 and found.place[0, 0] == 4.0
    assert not len(living(_moment([{"mood": Mood.GONE}])).rig)


def test_the_huddled_sit_the_wary_look_up_the_led_walk_bowed() -> None:
    huddled, wary, led = (
        living(_moment([{"soul": soul, "mood": mood, "speed": speed}]))
        for soul, mood, speed in ((0, Mood.HUDDLED, 0.0), (0, Mood.WARY, 0.0), (2, Mood.LED, 0.9))
    )
    assert _points(huddled)[:, 2].max() < 1.15 and -0.06 < _points(huddled)[:, 2].min() < 0.12
    assert _points(huddled, 0, "foot_l", "foot_r")[:, 2].max() < 0.3
    assert _points(led)[:, 2].max() > 1.4

    def brow(found: Living) -> float:
        return float(found.parts[0, living_rigs()[int(found.rig[0])].part("head"), 2, 1])

    assert brow(huddled) < brow(wary) - 0.3
    assert brow(led) < -0.3
    tied = [_points(led, 0, f"fore_{name}")[:, 2].argmin() for name in "lr"]
    assert tied  # both hands before the belly, close to each other
    left, right = (_points(led, 0, f"fore_{name}")[:, :2].max(axis=0)[1] for name in "lr")
    assert left > 0.15 and right > 0.15


def test_captives_feet_stand_where_they_step() -> None:
    heights, places = [], []
    for k in range(240):
        travelled = k / 240 * 1.0
        found = living(_moment([{"soul": Soul.CAPTIVE, "mood": Mood.LED, "speed": 1.0, "travelled": travelled}]))
        rig = living_rigs()[int(found.rig[0])]
        foot = rig.part("foot_l")
        at = found.parts[0, foot, :, :3] @ np.array([-0.09, 0.11, 0.02]) + found.parts[0, foot, :, 3]
        heights.append(at[2])
        places.append(at[1] + travelled)
    down = np.array(heights) < min(heights) + 0.002
    assert 0.35 < down.mean() < 0.8
    slip = abs(np.diff(places))[down[1:] & down[:-1]]
    assert np.quantile(slip, 0.8) < 0.3 * 1.0 / 240
    assert min(heights) > -0.03 and max(heights) > 0.06


@pytest.mark.parametrize("soul", list(Soul))
def test_no_limb_jumps_whatever_happens(soul: Soul) -> None:
    """Moods one after the other, each from the one it comes from."""
    before, worst, travelled = None, 0.0, 0.0
    order = [
        (0, Mood.HUDDLED), (120, Mood.WARY), (240, Mood.FLEEING), (420, Mood.WINDED), (720, Mood.HUDDLED), (900, Mood.WARY),
        (960, Mood.FLEEING), (1020, Mood.TAKEN),
    ]  # fmt: skip
    for tick in range(60, 1080):
        since, mood = [(start, mood) for start, mood in order if start <= tick][-1]
        starts = min((tick - since) / 30, 1.0) * 3.2
        slows, held = max(0.0, 3.2 - (tick - since) / 30), max(0.0, 3.2 - (tick - since) / 10)
        speed = {Mood.FLEEING: starts, Mood.WINDED: slows, Mood.TAKEN: held}.get(mood, 0.0)
        travelled += speed / 60.0
        row = {"soul": soul, "mood": mood, "since": since, "speed": speed, "travelled": travelled}
        points = _points(living(_moment([row], tick / 60.0)))
        if before is not None:
            worst = max(worst, float(np.linalg.norm(points - before, axis=1).max()))
        before = points
    assert worst < 11.0 / 60.0


def test_who_has_run_kneels_and_sits_down_without_sinking_into_the_ground() -> None:
    heights = []
    for age in np.arange(0.0, 5.0, 0.1).tolist():
        speed = max(0.0, 3.2 - 2.0 * age)
        points = _points(living(_moment([{"mood": Mood.WINDED, "speed": speed, "travelled": 3.0}], age)))
        assert points[:, 2].min() > -0.08, age
        heights.append(points[:, 2].max())
    assert heights[10] > 1.55 and 1.1 < heights[28] < 1.4 and heights[-1] < 1.0


def test_alone_is_as_in_company() -> None:
    rows = [{"soul": soul, "mood": mood, "key": 5 + 3 * int(mood), "speed": 1.0} for soul in Soul for mood in Mood if mood != Mood.GONE]
    together = living(_moment(rows))
    for n, row in enumerate(rows):
        alone = living(_moment([row]))
        assert alone.rig[0] == together.rig[n] and np.allclose(alone.parts[0], together.parts[n])
