"""Captions: the words of every sound, and a page that keeps still long enough to be read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from lamplit import lamplit, posted

from world.pose import Pose
from world.sim import Band, Event, EventKind, Harm, Snapshot, snapshot
from world.sound import hear, shots
from world.space import Material

FRAME_S = 1 / 30


@pytest.fixture(autouse=True)
def _booted(app: Any) -> None:
    """`world.ui` may be imported once Ursina has been booted."""


def bearing(degrees: float) -> tuple[float, float, float]:
    return math.sin(math.radians(degrees)), math.cos(math.radians(degrees)), 0.0


def hum(number: int = 1, at_deg: float = -90.0, distance_m: float = 12.0, band: int = Band.UNAWARE, above_db: float = 10.0) -> Any:
    from world.ui.cues import Cue

    return Cue(("hum", number), "servo hum", bearing(at_deg), distance_m, above_db, 0.0, True, int(band), True)


def shot(what: str = "machine calls", at_s: float = 0.0, *, threat: bool = True) -> Any:
    from world.ui.cues import Cue

    return Cue((what, 1), what, bearing(0.0), 40.0, 6.0, at_s, False, None, threat)


class Page:
    """A page and its clock."""

    def __init__(self) -> None:
        from world.ui.captions import CaptionPage

        self._page, self.now_s = CaptionPage(), 0.0

    def frames(self, cues: list[Any], seconds: float = FRAME_S, heading_deg: float = 0.0, wanted: str = "threats") -> Iterator[list[str]]:
        for _ in range(round(seconds / FRAME_S)):
            self.now_s += FRAME_S
            yield [line.text for line in self._page.update(self.now_s, cues, heading_deg, wanted)]  # type: ignore[arg-type]

    def last(self, *cues: Any, **how: Any) -> list[str]:
        return list(self.frames(list(cues), **how))[-1]


@pytest.mark.parametrize(
    ("bearing_deg", "heading_deg", "side"),
    [
        (0, 0, "ahead"),
        (90, 0, "right"),
        (270, 0, "left"),
        (180, 0, "behind"),
        (10, 270, "right"),
        (45, 0, "ahead, right"),
        (200, 330, "behind, left"),
    ],
)
def test_captions_name_the_side(bearing_deg: float, heading_deg: float, side: str) -> None:
    from world.ui.captions import direction_of

    assert direction_of(bearing(bearing_deg), heading_deg) == side


def test_a_line_says_what_where_how_far_and_in_what_state() -> None:
    assert Page().last(hum(band=Band.SEARCHING)) == ["servo hum, left, near, searching"]
    assert Page().last(hum(at_deg=0.0, distance_m=60.0)) == ["servo hum, ahead, far"]
    above = replace(hum(), direction=(0.2, 0.0, 0.97))
    assert Page().last(above) == ["servo hum, above, near"]
    at_the_feet = replace(hum(distance_m=1.0), direction=(-0.3, 0.0, -0.95))
    assert Page().last(at_the_feet) == ["servo hum, left, close"]


def test_every_event_has_words_or_makes_no_sound_that_tells_anything() -> None:
    from world.ui.cues import EVENTS, HUMS
    from world.ui.signs import MOODS

    assert set(EVENTS) == set(EventKind)
    assert {kind for kind, words in EVENTS.items() if not words} == {EventKind.CALM, EventKind.BREATH, EventKind.SHELTER}
    assert set(MOODS) == set(Band)
    assert len(set(HUMS.values())) == len(HUMS) == 4


def test_every_sound_of_the_repertoire_is_told_or_left_out_on_purpose() -> None:
    """Loops by family of voice, shots by the event that makes them or, where none does, by name."""
    from world.sound.audible import beds
    from world.sound.repertoire import LOOPS, SHOTS
    from world.ui.cues import MACHINES, OTHERS, PLACES

    lie_under_all = set(beds(lamplit().hour(0), (1.0, 0.0, 0.0, 0.0)))
    assert {name.split("/")[0] for name in LOOPS} - lie_under_all == set(MACHINES) | set(PLACES)
    by_event = {
        "step", "splash", "servo", "chirp", "breath", "landing", "clamber", "gasp", "throw", "bottle", "pick_up", "miss", "strike",
        "rubble", "sting", "found", "seized", "scurry",
    }  # fmt: skip
    assert {name.split("/")[0] for name in SHOTS} == by_event | set(OTHERS)


def _moment(world: Any, robot: tuple[float, float]) -> Snapshot:
    state = posted(world.first(), robot, (0.0, 1.0))
    return replace(snapshot(state, state), eye=Pose((0.0, -60.0, 1.65), 0.0))


def test_cues_are_what_the_ear_gets_and_no_more() -> None:
    from world.ui.cues import cue_of, cues_of

    for rain, there in ((6.0, True), (45.0, False)):
        world = lamplit(weather={"rain_mm_h": rain})
        moment = _moment(world, (0.0, -20.0))  # 40 m off: a downpour drowns its hum and its call
        cues = [cue for cue in cues_of(hear(world, moment, world.hour(0)), moment) if cue.key[0] == "hum"]
        assert bool(cues) is there
        call = shots(world, moment, world.hour(0), [Event(EventKind.CHIRP, 1, (0.0, -20.0, 1.4), 65.0, robot=0, band=Band.SEARCHING)])
        assert bool(call) is there
        if there:
            assert cues[0].key == ("hum", int(moment.key[0])) and cues[0].distance_m == pytest.approx(40.0, abs=0.5)
            cue = cue_of(call[0], moment)
            assert cue is not None and (cue.what, cue.band, cue.threat) == ("machine calls", Band.SEARCHING, True)


def test_a_machines_sounds_are_one_line_that_tells_what_is_broken() -> None:
    from world.ui.cues import cues_of

    world = lamplit()
    moment = _moment(world, (0.0, -50.0))
    whole, hurt = (
        [cue for cue in cues_of(hear(world, there, world.hour(0)), there) if cue.threat]
        for there in (moment, replace(moment, harm=moment.harm + int(Harm.JOINT)))
    )
    assert [cue.what for cue in whole] == ["servo hum"]
    assert [cue.what for cue in hurt] == ["servo hum, limping"] and hurt[0].key == whole[0].key


@pytest.mark.parametrize(
    ("kind", "robot", "harm", "words"),
    [
        (EventKind.STRIKE, 0, Harm.JOINT, "its joint cracks"),
        (EventKind.STRIKE, 0, Harm.CIRCUIT, "its circuit bursts"),
        (EventKind.MISS, 0, Harm.NONE, "your blow glances off"),
        (EventKind.MISS, -1, Harm.NONE, "your blow misses"),
    ],
)
def test_a_blow_is_told_by_what_it_does(kind: EventKind, robot: int, harm: Harm, words: str) -> None:
    from world.ui.cues import cue_of

    world = lamplit()
    moment = _moment(world, (0.0, -59.0))
    blow = Event(kind, 1, (0.0, -59.0, 0.5), 74.0, robot=robot, harm=int(harm))
    cue = cue_of(shots(world, moment, world.hour(0), [blow])[0], moment)
    assert cue is not None and cue.what == words and not cue.threat


def test_steps_are_not_counted() -> None:
    page = Page()
    step = replace(shot("hard quick steps"), counted=False)
    for k in range(4):
        assert page.last(replace(step, begins_s=0.4 * k)) == ["hard quick steps, ahead, far"]


def test_ones_own_steps_are_told_of_when_they_are_loud() -> None:
    from world.ui.cues import cue_of

    world = lamplit()
    moment = _moment(world, (0.0, 0.0))
    words = []
    for level, material, puddle in ((54, Material.ASPHALT, False), (66, Material.GLASS, False), (60, Material.ASPHALT, True)):
        step = Event(EventKind.FOOTSTEP, 1, (0.0, -60.0, 0.0), float(level), material, puddle)
        cue = cue_of(shots(world, moment, world.hour(0), [step])[0], moment)
        words.append(None if cue is None else cue.what)
        assert cue is None or (cue.own and not cue.threat)
    assert words == [None, "your step, on glass", "your step, in water"]


def test_nothing_is_said_when_nothing_is_wanted_and_threats_alone_when_they_are() -> None:
    thunder, call = shot("thunder", threat=False), shot()
    assert Page().last(thunder, call, wanted="off") == []
    assert Page().last(thunder, call) == ["machine calls, ahead, far"]
    assert Page().last(thunder, call, wanted="all") == ["machine calls, ahead, far", "thunder, ahead, far"]


def test_a_sound_that_comes_and_goes_at_the_edge_of_hearing_does_not_flicker() -> None:
    page = Page()
    shown = [next(page.frames([hum()] if k % 3 == 0 else [])) for k in range(90)]
    assert shown == [["servo hum, left, near"]] * 90


def test_a_head_that_shakes_about_a_border_does_not_change_the_words() -> None:
    page = Page()
    page.last(hum(at_deg=0.0))
    texts = {page.last(hum(at_deg=0.0), heading_deg=22.5 + 6.0 * (-1) ** k)[0] for k in range(90)}
    assert texts == {"servo hum, ahead, near"}
    page.last(hum(at_deg=0.0), heading_deg=45.0, seconds=1.0)
    assert page.last(hum(at_deg=0.0), heading_deg=45.0) == ["servo hum, ahead, left, near"]


def test_a_state_that_grows_worse_is_told_at_once_and_one_that_grows_better_after_a_while() -> None:
    page = Page()
    page.last(hum())
    assert page.last(hum(band=Band.PURSUIT)) == ["servo hum, left, near, coming for you"]
    assert page.last(hum()) == ["servo hum, left, near, coming for you"]
    assert page.last(hum(), seconds=1.0) == ["servo hum, left, near"]


def test_a_single_sound_stays_to_be_read_and_repeats_are_counted() -> None:
    page = Page()
    assert page.last(shot(at_s=0.03)) == ["machine calls, ahead, far"]
    assert page.last(seconds=1.6) == ["machine calls, ahead, far"]
    assert page.last(shot(at_s=1.7)) == ["machine calls, ahead, far ×2"]
    assert page.last(seconds=2.3) == ["machine calls, ahead, far ×2"]
    assert page.last(seconds=0.5) == []


def test_two_that_say_the_same_are_said_once() -> None:
    page = Page()
    assert page.last(hum(1), hum(2), hum(3, at_deg=90.0)) == ["servo hum, left, near", "servo hum, right, near"]


def test_there_are_never_more_than_four_and_what_is_worse_gets_its_place_in_the_end() -> None:
    page = Page()
    calm = [hum(k, at_deg=90.0 * k, distance_m=40.0) for k in range(4)]
    page.last(*calm)
    worse = hum(9, at_deg=45.0, band=Band.SEARCHING)
    assert "servo hum, ahead, right, near, searching" not in page.last(*calm, worse)  # the others have not been read
    pages = list(page.frames([*calm, worse], seconds=3.0))
    assert all(len(lines) == 4 for lines in pages)
    assert pages[-1][-1] == "servo hum, ahead, right, near, searching"
    assert len({tuple(lines) for lines in pages}) <= 3  # one line gave way, once


def test_a_crowd_moving_at_random_changes_its_words_seldom() -> None:
    page, drawn = Page(), np.random.default_rng(3)
    turns, changes, before = np.zeros(9), 0, []
    for _ in range(900):
        turns += drawn.normal(0.0, 3.0, 9)
        cues = [hum(k, at_deg=40.0 * k + turns[k], distance_m=8.0 + 4.0 * k, band=k % 6, above_db=5.0 + k) for k in range(9)]
        lines = next(page.frames(cues))
        changes += lines != before
        before = lines
        assert len(lines) <= 4
    assert changes < 30 * 4  # in half a minute: no line more often than once in a second


def test_lines_stand_on_the_screen_with_their_signs(app: Any, engine_log: Any) -> None:
    from world.ui.caption_lines import CaptionLines
    from world.ui.captions import Line

    drawn = CaptionLines()
    drawn.draw([Line("servo hum, left, near, searching", 3, 1.0), Line("thunder, behind, far", None, 0.5)])
    app.step()
    assert drawn.texts == ["[servo hum, left, near, searching]", "[thunder, behind, far]"]
    marks = len(drawn._signs.corners)
    drawn.draw([Line("servo hum, left, near, searching", 5, 1.0)])
    app.step()
    assert drawn.texts == ["[servo hum, left, near, searching]"] and 0 < len(drawn._signs.corners) != marks
    drawn.draw([])
    app.step()
    assert drawn.texts == [] and not len(drawn._signs.corners)


def test_captions_in_a_small_window_keep_a_least_height_in_pixels_and_fit() -> None:
    from world.ui.caption_lines import CaptionLines, legible_share
    from world.ui.captions import Line

    assert legible_share(1.0, 1080.0) == 1.0 and legible_share(1.8, 720.0) == 1.8
    size = legible_share(0.8, 270.0)
    assert size * 0.023 * 270.0 == pytest.approx(12.0)
    drawn = CaptionLines()
    drawn.draw([Line("heavy grinding, limping, behind, right, near, searching", 3, 1.0)], size)
    assert np.ptp(drawn._plates.corners[:, 0]) < 16 / 9


def test_larger_captions_are_larger_and_what_stands_above_them_gives_way(app: Any) -> None:
    from world.settings import Settings
    from world.ui.caption_lines import CaptionLines, lift_of
    from world.ui.captions import LINES_MAX, Line
    from world.ui.hud import Hud

    lines, tops, widths = [Line(f"servo hum, left, near, {k}", 3, 1.0) for k in range(LINES_MAX)], [], []
    hud = Hud(Settings().hints_seen)
    for size in (1.0, 1.8):
        drawn = CaptionLines()
        drawn.draw(lines, size)
        tops.append(drawn._plates.corners[:, 1].max())
        widths.append(np.ptp(drawn._plates.corners[:, 0]))
        hud.lift(lift_of(size))
        assert hud._hint.path.getY() > tops[-1] + 0.005
    assert widths[1] == pytest.approx(1.8 * widths[0], rel=0.02)
