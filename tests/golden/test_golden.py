"""Places of the city look as they did: small pictures beside their golden ones, as an eye compares them.

After a change of the look that is meant: `pytest tests/golden --regenerate`, look at each of tests/golden/pictures, commit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from golden_pictures import difference, write_difference
from PIL import Image

from world.conditions import conditions_at
from world.pipe import Pipe
from world.place import named_places
from world.pose import Pose
from world.recipe import load_recipe, with_settings

PICTURES = Path(__file__).parent / "pictures"
SIZE = (320, 180)
SCENES: dict[str, tuple[str, list[str], float]] = {
    "avenue": ("avenue", [], 4.0),
    "overpass": ("overpass", [], 4.0),
    "hologram": ("hologram", [], 9.0),
    "flooded": ("avenue", ["water.level_m=0.25"], 4.0),
}


def draw(app: Any, place_name: str, settings: list[str], time_s: float) -> np.ndarray:
    """The place in its recipe, as `ashes shot` would show it."""
    from world.stage.stage import Stage

    place = named_places()[place_name]
    assert place.z is not None
    recipe = with_settings(load_recipe(place.recipe or "drizzle"), settings)
    pose = Pose((place.x, place.y, place.z), place.heading_deg, place.pitch_deg)
    stage = Stage(app, Pipe(recipe), size=SIZE, quality="low")
    try:
        stage.settle(pose)
        stage.show(pose, conditions_at(recipe, time_s), None)
        app.graphicsEngine.renderFrame()
        return stage.picture()
    finally:
        stage.close()


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_looks_as_it_did(app: Any, scene: str, regenerate: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    golden_path = PICTURES / f"{scene}.png"
    if not regenerate and not golden_path.exists():
        pytest.skip("no golden picture yet: pytest tests/golden --regenerate")
    picture = draw(app, *SCENES[scene])
    if regenerate:
        PICTURES.mkdir(exist_ok=True)
        Image.fromarray(picture).save(golden_path)
        return
    golden = np.asarray(Image.open(golden_path).convert("RGB"))
    found = difference(golden, picture)
    if not found.alike:
        shown = write_difference(tmp_path_factory.mktemp("differences"), scene, golden, picture, found)
        pytest.fail(f"{scene}: FLIP {found.mean:.4f}, worst patch {found.worst_patch:.3f}: see {shown}")
