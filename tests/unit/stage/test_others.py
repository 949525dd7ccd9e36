"""People and strays on the stage: one draw each, in the scene and in the water, gone when they are gone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from grey_card import dry, staged
from lamp_yard import Yard, lamp
from march import moment
from scene import geoms_at

from world.pose import Pose
from world.sim.kinds import Trade
from world.sim.state import Mood, Others, Soul


def _with(souls: list[tuple[Soul, Mood]]) -> Any:
    n = len(souls)
    whole, real = np.zeros(n, np.int64), np.zeros(n)
    soul, mood = (np.array([row[k] for row in souls], np.int64).reshape(n) for k in (0, 1))
    position = np.column_stack([29.0 + 1.2 * np.arange(n), np.full(n, 33.0), real])
    facing = np.tile([0.0, -1.0], (n, 1))
    others = Others(np.arange(n) * 7 + 1, soul, mood, whole, position, facing, real, real)
    return replace(moment([{"trade": Trade.WAITER, "at": (900.0, 900.0)}]), others=others)


def test_each_is_one_draw_and_is_seen(app: Any) -> None:
    stage = staged(app, Yard([], lamp(30.0, 28.0, 3.0, candela=60.0)), (30.0, 29.0, 1.6))
    pose = Pose((30.5, 29.5, 1.4), 0.0, -8.0)

    def picture(crowd: Any) -> Any:
        stage.show(pose, dry(), crowd)
        app.graphicsEngine.renderFrame()
        return stage.picture().astype(float)

    try:
        empty = picture(_with([]))
        four = [(Soul.SURVIVOR, Mood.HUDDLED), (Soul.CAPTIVE, Mood.LED), (Soul.STRAY, Mood.WARY), (Soul.SURVIVOR, Mood.FLEEING)]
        full = picture(_with(four))
        shown = [path for path in stage.root.findAllMatches("soul") if not path.isHidden()]
        assert stage._others.drawn == len(shown) == 4
        assert [geoms_at(path, 5.0) for path in shown] == [geoms_at(path, 50.0) for path in shown] == [1] * 4
        assert (abs(full - empty).max(axis=2) > 8).mean() > 0.02
        assert (picture(_with([(Soul.SURVIVOR, Mood.GONE)])) == empty).all() and stage._others.drawn == 0
        assert (picture(_with(four)) == full).all()
    finally:
        stage.close()
