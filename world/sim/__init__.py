"""What happens: the walker and the patrols, sixty steps a second.

In: a `World` (recipe, space, light, loops) and commands.  Out: states, events, and snapshots for whoever draws or listens.
The step is a function of its arguments: no clock, no global draw, no order of arrival decides anything.
"""

from world.sim.clock import Clock
from world.sim.command import Button, Command
from world.sim.kinds import Harm, Kind, Trade
from world.sim.lights import Lights
from world.sim.snapshot import Snapshot, snapshot
from world.sim.state import (
    DT_S,
    TICK_HZ,
    Band,
    Event,
    EventKind,
    Hands,
    Mood,
    Others,
    Patrol,
    Soul,
    State,
    Walker,
    state_digest,
)
from world.sim.step import step
from world.sim.world import World

__all__ = [
    "DT_S",
    "TICK_HZ",
    "Band",
    "Button",
    "Clock",
    "Command",
    "Event",
    "EventKind",
    "Hands",
    "Harm",
    "Kind",
    "Lights",
    "Mood",
    "Others",
    "Patrol",
    "Snapshot",
    "Soul",
    "State",
    "Trade",
    "Walker",
    "World",
    "snapshot",
    "state_digest",
    "step",
]
