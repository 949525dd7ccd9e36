"""Dead drones on the stage: one body each while they are near, none when their chunk is gone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from grey_card import dry

from world.plan.records import Cable


def test_each_within_sight_is_one_body(booted: Any) -> None:
    from panda3d.core import NodePath

    from world.stage.hung import Hung

    root = NodePath("root")
    hung = Hung(root)
    cables = (Cable((0.0, 0.0, 7.0), (8.0, 0.0, 7.0), 0.5, 0.02, 0.4), Cable((0.0, 9.0, 7.0), (8.0, 9.0, 7.0), 0.5, 0.02))
    far = (Cable((0.0, 200.0, 7.0), (8.0, 200.0, 7.0), 0.5, 0.02, 0.9),)
    plans: Any = [SimpleNamespace(cables=cables), SimpleNamespace(cables=far)]
    hung.show(plans, dry(), (0.0, 0.0), (2.0, 3.0, 1.6))
    assert hung.drawn == 1
    (path,) = (p for p in root.findAllMatches("hung") if not p.isHidden())
    assert tuple(path.getPos()) == (4.0, 0.0, 6.5)
    hung.show([], dry(), (0.0, 0.0), (2.0, 3.0, 1.6))
    assert hung.drawn == 0 and path.isHidden()
