"""What holds at a place: the district's character, then local blocks, feathered; and how wrong blocks are refused."""

from __future__ import annotations

import io
from pathlib import Path
from timeit import timeit

import pytest
from PIL import Image

from world.errors import Refusal
from world.recipe import DISTRICTS, LocalRecipe, Recipe, all_knobs, load_recipe, overridden, recipe_from_toml
from world.recipe.local import characters, characters_from_toml
from world.recipe.model import SECTIONS
from world.recipe.write import differences_as_toml, toml_from_recipe

DISC = '[[local]]\nshape = "disc"\nx = 100\ny = -50\nradius_m = 40\nfeather_m = 32\n'


def _tree(end: str) -> dict[str, dict[str, float]]:
    return {name: {k.field: getattr(k, end) for k in all_knobs() if k.section == name} for name in SECTIONS}


def _signs(recipe: Recipe, x: float, y: float, district: str = "belt") -> float:
    return overridden(recipe, x, y, district).neon.signs


def test_every_district_has_a_character_within_the_ranges() -> None:
    assert set(characters()) == set(DISTRICTS)
    extremes = [Recipe.model_validate(_tree("low")), Recipe(), Recipe.model_validate(_tree("high"))]
    for district in DISTRICTS:
        assert characters()[district], district
        for recipe in extremes:
            here = overridden(recipe, 0.0, 0.0, district)
            assert here == overridden(recipe, 9e3, -9e3, district)
            Recipe.model_validate({name: dict(getattr(here, name)) for name in SECTIONS})
    found = {overridden(Recipe(), 0.0, 0.0, district) for district in DISTRICTS}
    assert len(found) == len(DISTRICTS)


def test_what_holds_at_a_place_answers_with_itself() -> None:
    here = overridden(Recipe(), 0.0, 0.0, "canyon")
    assert isinstance(here, LocalRecipe)
    assert overridden(here, 5.0, 5.0, "park") is here
    assert overridden(Recipe(), 7.0, 7.0, "canyon") is here  # few distinct ones: they are keys of caches
    assert here != Recipe.model_validate({name: dict(section) for name, section in here if name != "local"})


def test_a_disc_fades_in_sixteenths_outside_its_radius() -> None:
    recipe = recipe_from_toml(DISC + "neon.signs = 0\n")
    plain = _signs(recipe, 5000.0, 0.0)
    assert plain > 0
    assert _signs(recipe, 100.0, -50.0) == _signs(recipe, 139.9, -50.0) == 0.0
    assert _signs(recipe, 156.0, -50.0) == pytest.approx(plain / 2)
    assert _signs(recipe, 172.1, -50.0) == plain
    values = [_signs(recipe, 100.0 + 0.1 * step, -50.0) for step in range(900)]
    assert values == sorted(values) and len(set(values)) == 17


def test_a_polygon_holds_inside_a_concave_ring() -> None:
    text = '[[local]]\nshape = "polygon"\npoints = [[0, 0], [90, 0], [90, 90], [45, 20], [0, 90]]\nfeather_m = 10\nneon.signs = 1\n'
    recipe = recipe_from_toml(text)
    plain = _signs(recipe, 5000.0, 0.0)
    for x, y in ((5.0, 5.0), (80.0, 60.0), (10.0, 60.0), (45.0, 10.0)):
        assert _signs(recipe, x, y) == 1.0
    assert _signs(recipe, 45.0, 70.0) == plain
    assert plain > _signs(recipe, -5.0, 5.0) > 1.0


def test_a_district_block_overrules_that_districts_character_alone() -> None:
    recipe = recipe_from_toml('[[local]]\nshape = "district"\ndistrict = "canyon"\nneon.signs = 40\nbuildings.floors = 2\n')
    assert _signs(recipe, 0.0, 0.0, "canyon") == 40.0
    assert overridden(recipe, 0.0, 0.0, "canyon").buildings.floors == 2.0
    assert overridden(recipe, 0.0, 0.0, "park") == overridden(Recipe(), 0.0, 0.0, "park")


def _png(pixels: bytes, size: tuple[int, int], mode: str = "L") -> bytes:
    file = io.BytesIO()
    Image.frombytes(mode, size, pixels).save(file, format="PNG")
    return file.getvalue()


