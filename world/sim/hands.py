"""The hero's hands and breath: throw the bottle and pick it up, strike what can be broken, hold still.

In: the world, `Hands`, the hero before and after his steps, a `Command`, the `Patrol`, the tick.  Out: the next `Hands`, the `Patrol`
with what was broken, and what happened.
How: a blow lands on the nearest machine within reach; where one stands decides what it hits: its sensor from before, the exposed
circuit from behind, a joint from beside or low down. Only one that suspects nothing can be struck.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from world.sim.alert import EVIDENCE_CAP, THRESHOLD
from world.sim.command import Button, Command
from world.sim.exact import sin_cos, units_from_degrees
from world.sim.kinds import Harm, Kind
from world.sim.senses import vector
from world.sim.state import TICK_HZ, Band, Event, EventKind, Hands, Patrol, Vector, Walker
from world.sim.throw import REACH_M, fly, from_hand
from world.space.chunk_space import CHUNK_M

if TYPE_CHECKING:
    from world.sim.world import World

STRIKE_M, STRIKE_DB = 1.3, 74.0
STRIKE_TICKS = 36  # from one blow to the next
BREATH_S = 12.0  # that one holds it, rested
_GASP_DB = 52.0
_AIR_BACK_S, _AIR_NEEDED = 5.0, 0.3
_MISSED = 0.5  # what a blow that fails adds to the alert
_WITHIN_DEG = 60.0
LOW_Q = units_from_degrees(-25.0)  # looking lower than that, one strikes at its joints
_UP_M = 1.6
_SOAKED_S, _DRY_S, _WET_TICKS = 40.0, 300.0, 15
LOWERED = -2  # `aiming_since` of an arm that was lowered again
_HELD = Button.THROW | Button.STRIKE | Button.USE


def step_hands(
    world: World, hands: Hands, walker: Walker, command: Command, patrol: Patrol, tick: int, dt: float
) -> tuple[Hands, Patrol, list[Event]]:
    """Hands and patrol a tick later."""
    pressed = command.buttons & ~hands.buttons
    hands, events = _breathed(replace(hands, buttons=int(command.buttons & _HELD)), walker, command, tick, dt)
    hands, thrown = _threw(world, hands, walker, command, tick, dt)
    hands, taken = _picked_up(hands, walker, tick) if Button.USE in pressed else (hands, [])
    struck: list[Event] = []
    if Button.STRIKE in pressed and tick - hands.struck_at >= STRIKE_TICKS and walker.climb is None:
        hands, patrol, struck = _struck(hands, walker, patrol, tick)
    if tick % _WET_TICKS == 0:
        hands = replace(hands, wet=_wetter(world, hands.wet, walker, tick))
    return hands, patrol, events + thrown + taken + struck


def _breathed(hands: Hands, walker: Walker, command: Command, tick: int, dt: float) -> tuple[Hands, list[Event]]:
    """Breath held while the key is, as long as there is air."""
    holding = hands.held_since >= 0
    if Button.BREATH in command.buttons and (holding or hands.air >= _AIR_NEEDED):
        air = hands.air - dt / (BREATH_S * (1.0 - 0.7 * walker.exertion))
        if air > 0.0:
            return replace(hands, air=air, held_since=hands.held_since if holding else tick), []
        return replace(hands, air=0.0, held_since=-1), [Event(EventKind.GASP, tick, walker.position, _GASP_DB)]
    return replace(hands, air=min(1.0, hands.air + dt / _AIR_BACK_S), held_since=-1), []


def _threw(world: World, hands: Hands, walker: Walker, command: Command, tick: int, dt: float) -> tuple[Hands, list[Event]]:
    """The arm drawn back while the button is held, the bottle let go with it; and its flight."""
    if hands.bottle is None:
        if Button.THROW in command.buttons and walker.climb is None:
            return replace(hands, aiming_since=_aiming(hands.aiming_since, Button.USE in command.buttons, tick)), []
        if hands.aiming_since < 0:
            return replace(hands, aiming_since=-1), []
        start, velocity = from_hand(walker)
        hands = replace(hands, bottle=start, velocity=velocity, resting=False, aiming_since=-1, thrown_at=tick)
        return hands, [Event(EventKind.THROW, tick, start)]
    if hands.resting:
        return hands, []
    level = world.hour(tick).water_level_m
    flight = fly(world.window, hands.bottle, hands.velocity, level, dt)
    hands = replace(hands, bottle=flight.position, velocity=flight.velocity, resting=flight.resting)
    if flight.level_db <= 0.0:
        return hands, []
    return hands, [Event(EventKind.BOTTLE, tick, flight.position, flight.level_db, flight.material, flight.puddle)]


def _aiming(since: int, lowers: bool, tick: int) -> int:
    """Since when the arm is drawn back; who thinks better of it keeps it down until the button is let go."""
    if lowers or since == LOWERED:
        return LOWERED
    return since if since >= 0 else tick


def in_reach(hands: Hands, walker: Walker) -> bool:
    """Whether the bottle lies where the hero can pick it up."""
    if hands.bottle is None or not hands.resting:
        return False
    (x, y, z), (bx, by, bz) = walker.position, hands.bottle
    return math.sqrt((bx - x) ** 2 + (by - y) ** 2) <= REACH_M and -0.8 <= bz - z <= 2.0


def _picked_up(hands: Hands, walker: Walker, tick: int) -> tuple[Hands, list[Event]]:
    if not in_reach(hands, walker):
        return hands, []
    return replace(hands, bottle=None, taken_at=tick), [Event(EventKind.PICKED_UP, tick, walker.position)]


def weak_point(facing: tuple[float, float], away: tuple[float, float], low: bool) -> Harm:
    """What a blow hits from `away` (the way from the machine to the hero): within 60 degrees of straight before it the sensor, of
    straight behind it the circuit, else, or low down, a joint."""
    length = max(math.sqrt(away[0] * away[0] + away[1] * away[1]), 1e-9)
    before = (facing[0] * away[0] + facing[1] * away[1]) / length
    cosine = sin_cos(units_from_degrees(_WITHIN_DEG))[1]
    if low or abs(before) < cosine:
        return Harm.JOINT
    return Harm.SENSOR if before > 0.0 else Harm.CIRCUIT


def target_of(walker: Walker, patrol: Patrol) -> int | None:
    """The machine that a blow would reach: the nearest within arm's length, before the hero, and not down."""
    away = patrol.position - np.array(walker.position)
    distance = np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1])
    sine, cosine = sin_cos(walker.heading_q)
    ahead = (away[:, 0] * sine + away[:, 1] * cosine) / np.maximum(distance, 1e-9)
    before = ahead >= sin_cos(units_from_degrees(_WITHIN_DEG))[1]
    may = (distance <= STRIKE_M) & before & (abs(away[:, 2]) < _UP_M) & (patrol.kind != Kind.SENTRY)
    may &= (patrol.harm & int(Harm.CIRCUIT)) == 0
    rows = np.flatnonzero(may)
    return int(rows[np.argmin(distance[rows])]) if len(rows) else None


