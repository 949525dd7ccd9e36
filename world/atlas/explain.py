"""Why something stands where it stands.

In: a pipe, a pose.  Out: `Explanation` of what is under the cross-hair: what it is, which generator made it by which key, the fields
there, the draws that decided it with the very lines that did, and the knobs that were asked, with what they are here and in the recipe.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from world.atlas.aim import REACH_M, Aim, Record, Target
from world.atlas.listen import Draw, Heard, Key, listen
from world.pipe import Pipe
from world.plan.buildings import buildings_of
from world.plan.climate import conditions_here
from world.plan.district import density_at, recipe_at, wealth_at
from world.plan.facade import Pane, facades_of
from world.plan.holograms import holograms_of
from world.plan.interior import interior_of
from world.plan.lattice import Block, block_near, blocks_in, superblock_at
from world.plan.open_land import fences_of, landmark_of, open_things, parapets_of
from world.plan.overpass import deck_things, spans_in
from world.plan.records import Barrier, Building, Hologram, Landmark, Sign, Span, Thing, Vector
from world.plan.rooms import Interior
from world.plan.ruin_field import damage_at, leaning_at, power_at
from world.plan.signs import signs_of
from world.plan.street import things_of
from world.plan.strips import Strip, strips_in
from world.plan.traffic import traffic_of
from world.pose import Pose
from world.recipe import Recipe
from world.recipe.knob import knobs_by_name
from world.space.window import SpaceWindow

T = TypeVar("T")
_FIELD_MODULES = ("world.plan.ruin_field", "world.plan.district")
_AROUND_M = 30.0
_SIDES = ("left", "right", "front", "back")  # as seen from the street


@dataclass(frozen=True)
class Told:
    """A knob: what it is `here`, and what the recipe as a whole says."""

    name: str
    here: float
    recipe: float
    label: str


@dataclass(frozen=True)
class Explanation:
    """`fields` are the noise fields' values at the place; `draws` all draws made for the thing, those that decided something first."""

    what: str
    at: Vector
    distance_m: float
    generator: str
    key: Key
    fields: tuple[tuple[str, float, str], ...]
    draws: tuple[Draw, ...]
    knobs: tuple[Told, ...]

    def lines(self, *, decisions_only: bool = True) -> list[str]:
        """The explanation as text."""
        if not self.generator:
            return [self.what]
        x, y, z = self.at
        told = [f"{self.what}, {self.distance_m:.1f} m ahead at {x:.2f},{y:.2f},{z:.2f}"]
        told.append(f"made by {self.generator}, key {','.join(map(str, self.key))}")
        told += [f"  field  {name:<10} {value:8.3f}  {words}" for name, value, words in self.fields]
        for draw in self.draws:
            if draw.decides or not decisions_only:
                numbers = ", ".join(f"{name} = {value:.4g}" for name, value in draw.numbers)
                told.append(f"  draw   {draw.lane:<22} {draw.value:.4f}   {draw.rule}" + (f"   [{numbers}]" if numbers else ""))
        for knob in self.knobs:
            usual = "" if knob.here == knob.recipe else f"   (here; {knob.recipe:g} in the recipe as a whole)"
            told.append(f"  knob   {knob.name:<24} {knob.here:<8g} {knob.label}{usual}")
        return told

    def tree(self) -> dict[str, Any]:
        """The explanation as plain data, for JSON."""
        return {
            "what": self.what,
            "at": self.at,
            "distance_m": self.distance_m,
            "generator": self.generator,
            "key": self.key,
            "fields": {name: value for name, value, _ in self.fields},
            "draws": [
                {"lane": d.lane, "key": d.key, "value": d.value, "rule": d.rule, "module": d.module, "numbers": dict(d.numbers)}
                for d in self.draws
            ],
            "knobs": {k.name: {"here": k.here, "recipe": k.recipe} for k in self.knobs},
        }


def explain(pipe: Pipe, pose: Pose) -> Explanation:
    """What the pose looks at, and why it is there."""
    target = Aim(pipe).target(pose)
    if target.record is None:
        return Explanation(f"nothing within {REACH_M:g} m", target.at, target.distance_m, "", (), (), (), ())
    generator, key, heard = _heard(pipe.recipe, target)
    draws = sorted(heard.draws, key=lambda draw: not draw.decides)
    modules = (generator, *(draw.module for draw in draws), *_FIELD_MODULES)
    knobs = []
    for name, readers in heard.knobs.items():
        here = [readers[module] for module in modules if module in readers]
        if here:
            knobs.append(Told(name, float(here[0]), _value(pipe.recipe, name), knobs_by_name()[name].label))
    return Explanation(
        _words(pipe, target), target.at, target.distance_m, generator, key, _fields(pipe, target), tuple(draws), tuple(knobs)
    )


