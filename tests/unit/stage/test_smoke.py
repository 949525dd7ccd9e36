"""Smoke and flames are drawn by programs of their own; the water mirrors flames and columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from world.mesh.smoke import Plume
from world.mesh.surface import Finish, SurfaceBuilder


def test_flames_stand_apart_from_smoke_and_lie_in_the_water(app: Any) -> None:
    from panda3d.core import NodePath

    from world.stage.masks import MIRROR, SHADOW
    from world.stage.smoke import FLAMES, set_smoke, smoke_nodes

    made = SurfaceBuilder()
    for plume in (Plume.WISP, Plume.FLAME, Plume.DRIP, Plume.FLAME, Plume.FLAME):
        made.quads(np.zeros((1, 4, 3)), Finish.CONCRETE, (9, 9, 9, 255), None, (int(plume), 0, 0, 0))
    nodes = smoke_nodes(made.build())
    counts = {}
    for name, node in nodes.items():
        top = NodePath("top")
        top.attachNewNode(node)
        counts[name] = sum(path.node().getGeom(0).getPrimitive(0).getNumPrimitives() for path in top.findAllMatches("**/+GeomNode"))
    assert counts == {"smoke": 2, "drips": 2, "flames": 6}
    smoke, flames, column = NodePath("smoke"), NodePath("flames"), NodePath("column")
    set_smoke(smoke)
    set_smoke(flames, FLAMES, mirrored=True)
    set_smoke(column, mirrored=True)
    assert smoke.isHidden(MIRROR) and not flames.isHidden(MIRROR) and not column.isHidden(MIRROR)
    assert column.isHidden(SHADOW) and smoke.isHidden(SHADOW) and flames.isHidden(SHADOW)


def test_where_nothing_burns_there_are_none(app: Any) -> None:
    from world.stage.smoke import smoke_nodes

    made = SurfaceBuilder()
    made.quads(np.zeros((1, 4, 3)), Finish.CONCRETE, (9, 9, 9, 255), None, (int(Plume.STEAM), 0, 0, 0))
    nodes = smoke_nodes(made.build())
    assert nodes["smoke"] is not None and nodes["flames"] is None
