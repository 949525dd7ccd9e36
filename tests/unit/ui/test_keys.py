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
