"""A real window, driven as a person drives it: keys, mouse, sliders, and a recipe saved by an editor.

One walk serves all tests here, in their order (a city takes a while to build); `--log` tells what became of each thing done.
"""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator

import pytest
from walking import BARE, HEIGHT, WIDTH, Walker, a_walk, own_tree

from world.place import parse_place

pytestmark = pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed")


def city(level_m: float) -> str:
    """A city with nobody in it."""
    return BARE.format(level=level_m, robots=0)


@pytest.fixture(scope="module")
def walker(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walker]:
    folder = tmp_path_factory.mktemp("walk")
    own_tree(folder)
    with a_walk(display, folder, city(-0.02), "--watch-shaders") as walker:
        yield walker


def test_w_walks_and_the_walk_ends(walker: Walker) -> None:
    before = parse_place(walker.settle()["place"])
    walker.do("keydown", "w")
    moved = walker.wait(lambda line: abs(parse_place(line["place"]).y - before.y) + abs(parse_place(line["place"]).x - before.x) > 0.5)
    walker.do("keyup", "w")
    after = parse_place(moved["place"])
    assert after.heading_deg == before.heading_deg
    assert abs(after.z - before.z) < 1.0
    walker.settle()
    stood = walker.settle()["place"]
    assert parse_place(walker.settle()["place"]).x == pytest.approx(parse_place(stood).x, abs=0.05)


def test_a_shader_saved_in_mid_walk_is_drawn_and_a_broken_one_is_only_reported(walker: Walker) -> None:
    file = walker.folder / "world" / "shaders" / "surface" / "ground.frag.glsl"
    whole = file.read_text()
    walker.do("keydown", "w")
    try:
        file.write_text(whole.replace("    color += seen;", "    color += unseen;"))
        broken = walker.wait(lambda line: "old shader stays" in line["message"])
        assert "surface/ground.frag.glsl:" in broken["message"] and "unseen" in broken["message"]
        went_on = walker.wait(lambda line: line["place"] != broken["place"])
        file.write_text(whole.replace("    color += seen;", "    color += seen + vec3(0.0, 0.4, 0.0);"))
        walker.wait(lambda line: line["message"].startswith("surface/ground.frag.glsl: ") and "read again" in line["message"])
        assert walker.settle()["place"] != went_on["place"]
    finally:
        walker.do("keyup", "w")
        file.write_text(whole)
    walker.wait(lambda line: "read again" in line["message"])
    assert "Traceback" not in walker.errors()


def test_the_mouse_turns_the_head_exactly(walker: Walker) -> None:
    before = parse_place(walker.settle()["place"])
    walker.do("mousemove_relative", "--", "100", "-50")
    walker.settle()
    after = parse_place(walker.settle()["place"])
    assert (after.heading_deg - before.heading_deg) % 360 == pytest.approx(8.0, abs=0.11)
    assert after.pitch_deg - before.pitch_deg == pytest.approx(4.0, abs=0.11)


def test_tab_frees_the_mouse_and_a_slider_changes_the_recipe(walker: Walker) -> None:
    before = walker.settle()
    assert before["mouse_caught"]
    walker.do("key", "Tab")
    walker.wait(lambda line: not line["mouse_caught"])
    for _ in range(3):  # back from the world to play, patrol and weather
        walker.click(0.07, 0.066)
    walker.click(0.55, 0.115)
    changed = walker.wait(lambda line: line["recipe"] != before["recipe"])
    assert changed["seed"] == before["seed"]
    walker.do("key", "Escape")
    assert walker.wait(lambda line: line["mouse_caught"])["paused"] is False


def test_escape_pauses_and_frees_the_mouse(walker: Walker) -> None:
    walker.do("key", "Escape")
    paused = walker.wait(lambda line: line["paused"])
    assert not paused["mouse_caught"]
    walker.do("keydown", "w")
    walker.settle()
    walker.do("keyup", "w")
    assert walker.settle()["place"] == paused["place"]
    walker.do("key", "Escape")
    assert walker.wait(lambda line: not line["paused"])["mouse_caught"]


def test_a_saved_recipe_is_walked_and_a_bad_one_is_only_reported(walker: Walker) -> None:
    walker.recipe.write_text(city(0.2))
    good = walker.wait(lambda line: "read again" in line["message"])
    walker.recipe.write_text(city(20))
    bad = walker.wait(lambda line: "mine.toml:2: water.level_m = 20.0" in line["message"])
    assert bad["recipe"] == good["recipe"]
    walker.recipe.write_text(city(-0.2))
    assert walker.wait(lambda line: "read again" in line["message"])["recipe"] != good["recipe"]


def test_f12_keeps_a_picture_and_another_beside_it(walker: Walker) -> None:
    from PIL import Image

    walker.do("key", "F12")
    walker.settle()
    walker.do("key", "F12")
    walker.wait(lambda line: "-002.png" in line["message"])
    pictures = sorted(walker.folder.glob("ashes-*.png"))
    assert [path.name[-7:] for path in pictures] == ["001.png", "002.png"]
    with Image.open(pictures[0]) as picture:
        assert picture.size == (WIDTH, HEIGHT)
        assert parse_place(picture.text["Place"])
        assert "[water]" in picture.text["Recipe"]


def test_interrupting_ends_in_order_and_saves_the_settings(walker: Walker) -> None:
    walker.process.send_signal(signal.SIGINT)
    assert walker.process.wait(timeout=60) == 130
    assert "Traceback" not in walker.errors()
    assert "walk" in (walker.folder / "config" / "settings.toml").read_text()
