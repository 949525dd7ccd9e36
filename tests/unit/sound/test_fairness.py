"""The rule that makes it fair: a machine is heard from farther off than it notices somebody who walks, in every weather."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from lamplit import lamplit, posted

from world.conditions import thunders
from world.conditions.hour import RAIN_MAX_MM_H
from world.pose import Pose
from world.recipe import all_knobs
from world.sim import Event, EventKind, Kind, State, World, snapshot
from world.sim.ears import FAIR, HUM_CULL_M, HUM_SURE_M, hum_floor_db, level_db, sight_share, underfoot_db
from world.sim.earshot import noticed_within_m
from world.sim.eyes import SENTRY_CONE, SIGHT_MAX_M, alarm_rate, visibility
from world.sim.kinds import HOVER_M
from world.sim.senses import listened, looked
from world.sim.walker import CREEP_M_S, CROUCH_M_S, RUBBLE_DB, WALK_M_S, step_level_db
from world.sound import Heard, hear
from world.sound.audible import HUM_1M_DB
from world.space import Material

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
@pytest.mark.parametrize("rain_mm_h", [0.0, 6.0, 18.0, 60.0])
def test_the_hum_is_heard_from_farther_off_than_the_machine_notices(kind: Kind, rain_mm_h: float) -> None:
    world = lamplit(lux=20.0, weather={"rain_mm_h": rain_mm_h})
    distances = np.arange(1.5, FARTHEST_M, EVERY_M).tolist()
    noticed = max((d for d in distances if notices(world, kind, d)), default=0.0)
    assert noticed > 3.0, "the test means something: it does notice"
    silent = min(d for d in distances if not audible(world, kind, d))
    assert silent - EVERY_M >= FAIR * noticed, (silent, noticed)


# --- over all that a recipe may ask for, in closed form ----------------------------------------------------------------------

RAINS = np.arange(0.0, RAIN_MAX_MM_H + 1.0, 2.0).tolist()  # wherever one walks, under whichever preset and local blocks


def carries_m(kind: Kind, rain_mm_h: float) -> float:
    """How far, in the open and on every side, a hum stands out of the rain."""
    metres = np.arange(1.0, min(HUM_SURE_M, HUM_CULL_M), 0.05)
    return float(metres[level_db(HUM_1M_DB[kind], metres, 0.0) > hum_floor_db(rain_mm_h)][-1])


def steps_db() -> set[float]:
    """Every level that a walk makes: upright or low, on any ground, in a puddle or not."""
    gaits = [(WALK_M_S, False), (CROUCH_M_S, True), (CREEP_M_S, False)]
    return {step_level_db(*gait, ground, wet) for gait in gaits for ground in Material for wet in (False, True)}


def test_no_ground_no_weather_and_no_knob_lets_a_walk_be_heard_before_the_hum() -> None:
    loudest = max(steps_db())
    keenest = next(knob.high for knob in all_knobs() if knob.name == "patrol.hearing_db")
    for rain in RAINS:
        carried = min(carries_m(kind, rain) for kind in Kind)
        for keen in (0.0, keenest):
            walks = noticed_within_m(EventKind.FOOTSTEP, loudest + keen, rain)
            slides = noticed_within_m(EventKind.RUBBLE, RUBBLE_DB + keen, rain)
            assert carried >= FAIR * max(walks, slides) - 0.1, (rain, keen, carried, walks, slides)


@pytest.mark.parametrize("kind", Kind)
def test_no_light_and_no_weather_lets_a_walk_be_seen_before_the_hum(kind: Kind) -> None:
    """Alertness is how fast an eye becomes sure; how far it sees, no knob changes."""
    range_m = SENTRY_CONE[1] if kind == Kind.SENTRY else SIGHT_MAX_M
    metres = np.arange(1.0, range_m, 0.05)
    sees = metres[alarm_rate(visibility(1e6, WALK_M_S), 1.0, metres, 1.0, False) > 0.0][-1]
    for rain in RAINS:
        assert carries_m(kind, rain) >= FAIR * min(sees, range_m * sight_share(rain)), rain


def test_the_rule_holds_along_any_way() -> None:
    """Whatever a way swallows of steps, it swallows of the hum; and thunder drowns both."""
    metres, losses = np.meshgrid(np.arange(1.0, 80.0, 0.5), np.arange(0.0, 60.0, 1.0))
    for rain, thunder in ((0.0, 0.0), (6.0, 15.0), (45.0, 0.0)):
        noticed = underfoot_db(84.0, metres, losses, rain, thunder) > 0.0
        hum = level_db(float(HUM_1M_DB.min()), FAIR * metres, losses) > hum_floor_db(rain, thunder)
        assert noticed.any() and (hum & (FAIR * metres <= HUM_SURE_M))[noticed].all()


def test_thunder_drowns_hums_for_the_hero_as_it_drowns_him_for_them() -> None:
    storm = lamplit(lux=5.0, weather={"rain_mm_h": 18.0, "lightning": 6.0})
    rolls = next(stroke.thunder_s for stroke in thunders(storm.recipe, 10.0, 300.0))
    state = at_distance(storm, Kind.GLIDER, 25.0)
    moment = replace(snapshot(state, state), eye=Pose((SOLES[0], SOLES[1], 1.65), 0.0))

    def above_db(heard: Heard) -> float:
        return max((voice.above_db for voice in heard.voices if voice.key[0] == "hum"), default=-math.inf)

    hours = [storm.hour(round(60 * (rolls + late))) for late in (-0.5, 0.5)]
    assert [hour.thunder_db > 0.0 for hour in hours] == [False, True]
    before, during = (above_db(hear(storm, moment, hour)) for hour in hours)
    assert before > 0.0 > during
