"""What many places of the plan ask of the same things, remembered thing by thing, made for many at once.

In: a function of (recipe, things) that answers each of them.  Out: the same, asked of those alone whose answer is not known. What is
drawn and rastered for hundreds of cells in one table costs little more than for one.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from world.recipe import Recipe

Item = TypeVar("Item", bound=Hashable)
Made = TypeVar("Made")
Maker = Callable[[Recipe, Sequence[Item]], Sequence[Made]]


def remembered_each(size: int) -> Callable[[Maker[Item, Made]], Callable[[Recipe, Iterable[Item]], list[Made]]]:
    """A decorator: keeps the answers of the `size` things asked about last. Threads may make one twice, to the same bytes."""

    def decorate(make: Maker[Item, Made]) -> Callable[[Recipe, Iterable[Item]], list[Made]]:
        known: OrderedDict[Any, Made] = OrderedDict()
        lock = threading.Lock()

        def ask(recipe: Recipe, items: Iterable[Item]) -> list[Made]:
            keys = [(recipe, item) for item in items]
            with lock:
                found = {key: known[key] for key in keys if key in known}
            missing = [key for key in dict.fromkeys(keys) if key not in found]
            found.update(zip(missing, make(recipe, [item for _, item in missing]), strict=True) if missing else ())
            with lock:
                for key in keys:
                    known[key] = found[key]
                    known.move_to_end(key)
                while len(known) > size:
                    known.popitem(last=False)
            return [found[key] for key in keys]

        ask.__doc__ = make.__doc__
        return ask

    return decorate
