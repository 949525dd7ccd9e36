"""Places of the city look as they did: small pictures beside their golden ones, as an eye compares them.

After a change of the look that is meant: `pytest tests/golden --regenerate`, look at each of tests/golden/pictures, commit.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from golden_pictures import difference, write_difference
from march import moment
from PIL import Image

from world.conditions import conditions_at
from world.pipe import Pipe
from world.place import named_places
from world.pose import Pose
from world.recipe import load_recipe, with_settings
from world.sim.kinds import Harm, Trade

PICTURES = Path(__file__).parent / "pictures"
SIZE = (320, 180)
SCENES: dict[str, tuple[str, list[str], float]] = {
    "avenue": ("avenue", [], 4.0),
    "overpass": ("overpass", [], 4.0),
    "hologram": ("hologram", [], 9.0),
    "flooded": ("avenue", ["water.level_m=0.25"], 4.0),
    "machines": ("avenue", ["water.level_m=0.0"], 4.0),
}
# Of `machines`: what stands how far ahead and aside, and how.
CROWD: tuple[tuple[float, float, dict[str, Any]], ...] = (
    (5.0, 1.5, {"trade": Trade.WAITER, "band": 0}),
    (6.0, -1.6, {"trade": Trade.NURSE, "band": 5, "alert": 1.0}),
    (9.0, -0.2, {"trade": Trade.COURIER, "band": 2, "alert": 0.4, "speed": 5.0, "travelled": 3.1}),
    (13.0, 3.2, {"trade": Trade.CLEANER, "band": 3, "alert": 0.5, "speed": 1.0, "travelled": 2.0}),
    (16.0, -2.0, {"trade": Trade.PARCELS, "z": -4.0, "beam": (0.3, -0.2, -0.9)}),
    (4.2, -3.0, {"trade": Trade.WAITER, "harm": Harm.CIRCUIT, "harmed_s": 4.02}),
)


def _crowd(pose: Pose, time_s: float) -> Any:
    turn = math.radians(pose.heading_deg)
    ahead, aside = (math.sin(turn), math.cos(turn)), (math.cos(turn), -math.sin(turn))
    rows = []
    for far, side, row in CROWD:
        x, y = (pose.position[k] + far * ahead[k] + side * aside[k] for k in (0, 1))
        rows.append(row | {"at": (x, y), "heading": pose.heading_deg + 160.0})
    return moment(rows, time_s)


def draw(app: Any, place_name: str, settings: list[str], time_s: float, crowded: bool = False) -> np.ndarray:
    """The place in its recipe, as `ashes shot` would show it."""
    from world.stage.stage import Stage

    place = named_places()[place_name]
    assert place.z is not None
    recipe = with_settings(load_recipe(place.recipe or "drizzle"), settings)
    pose = Pose((place.x, place.y, place.z), place.heading_deg, place.pitch_deg)
    stage = Stage(app, Pipe(recipe), size=SIZE, quality="low")
    try:
        stage.settle(pose)
        stage.show(pose, conditions_at(recipe, time_s), _crowd(pose, time_s) if crowded else None)
        app.graphicsEngine.renderFrame()
        return stage.picture()
    finally:
        stage.close()


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_looks_as_it_did(app: Any, scene: str, regenerate: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    golden_path = PICTURES / f"{scene}.png"
    if not regenerate and not golden_path.exists():
        pytest.skip("no golden picture yet: pytest tests/golden --regenerate")
    picture = draw(app, *SCENES[scene], crowded=scene == "machines")
    if regenerate:
        PICTURES.mkdir(exist_ok=True)
        Image.fromarray(picture).save(golden_path)
        return
    golden = np.asarray(Image.open(golden_path).convert("RGB"))
    found = difference(golden, picture)
    if not found.alike:
        shown = write_difference(tmp_path_factory.mktemp("differences"), scene, golden, picture, found)
        pytest.fail(f"{scene}: FLIP {found.mean:.4f}, worst patch {found.worst_patch:.3f}: see {shown}")
