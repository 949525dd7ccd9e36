"""All machines at a moment: where each part is and what each lamp says.

In: a `Snapshot`.  Out: `Bodies`. Every kind is posed by its mover; machines that are down are tipped over as wholes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.mesh.bodies.cleaner import cleaner_rig
from world.mesh.bodies.courier import courier_rig
from world.mesh.bodies.glider import nurse_rig, waiter_rig
from world.mesh.bodies.parcels import parcels_rig
from world.mesh.bodies.rig import Rig
from world.posture.bones import Pose, Skeletons
from world.posture.curves import Floats
from world.posture.fallen import tipped
from world.posture.manner import Seen, manner_of, seen
from world.posture.movers import glide, hang, roll, run
from world.posture.signals import lamps_of
from world.posture.twitch import arc_glow
from world.sim import Snapshot
from world.sim.kinds import Harm, Kind, Trade

_FRESH_S = 1.5  # that a blow sparks
_MOVERS = ((Kind.GLIDER, glide), (Kind.HEAVY, roll), (Kind.RUNNER, run))


@dataclass(frozen=True)
class Bodies:
    """R machines. `parts` (R, PARTS_MAX, 3, 4) in each body's frame; `place` (R, 3) of its frame (m), `heading_deg` (R,); `lamps`
    (R, ROLES, 4); `eye`, `wound` (R, 3) in its frame; `spits` (R,): whether that sparks: a broken circuit for good, all else when it has
    just been struck; `arc` (R,): 0 .. 1 of an arc's light now; `own` (R,): its own share."""

    trade: NDArray[np.int64]
    place: Floats
    heading_deg: Floats
    parts: Floats
    lamps: Floats
    eye: Floats
    wound: Floats
    spits: NDArray[np.bool_]
    arc: Floats
    own: Floats


@lru_cache(maxsize=1)
def rigs() -> tuple[Rig, ...]:
    """By `Trade`."""
    made = {
        Trade.WAITER: waiter_rig(),
        Trade.NURSE: nurse_rig(),
        Trade.CLEANER: cleaner_rig(),
        Trade.COURIER: courier_rig(),
        Trade.PARCELS: parcels_rig(),
    }
    return tuple(made[trade] for trade in Trade)


@dataclass(frozen=True)
class _Points:
    """By trade: the height of what the simulation calls a position, the parts and places of eyes and circuits."""

    underside: Floats
    eye_part: NDArray[np.int64]
    eye: Floats
    circuit_part: NDArray[np.int64]
    circuit: Floats


@lru_cache(maxsize=1)
def _tables() -> tuple[Skeletons, _Points]:
    all_ = rigs()
    points = _Points(
        np.array([rig.underside_m for rig in all_]),
        np.array([rig.eye[0] for rig in all_]),
        np.array([rig.eye[1] for rig in all_]),
        np.array([rig.circuit[0] for rig in all_]),
        np.array([rig.circuit[1] for rig in all_]),
    )
    return Skeletons(all_), points


def bodies(snapshot: Snapshot, calm: bool = False, rows: NDArray[np.intp] | None = None) -> Bodies:
    """The machines of a moment, or those `rows` of them. `calm`: nothing may flash."""
    moment = seen(snapshot, np.arange(len(snapshot.key)) if rows is None else rows)
    skeletons, points = _tables()
    trade, manner = moment.trade, manner_of(moment)
    pose = Pose.rest(len(trade))
    for kind, move in _MOVERS:
        alike = np.flatnonzero(moment.kind == kind)
        if len(alike):
            move(pose, alike, manner.of(alike))
    alike = np.flatnonzero(moment.kind == Kind.SENTRY)
    if len(alike):
        hang(pose, alike, manner.of(alike), _in_their_frames(moment)[alike])
    parts = skeletons.place(trade, pose)
    down = np.flatnonzero((moment.harm & int(Harm.CIRCUIT)) != 0)
    if len(down):
        parts[down] = tipped(parts[down], moment.kind[down], manner.own[down], moment.harmed_s[down])
    spits = (moment.harm != 0) & (moment.harmed_s < _FRESH_S)
    spits[down] = True
    arc = np.zeros(len(trade))
    if spits.any() and not calm:
        arc[spits] = arc_glow(manner.own[spits], moment.harmed_s[spits])
    place = moment.position.copy()
    place[:, 2] -= points.underside[trade]
    all_ = np.arange(len(trade))
    eye = _carried(parts[all_, points.eye_part[trade]], points.eye[trade])
    wound = _carried(parts[all_, points.circuit_part[trade]], points.circuit[trade])
    blinded = np.flatnonzero((moment.harm & int(Harm.SENSOR | Harm.CIRCUIT)) == int(Harm.SENSOR))
    wound[blinded] = eye[blinded]
    return Bodies(
        trade,
        place,
        moment.heading_deg,
        parts,
        lamps_of(moment, manner.own, calm),
        eye,
        wound,
        spits,
        arc,
        manner.own,
    )


def _in_their_frames(moment: Seen) -> Floats:
    """(N, 3): the ways of the lamps."""
    heading, way = np.radians(moment.heading_deg), moment.beam
    s, c = np.sin(heading), np.cos(heading)
    return np.column_stack([way[:, 0] * c - way[:, 1] * s, way[:, 0] * s + way[:, 1] * c, way[:, 2]])


def _carried(part: Floats, point: Floats) -> Floats:
    result: Floats = (part[:, :, :3] @ point[:, :, None])[:, :, 0] + part[:, :, 3]
    return result
