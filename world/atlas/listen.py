"""Hears a generator think: which draws it made for one thing, by which line of the program, and which knobs it asked for.

In: the recipe, the thing's key, a call.  Out: the call's result and `Heard`. A generator is a pure function, so it
can simply be run again; nothing of its arithmetic is told twice. Draws are caught by the interpreter's profiling hook (in this thread,
for this call alone), with the line that asked for them and the numbers in it; knobs by a recipe whose sections note what is read and
by whom. That recipe equals no other, so that no cache answers for it.
"""

from __future__ import annotations

import linecache
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, TypeVar, cast

import numpy as np

from world.fields import draw_u64, uniform
from world.fields.hashing import Keyed
from world.recipe.local import blended
from world.recipe.model import SECTIONS, LocalRecipe, Recipe

T = TypeVar("T")
Key = tuple[int, ...]
_NAMES = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_WHOLE = 2.0**-64  # of a draw that is a whole number


@dataclass(frozen=True)
class Draw:
    """A number in [0, 1) drawn in a lane. `rule` is the line that asked for it, in `module`; `numbers` are those that it names."""

    lane: str
    key: Key
    value: float
    rule: str
    module: str
    numbers: tuple[tuple[str, float], ...]

    @property
    def decides(self) -> bool:
        """Whether the line compares: the draw said yes or no to something."""
        return re.search(r"[^-=]([<>]=?)[^=>]", self.rule) is not None


@dataclass
class Heard:
    """What was drawn for the thing, in order; `knobs`: for every knob that was read, who read it last, as (module: value)."""

    draws: list[Draw] = field(default_factory=list)
    knobs: dict[str, dict[str, float]] = field(default_factory=dict)


class _Section:
    """A section that notes what is read of it, and by which module."""

    def __init__(self, name: str, section: Any, heard: Heard) -> None:
        self.__dict__["_parts"] = (name, section, heard)

    def __getattr__(self, knob: str) -> Any:
        name, section, heard = self.__dict__["_parts"]
        value = getattr(section, knob)
        if knob != "seed" and knob in type(section).model_fields:
            heard.knobs.setdefault(f"{name}.{knob}", {})[sys._getframe(1).f_globals["__name__"]] = value
        return value


class _Here(LocalRecipe):
    """What holds at one place, watched. Equal to itself alone."""

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


class _Watched(Recipe):
    """The whole recipe, watched; what it remembers of places is watched, too. Equal to itself alone."""

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def here(self) -> Any:
        return self.__dict__["_places"]


class _Places(dict[Any, Any]):
    """The watched recipes of places, by the key by which `overridden` remembers them."""

    def __init__(self, recipe: Recipe, heard: Heard) -> None:
        super().__init__()
        self._recipe, self._heard = recipe, heard

    def get(self, key: Any, default: Any = None) -> Any:
        if key not in self:
            district, sixteenths = (key, ()) if isinstance(key, str) else (key[0], tuple(key[1:]))
            self[key] = _watch(_Here, blended(self._recipe, district, sixteenths), self._recipe, self._heard)
        return self[key]


R = TypeVar("R", bound=Recipe)


def _watch(kind: type[R], numbers: Recipe, recipe: Recipe, heard: Heard) -> R:
    """A watched recipe with the sections of `numbers` and the seeds of `recipe`."""
    sections: dict[str, Any] = {name: _Section(name, getattr(numbers, name), heard) for name in SECTIONS}
    made = cast(R, kind.model_construct(None, **sections, local=numbers.local))
    made.__dict__["_seeds"] = {name: recipe.seed_of(name) for name in SECTIONS}
    return made


def listen(recipe: Recipe, key: Key, call: Callable[[Recipe], T], *, lanes: tuple[str, ...] = (), cell: Key = ()) -> tuple[T, Heard]:
    """Runs `call` on a watched recipe, and hears what was drawn by `key`, or by a longer key in a lane that begins with one of `lanes`
    (then by none of another lane). Of what is drawn for many at once, `cell` holds the further keys by which the one meant is known."""
    heard, keyed = Heard(), {}
    watched = _watch(_Watched, recipe, recipe, heard)
    watched.__dict__["_places"] = _Places(recipe, heard)

    def hook(frame: FrameType, event: str, result: Any) -> None:
        if event != "return":
            return
        code, local = frame.f_code, frame.f_locals
        if code is Keyed.__init__.__code__:
            keyed[id(local["self"])] = local["keys"]
        elif code in _DRAWERS:
            keys = keyed.get(id(local["self"]), ()) if code is Keyed.uniform.__code__ else local["keys"]
            lane = local["lane"]
            if (not lanes or lane.startswith(lanes)) and (found := _of(keys, result, key, cell, bool(lanes))) is not None:
                value = found[1] * _WHOLE if code is draw_u64.__code__ else found[1]
                heard.draws.append(Draw(lane, found[0], value, *_asked_by(frame)))

    before = sys.getprofile()
    sys.setprofile(hook)
    try:
        answer = call(watched)
    finally:
        sys.setprofile(before)
    return answer, heard


_DRAWERS = (uniform.__code__, draw_u64.__code__, Keyed.uniform.__code__)


def _of(keys: tuple[Any, ...], value: Any, key: Key, cell: Key, longer: bool) -> tuple[Key, float] | None:
    """(key, value) of a draw that was made for the thing: by its key, perhaps a longer one, or as one of many."""
    wanted = (*key, *cell)
    if all(type(k) is int for k in keys):
        fits = keys == wanted or (longer and not cell and keys[: len(key)] == key)
        return (tuple(keys), float(value)) if fits else None
    if len(keys) != len(wanted):
        return None
    arrays = np.broadcast_arrays(*keys)
    match = np.ones(arrays[0].shape, dtype=bool)
    for array, number in zip(arrays, wanted, strict=True):
        match &= array == number
    where = np.argwhere(match)
    return (wanted, float(np.asarray(value)[tuple(where[0])])) if len(where) == 1 else None


def _asked_by(frame: FrameType) -> tuple[str, str, tuple[tuple[str, float], ...]]:
    """(the line that wanted the draw, its module, the numbers it names): where a short local function stands between, its caller."""
    asker = frame.f_back
    while asker is not None and asker.f_back is not None and (asker.f_code.co_name in ("draw", "thing") or _is_in_fields(asker)):
        asker = asker.f_back
    if asker is None:
        return "", "", ()
    module = str(asker.f_globals.get("__name__", ""))
    line = linecache.getline(asker.f_code.co_filename, asker.f_lineno).strip()
    numbers: dict[str, float] = {}
    line_without_target = re.sub(r"^\w+(?:, \w+)* [-+*]?= ", "", line)  # what is being assigned has no value yet
    for name in _NAMES.findall(re.sub(r"\"[^\"]*\"", "", line_without_target)):
        value = _number(asker.f_locals, name)
        if value is not None:
            numbers[name] = value
    return line, module, tuple(numbers.items())


def _is_in_fields(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).startswith("world.fields")


def _number(local: dict[str, Any], name: str) -> float | None:
    """The number that a dotted name stands for there, if it is one that decides something."""
    root, *parts = name.split(".")
    value = local.get(root)
    if root in ("seed", "key", "k", "n", "ruin_seed") or value is None:
        return None
    for part in parts:
        if isinstance(value, _Section):
            value = getattr(value.__dict__["_parts"][1], part, None)
        elif hasattr(type(value), "__dataclass_fields__") or isinstance(value, Recipe):
            value = getattr(value, part, None)
        else:
            return None
    return float(value) if isinstance(value, int | float) else None
