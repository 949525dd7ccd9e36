"""What a person asks of the walker in one tick.

In: held keys and the mouse (from a window, a take or a test).  Out: `Command`.
A recorded walk is a list of these: nothing else about the person enters the step.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from world.sim.exact import TURN, units_from_degrees

PITCH_MAX_Q = units_from_degrees(88.0)


class Button(enum.IntFlag):
    """Keys held during the tick. JUMP mantles a ledge or vaults low cover; RUN, CREEP and CROUCH set the pace; THROW draws the arm back
    and lets go of the bottle when released; USE picks it up; BREATH holds the breath."""

    NONE = 0
    FORWARD = 1
    BACK = 2
    LEFT = 4
    RIGHT = 8
    RUN = 16
    CROUCH = 32
    CREEP = 64
    JUMP = 128
    LEAN_LEFT = 256
    LEAN_RIGHT = 512
    STRIKE = 1024
    THROW = 2048
    USE = 4096
    BREATH = 8192


@dataclass(frozen=True)
class Command:
    """Buttons, and where the person looks, in units of 1/65536 turn: `heading_q` clockwise from north in [0, 65536),
    `pitch_q` up, within 88 degrees."""

    buttons: Button = Button.NONE
    heading_q: int = 0
    pitch_q: int = 0

    @staticmethod
    def looking(heading_deg: float, pitch_deg: float = 0.0, buttons: Button = Button.NONE) -> Command:
        """A command from degrees, quantised and clamped."""
        pitch_q = units_from_degrees(pitch_deg)
        return Command(buttons, units_from_degrees(heading_deg) % TURN, max(-PITCH_MAX_Q, min(PITCH_MAX_Q, pitch_q)))