def test_a_painted_map_lies_north_up_and_goes_into_the_recipe(tmp_path: Path) -> None:
    (tmp_path / "paint.png").write_bytes(_png(bytes([255, 0, 0, 0]), (2, 2)))  # white in the north-west
    file = tmp_path / "mine.toml"
    shape = 'shape = "map"\nfile = "paint.png"\nx = 0\ny = 0\nwidth_m = 200\nheight_m = 100\n'
    file.write_text(f"[[local]]\n{shape}neon.signs = 0\n")
    recipe = load_recipe(str(file))
    plain = _signs(recipe, 5000.0, 0.0)
    assert _signs(recipe, -90.0, 45.0) == 0.0
    assert _signs(recipe, 90.0, 45.0) == _signs(recipe, -90.0, -45.0) == plain
    assert _signs(recipe, 0.0, 45.0) == pytest.approx(plain / 2)
    assert recipe_from_toml(toml_from_recipe(recipe)) == recipe
    assert hash(recipe_from_toml(differences_as_toml(recipe))) == hash(recipe)


def test_later_blocks_lie_over_earlier_ones() -> None:
    recipe = recipe_from_toml(DISC + "neon.signs = 10\n" + DISC + "neon.signs = 30\n")
    assert _signs(recipe, 100.0, -50.0) == 30.0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (DISC + "neon.signs = 99\n", "city.toml:7: local 1: neon.signs = 99.0: must be a number from 0 to 40 /100 m"),
        (DISC + "[local.neon]\nsigns = 99\n", "city.toml:8: local 1: neon.signs = 99.0"),
        (DISC + DISC + "[local.neon]\nsings = 9\n", "city.toml:14: local 2: unknown field neon.sings (did you mean neon.signs?)"),
        (DISC + "nein.signs = 9\n", "city.toml:7: local 1: unknown section [nein]"),
        (DISC + "world.seed = 9\n", "city.toml:7: local 1: world.seed is one for the whole city"),
        (DISC + "neon.seed = 9\n", "city.toml:7: local 1: neon.seed is one for the whole city"),
        (DISC + "patrol.robots = 9\n", "city.toml:7: local 1: patrol.robots is one for the whole city"),
        (DISC.replace("40", "-4"), "city.toml:5: local 1: radius_m = -4.0: must be its radius in metres, from 0 to 40000"),
        (DISC.replace("radius_m", "radius"), "city.toml:2: local 1: radius_m is missing"),
        (DISC + "colour = 3\n", "city.toml:7: local 1: unknown field colour"),
        (DISC.replace("32", "nan"), "city.toml:6: local 1: feather_m = nan"),
        (DISC.replace("disc", "disk"), "city.toml:2: local 1: shape = 'disk': must be one of disc, polygon, district, map (did you"),
        ("[[local]]\nneon.signs = 2\n", "city.toml:1: local 1: shape = None"),
        ('[[local]]\nshape = "district"\ndistrict = "cannon"\n', "city.toml:3: local 1: district = 'cannon': must be one of shopping"),
        ('[[local]]\nshape = "district"\n', "city.toml:2: local 1: district is missing"),
        ('[[local]]\nshape = "district"\ndistrict = "park"\nfeather_m = 3\n', "city.toml:4: local 1: feather_m: a district ends"),
        ('[[local]]\nshape = "polygon"\npoints = [[0, 0], [1, 1]]\n', "city.toml:3: local 1: points = "),
        ('[[local]]\nshape = "polygon"\npoints = [[0, 0], [1, 1], [1e9, 2]]\n', "city.toml:3: local 1: points = "),
        ('[[local]]\nshape = "map"\nx = 0\ny = 0\n', "city.toml:2: local 1: a map needs either file or png"),
        ('[[local]]\nshape = "map"\nfile = "/etc/hostname"\n', "city.toml:3: local 1: file = '/etc/hostname': there is no recipe file"),
        ('[[local]]\nshape = "map"\npng = "?"\n', "city.toml:3: local 1: png is not base64"),
        ("[local]\nx = 1\n", "city.toml:1: local blocks are written as [[local]]"),
        (DISC * 65, "city.toml: 65 local blocks: at most 64 are read"),
    ],
)
def test_a_wrong_block_is_refused_with_its_number_field_and_line(text: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        recipe_from_toml(text, "city.toml")
    assert str(refused.value).startswith(says), str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("knob", [knob for knob in all_knobs() if not knob.local], ids=lambda knob: knob.name)
def test_what_is_one_for_the_city_is_refused_in_a_place(knob) -> None:
    with pytest.raises(Refusal, match=f"{knob.name} is one for the whole city"):
        recipe_from_toml(f"{DISC}{knob.name} = {knob.default}")
    with pytest.raises(Refusal, match=f"{knob.name} is one for the whole city"):
        characters_from_toml(f"[park]\n{knob.name} = 1", "districts.toml")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"GIF89a" + bytes(60), "is no PNG"),
        (_png(bytes(257), (257, 1)), "257 × 1 pixels"),
        (_png(bytes(range(100)), (10, 10))[:48], "is damaged"),
        (_png(bytes(200), (10, 10), "I;16"), "16 bits"),
        (bytes(1_000_001), "larger than"),
    ],
)
def test_a_wrong_map_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "paint.png").write_bytes(data)
    file = tmp_path / "mine.toml"
    file.write_text('[[local]]\nshape = "map"\nx = 0\ny = 0\nwidth_m = 9\nheight_m = 9\nfile = "paint.png"\n')
    with pytest.raises(Refusal, match=rf"mine\.toml:7: local 1: .*{says}"):
        load_recipe(str(file))


