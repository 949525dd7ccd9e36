"""What is made from a recipe, remembered by the knobs that it is made from.

In: a function of (recipe, whatever), the knobs that it reads, with all that it calls.  Out: the same function, given an excerpt of the
recipe that holds those knobs alone. Another recipe that differs elsewhere gets the very same objects.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache, update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from world.recipe.excerpt import Knobs
from world.recipe.model import Recipe

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item", bound=Hashable)


class Remembered(Generic[P, T]):
    """`make(recipe, ...)`, whose answers to the `size` questions asked last are kept."""

    def __init__(self, make: Callable[Concatenate[Recipe, P], T], knobs: Knobs, size: int) -> None:
        self._knobs, self._kept = knobs, lru_cache(maxsize=size)(make)
        update_wrapper(self, make)

    def __call__(self, recipe: Recipe, *args: P.args, **kwargs: P.kwargs) -> T:
        return self._kept(recipe.only(self._knobs), *args, **kwargs)  # type: ignore[arg-type]

    @property
    def made(self) -> int:
        """How often an answer was not known."""
        return self._kept.cache_info().misses


class RememberedEach(Generic[Item, T]):
    """`make(recipe, items)`, which answers each of the items: kept item by item, asked of all at once whose answer is not known. What is
    drawn and rastered for hundreds of cells in one table costs little more than for one."""

    def __init__(self, make: Callable[[Recipe, Sequence[Item]], Sequence[T]], knobs: Knobs, size: int) -> None:
        self._make, self._knobs, self._size = make, knobs, size
        self._known: OrderedDict[tuple[Any, Item], T] = OrderedDict()
        self._lock = threading.Lock()
        self.made = 0
        update_wrapper(self, make)

    def __call__(self, recipe: Recipe, items: Iterable[Item]) -> list[T]:
        part = recipe.only(self._knobs)
        keys = [(part, item) for item in items]
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:  # two threads may make the same, to the same bytes
            found.update(zip(missing, self._make(part, [item for _, item in missing]), strict=True))
        with self._lock:
            self.made += len(missing)
            for key in keys:
                self._known[key] = found[key]
                self._known.move_to_end(key)
            while len(self._known) > self._size:
                self._known.popitem(last=False)
        return [found[key] for key in keys]


def remembered(knobs: Knobs, size: int) -> Callable[[Callable[Concatenate[Recipe, P], T]], Remembered[P, T]]:
    """A decorator: `Remembered`."""
    return lambda make: Remembered(make, knobs, size)


def remembered_each(knobs: Knobs, size: int) -> Callable[[Callable[[Recipe, Sequence[Item]], Sequence[T]]], RememberedEach[Item, T]]:
    """A decorator: `RememberedEach`."""
    return lambda make: RememberedEach(make, knobs, size)
