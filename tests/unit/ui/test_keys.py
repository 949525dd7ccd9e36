"""Keys and mouse: taps count, clicks on panels do not, and an arm drawn back is let down in the street alone."""

from __future__ import annotations

from typing import Any

import pytest

from world.sim import Button


@pytest.fixture
def presses(app: Any) -> Any:
    from world.ui.keys import Presses

    return Presses()


def test_a_tap_shorter_than_a_frame_counts_once(presses: Any) -> None:
    for name in ("f", "f up", "left mouse down", "left mouse up", "space", "space up"):
        presses.key(name, caught=True)
    assert presses.next({}) == Button.USE | Button.STRIKE | Button.JUMP
    assert presses.next({}) == Button.NONE


def test_a_held_mouse_button_counts_until_it_is_let_go(presses: Any) -> None:
    presses.key("right mouse down", caught=True)
    assert [presses.next({"right mouse": 1}) for _ in range(3)] == [Button.THROW] * 3
    presses.key("right mouse up", caught=True)
    assert presses.next({}) == Button.NONE


def test_the_mouse_strikes_while_one_crouches_and_runs(app: Any, presses: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two modifiers Ursina hands on the engine's own name."""
    from ursina import Entity, held_keys

    monkeypatch.setattr(app.mouse, "enabled", False)  # as while it is caught
    keys = Entity(input=lambda name: presses.key(name, caught=True))
    for name in ("lcontrol", "lshift", "shift-control-mouse1"):
        app.input(name)
    assert presses.next(held_keys) == Button.CROUCH | Button.RUN | Button.STRIKE
    app.input("mouse1 up")
    assert presses.next(held_keys) == Button.CROUCH | Button.RUN
    keys.disable()


def test_a_click_on_a_panel_is_no_blow(presses: Any) -> None:
    presses.key("left mouse down", caught=False)
    assert presses.next({"left mouse": 1}) == Button.NONE  # the panel closes, the button is still down
    presses.key("left mouse up", caught=True)
    assert presses.next({}) == Button.NONE


def test_an_arm_drawn_back_when_a_panel_opens_stays_so(presses: Any) -> None:
    presses.key("right mouse down", caught=True)
    presses.key("right mouse up", caught=False)
    assert presses.next({}) == Button.THROW
    presses.key("right mouse down", caught=False)
    presses.key("right mouse up", caught=False)
    assert presses.next({}) == Button.THROW
    presses.key("right mouse down", caught=True)
    assert presses.next({}) == Button.THROW
    presses.key("right mouse up", caught=True)
    assert presses.next({}) == Button.NONE


def test_what_was_tapped_in_a_pause_is_not_done_afterwards(presses: Any) -> None:
    presses.key("f", caught=False)
    presses.forget_taps()
    assert presses.next({}) == Button.NONE


def test_another_key_asks_and_whoever_had_it_gets_the_old_one(app: Any) -> None:
    from world.ui.keys import BINDINGS, bindings_of, rebound

    assert bindings_of(()) == BINDINGS
    changes = rebound((), Button.USE, "v")
    bound = bindings_of(changes)
    assert (bound[Button.USE], bound[Button.BREATH]) == (("v",), ("f",))
    assert {button for button in bound if bound[button] != BINDINGS[button]} == {Button.USE, Button.BREATH}
    crouch = bindings_of(rebound((), Button.BREATH, "c"))
    assert (crouch[Button.BREATH], crouch[Button.CROUCH]) == (("c",), ("left control", "right control"))
    assert rebound(changes, Button.USE, "f") == ()


def test_no_two_actions_ever_share_a_key(app: Any) -> None:
    import itertools
    import random

    from world.ui.keys import BINDINGS, FIXED, bindings_of, rebound

    draw, changes = random.Random(4), ()
    keys = sorted({key for bound in BINDINGS.values() for key in bound} | {"r", "g", "middle mouse", "x"})
    for _ in range(300):
        changes = rebound(changes, draw.choice(list(BINDINGS)), draw.choice(keys))
        bound = bindings_of(changes)
        every = list(itertools.chain(*bound.values()))
        assert len(every) == len(set(every)) and not set(every) & FIXED
        assert all(bound.values())  # and none is ever without one


def test_changes_that_make_no_sense_change_nothing(app: Any) -> None:
    from world.ui.keys import BINDINGS, bindings_of

    assert bindings_of(("dance=x", "none=y", "")) == BINDINGS
    assert bindings_of(("use=escape|g",))[Button.USE] == ("g",)
    twice = bindings_of(("use=v", "strike=v|r"))
    assert (twice[Button.USE], twice[Button.STRIKE], twice[Button.BREATH]) == (("v",), ("r",), ())


def test_changed_keys_press_from_then_on(presses: Any) -> None:
    presses.rebind(("strike=r", "use=middle mouse", "lean_left=left mouse"))
    presses.key("middle mouse down", caught=True)
    assert presses.next({"r": 1, "middle mouse": 1}) == Button.STRIKE | Button.USE
    presses.key("middle mouse up", caught=True)
    presses.key("left mouse down", caught=False)
    assert presses.next({"left mouse": 1}) == Button.NONE
    presses.key("f", caught=True)
    presses.key("up arrow", caught=True)
    assert presses.next({}) == Button.FORWARD
    presses.key("up arrow up", caught=True)
    assert presses.next({}) == Button.NONE


def test_the_page_of_keys_waits_for_one_and_hands_over_the_changes(app: Any, engine_log: Any) -> None:
    from ursina import Entity, camera

    from world.ui.key_page import KeyPage
    from world.ui.keys import BINDINGS

    changes: list[tuple[str, ...]] = []
    page = KeyPage(Entity(parent=camera.ui), 0.1, changes.append)
    page.show(())
    assert page.labels[Button.USE] == "pick up:  F" and page.labels[Button.CROUCH] == "crouch:  C / Ctrl"
    assert set(page.labels) == set(BINDINGS)
    assert not page.key("g") and changes == []
    page.wait_for(Button.USE)
    assert page.key("f3") and page.waiting is Button.USE  # the walk's own
    assert page.key("left shift up") and page.waiting is Button.USE
    assert page.key("g") and changes == [("use=g",)] and page.labels[Button.USE] == "pick up:  G"
    page.wait_for(Button.BREATH)
    assert page.key("escape") and page.waiting is None and len(changes) == 1
    page.wait_for(Button.BREATH)
    assert page.key("right mouse down") and changes[-1] == ("throw=v", "use=g", "breath=right mouse")
    page.wait_for(Button.RUN)  # the same click, on what lies under it
    assert page.waiting is None
    assert not page.key("right mouse up")
    page.wait_for(Button.RUN)
    assert page.waiting is Button.RUN
    app.step()


def test_the_help_names_the_keys_that_are_bound(app: Any) -> None:
    from world.ui.help_card import HelpCard
    from world.ui.keys import bindings_of

    card = HelpCard(bindings_of(()))
    assert [words.text for words, _ in card._keys][:8] == ["W A S D", "mouse", "Shift", "Alt", "C, Ctrl", "Space", "Q, E", "V"]
    card.rebind(bindings_of(("strike=r", "forward=t")))
    assert card._keys[0][0].text == "T A S D" and "R" in [words.text for words, _ in card._keys]


def test_hints_and_prompts_name_the_keys_that_are_bound(app: Any) -> None:
    from world.ui.hints import HINTS, hint_words
    from world.ui.keys import bindings_of, names_of

    names = names_of(bindings_of(("strike=r",)))
    assert hint_words("strike_joint", names).startswith("R: a blow")
    assert hint_words("pick_up", names) == "F picks the bottle up again."
    assert all("{" not in hint_words(name, names) for name in HINTS)
