"""Explanations tell the truth: the thing that is met, the draws that made it, the knobs that held."""

from __future__ import annotations

import json
import math

import pytest

from world.atlas.aim import Aim
from world.atlas.explain import explain
from world.atlas.listen import listen
from world.fields import uniform
from world.pipe import Pipe
from world.plan.buildings import buildings_of
from world.plan.district import recipe_at
from world.plan.facade import facades_of
from world.plan.holograms import holograms_of
from world.plan.lattice import blocks_in
from world.plan.open_land import open_things
from world.plan.records import Building, Sign, Thing
from world.plan.ruin_field import power_at
from world.plan.signs import signs_of
from world.plan.street import things_of
from world.pose import Pose


@pytest.fixture(scope="module")
def blocks(city: Pipe) -> list:
    x, y = city.start().position[:2]
    return blocks_in(city.recipe, x - 60, y - 60, x + 60, y + 60)


def test_a_generator_that_is_listened_to_makes_the_same(city: Pipe, blocks: list) -> None:
    for make in (buildings_of, signs_of, things_of, open_things, holograms_of):
        for block in blocks[:4]:
            made, _ = listen(city.recipe, (0,), lambda w, make=make, block=block: make(w, block))
            assert made == make(city.recipe, block)


def test_draws_are_those_of_the_plan(city: Pipe, blocks: list) -> None:
    block = next(b for b in blocks if buildings_of(city.recipe, b))
    building = buildings_of(city.recipe, block)[0]
    _, heard = listen(city.recipe, building.key, lambda w: buildings_of(w, block), lanes=("building/",))
    drawn = {(draw.lane, draw.key): draw for draw in heard.draws}
    tower = drawn["building/tower", building.key]
    assert tower.value == uniform(city.recipe.seed_of("buildings"), "building/tower", *building.key)
    assert tower.decides and "towers" in tower.rule and tower.module == "world.plan.buildings"
    here = recipe_at(city.recipe, *block.centre)
    assert dict(tower.numbers)["knobs.towers"] == here.buildings.towers
    assert heard.knobs["buildings.floors"]["world.plan.buildings"] == here.buildings.floors


def test_one_cell_of_many_is_picked_out(city: Pipe, blocks: list) -> None:
    building = next(building for b in blocks for building in buildings_of(city.recipe, b))
    _, heard = listen(city.recipe, building.key, lambda w: facades_of(w, building), lanes=("pane/",), cell=(2, 1, 0))
    lit = next(draw for draw in heard.draws if draw.lane == "pane/lit")
    assert lit.value == uniform(city.recipe.seed_of("buildings"), "pane/lit", *building.key, 2, 1, 0)


def test_a_sign_that_is_looked_at_is_explained(city: Pipe, blocks: list) -> None:
    aim, seen = Aim(city), 0
    for sign in [s for b in blocks for s in signs_of(city.recipe, b)][::7]:
        x, y, z = sign.position
        turn = math.radians(sign.heading_deg + (90.0 if sign.kind.name in ("BLADE", "TALL", "ROUND") else 0.0))
        pose = Pose((x + 1.5 * math.sin(turn), y + 1.5 * math.cos(turn), z), math.degrees(turn) + 180.0)
        target = aim.target(pose)
        if isinstance(target.record, Sign) and target.record.key == sign.key:
            seen += 1
            told = explain(city, pose)
            power = next(draw for draw in told.draws if draw.lane == "sign/power")
            knob = next(knob for knob in told.knobs if knob.name == "neon.powered")
            assert sign.lit == (power.value < knob.here * power_at(city.recipe, x, y)), power.rule
            assert told.key == sign.key and told.generator == "world.plan.signs"
    assert seen > 3


def test_looking_down_tells_of_the_ground_and_up_of_nothing(city: Pipe) -> None:
    start = city.start()
    ground = explain(city, Pose(start.position, start.heading_deg, -80.0))
    assert ground.what.startswith("the ground") and ground.distance_m < 3.0
    assert {name for name, _, _ in ground.fields} >= {"damage", "density", "height", "water"}
    above = explain(city, Pose((start.position[0], start.position[1], 300.0), 0.0, 80.0))
    assert above.generator == "" and above.lines() == ["nothing within 120 m"]


def test_all_round_something_is_met_and_said_in_lines_and_data(city: Pipe) -> None:
    start, met = city.start(), set()
    for heading in range(0, 360, 30):
        target = Aim(city).target(Pose(start.position, float(heading), 6.0))
        met.add(type(target.record))
        told = explain(city, Pose(start.position, float(heading), 6.0))
        assert json.loads(json.dumps(told.tree()))["what"] == told.what
        assert len(told.lines(decisions_only=False)) >= len(told.lines())
        if isinstance(target.record, Building | Thing):
            assert told.draws and told.knobs
    assert Building in met
