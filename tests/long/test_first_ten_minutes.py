"""The first ten minutes of a play, through a real window: heard, hidden from, seen, fled from, caught by, waking, struck down.

One walk in the default city serves all tests here, in their order; a picture of each moment lies in the walk's folder.
`python -m pytest -m long tests/long/test_first_ten_minutes.py --basetemp=pictures` takes a quarter of an hour on the software renderer.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hero import Body, Facts, Hero
from walking import HEIGHT, WIDTH, Walker, a_walk

from world.pipe import Pipe
from world.recipe import load_recipe
from world.sim import World

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(shutil.which("xdotool") is None or shutil.which("import") is None, reason="xdotool or ImageMagick is missing"),
]

# A script that sees three frames a second has slower hands than a person: the machines are slower, too, so that one can creep up to them.
# It pours, so that a crouched step is not heard from farther off than two metres.
CITY = "[patrol]\npace = 0.5\n[weather]\nrain_mm_h = 18\nswell = 0\n"
ASIDE, IN_REACH = (3.0, 9.0), (1.0, 2.4)  # metres from its round
HUM = "servo hum"
_SENSITIVITY, _DEG_PER_PIXEL = 3.0, 0.08
_BUTTONS = {"strike": "1"}


class Hands(Body):
    """A person's, on the keys and the mouse of a walk. The walk stands still while the script thinks: a person thinks as he walks."""

    def __init__(self, walker: Walker) -> None:
        self._walker, self._read = walker, 0
        self._held: set[str] = set()
        self._asked = False

    def hold(self, *keys: str) -> None:
        wanted, words = set(keys), []
        for key in sorted(self._held - wanted):
            words += ["mouseup", _BUTTONS[key]] if key in _BUTTONS else ["keyup", key]
        for key in sorted(wanted - self._held):
            words += ["mousedown", _BUTTONS[key]] if key in _BUTTONS else ["keydown", key]
        self._held = wanted
        if words:
            self._walker.do(*words)

    def turn(self, heading_deg: float, pitch_deg: float) -> None:
        step = _DEG_PER_PIXEL * _SENSITIVITY
        across = max(8 - WIDTH // 2, min(WIDTH // 2 - 8, round(heading_deg / step)))  # the pointer is confined to the window
        up = max(8 - HEIGHT // 2, min(HEIGHT // 2 - 8, round(pitch_deg / step)))
        if across or up:
            self._walker.do("mousemove_relative", "--", str(across), str(-up))
            self._asked = True

    def frame(self) -> Facts:
        """The next line in which what was asked has been done, what happened since the last one with it."""
        self._walker.process.send_signal(signal.SIGCONT)
        line = self._walker.next_line()
        if self._asked and self._read and Facts(line).look == Facts(self._walker.lines()[self._read - 1]).look:
            line = self._walker.next_line()  # that one was under way when the head was turned
        self._walker.process.send_signal(signal.SIGSTOP)
        self._asked = False
        events: Counter[str] = Counter()
        for one in self._walker.lines()[self._read :]:
            events.update(one["events"])
        self._read = len(self._walker.lines())
        return Facts({**self._walker.lines()[-1], "events": dict(events)})


class Play:
    """The walk and its hero; `keep` takes a picture of the window."""

    def __init__(self, walker: Walker, hero: Hero, display: str) -> None:
        self.walker, self.hero, self._display, self._count = walker, hero, display, 0
        self.key = next(one["key"] for one in hero.facts.machines if one["kind"] == "GLIDER")

    def keep(self, name: str) -> None:
        self._count += 1
        path = self.walker.folder / f"{self._count:02d}-{name}.png"
        subprocess.run(["import", "-display", self._display, "-window", self.walker.window, str(path)], check=True, timeout=60)

    @property
    def machine(self) -> dict[str, Any]:
        return self.hero.facts.machine(self.key)

    def hide(self, *off_m: tuple[float, float]) -> None:
        """To cover beside its round, so far from it or, where there is none, so far."""
        hero, end = self.hero, self.hero.facts.seconds + 240.0
        found = None
        while found is None and hero.facts.seconds < end:
            found = next((spot for one in off_m if (spot := hero.hiding_place(self.key, one))), None)
            if found is None:
                hero.pause(4.0, "c")
        assert found is not None
        assert hero.go(found[0], "walk", 120.0)


@pytest.fixture(scope="module")
def play(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    folder = tmp_path_factory.mktemp("play")
    (folder / "config").mkdir()
    (folder / "config" / "settings.toml").write_text(f"mouse_sensitivity = {_SENSITIVITY}\n")
    with a_walk(display, folder, CITY, "--captions", "all", "--log-every", "0.01") as walker:
        hero = Hero(Hands(walker), World.of(Pipe(load_recipe(str(walker.recipe)))))
        yield Play(walker, hero, display)


def test_it_is_heard_before_it_is_seen(play: Play) -> None:
    hero = play.hero
    assert hero.travel(play.machine["at"][:2], "walk", 120.0, lambda facts: any(HUM in text for text in facts.line["captions"]))
    assert not hero.sees(play.machine)
    play.keep("heard")


def test_who_crouches_behind_cover_lets_it_pass(play: Play) -> None:
    play.hide(ASIDE)
    passed = play.hero.pass_by(play.key, 200.0)
    play.keep("hidden")
    assert passed is not None
    nearest_m, alert = passed
    assert nearest_m < 10.0 and alert < 0.26, passed


def test_who_runs_about_before_it_is_hunted(play: Play) -> None:
    assert play.hero.show(play.key, 120.0)
    assert play.machine["band"] == "PURSUIT" and play.machine["sees"]
    play.keep("hunted")


def test_round_two_corners_it_loses_him_and_calms_down(play: Play) -> None:
    hero = play.hero
    assert hero.flee(play.key, 60.0)
    play.keep("fled")
    assert not play.machine["sees"]
    assert hero.shake_off(play.key, 120.0)
    play.keep("shaken-off")
    assert play.machine["alert"] > 0.0


def test_who_walks_up_to_it_is_caught_and_wakes_where_he_began(play: Play) -> None:
    hero = play.hero
    start = hero.world.start.position

    def caught(facts: Facts) -> int:
        return facts.happened("CAPTURED")

    end = hero.facts.seconds + 200.0
    while hero.facts.seconds < end and not caught(hero.facts):
        way = hero.way(play.machine["at"])
        if play.machine["away_m"] < 3.0 or not way:
            hero.wait(caught, 0.5)
        else:
            hero.go(way, "walk", 3.0, until=lambda facts: caught(facts) or facts.machine(play.key)["away_m"] < 2.5)
    assert caught(hero.facts)
    play.keep("taken")
    assert hero.facts.line["message"] == "Taken. You wake where you began."
    woken = hero.facts.eye
    assert max(abs(woken[k] - start[k]) for k in range(2)) < 1.0
    hero.pause(4.0)
    play.keep("woken")
    assert play.machine["alert"] == 0.0


def test_a_blow_before_it_suspects_breaks_something(play: Play) -> None:
    hero = play.hero
    for _ in range(3):  # as a person would try again
        play.hide(IN_REACH, ASIDE)
        if hero.pass_by(play.key, 240.0) and hero.strike(play.key, 90.0):
            break
    play.keep("struck")
    assert play.machine["harm"]
    hero.pause(3.0)
    play.keep("harmed")
    assert play.walker.errors() == ""