def _heard(recipe: Recipe, target: Target) -> tuple[str, Key, Heard]:
    """(generator, key, what was heard) of what was met."""
    record, (x, y, _) = target.record, target.at
    if isinstance(record, Thing):
        return _thing(recipe, record)
    if isinstance(record, Span):
        key = (record.row, record.index)
        box = (x - 1.0, y - 1.0, x + 1.0, y + 1.0)
        return "world.plan.overpass", key, listen(recipe, key, lambda w: spans_in(w, *box), lanes=("span",))[1]
    if isinstance(record, Barrier):
        return "world.plan.open_land", record.key, _barrier(recipe, record)
    if isinstance(record, Block | Strip) or record is None:
        return _land(recipe, record, x, y)
    block = _block_of(recipe, record.key, x, y)
    if isinstance(record, Interior):
        building = next(b for b in buildings_of(recipe, block) if b.key == record.key)
        heard = listen(recipe, record.key, partial(_swapped, interior_of, building), lanes=("interior", "subway"))[1]
        return "world.plan.interior", record.key, heard
    if isinstance(record, Building):
        made = listen(recipe, record.key, lambda w: buildings_of(w, block), lanes=("building/", "fire"))[1]
        if target.cell is None:
            return "world.plan.buildings", record.key, made
        side, floor, bay = target.cell
        cell = (side, floor + 100 * target.mass, bay)
        heard = listen(recipe, record.key, lambda w: facades_of(w, record), lanes=("pane/", "burns"), cell=cell)[1]
        knobs = {name: {**made.knobs.get(name, {}), **heard.knobs.get(name, {})} for name in (*heard.knobs, *made.knobs)}
        return "world.plan.facade", (*record.key, *cell), Heard([*heard.draws, *made.draws], knobs)
    module, lane, make = _MAKERS[type(record)]
    return module, record.key, listen(recipe, record.key, lambda w: make(w, block), lanes=(lane,))[1]


_MAKERS: dict[type, tuple[str, str, Callable[[Recipe, Block], Any]]] = {
    Sign: ("world.plan.signs", "sign", signs_of),
    Hologram: ("world.plan.holograms", "hologram", holograms_of),
    Landmark: ("world.plan.open_land", "landmark", landmark_of),
}


def _land(recipe: Recipe, record: Block | Strip | None, x: float, y: float) -> tuple[str, Key, Heard]:
    """The superblock's district and streets, and what decided what a block is used for."""
    sb = superblock_at(recipe, x, y)
    heard = listen(recipe, (sb.i, sb.j), lambda w: superblock_at(w, x, y), lanes=("district", "park", "plaza", "landmark"))[1]
    key = record.key if record is not None else (sb.i, sb.j)
    mine = [d for d in heard.draws if len(d.key) == 2 or (isinstance(record, Block) and d.key == key)]
    return "world.plan.lattice", key, Heard(mine, heard.knobs)


def _thing(recipe: Recipe, thing: Thing) -> tuple[str, Key, Heard]:
    """Asks those who put things down near by until one answers to its key."""
    x, y, _ = thing.position
    box = (x - _AROUND_M, y - _AROUND_M, x + _AROUND_M, y + _AROUND_M)
    blocks = blocks_in(recipe, *box)
    makers: list[tuple[str, Callable[[Recipe, Any], tuple[Thing, ...]], list[Any]]] = [
        ("world.plan.street", things_of, blocks),
        ("world.plan.open_land", open_things, blocks),
        ("world.plan.traffic", traffic_of, list(strips_in(recipe, *box))),
        ("world.plan.overpass", deck_things, list(spans_in(recipe, *box))),
        ("world.plan.interior", _furniture, [b for block in blocks for b in buildings_of(recipe, block)]),
    ]
    for module, make, places in makers:
        for place in places:
            if any(t.key == thing.key and t.kind == thing.kind for t in make(recipe, place)):
                return module, thing.key, listen(recipe, thing.key, partial(_swapped, make, place))[1]
    return "world.plan", thing.key, Heard()


