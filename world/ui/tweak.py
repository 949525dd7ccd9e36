"""Tab: the recipe as sliders, one section at a time, made from the one description of its knobs.

In: the recipe now.  Out: a changed recipe, handed over while a slider moves (knobs that are a mere number to the shaders) or
when it is let go (those that rebuild the street). A section can be shuffled, rolled (its own seed) or locked (it keeps its draws
while the city's seed is rolled); every change can be taken back.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from ursina import Entity, camera, color, window

from world.recipe import Knob, Rebuild, Recipe, all_knobs
from world.recipe.write import toml_from_recipe
from world.sim.earshot import held_back
from world.ui.controls import HEIGHT, PushButton, Row
from world.ui.words import AMBER, Words

_WIDTH = 0.74
_SEED = "seed"  # is no slider
_HEARING = "patrol.hearing_db"
_ROLL_BELOW = 10**6
_UNDO_MAX = 100


class TweakPanel:
    """`change(recipe)` is called with each new recipe; `say(text)` with what a person should read."""

    def __init__(self, change: Callable[[Recipe], None], say: Callable[[str], None]) -> None:
        self._change, self._say = change, say
        self._recipe = Recipe()
        self._sections: dict[str, list[Knob]] = {}
        for knob in all_knobs():
            if knob.field != _SEED:
                self._sections.setdefault(knob.section, []).append(knob)
        self._names = list(self._sections)
        self._section = 0
        longest = max(len(knobs) for knobs in self._sections.values())
        self.root = Entity(parent=camera.ui, z=-2)
        height = (longest + 4.6) * HEIGHT
        Entity(parent=self.root, model="quad", color=color.rgba(0.02, 0.025, 0.03, 0.82), origin=(-0.5, 0.5), scale=(_WIDTH, height), z=0.1)
        self._title = Words(0.28, -0.034, size=0.024, align="center", color=AMBER, parent=self.root)
        PushButton(self.root, "<", 0.05, -0.026, 0.05, lambda: self.turn(-1))
        PushButton(self.root, ">", 0.52, -0.026, 0.05, lambda: self.turn(+1))
        self._rows = [Row(self.root, -0.075 - HEIGHT * k) for k in range(longest)]
        for row in self._rows:
            row.x = 0.02
        self._history: list[Recipe] = []
        self._moving = ""
        foot = -height + 0.03
        above = foot + 1.2 * HEIGHT
        PushButton(self.root, "shuffle", 0.1, above, 0.17, self.shuffle)
        PushButton(self.root, "roll", 0.28, above, 0.17, self.roll)
        self._lock_button = PushButton(self.root, "lock", 0.46, above, 0.17, self.lock)
        PushButton(self.root, "undo", 0.64, above, 0.17, self.undo)
        PushButton(self.root, "another city", 0.12, foot, 0.19, self.another_city)
        PushButton(self.root, "defaults", 0.33, foot, 0.16, lambda: self._set(Recipe(world=self._recipe.world)))
        PushButton(self.root, "save as a file", 0.55, foot, 0.2, self.save)
        self.root.enabled = False

    @property
    def open(self) -> bool:
        return bool(self.root.enabled)

    def show(self, recipe: Recipe | None) -> None:
        """Opens on a recipe; None closes."""
        self.root.enabled = recipe is not None
        if recipe is not None:
            self._recipe = recipe
            self.root.position = (-window.aspect_ratio / 2 + 0.02, 0.46, -2)
            self._bind()

    def turn(self, by: int) -> None:
        """The next section, or the one before."""
        self._section = (self._section + by) % len(self._names)
        self._bind()

    def another_city(self) -> None:
        """The next seed; locked sections keep their draws."""
        seed = self._recipe.world.seed + 1
        self._set(self._recipe.with_value("world", _SEED, seed))
        self._say(f"seed {seed}")

    def shuffle(self) -> None:
        """Other numbers for this section, likelier near what they are."""
        recipe = self._recipe
        for knob in self._sections[self._name]:
            value = random.triangular(knob.low, knob.high, getattr(getattr(recipe, knob.section), knob.field))
            recipe = recipe.with_value(knob.section, knob.field, round(value) if knob.integer else round(value, 3))
        self._set(recipe)

    def roll(self) -> None:
        """The same numbers, drawn anew for this section alone."""
        self._set(self._recipe.with_value(self._name, _SEED, random.randrange(_ROLL_BELOW)))

    def lock(self) -> None:
        """Keeps this section's draws whatever the city's seed, or lets them follow it again."""
        if self._name == "world":
            return self._say("the city's own seed cannot be locked")
        locked = getattr(self._recipe, self._name).seed >= 0
        return self._set(self._recipe.with_value(self._name, _SEED, -1 if locked else self._recipe.seed_of(self._name)))

    def undo(self) -> None:
        """Takes the last change back."""
        if not self._history:
            return self._say("nothing to take back")
        self._recipe, self._moving = self._history.pop(), ""
        self._change(self._recipe)
        return self._bind()

    @property
    def _name(self) -> str:
        return self._names[self._section]

    def save(self) -> None:
        """Writes the recipe to a new TOML file in the current folder."""
        stem = f"city-{self._recipe.world.seed}"
        for number in range(1, 1000):
            path = Path(f"{stem}.toml" if number == 1 else f"{stem}-{number}.toml")
            try:
                with path.open("x", encoding="utf-8") as file:
                    file.write(toml_from_recipe(self._recipe))
            except FileExistsError:
                continue
            except OSError as error:
                return self._say(f"{path}: cannot be saved: {error.strerror}")
            return self._say(f"saved as {path.resolve()}")
        return self._say(f"{stem}.toml and 998 others exist: nothing was saved")

    def _bind(self) -> None:
        name = self._name
        locked = name != "world" and getattr(self._recipe, name).seed >= 0
        self._lock_button.relabel("unlock" if locked else "lock")
        self._title.set(f"{name}   {self._section + 1}/{len(self._names)}")
        knobs = self._sections[name]
        for row, knob in zip(self._rows, knobs, strict=False):
            at_once = knob.rebuilds is Rebuild.UNIFORM

            def changed(value: float, knob: Knob = knob) -> None:
                self._set_knob(knob, value)

            row.bind(
                knob.label,
                knob.low,
                knob.high,
                getattr(getattr(self._recipe, name), knob.field),
                unit=knob.unit,
                integer=knob.integer,
                on_move=changed if at_once else None,
                on_drop=None if at_once else changed,
            )
        for row in self._rows[len(knobs) :]:
            row.enabled = False

    def _set_knob(self, knob: Knob, value: float) -> None:
        section = getattr(self._recipe, knob.section)
        number = round(value) if knob.integer else value
        if getattr(section, knob.field) == number:
            return
        moving = knob.name if knob.rebuilds is Rebuild.UNIFORM else ""
        self._set(self._recipe.with_value(knob.section, knob.field, number), bind=False, moving=moving)
        if knob.name == _HEARING and held_back(self._recipe):
            self._say(held_back(self._recipe))

    def _set(self, recipe: Recipe, *, bind: bool = True, moving: str = "") -> None:
        """`moving`: the knob under the mouse; its way counts as one change."""
        if not moving or moving != self._moving:
            self._history = [*self._history, self._recipe][-_UNDO_MAX:]
        self._moving = moving
        self._recipe = recipe
        self._change(recipe)
        if bind:
            self._bind()
