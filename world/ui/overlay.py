"""All that is told over the picture while one walks: hints, prompts, captions, arcs, what the machines sense.

In: the state, the moment, the cues of the ear, the settings, once a frame.  Out: what `Hud`, `CaptionLines`, `EdgeArcs` and the reading
of F3 show. Nothing here is asked by the sim.
"""

from __future__ import annotations

from collections.abc import Sequence

from ursina import window

from world.settings import Settings
from world.sim import Event, EventKind, Snapshot, State, World
from world.ui.caption_lines import CaptionLines, legible_share, lift_of
from world.ui.captions import CaptionPage
from world.ui.cues import Cue
from world.ui.edge_arcs import EdgeArcs
from world.ui.hints import Facts, hints_due, prompt_of
from world.ui.hud import Hud
from world.ui.reading import Reading

_DARK_S = 4.0  # of waking after a capture
_HINT_EVERY_S = 0.5


class Overlay:
    """`stepped` after each step, `update` once a frame."""

    def __init__(self, settings: Settings) -> None:
        self.hud = Hud(settings.hints_seen, settings.keys)
        self.lines, self.arcs, self.reading = CaptionLines(), EdgeArcs(), Reading()
        self._page = CaptionPage()
        self._dark_s = self._wait_s = 0.0

    def stepped(self, events: Sequence[Event], state: State) -> None:
        """A step has been taken."""
        self.reading.senses.note(state, events)
        for event in events:
            self._happened(event, state)

    def _happened(self, event: Event, state: State) -> None:
        """What a person must be told of at once."""
        if event.kind is EventKind.CAPTURED:
            self._dark_s = _DARK_S
            self.hud.hush()  # whoever was hunted no longer is, and wakes elsewhere
            self._page.forget()
            self.arcs.forget()
            where = "where you began" if state.shelter is None else "in the last shelter"
            self.hud.say(f"Taken. You wake {where}.", _DARK_S)
        elif event.kind is EventKind.SHELTER:
            self.hud.hint("shelter")

    def update(
        self, world: World, state: State, moment: Snapshot, cues: Sequence[Cue], settings: Settings, dt_s: float, walked_s: float
    ) -> None:
        """The overlay of this frame."""
        hud, heading = self.hud, moment.eye.heading_deg
        if self._dark_s > 0:
            self._dark_s = max(0.0, self._dark_s - dt_s)
            hud.darken(min(1.0, self._dark_s / (_DARK_S * 0.6)))
        size = legible_share(settings.caption_size, window.size[1])
        self.lines.draw(self._page.update(moment.time_s, cues, heading, settings.captions), size)
        hud.lift(lift_of(size) if settings.captions != "off" else 0.0)
        self.arcs.update(moment.time_s, cues if settings.arcs else (), heading, window.aspect_ratio)
        shown = settings.throw_arc and state.hands.aiming_since >= 0  # the arc itself says what the hand does
        prompt = prompt_of(state.hands, state.walker, state.patrol, hud.keys["use"])
        hud.prompt(prompt if settings.prompts and not shown else "")
        hud.breath(state.hands.air if state.hands.held_since >= 0 else None)
        self._wait_s -= dt_s
        if self._wait_s <= 0:
            self._wait_s = _HINT_EVERY_S
            wanted = "dark" not in hud.seen and walked_s > 0.0
            visibility = self.reading.senses.exposure(world, state, moment).visibility if wanted else None
            hud.hint(*hints_due(state, Facts(walked_s, visibility)))
        self.reading.draw(world, state, moment, dt_s)
        hud.update(dt_s)

    def toggle(self) -> None:
        """F2: hides all but messages and the dark, or shows it."""
        self.hud.toggle()
        self.lines.show(self.hud.shown)
        self.arcs.show(self.hud.shown)
        self.reading.show(self.hud.shown)
