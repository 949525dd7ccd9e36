"""Hints when they matter, once; prompts for what the hand can do; the breath that is left while it is held."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from lamplit import lamplit, posted

from world.sim import Band, Hands, Harm, State
from world.sim.exact import units_from_degrees


@pytest.fixture(autouse=True)
def _booted(app: Any) -> None:
    """`world.ui` may be imported once Ursina has been booted."""


def before_a_robot(facing: tuple[float, float], *, away_m: float = 1.0, band: Band = Band.UNAWARE, pitch_deg: float = 0.0) -> State:
    """The hero looking north at a robot right before him that faces as given."""
    state = lamplit().first()
    x, y, _ = state.walker.position
    state = posted(state, (x, y + away_m), facing)
    patrol = replace(state.patrol, band=state.patrol.band * 0 + int(band))
    return replace(state, patrol=patrol, walker=replace(state.walker, heading_q=0, pitch_q=units_from_degrees(pitch_deg)))


def prompt(state: State) -> str:
    from world.ui.hints import prompt_of

    return prompt_of(state.hands, state.walker, state.patrol)


def due(state: State, walked_s: float = 0.0, visibility: float | None = None) -> list[str]:
    from world.ui.hints import Facts, hints_due

    return hints_due(state, Facts(walked_s, visibility))


@pytest.mark.parametrize(
    ("facing", "pitch_deg", "point"), [((0, 1), 0, "circuit"), ((0, -1), 0, "sensor"), ((1, 0), 0, "joint"), ((0, 1), -40, "joint")]
)
def test_the_weak_point_before_the_hand_is_named(facing: tuple[float, float], pitch_deg: float, point: str) -> None:
    state = before_a_robot(facing, pitch_deg=pitch_deg)
    assert prompt(state) == f"strike: {point}"
    assert due(state)[0] == f"strike_{point}"


def test_nothing_is_promised_that_would_fail() -> None:
    assert prompt(before_a_robot((0, 1), away_m=2.0)) == ""
    assert prompt(before_a_robot((0, 1), band=Band.SEARCHING)) == ""
    state = before_a_robot((0, 1))
    down = replace(state, patrol=replace(state.patrol, harm=state.patrol.harm + int(Harm.CIRCUIT)))
    assert prompt(down) == "" and not any(name.startswith("strike") for name in due(down))


def test_the_bottle_is_offered_where_it_can_be_reached_and_aiming_explained_while_one_aims() -> None:
    state = lamplit(robots=0).first()
    x, y, z = state.walker.position
    assert prompt(state) == "" and "pick_up" not in due(state)
    lies = replace(state, hands=Hands(bottle=(x + 1.0, y, z)))
    assert prompt(lies) == "F: pick up" and "pick_up" in due(lies)
    assert prompt(replace(state, hands=Hands(bottle=(x + 3.0, y, z)))) == ""
    aims = replace(state, hands=Hands(aiming_since=3))
    assert prompt(aims) == "let go: throw   F: lower the arm" and "aim" in due(aims)


def test_hints_come_with_what_they_are_about() -> None:
    from world.ui.hints import HINTS, PRESSING

    quiet = replace(lamplit(robots=0).first())
    assert due(quiet) == ["flashes"]
    assert due(quiet, walked_s=61.0) == ["flashes", "walk", "tweak"]
    near = before_a_robot((0, 1), away_m=20.0)
    assert {"crouch", "throw"} <= set(due(near)) and "dark" not in due(near) and "dark" in due(near, visibility=0.9)
    assert "noticed" in due(before_a_robot((0, 1), away_m=20.0, band=Band.SUSPICIOUS))
    assert "breath" in due(before_a_robot((0, 1), away_m=6.0, band=Band.OBSERVANT))
    hunts = before_a_robot((0, -1), away_m=6.0, band=Band.PURSUIT)
    assert "tweak" in due(near, walked_s=61.0) and "tweak" not in due(hunts, walked_s=61.0), "the hunted have no eyes for sliders"
    hunts = replace(hunts, patrol=replace(hunts.patrol, sighted=hunts.patrol.sighted | True))
    assert "hunted" in due(hunts) and not {"breath", "noticed"} & set(due(hunts))  # too late for these
    sure = before_a_robot((0, -1), away_m=6.0, band=Band.SEARCHING)
    assert "hunted" not in due(sure) and "hunted" in due(replace(sure, patrol=replace(sure.patrol, sighted=sure.patrol.sighted | True)))
    lost = replace(hunts, patrol=replace(hunts.patrol, sighted=hunts.patrol.sighted & False))
    assert not {"breath", "hunted", "noticed"} & set(due(lost))
    assert "noticed" not in due(before_a_robot((0, -1), away_m=6.0, band=Band.AGITATED))  # more than something
    named = {name for state in (quiet, near) for name in due(state, 61.0, 0.9)}
    assert named <= set(HINTS) and set(HINTS) >= PRESSING


def test_hints_keep_twelve_pixels_and_their_lines_within_the_window(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from ursina import window

    from world.ui.hud import Hud
    from world.ui.words import legible

    hud, heights = Hud([]), []
    hud.hint("hunted")
    for height in (1080, 270):
        monkeypatch.setattr(type(window), "size", property(lambda self, height=height: (height * 16 // 9, height)))
        hud.resize()
        scale = hud._hint.path.getScale()[0]
        heights.append(scale * height)
        assert scale * hud._hint.node.getWidth() <= 1.25
    assert heights == pytest.approx([0.024 * 1080, 12.0]) and legible(0.024, 1080) == 0.024


def test_a_hint_is_shown_once_and_gives_way_to_what_presses(app: Any) -> None:
    from world.ui.hints import HINTS, hint_words
    from world.ui.hud import Hud
    from world.ui.keys import BINDINGS, names_of

    hud, names = Hud(["walk"]), names_of(BINDINGS)
    words = {name: hint_words(name, names) for name in HINTS}
    hud.hint("walk", "crouch", "tweak")
    assert hud.hint_text == words["crouch"]
    hud.hint("tweak")
    assert hud.hint_text == words["crouch"] and "tweak" not in hud.seen
    hud.hint("strike_joint", "tweak")
    assert hud.hint_text == words["strike_joint"]
    hud.hint("pick_up")
    assert hud.hint_text == words["strike_joint"]
    hud.update(9.0)
    assert hud.hint_text == ""
    hud.hint("strike_joint", "crouch", "walk")
    assert hud.hint_text == "" and hud.seen == {"walk", "crouch", "strike_joint"}


def test_that_one_is_hunted_is_said_at_once(app: Any) -> None:
    from world.ui.hints import hint_words
    from world.ui.hud import Hud
    from world.ui.keys import BINDINGS, names_of

    hud, names = Hud([]), names_of(BINDINGS)
    hud.hint("breath")
    hud.hint("hunted", "crouch")
    assert hud.hint_text == hint_words("hunted", names)
    hud.hint("pick_up", "hunted")
    assert hud.hint_text == hint_words("hunted", names) and "pick_up" not in hud.seen


def test_the_breath_is_a_line_that_shortens_and_is_there_while_it_is_held(app: Any, engine_log: Any) -> None:
    from world.ui.hud import Hud

    hud = Hud([])
    hud.breath(None)
    app.step()
    assert len(hud._breath.corners) == 0
    bounds = []
    for air in (1.0, 0.5, 0.1):
        hud.breath(air)
        app.step()
        assert len(hud._breath.corners) > 0
        bounds.append(hud._breath.corners[-8:, 0].max())  # the bright line is drawn last
    assert math.isclose(bounds[0], 2 * bounds[1], rel_tol=0.1) and bounds[1] > 3 * bounds[2]
    hud.breath(None)
    app.step()
    assert len(hud._breath.corners) == 0


def test_who_is_taken_is_told_where_he_wakes(app: Any) -> None:
    from world.settings import Settings
    from world.sim import Event, EventKind
    from world.ui.cues import Cue
    from world.ui.overlay import Overlay

    overlay, state = Overlay(Settings()), lamplit(robots=0).first()
    overlay.hud.hint("hunted")
    hum = Cue(("hum", 1), "servo hum", (0.0, 1.0, 0.0), 2.0, 20.0, 0.0, True, int(Band.PURSUIT), True)
    assert overlay.hud.hint_text
    overlay.arcs.update(0.0, [hum], 0.0, 1.6)
    assert overlay._page.update(0.0, [hum], 0.0, "all") and overlay.arcs.placed(0.0)
    overlay.stepped([Event(EventKind.CAPTURED, 1, (0.0, 0.0, 0.0))], state)
    assert overlay.hud.message == "Taken. You wake where you began."
    assert overlay.hud.hint_text == ""  # nobody is after him any more
    assert not overlay._page.update(0.1, [], 0.0, "all") and not overlay.arcs.placed(0.0)  # and what hummed at his side is far away
    overlay.hud.hint("crouch")
    assert overlay.hud.hint_text  # there is room for another
    overlay.stepped([Event(EventKind.CAPTURED, 1, (0.0, 0.0, 0.0))], replace(state, shelter=((0.0, 0.0, 0.0), 0)))
    assert overlay.hud.message == "Taken. You wake in the last shelter."
