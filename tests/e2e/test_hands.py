"""A real window, again: what the hands do reaches the sim, what can be heard stands in captions, F3 turns, and one may only walk."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator

import pytest
from walking import BARE, HEIGHT, WIDTH, Walker, a_walk

from world.place import parse_place

pytestmark = pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed")

CITY = BARE.format(level=-0.02, robots=128) + "[weather]\nrain_mm_h = 0\nswell = 0\n"  # many, and no rain to drown their hum


@pytest.fixture(scope="module")
def walker(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walker]:
    with a_walk(display, tmp_path_factory.mktemp("hands"), CITY, "--captions", "all") as walker:
        yield walker


def _pause_row(walker: Walker, row: int) -> None:
    """Clicks a button of the pause menu."""
    walker.click(0.5 * WIDTH / HEIGHT, 0.25 + 0.045 * row)


def test_machines_that_can_be_heard_stand_in_the_captions(walker: Walker) -> None:
    hums = ("servo hum", "heavy grinding", "quick legs", "rotors")
    line = walker.wait(lambda line: any(hum in text for text in line["captions"] for hum in hums))
    assert len(line["captions"]) <= 4
    assert all(text.startswith("[") and text.endswith("]") for text in line["captions"])


def test_whoever_only_walks_is_noticed_by_nobody(walker: Walker) -> None:
    assert walker.settle()["peaceful"] is False
    walker.do("key", "Escape")
    walker.wait(lambda line: line["paused"])
    _pause_row(walker, 1)
    assert walker.wait(lambda line: line["peaceful"])["paused"]
    walker.do("key", "Escape")
    assert walker.wait(lambda line: not line["paused"])["mouse_caught"]


def test_a_click_strikes_and_one_on_a_panel_does_not(walker: Walker) -> None:
    walker.do("click", "1")
    assert walker.wait(lambda line: line["events"].get("MISS"))["events"]["MISS"] == 1
    walker.do("key", "Tab")
    walker.wait(lambda line: not line["mouse_caught"])
    walker.click(1.2, 0.5)
    assert not walker.settle()["events"].get("MISS")
    walker.do("key", "Tab")
    walker.wait(lambda line: line["mouse_caught"])


def test_another_key_strikes_once_it_was_given_that_and_the_old_one_no_longer(walker: Walker) -> None:
    middle = 0.5 * WIDTH / HEIGHT
    walker.do("key", "Escape")
    walker.wait(lambda line: line["paused"])
    walker.click(middle + 0.264, 0.45)  # the page of keys
    walker.click(middle + 0.176, 0.582)  # strike
    walker.do("key", "r")
    walker.settle()
    walker.do("key", "Escape")
    walker.wait(lambda line: not line["paused"])
    walker.do("click", "1")
    assert not walker.settle()["events"].get("MISS")
    walker.do("key", "r")
    walker.wait(lambda line: line["events"].get("MISS"))


def test_the_bottle_is_thrown_when_the_button_is_let_go_and_picked_up_with_f(walker: Walker) -> None:
    assert walker.settle()["bottle"] is None
    while parse_place(walker.settle()["place"]).pitch_deg > -75.0:  # down, at one's own feet; the mouse is confined to the window
        walker.do("mousemove_relative", "--", "0", "120")
    walker.do("mousedown", "3")
    assert walker.settle()["bottle"] is None
    walker.do("mouseup", "3")
    thrown = walker.wait(lambda line: line["events"].get("THROW"))
    assert thrown["events"]["THROW"] == 1
    walker.settle()
    lies = walker.settle()["bottle"]
    walker.do("keydown", "w")
    walker.wait(lambda line: math.dist(lies[:2], (parse_place(line["place"]).x, parse_place(line["place"]).y)) < 1.5)
    walker.do("keyup", "w")
    walker.do("key", "f")
    assert walker.wait(lambda line: line["events"].get("PICKED_UP"))["bottle"] is None


def test_v_holds_the_breath(walker: Walker) -> None:
    walker.do("keydown", "v")
    walker.wait(lambda line: line["air"] < 0.9)
    walker.do("keyup", "v")
    walker.wait(lambda line: line["air"] == 1.0)


def test_f3_turns_to_what_they_sense_to_the_frame_and_off(walker: Walker) -> None:
    modes = [walker.settle()["reading"]]
    for _ in range(3):
        walker.do("key", "F3")
        walker.settle()
        modes.append(walker.settle()["reading"])
    assert modes == ["off", "senses", "frame", "off"]
    assert walker.errors() == ""
