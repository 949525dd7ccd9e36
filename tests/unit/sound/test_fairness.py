"""The rule that makes it fair: a machine is heard from farther off than it notices somebody who walks, in every weather."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from lamplit import lamplit, posted

from world.pose import Pose
from world.sim import Event, EventKind, Kind, State, World, snapshot
from world.sim.kinds import HOVER_M
from world.sim.senses import listened, looked
from world.sim.walker import WALK_M_S, step_level_db
from world.sound import hear
from world.space import Material

FAIR = 1.3
SOLES = (0.0, -60.0, 0.0)
FARTHEST_M, EVERY_M = 90.0, 0.5


def at_distance(world: World, kind: Kind, distance_m: float) -> State:
    """A machine of that kind so far ahead of the hero, who walks towards it; it looks at him."""
    state = posted(world.first(), (SOLES[0], SOLES[1] + distance_m), (0.0, -1.0))
    position, count = state.patrol.position.copy(), len(state.patrol)
    position[:, 2] = HOVER_M[kind]
    patrol = replace(state.patrol, position=position, kind=np.full(count, int(kind)))
    return replace(state, patrol=patrol, walker=replace(state.walker, position=SOLES, velocity=(0.0, WALK_M_S, 0.0)))


def notices(world: World, kind: Kind, distance_m: float) -> bool:
    state = at_distance(world, kind, distance_m)
    seen = looked(world, state.patrol, state.walker, 0, 0.05)
    step = Event(EventKind.FOOTSTEP, 0, SOLES, step_level_db(WALK_M_S, False, Material.ASPHALT, False))
    heard = listened(world, state.patrol, step, 0)
    return bool(seen.sighted[0]) or bool(heard.pending_due[0] >= 0)


def audible(world: World, kind: Kind, distance_m: float) -> bool:
    state = at_distance(world, kind, distance_m)
    moment = replace(snapshot(state, state), eye=Pose((SOLES[0], SOLES[1], 1.65), 0.0))
    voices = hear(world, moment, world.hour(0)).voices
    return any(voice.key[0] == "hum" and voice.above_db > 0.0 and voice.gain > 0.0 for voice in voices)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("rain_mm_h", [0.0, 2.0, 6.0, 12.0, 18.0, 30.0, 45.0, 60.0])
def test_the_hum_is_heard_from_farther_off_than_the_machine_notices(kind: Kind, rain_mm_h: float) -> None:
    world = lamplit(lux=20.0, weather={"rain_mm_h": rain_mm_h})
    distances = np.arange(1.5, FARTHEST_M, EVERY_M).tolist()
    noticed = max((d for d in distances if notices(world, kind, d)), default=0.0)
    assert noticed > 3.0, "the test means something: it does notice"
    silent = min(d for d in distances if not audible(world, kind, d))
    assert silent - EVERY_M >= FAIR * noticed, (silent, noticed)
