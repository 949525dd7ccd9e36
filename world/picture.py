"""A picture file that knows where it was taken.

In: pixels, the eye, the recipe, the hour.  Out: a PNG whose text notes hold the command's place, the recipe and the time.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from world.place import text_of_pose
from world.pose import Pose
from world.recipe import Recipe
from world.recipe.write import toml_from_recipe


def save_picture(file: Path | IO[bytes], pixels: NDArray[Any], pose: Pose, recipe: Recipe, time_s: float) -> None:
    """Writes (H, W, 3) uint8 `pixels` as PNG; equal arguments give equal bytes."""
    notes = PngInfo()
    notes.add_text("Software", "Ashes of Neon")
    notes.add_text("Place", text_of_pose(pose))
    notes.add_text("Time", f"{time_s:g} s")
    notes.add_text("Recipe", toml_from_recipe(recipe))
    Image.fromarray(pixels).save(file, format="PNG", pnginfo=notes)