def test_a_map_lies_beside_its_recipe(tmp_path: Path) -> None:
    (tmp_path / "paint.png").write_bytes(_png(bytes(4), (2, 2)))
    (tmp_path / "below").mkdir()
    file = tmp_path / "below" / "mine.toml"
    file.write_text('[[local]]\nshape = "map"\nx = 0\ny = 0\nwidth_m = 9\nheight_m = 9\nfile = "../paint.png"\n')
    with pytest.raises(Refusal, match="must lie beside the recipe"):
        load_recipe(str(file))


_WRONG_CHARACTERS = ["[parc]\n", "[park]\nneon.sings = 1\n", "[park]\nneon.signs = true\n", "[park]\nneon.signs = {set = 99}\n"]


@pytest.mark.parametrize("text", _WRONG_CHARACTERS)
def test_a_wrong_list_of_districts_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"districts\.toml: "):
        characters_from_toml(text, "districts.toml")


def test_a_locked_section_keeps_its_draws_when_the_world_is_rolled() -> None:
    recipe = recipe_from_toml("[neon]\nseed = 5\n[world]\nseed = 9\n")
    assert (recipe.seed_of("neon"), recipe.seed_of("ruin"), recipe.seed_of("world")) == (5, 9, 9)
    rolled = recipe.with_value("world", "seed", 10)
    assert (rolled.seed_of("neon"), rolled.seed_of("ruin")) == (5, 10)
    assert rolled.with_value("neon", "seed", -1).seed_of("neon") == 10
    assert overridden(rolled, 0.0, 0.0, "park").seed_of("neon") == 5


def test_a_changed_copy_is_as_good_as_a_new_one() -> None:
    recipe = Recipe()
    assert hash(recipe) == hash(Recipe())
    there = recipe.with_value("neon", "signs", 3.0)
    back = there.with_value("neon", "signs", recipe.neon.signs)
    assert back == recipe and hash(back) == hash(recipe) and there != recipe and hash(there) != hash(recipe)


def test_asking_is_quick() -> None:
    recipe = Recipe()
    blocks = recipe_from_toml("".join(DISC.replace("100", str(60 * k)) + f"neon.signs = {k}\n" for k in range(6)))
    plain = min(timeit(lambda: overridden(recipe, 1.0, 2.0, "park"), number=2000) for _ in range(5)) / 2000
    some = min(timeit(lambda: overridden(blocks, 130.0, -50.0, "park"), number=2000) for _ in range(5)) / 2000
    assert plain < 6e-6 and some < 60e-6  # twice what was aimed at: the machine is shared