def _struck(hands: Hands, walker: Walker, patrol: Patrol, tick: int) -> tuple[Hands, Patrol, list[Event]]:
    """A blow, and what it does."""
    hands = replace(hands, struck_at=tick, struck=0)
    k = target_of(walker, patrol)
    if k is None:
        return hands, patrol, [Event(EventKind.MISS, tick, walker.position)]
    here, alert = patrol.position[k], patrol.alert.copy()
    goal, goal_since, evidence = patrol.goal.copy(), patrol.goal_since.copy(), patrol.evidence_at.copy()
    goal[k], goal_since[k], evidence[k] = walker.position, tick, tick
    known = replace(patrol, goal=goal, goal_since=goal_since, evidence_at=evidence)
    if patrol.band[k] >= Band.SEARCHING:  # it was on its guard
        alert[k] = max(alert[k], min(alert[k] + _MISSED, EVIDENCE_CAP))
        return hands, replace(known, alert=alert), [Event(EventKind.MISS, tick, vector(here), STRIKE_DB, robot=k)]
    facing = float(patrol.facing[k, 0]), float(patrol.facing[k, 1])
    away = walker.position[0] - float(here[0]), walker.position[1] - float(here[1])
    harm = weak_point(facing, away, walker.pitch_q < LOW_Q)
    harms, harmed_at = patrol.harm.copy(), patrol.harmed_at.copy()
    harms[k] |= int(harm)
    harmed_at[k] = tick
    alert[k] = {
        Harm.JOINT: max(alert[k], THRESHOLD[Band.AGITATED]),
        Harm.SENSOR: max(alert[k], THRESHOLD[Band.SEARCHING]),
        Harm.CIRCUIT: 0.0,
    }[harm]
    event = Event(EventKind.STRIKE, tick, vector(here), STRIKE_DB, robot=k, harm=int(harm))
    sighted = patrol.sighted.copy()
    sighted[k] = False
    return replace(hands, struck=int(harm)), replace(known, harm=harms, harmed_at=harmed_at, alert=alert, sighted=sighted), [event]


def _wetter(world: World, wet: float, walker: Walker, tick: int) -> float:
    """How soaked the sleeves are: by the rain that falls on them, less under a roof."""
    seconds = _WET_TICKS / TICK_HZ
    rain = world.hour(tick).rain_mm_h
    if _roofed(world, walker.position):
        return max(0.0, wet - seconds / _DRY_S)
    return min(1.0, wet + seconds / _SOAKED_S * min(1.0, rain / 18.0))


def _roofed(world: World, at: Vector) -> bool:
    x, y, z = at
    cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
    cover = float(world.window.chunk(cx, cy).space.ground.cover[int(y - cy * CHUNK_M), int(x - cx * CHUNK_M)])
    return z + 1.0 < cover < 1e3
