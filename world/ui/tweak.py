"""Tab: the recipe as sliders, one section at a time, made from the one description of its knobs.

In: the recipe now.  Out: a changed recipe, handed over while a slider moves (knobs that are a mere number to the shaders) or
when it is let go (those that rebuild the street).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ursina import Entity, camera, color, window

from world.recipe import Knob, Rebuild, Recipe, all_knobs
from world.recipe.write import toml_from_recipe
from world.ui.controls import HEIGHT, PushButton, Row
from world.ui.words import AMBER, Words

_WIDTH = 0.74
_SLIDER_SPAN_MAX = 1e6  # a seed is no slider


class TweakPanel:
    """`change(recipe)` is called with each new recipe; `say(text)` with what a person should read."""

    def __init__(self, change: Callable[[Recipe], None], say: Callable[[str], None]) -> None:
        self._change, self._say = change, say
        self._recipe = Recipe()
        self._sections: dict[str, list[Knob]] = {}
        for knob in all_knobs():
            if knob.high - knob.low <= _SLIDER_SPAN_MAX:
                self._sections.setdefault(knob.section, []).append(knob)
        self._names = list(self._sections)
        self._section = 0
        longest = max(len(knobs) for knobs in self._sections.values())
        self.root = Entity(parent=camera.ui, z=-2)
        height = (longest + 3.4) * HEIGHT
        Entity(parent=self.root, model="quad", color=color.rgba(0.02, 0.025, 0.03, 0.82), origin=(-0.5, 0.5), scale=(_WIDTH, height), z=0.1)
        self._title = Words(0.28, -0.034, size=0.024, align="center", color=AMBER, parent=self.root)
        PushButton(self.root, "<", 0.05, -0.026, 0.05, lambda: self.turn(-1))
        PushButton(self.root, ">", 0.52, -0.026, 0.05, lambda: self.turn(+1))
        self._rows = [Row(self.root, -0.075 - HEIGHT * k) for k in range(longest)]
        for row in self._rows:
            row.x = 0.02
        foot = -height + 0.028
        PushButton(self.root, "another city", 0.12, foot, 0.18, self.another_city)
        PushButton(self.root, "defaults", 0.33, foot, 0.15, lambda: self._set(Recipe(world=self._recipe.world)))
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
        """The next seed."""
        seed = self._recipe.world.seed + 1
        self._set(self._recipe.model_copy(update={"world": self._recipe.world.model_copy(update={"seed": seed})}))
        self._say(f"seed {seed}")

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
        name = self._names[self._section]
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
        changed = section.model_copy(update={knob.field: number})
        self._set(self._recipe.model_copy(update={knob.section: changed}), bind=False)

    def _set(self, recipe: Recipe, *, bind: bool = True) -> None:
        self._recipe = recipe
        self._change(recipe)
        if bind:
            self._bind()
