"""Scripted chases in the real city: a robot is after the hero, who runs to where it cannot see him, round another corner, and hides.

In: a `World`, a kind, a place and a number of the draw.  Out: `Chase`s.
The hero knows what a player sees: where the robot is, and what lies out of its sight; he knows nothing of its alert or its errands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from world.fields import uniform
from world.sim import Band, Button, Command, EventKind, Kind, State, Walker, World, step
from world.sim.beats import FixedBeats
from world.sim.exact import TURN, units_from_degrees
from world.sim.kinds import EYE_M, HOVER_M
from world.sim.route import find_route, is_free
from world.space.sight import clear

BROKEN_S = 4.0  # within which the first cover must be reached
SHAKEN_OFF_S = 10.0
LASTS_S = BROKEN_S + SHAKEN_OFF_S + 1.0
_RUN_M_S = 4.5
_STEP_M = 2
_FAR_M = 24.0
_NEAR_M, _LEAST_HOP_M = 1.0, 5.0
_TRIED, _OFF_M, _UNEASY_M = 12, 6.0, 9.0
_STUCK_TICKS, _THINKS_TICKS, _HURRIES_TICKS = 40, 15, 90
_HEADS_M = (0.9, 1.65)
_BLINK_TICKS, _BROKEN_TICKS = 20, 60  # behind a post he is not gone
_LOOKS = 6  # ticks, in which it looks twice


@dataclass(frozen=True)
class Chase:
    """`broken_s`: when the robot lost sight of him for a second; infinity if never."""

    broken_s: float
    caught: bool
    escaped: bool  # for `SHAKEN_OFF_S` from then it did not see him: what comes later is a search that finds somebody, not this chase


def chases(world: World, kind: Kind, place: tuple[float, float], count: int, *, hides: bool = True) -> Iterator[Chase]:
    """So many chases about a place of the city, each from another spot; `hides` False: the hero stands where he is."""
    found = 0
    for attempt in range(400 * count):
        start = _situation(world, kind, place, attempt)
        if start is None:
            continue
        staged, state = start
        way = _cover_route(staged, state) if hides else None
        if hides and way is None:
            continue
        yield _played(staged, state, way)
        found += 1
        if found == count:
            return


def _situation(world: World, kind: Kind, place: tuple[float, float], attempt: int) -> tuple[World, State] | None:
    """A hero on the street and a robot in pursuit 7 to 13 m off that sees him."""
    draw = [float(uniform(0, "chase", attempt, k)) for k in range(4)]
    x, y = place[0] + 90.0 * (draw[0] - 0.5), place[1] + 90.0 * (draw[1] - 0.5)
    angle, far = math.tau * draw[2], 7.0 + 6.0 * draw[3]
    rx, ry = x + far * math.cos(angle), y + far * math.sin(angle)
    region = world.window.region(x, y)
    if not (is_free(region, x, y) and is_free(region, rx, ry)):
        return None
    ground, robot_ground = world.window.ground(x, y), world.window.ground(rx, ry)
    eye = np.array([[rx, ry, robot_ground + HOVER_M[kind] + EYE_M[kind]]])
    if not clear(region, eye, np.array([[x, y, ground + 1.0]]))[0]:
        return None
    post = np.tile([rx, ry], (4, 1))
    staged = replace(world, beats=FixedBeats.on((post,), (kind,), (0.0,)))
    state = staged.first()
    walker = Walker((x, y, ground))
    state = replace(state, walker=walker, home=None, patrol=state.patrol.take([]))
    state, _ = step(state, Command(), staged)
    p = state.patrol
    towards = np.array([[x - rx, y - ry]]) / far
    hunting = replace(
        p, position=np.array([[rx, ry, robot_ground + HOVER_M[kind]]]), facing=towards, head=towards, alert=np.ones(1),
        band=np.full(1, int(Band.PURSUIT)), band_since=np.full(1, state.tick), evidence_at=np.full(1, state.tick),
        goal=np.array([walker.position]), goal_since=np.full(1, state.tick), sighted=np.ones(1, dtype=bool),
        sighted_at=np.full(1, state.tick),
    )  # fmt: skip
    state = replace(state, patrol=hunting, walker=walker)
    ahead, _ = step(state, Command(), staged)
    for _ in range(_LOOKS):
        ahead, _ = step(ahead, Command(), staged)
    return (staged, state) if ahead.patrol.sighted[0] else None


def _eye(state: State) -> tuple[float, float, float]:
    x, y, z = state.patrol.position[0].tolist()
    return x, y, z + float(EYE_M[int(state.patrol.kind[0])])


def _cover_route(world: World, state: State) -> list | None:
    """Round two corners: to where the robot does not see him, and on to where it does not even while it comes nearer; or None."""
    here, eye = state.walker.position, np.array(_eye(state))
    nearing = [tuple((eye + (np.array(_head(here)) - eye) * share).tolist()) for share in (0.0, 0.4, 0.8)]
    first = cover_way(world, eye[:2], here, nearing[:2], _RUN_M_S * (BROKEN_S - 0.7))
    if first is None:
        return None
    second = cover_way(world, here[:2], first[-1], nearing, _FAR_M, veiled=nearing)
    return None if second is None else first + second


def _head(place: tuple[float, float, float]) -> tuple[float, float, float]:
    return place[0], place[1], place[2] + 1.4


def cover_way(
    world: World, foe: tuple[float, float], here: tuple[float, float, float], eyes: list[tuple[float, float, float]], most_m: float, *,
    far: bool = False, veiled: list[tuple[float, float, float]] | None = None,
) -> list | None:  # fmt: skip
    """A way from `here` to a spot that none of `eyes` sees, no longer than `most_m`, that keeps off the robot at `foe`: the shortest, or
    the one that leads farthest from it, hidden from the eyes `veiled` all along; as corners, or None."""
    robot = np.array(foe)
    region = world.window.region(here[0], here[1])
    reach = np.arange(-most_m, most_m + 0.1, _STEP_M)
    dx, dy = (grid.ravel() for grid in np.meshgrid(reach, reach))
    off = np.sqrt(dx * dx + dy * dy)
    near = (off >= _LEAST_HOP_M) & (off <= most_m)
    spots = np.column_stack([here[0] + dx, here[1] + dy])[near]
    spots = spots[[is_free(region, *spot) for spot in spots.tolist()]]
    if not len(spots):
        return None
    floor = np.array([world.window.ground(*spot) for spot in spots.tolist()])
    for eye in eyes:
        for up in _HEADS_M:
            ends = np.column_stack([spots, floor + up])
            hidden = ~clear(region, np.tile(eye, (len(spots), 1)), ends)
            spots, floor = spots[hidden], floor[hidden]
    away = np.hypot(*(spots - robot).T)
    order = np.argsort(-away if far else np.hypot(*(spots - np.array(here[:2])).T), kind="stable")
    now = math.dist(here[:2], robot)
    for k in order.tolist()[:_TRIED]:
        way = find_route(region, here, (*spots[k].tolist(), float(floor[k])))
        corners = [here[:2], *(corner[:2] for corner in way)]
        length = sum(math.dist(p, q) for p, q in pairwise(corners))
        if not way or length > most_m or math.dist(corners[-1], spots[k]) > 1.0 or not _keeps_off(corners, robot, min(now, _OFF_M)):
            continue
        if all(_veiled(world, [here, *way], eye) for eye in veiled or ()):
            return list(way)
    return None


def _veiled(world: World, way: list, eye: tuple[float, float, float]) -> bool:
    """Whether the eye sees nothing of who goes that way."""
    points = [np.add(a, np.subtract(b, a) * share) for a, b in pairwise(way) for share in (0.25, 0.5, 0.75, 1.0)]
    ends = np.add(points, (0.0, 0.0, 1.2))
    return not clear(world.window.region(*way[0][:2]), np.tile(eye, (len(ends), 1)), ends).any()


def _keeps_off(corners: list, robot, least_m: float) -> bool:
    """Whether no piece of the way comes nearer to the robot than that."""
    for (ax, ay), (bx, by) in pairwise(corners):
        for share in np.linspace(0.15, 1.0, 8).tolist():
            if math.dist((ax + (bx - ax) * share, ay + (by - ay) * share), robot) < least_m - 0.5:
                return False
    return True


def _played(world: World, state: State, way: list | None) -> Chase:
    """Runs the chase: `way` first, then whatever the hero thinks best; None: he stands still."""
    begin, broken, last_seen = state.tick, math.inf, state.tick
    best, since = math.inf, state.tick
    stands = way is None
    for _ in range(round(LASTS_S * 60)):
        seen = state.tick - last_seen < _BLINK_TICKS
        if not stands and (state.tick - begin) % _THINKS_TICKS == 0 and (not way or (seen and state.tick - begin > 60 * BROKEN_S)):
            way, best, since = _fled(world, state, seen), math.inf, state.tick
        command = Command(Button.NONE if stands or seen else Button.CROUCH, state.walker.heading_q)
        if way:
            x, y, _z = state.walker.position
            left = math.dist(way[0][:2], (x, y))
            if left < best - 0.1:
                best, since = left, state.tick
            if left < _NEAR_M or state.tick - since > _STUCK_TICKS:
                way, best, since = way[1:], math.inf, state.tick
        if way:
            heading = units_from_degrees(math.degrees(math.atan2(way[0][0] - x, way[0][1] - y))) % TURN
            command = Command(Button.FORWARD | (Button.RUN if state.tick - last_seen < _HURRIES_TICKS else Button.CROUCH), heading)
        state, events = step(state, command, world)
        if any(event.kind == EventKind.CAPTURED for event in events):
            return Chase(broken, caught=True, escaped=False)
        last_seen = state.tick if state.patrol.sighted[0] else last_seen
        if broken == math.inf and state.tick - last_seen > _BROKEN_TICKS:
            broken = (last_seen - begin) / 60.0
        if broken < math.inf and not stands:  # who stands is out of one's sight for a moment, and still there
            if state.patrol.sighted[0]:
                return Chase(broken, caught=False, escaped=False)
            if state.tick - last_seen >= 60 * SHAKEN_OFF_S:
                return Chase(broken, caught=False, escaped=True)
    return Chase(broken, caught=False, escaped=False)


def _fled(world: World, state: State, seen: bool) -> list | None:
    """The way on: seen, to the nearest cover or just away; unseen, nowhere, unless it comes near and there is a way out of its sight."""
    here, robot = state.walker.position, tuple(state.patrol.position[0, :2].tolist())
    eyes = [_eye(state), _head(tuple(state.patrol.goal[0].tolist()))]
    if seen:
        return cover_way(world, robot, here, eyes, _FAR_M) or cover_way(world, robot, here, [], _FAR_M, far=True)
    if math.dist(here[:2], robot) > _UNEASY_M:
        return None
    return cover_way(world, robot, here, eyes, _FAR_M, far=True, veiled=[_eye(state)])
