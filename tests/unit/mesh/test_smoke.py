"""What rises from fires and drains: from where, how much, in which phase."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from world.mesh.smoke import Plume, smoke_of_buildings, smoke_of_things
from world.mesh.surface import Surface
from world.plan import plan_chunk
from world.plan.records import Building, Thing
from world.recipe import Recipe


def _building(burns: bool) -> Building:
    plans = (plan_chunk(Recipe(), cx, 0) for cx in range(6))
    return replace(next(b for plan in plans for b in plan.buildings), burns=burns)


def _plume(surface: Surface, plume: Plume) -> np.ndarray:
    return surface.vertices[surface.vertices["extra"][:, 0] == plume]


def test_only_what_burns_smokes() -> None:
    assert smoke_of_buildings([_building(False)], (0.0, 0.0)).triangle_count == 0
    assert smoke_of_buildings([_building(True)], (0.0, 0.0)).triangle_count > 0


def test_columns_rise_from_the_roof() -> None:
    building = _building(True)
    surface = smoke_of_buildings([building], (10.0, -20.0))
    column = _plume(surface, Plume.COLUMN)["position"].astype(float) + np.array([10.0, -20.0, 0.0])
    assert building.covers(column[:, 0], column[:, 1]).all()
    assert column[:, 2] == pytest.approx(building.top_m, abs=1.0)
    assert len(_plume(surface, Plume.EMBERS)) > len(column)


def test_a_plume_is_never_torn() -> None:
    """Its puffs are spread over a life: no gap in their phases is much wider than their share."""
    column = _plume(smoke_of_buildings([_building(True)], (0.0, 0.0)), Plume.COLUMN)[::4]
    phases = np.sort(column["extra"][:, 1].astype(float)) / 255
    gaps = np.diff(np.append(phases, phases[0] + 1.0))
    assert gaps.max() < 2.0 / len(column)


@pytest.mark.parametrize(("kind", "plume"), [("wreck_embers", Plume.WISP), ("fire_barrel", Plume.SPARKS), ("pipe_burst", Plume.STEAM)])
def test_what_lies_in_the_street_smokes_or_steams(kind: str, plume: Plume) -> None:
    thing = Thing((1, 2, 3), kind, (70.0, 3.0, 0.2), 0.0, 7)
    source = _plume(smoke_of_things([thing], (64.0, 0.0)), plume)["position"]
    assert len(source) and np.abs(source[:, :2] - (6.0, 3.0)).max() < 1.0 and (source[:, 2] > 0.2).all()


def test_some_drains_steam_and_some_do_not() -> None:
    steaming = [smoke_of_things([Thing((k, 0), "drain", (0.0, 0.0, 0.0), 0.0, k)], (0.0, 0.0)).triangle_count > 0 for k in range(60)]
    assert 8 < sum(steaming) < 40
    assert smoke_of_things([Thing((1,), "bench", (0.0, 0.0, 0.0), 0.0, 1)], (0.0, 0.0)).triangle_count == 0
