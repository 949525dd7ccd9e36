"""A city in one line: short, whole, and refused when damaged, swollen, hostile, or from the future."""

from __future__ import annotations

import base64
import zlib

import pytest

from world.errors import Refusal
from world.recipe import Recipe, load_recipe, preset_names, recipe_from_toml, with_settings
from world.recipe.load import read_recipe
from world.recipe.share import _DICTIONARY, TEXT_BYTES_MAX, code_of, toml_of_code

PLACE = "12.50,-40.00,1.65/90.0/-5.0"
RECIPE = with_settings(Recipe(), ["water.level_m=0.3", "neon.signs=36", "neon.powered=0.9", "weather.rain_mm_h=30"], seed="7")
# Codes that people may have kept: they must stay readable for ever.
KEPT = "ash1-eBXR_UNmGxrpmRro6JoY6BkY6BjqmZnqWwKZ-rqmegZKqCaYww2GxQjIN1A7IYFvbMYFC3-QDxEuQwSxsQEA"


def _packed(data: bytes, crc: int | None = None) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=_DICTIONARY)
    body = packer.compress(data) + packer.flush()
    return "ash1-" + base64.urlsafe_b64encode((zlib.crc32(data) if crc is None else crc).to_bytes(4, "big") + body).decode().rstrip("=")


def test_a_code_holds_recipe_seed_and_place() -> None:
    recipe, about = read_recipe(KEPT)
    assert recipe == RECIPE and about.at == PLACE
    assert code_of(RECIPE, PLACE) == KEPT or read_recipe(code_of(RECIPE, PLACE)) == read_recipe(KEPT)  # another zlib packs otherwise
    broken = KEPT[:20] + "\n  " + KEPT[20:] + "\n"  # as a mail program leaves it
    assert read_recipe(broken)[0] == RECIPE


def test_codes_are_short() -> None:
    assert len(code_of(Recipe())) < 16
    for name in preset_names():
        code = code_of(load_recipe(name), PLACE)
        assert len(code) < 400, name
        assert read_recipe(code)[0] == load_recipe(name)


def test_local_blocks_go_along() -> None:
    recipe = recipe_from_toml('[[local]]\nshape = "polygon"\npoints = [[0, 0], [9.5, 0], [0, 9]]\nfeather_m = 4\nruin.damage = 1\n')
    assert load_recipe(code_of(recipe)) == recipe


@pytest.mark.parametrize("at", range(5, len(KEPT)))
def test_one_wrong_letter_is_noticed(at: int) -> None:
    code = KEPT[:at] + ("A" if KEPT[at] != "A" else "B") + KEPT[at + 1 :]
    try:
        recipe, about = read_recipe(code)
    except Refusal as refusal:
        assert "damaged" in str(refusal)
    else:
        assert recipe == RECIPE and about.at == PLACE  # a padding bit of base64: nothing was lost
        assert at == len(KEPT) - 1


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (KEPT[:-6], "damaged"),
        ("ash1-", "damaged"),
        ("ash1-%%%%", "damaged"),
        (KEPT + "AAAA", "damaged"),
        (KEPT.replace("ash1", "ash2"), "version 2, and this program reads version 1"),
        ("ash1-" + "A" * 9000, "longer than"),
        (_packed(b"#" * (TEXT_BYTES_MAX + 1)), f"more than {TEXT_BYTES_MAX} bytes"),
        (_packed(b"#" * 5_000_000), f"more than {TEXT_BYTES_MAX} bytes"),
        (_packed(b"\xff\xfe"), "damaged"),
        (_packed(b"[neon]\nsigns=99"), "the code:2: neon.signs = 99.0: must be"),
        (_packed(b"[nein]\nsigns=9"), "unknown section"),
        (_packed(b'[about]\nat="1,2"'), "about.at"),
        (_packed(b'[about]\ntitle="\\u001b[2J"'), "about.title"),
        (_packed(b'[[local]]\nshape="map"\nx=0\ny=0\nwidth_m=9\nheight_m=9\nfile="/etc/hostname"'), "no recipe file"),
    ],
)
def test_a_wrong_code_is_refused_in_one_line(code: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_recipe(code)
    assert says in str(refused.value) and "\n" not in str(refused.value) and len(str(refused.value)) < 300


def test_what_is_too_long_for_a_code_is_said() -> None:
    corners = ", ".join(f"[{k}.125, {-k * k}.5]" for k in range(64))
    block = f'[[local]]\nshape = "polygon"\npoints = [{corners}]\nneon.signs = 1\n'
    with pytest.raises(Refusal, match="too long for a code"):
        code_of(recipe_from_toml(block * 9))


def test_the_words_inside_are_a_recipe_file() -> None:
    assert toml_of_code(KEPT).splitlines()[:2] == ["[about]", f'at="{PLACE}"']
