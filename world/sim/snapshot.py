"""What may be drawn and heard of a moment between two ticks.

In: the states before and after, how far between them.  Out: `Snapshot`: places and headings on the way, all else as it is after.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.pose import Pose
from world.sim.exact import TURN, degrees_from_units
from world.sim.lights import Lights, lights_of
from world.sim.state import TICK_HZ, Hands, Others, State, Vector, Walker
from world.sim.walker import eye_position

_JUMP_M = 2.0


@dataclass(frozen=True)
class Snapshot:
    """R robots, N others (angles in degrees, clockwise from north)."""

    tick: int
    time_s: float
    eye: Pose
    position: NDArray[np.float64]  # (R, 3) underside of each robot's hull
    heading_deg: NDArray[np.float64]  # (R,)
    head_deg: NDArray[np.float64]  # (R,)
    band: NDArray[np.int64]  # (R,) Band
    alert: NDArray[np.float64]  # (R,) 0 .. 1, as the body shows it
    key: NDArray[np.int64]  # (R,) the same robot keeps its key
    kind: NDArray[np.int64]  # (R,) Kind
    trade: NDArray[np.int64]  # (R,) Trade
    harm: NDArray[np.int64]  # (R,) Harm
    harmed_s: NDArray[np.float64]  # (R,) seconds since it was harmed
    speed_m_s: NDArray[np.float64]  # (R,)
    travelled_m: NDArray[np.float64]  # (R,) for wheels and legs
    scanning: NDArray[np.bool_]  # (R,) it has arrived and looks about
    lights: Lights  # the lamps that burn
    walker: Walker
    hands: Hands
    bottle: Vector | None  # m, None: in the hand
    others: Others


def snapshot(
    before: State, after: State, alpha: float = 1.0, *, bob: float = 1.0, look: tuple[float, float] | None = None, fov_deg: float = 80.0
) -> Snapshot:
    """The moment `alpha` in [0, 1] of the way from `before` to `after`. `look` (heading, pitch in degrees) overrides the command's own,
    for mouse look at the rate of frames; `bob` scales the sway of the gait."""
    if math.dist(before.walker.position, after.walker.position) > _JUMP_M:  # woken elsewhere: no flight in between
        before = after
    a, b = eye_position(before.walker, bob), eye_position(after.walker, bob)
    if look is None:
        turn = (after.walker.heading_q - before.walker.heading_q + TURN // 2) % TURN - TURN // 2
        heading = degrees_from_units(before.walker.heading_q) + degrees_from_units(turn) * alpha
        tilt = after.walker.pitch_q - before.walker.pitch_q
        look = heading % 360.0, degrees_from_units(before.walker.pitch_q) + degrees_from_units(tilt) * alpha
    lean = before.walker.lean + (after.walker.lean - before.walker.lean) * alpha
    q, others = after.patrol, after.others
    p = before.patrol if np.array_equal(before.patrol.key, q.key) else q
    earlier = before.others if np.array_equal(before.others.key, others.key) else others
    position, beam = _between(p.position, q.position, alpha), _between(p.beam, q.beam, alpha)
    length = np.maximum(np.sqrt((beam**2).sum(axis=1, keepdims=True)), 1e-9)
    return Snapshot(
        tick=after.tick,
        time_s=(after.tick - 1.0 + alpha) / TICK_HZ,
        eye=Pose(_on_way(a, b, alpha), look[0], look[1], lean * 5.0, fov_deg),
        position=position,
        heading_deg=_degrees(_between(p.facing, q.facing, alpha)),
        head_deg=_degrees(_between(p.head, q.head, alpha)),
        band=q.band,
        alert=_between(p.poise, q.poise, alpha),
        key=q.key,
        kind=q.kind,
        trade=q.trade,
        harm=q.harm,
        harmed_s=(after.tick - 1.0 + alpha - q.harmed_at) / TICK_HZ,
        speed_m_s=_between(p.speed, q.speed, alpha),
        travelled_m=_between(p.travelled_m, q.travelled_m, alpha),
        scanning=q.look_since >= 0,
        lights=lights_of(position, beam / length, q.kind, q.harm),
        walker=after.walker,
        hands=after.hands,
        bottle=_bottle(before.hands, after.hands, alpha),
        others=_others(earlier, others, alpha),
    )


def _between(p: NDArray[np.float64], q: NDArray[np.float64], alpha: float) -> NDArray[np.float64]:
    return p + (q - p) * alpha


def _on_way(p: Vector, q: Vector, alpha: float) -> Vector:
    return p[0] + (q[0] - p[0]) * alpha, p[1] + (q[1] - p[1]) * alpha, p[2] + (q[2] - p[2]) * alpha


def _bottle(before: Hands, after: Hands, alpha: float) -> Vector | None:
    return after.bottle if before.bottle is None or after.bottle is None else _on_way(before.bottle, after.bottle, alpha)


def _others(before: Others, after: Others, alpha: float) -> Others:
    """`after`, at places on the way."""
    return Others(
        after.key,
        after.soul,
        after.mood,
        after.since,
        _between(before.position, after.position, alpha),
        _between(before.facing, after.facing, alpha),
        _between(before.speed, after.speed, alpha),
        _between(before.travelled_m, after.travelled_m, alpha),
    )


def _degrees(direction: NDArray[np.float64]) -> NDArray[np.float64]:
    """Headings of vectors in the plane: degrees clockwise from north."""
    heading: NDArray[np.float64] = np.degrees(np.arctan2(direction[:, 0], direction[:, 1])) % 360.0
    return heading
