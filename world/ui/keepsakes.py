"""What a person takes along from a walk: a picture, a place.

In: pixels, an eye, a recipe.  Out: a file in the current folder, or a line in the clipboard; and the words to show for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyperclip
from numpy.typing import NDArray

from world.errors import Refusal
from world.picture import save_picture
from world.place import text_of_pose
from world.pose import Pose
from world.recipe import Recipe
from world.recipe.share import code_of

_PICTURES_MAX = 10_000


def take_picture(pixels: NDArray[Any], eye: Pose, recipe: Recipe, time_s: float) -> str:
    """Saves a picture under the first free name; nothing is ever overwritten."""
    for number in range(1, _PICTURES_MAX):
        path = Path(f"ashes-{recipe.world.seed}-{number:03d}.png")
        try:
            with path.open("xb") as file:
                save_picture(file, pixels, eye, recipe, time_s)
        except FileExistsError:
            continue
        except OSError as error:
            return f"{path}: cannot be written: {error.strerror}"
        return f"picture saved as {path.resolve()}"
    return f"{_PICTURES_MAX - 1} pictures of this seed lie here already: nothing was saved"


def copy_place(eye: Pose, recipe: Recipe) -> str:
    """Copies the option that leads back here, for oneself or for others."""
    place = text_of_pose(eye)
    try:
        options = f"--code {code_of(recipe, place)}"
    except Refusal:  # painted maps: too long for a code
        options = f"--at {place} --seed {recipe.world.seed}"
    try:
        pyperclip.copy(options)
    except pyperclip.PyperclipException:  # no clipboard tool on this machine: the terminal will do
        print(options, flush=True)
        return f"in the terminal: {options}"
    return f"copied: {options}"
