"""What is made from a recipe is remembered by the knobs that it reads: another knob makes nothing anew, and nothing else comes out."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import world.plan
from world.plan import plan_chunk
from world.recipe import DISTRICTS, Knobs, Recipe, all_knobs, overridden, recipe_from_toml, remembered
from world.recipe.memory import Remembered, RememberedEach

LOCAL = '[[local]]\nshape = "disc"\nx = 60\ny = 20\nradius_m = 90\nfeather_m = 40\n'
BUILT = ("superblock", "strips_of", "buildings_of", "facades_of_each", "interior_of", "things_of", "_crater_in", "traffic_of", "loops_of")


SEED = Recipe().with_value("world", "seed", 777_001)


class Whole(Recipe):
    """Never cut down to an excerpt, and equal to none that is: nothing of it was ever made before."""


def _makers() -> dict[str, Remembered | RememberedEach]:
    modules = [importlib.import_module(f"world.plan.{module.name}") for module in pkgutil.iter_modules(world.plan.__path__)]
    found = {}
    for module in modules:
        for name, member in vars(module).items():
            if isinstance(member, Remembered | RememberedEach) and member.__module__ == module.__name__:
                found[f"{module.__name__.split('.')[-1]}.{name}"] = member
    return found


def _made_by(recipe: Recipe) -> set[str]:
    """The makers that planning four chunks asks for something new."""
    makers = _makers()
    before = {name: maker.made for name, maker in makers.items()}
    for cx, cy in ((0, 0), (1, 0), (0, 1), (1, 1)):
        plan_chunk(recipe, cx, cy)
    return {name for name, maker in makers.items() if maker.made > before[name]}


@pytest.mark.parametrize(
    ("name", "value", "made"),
    [
        ("neon.signs", 26.0, {"signs.signs_of"}),
        ("neon.flicker", 0.4, {"signs.signs_of"}),
        ("buildings.cables", 6.0, {"cables.cables_of"}),
        # Which of two boards flickers asks for the fronts of blocks that nothing else had asked for.
        ("neon.holograms", 0.7, {"holograms.holograms_of", "holograms._boards", "buildings.buildings_of", "buildings.lots_of"}),
        ("ruin.rubble", 1.2, {"street.things_of", "chunk_plan.things_on_block"}),
        ("play.cover_gap_m", 5.0, {"chunk_plan.things_on_block"}),
        ("water.relief_m", 0.2, {"chunk_plan.things_on_block", "chunk_plan.things_on_roads"}),
        ("water.level_m", 0.3, set()),
        ("neon.brightness", 2.0, set()),
        ("weather.rain_mm_h", 2.0, set()),
        ("patrol.robots", 9, set()),
    ],
)
def test_a_knob_makes_anew_what_reads_it_and_nothing_else(name: str, value: float, made: set[str]) -> None:
    _made_by(SEED)
    assert _made_by(SEED.with_value(*name.split("."), value)) == made


def test_another_seed_makes_everything_anew() -> None:
    _made_by(SEED)
    made = _made_by(SEED.with_value("world", "seed", 777_002))
    assert {name.split(".")[1] for name in made} >= set(BUILT)


@pytest.mark.parametrize(
    "text",
    [
        "[neon]\nsigns = 30\n",
        "[ruin]\nrubble = 2\nseed = 5\n",
        "[interiors]\noverturned = 1\n[water]\ncanals = 0.5\n[overpass]\nrows = 1\n",
        LOCAL + "buildings.floors = 3\nneon.lamps = 1\n",
        LOCAL + "neon.powered = 0.2\nruin.cars = 20\n" + LOCAL.replace("60", "0") + "roads.street_m = 11\n",
    ],
)
def test_what_comes_out_is_what_a_whole_recipe_makes(text: str) -> None:
    recipe = recipe_from_toml(text)
    whole = Whole.model_construct(None, **{name: getattr(recipe, name) for name in Recipe.model_fields})
    assert whole.only(Knobs({"roads"})) is whole
    for cx, cy in ((0, 0), (1, -1)):
        assert plan_chunk(recipe, cx, cy) == plan_chunk(whole, cx, cy)


def test_an_excerpt_holds_what_it_names_and_no_more() -> None:
    recipe = Recipe.model_validate({"roads": {"seed": 9}, "neon": {"signs": 3.0}})
    part = recipe.only(Knobs({"roads", "neon.signs", "ruin.seed"}))
    assert part.roads.cell_m == recipe.roads.cell_m and part.neon.signs == 3.0
    assert (part.seed_of("roads"), part.seed_of("neon"), part.seed_of("ruin")) == (9, recipe.world.seed, recipe.world.seed)
    for read in (lambda: part.neon.lamps, lambda: part.water, lambda: part.ruin.damage, lambda: part.seed_of("play")):
        with pytest.raises(AttributeError):
            read()
    with pytest.raises(AttributeError):
        part.only(Knobs({"neon.lamps"}))
    assert part.only(Knobs({"neon.signs"})) is recipe.only(Knobs({"neon.signs"}))


def test_equal_excerpts_of_different_recipes_are_one() -> None:
    knobs = Knobs({"roads", "ruin.damage"})
    first, second = Recipe(), Recipe().with_value("neon", "signs", 1.0)
    assert first.only(knobs) is second.only(knobs) is not first.with_value("ruin", "damage", 0.1).only(knobs)
    assert first.only(knobs) is not first.with_value("world", "seed", 1).only(knobs)
    assert first.only(knobs) is Recipe().with_value("roads", "seed", first.world.seed).only(knobs)  # the seed that holds is the same


def test_an_excerpt_of_a_place_is_the_places_excerpt() -> None:
    recipe = recipe_from_toml(LOCAL + "neon.signs = 2\nruin.rubble = 3\n" + LOCAL + "buildings.floors = 20\n")
    part = recipe.only(Knobs({"neon", "ruin"}))
    assert [len(block.settings) for block in part.local] == [2]
    for district in DISTRICTS:
        for x in (60.0, 170.0, 400.0):
            here, whole = overridden(part, x, 20.0, district), overridden(recipe, x, 20.0, district)
            assert here is overridden(part, x, 20.0, district) and overridden(here, 0.0, 0.0, "park") is here
            for knob in all_knobs():
                if knob.section in ("neon", "ruin") and knob.field != "seed":
                    assert getattr(getattr(here, knob.section), knob.field) == getattr(getattr(whole, knob.section), knob.field)
            with pytest.raises(AttributeError):
                _ = here.buildings


def test_what_reads_more_than_it_says_is_found_out() -> None:
    @remembered(Knobs({"neon.signs"}), size=4)
    def sly(recipe: Recipe, factor: float) -> float:
        return factor * recipe.neon.signs + recipe.neon.lamps

    with pytest.raises(AttributeError):
        sly(Recipe(), 2.0)
