"""What happens: the walker and the patrols, sixty steps a second.

In: a `World` (recipe, space, light, loops) and commands.  Out: states, events, and snapshots for whoever draws or listens.
The step is a function of its arguments: no clock, no global draw, no order of arrival decides anything.
"""

from world.sim.clock import Clock
from world.sim.command import Button, Command
from world.sim.state import DT_S, TICK_HZ, Band, Event, EventKind, Patrol, Snapshot, State, Walker, state_digest
from world.sim.step import snapshot, step
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
    "Patrol",
    "Snapshot",
    "State",
    "Walker",
    "World",
    "snapshot",
    "state_digest",
    "step",
]
