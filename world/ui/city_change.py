"""A knob is turned while one walks: what must be new is made beside the walk, and taken over when it is there.

In: recipes, as they are asked for.  Out: the stage's chunks exchanged one by one; the sim's world, and the state in it, when its
surroundings are ready. Whatever is asked for meanwhile wins; until then the walk goes on in the last good city.
"""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import Protocol

import numpy as np

from world.conditions import GROUP_COUNT
from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Rebuild, Recipe
from world.recipe.change import rebuild_between
from world.sim import State, World
from world.sim.carry import carried_over, retuned

_TORSO_M = 1.1


class Rebuilt(Protocol):
    """What `Stage` is."""

    def rebuild(self, pipe: Pipe) -> None:
        """Another city from now on."""
        ...


class CityChange:
    """`recipe` is what was asked for last, `world` what the sim goes by; call `change` for a new recipe and `arrive` each frame."""

    def __init__(self, stage: Rebuilt, pipe: Pipe, world: World, start: Pose, beside: Executor) -> None:
        self._stage, self._start, self._beside = stage, start, beside
        self.recipe, self.world = pipe.recipe, world
        self._shown = pipe
        self._coming: Future[World] | None = None
        self._retuned: World | None = None

    @property
    def pipe(self) -> Pipe:
        """The city that is shown."""
        return self._shown

    def change(self, recipe: Recipe, position: tuple[float, float, float]) -> Rebuild | None:
        """Begins whatever the recipe makes necessary, round `position` first; says what that is."""
        rebuild = rebuild_between(self.recipe, recipe)
        self.recipe = recipe
        if rebuild in (Rebuild.UNIFORM, Rebuild.SIM):
            self._retuned = retuned(self.world, recipe)
        elif rebuild is not None:
            self._shown = Pipe(recipe, before=self._shown)
            if self._coming is not None:
                self._coming.cancel()
            self._coming = self._beside.submit(_made_ready, self._shown, self._start, position)
            self._stage.rebuild(self._shown)
        return rebuild

    def arrive(self, state: State) -> State | None:
        """The state in the world that is ready now, which `world` is from here on; None when there is no news."""
        if self._coming is not None and self._coming.done():
            world, self._coming = self._coming.result(), None
            self._retuned = world if world.recipe == self.recipe else retuned(world, self.recipe)
        if self._retuned is None:
            return None
        before, self.world, self._retuned = self.world, self._retuned, None
        return carried_over(state, before, self.world)


def _made_ready(pipe: Pipe, start: Pose, position: tuple[float, float, float]) -> World:
    """The world, with all that the next steps near `position` will ask of it."""
    world = World.of(pipe, start)
    x, y, z = position
    world.sounds.net(x, y)
    world.light.illuminance(np.array([[x, y, z + _TORSO_M]]), np.array([[0.0, 0.0, 1.0]]), np.ones(GROUP_COUNT, np.float32), 0.0)
    return world