def _swapped(make: Callable[[Recipe, Any], T], place: Any, recipe: Recipe) -> T:
    return make(recipe, place)


def _furniture(recipe: Recipe, building: Building) -> tuple[Thing, ...]:
    interior = interior_of(recipe, building)
    return interior.things if interior is not None else ()


def _barrier(recipe: Recipe, barrier: Barrier) -> Heard:
    (x, y), reach = barrier.a, 3.0
    for strip in strips_in(recipe, x - reach, y - reach, x + reach, y + reach):
        if any(b.key == barrier.key for b in parapets_of(recipe, strip)):
            return listen(recipe, barrier.key, partial(_swapped, parapets_of, strip), lanes=("parapet",))[1]
    return listen(recipe, barrier.key, partial(_swapped, fences_of, block_near(recipe, x, y)), lanes=("fence",))[1]


def _block_of(recipe: Recipe, key: Key, x: float, y: float) -> Block:
    box = (x - 60.0, y - 60.0, x + 60.0, y + 60.0)
    return next(block for block in blocks_in(recipe, *box) if block.key == tuple(key[:4]))


def _fields(pipe: Pipe, target: Target) -> tuple[tuple[str, float, str], ...]:
    recipe, (x, y, _) = pipe.recipe, target.at
    found = [
        ("damage", damage_at(recipe_at(recipe, x, y), x, y), "0 untouched .. 1 flattened"),
        ("density", density_at(recipe, x, y), "how dense the city is, 0 in the mean"),
        ("wealth", wealth_at(recipe, x, y), "how rich, 0 in the mean"),
        ("power", power_at(recipe, x, y), "what a quarter has of the power that there is, 1 in the mean"),
    ]
    if isinstance(target.record, Sign):
        found.append(("leaning", leaning_at(recipe, x, y), "where on the palette the stretch leans"))
    if isinstance(target.record, Block | Strip):
        found.append(("height", SpaceWindow(pipe.space).ground(x, y), "m; water stands where it is below its level"))
        found.append(("water", conditions_here(recipe, 0.0, x, y).water_level_m, "m, the level for who stands here"))
    return tuple(found)


def _words(pipe: Pipe, target: Target) -> str:
    record = target.record
    district = superblock_at(pipe.recipe, target.at[0], target.at[1]).district
    if isinstance(record, Building):
        if target.cell is None:
            part = "the top" if target.at[2] > record.top_m - 0.6 else "a torn storey or roof"
            return f"{part} of a building of {record.top_m:.0f} m, {district}"
        side, floor, bay = target.cell
        pane = Pane(int(facades_of(pipe.recipe, record)[4 * target.mass + side].panes[floor, bay])).name.lower().replace("_", " ")
        where = f"{_SIDES[side]}, floor {floor}, bay {bay}"
        return f"facade, {pane} ({where}) of a building of {record.top_m:.0f} m, {district}"
    if isinstance(record, Interior):
        return f"the inside of a {record.use.value}, {'lit' if record.lit else 'dark'}, {district}"
    if isinstance(record, Sign):
        state = "burning" + (", flickering" if record.group else "") if record.lit else "dead"
        return f"a {record.kind.name.lower()} sign, {state}, {district}"
    if isinstance(record, Thing):
        return f"{record.kind.replace('_', ' ')}, {district}"
    if isinstance(record, Span):
        return f"a span of the elevated road, {record.fate.name.lower().replace('_', ' ')}, {district}"
    if isinstance(record, Barrier):
        return f"a {record.kind.name.lower()}, {district}"
    if isinstance(record, Hologram):
        return f"a hologram {record.width_m:.0f} by {record.height_m:.0f} m, {district}"
    if isinstance(record, Landmark):
        return f"a tower of {record.height_m:.0f} m, {district}"
    if isinstance(record, Strip):
        return f"the ground: {record.kind.name.lower()}, {district}"
    return f"the ground of a {record.use.name.lower()} block, {district}" if isinstance(record, Block) else f"the ground, {district}"


def _value(recipe: Recipe, name: str) -> float:
    section, field = name.split(".")
    return float(getattr(getattr(recipe, section), field))


__all__ = ["Explanation", "Record", "Told", "explain"]
