"""What the worker makes of a chunk: its shell, its near walls, its light and relief, or shell and walls in one.

In: a `Pipe`, a job.  Out: a `Piece`, ready to be put into the scene; or None when nobody wants it any more.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field

from panda3d.core import PandaNode

from world.light import ChunkLight
from world.pipe import Pipe
from world.plan import ChunkPlan
from world.space.chunk_space import NO_EMITTERS, Emitters, Ground
from world.stage.geometry import city_node, geom_node, near_node
from world.stage.smoke import SMOKE_REACH_M, smoke_nodes

Place = tuple[int, int]
FURNITURE = "furniture"  # one node for each building that can be entered


class Work(enum.IntEnum):
    """The kinds of work, in the order in which they are wanted at equal distance."""

    SHELL = 0
    WHOLE = 1  # shell and near walls together: what replaces a chunk that is seen from near by
    FIELDS = 2
    NEAR = 3


Job = tuple[Work, Place]


@dataclass(frozen=True)
class Piece:
    """Something made. `plan` is what a shell was made from, by identity; `unchanged` says that the one from before still serves."""

    nodes: dict[str, PandaNode] = field(default_factory=dict)
    fields: tuple[ChunkLight, Ground] | None = None
    emitters: Emitters = NO_EMITTERS
    plan: ChunkPlan | None = None
    unchanged: bool = False


def make(pipe: Pipe, job: Job, before: object, stale: Callable[[], bool]) -> Piece | None:
    """Does a job. `before` is the plan of the chunk that stands there from the city before, `stale()` whether to give up."""
    work, place = job
    if work is Work.FIELDS:
        space = pipe.space(*place)
        return Piece(fields=(pipe.light(*place), space.ground), emitters=space.emitters)
    plan = pipe.plan(*place)
    if before is not None and plan is before:
        return Piece(plan=plan, unchanged=True)
    nodes: dict[str, PandaNode | None] = {}
    if work is not Work.NEAR and not stale():
        mesh = pipe.mesh(*place)
        surfaces = {"ground": mesh.ground, "holograms": mesh.holograms}
        nodes = {name: geom_node(surface, name) for name, surface in surfaces.items()}
        nodes["common"], nodes["far"] = city_node(mesh.common, "common"), city_node(mesh.far, "far")
        nodes |= smoke_nodes(mesh.smoke)
        nodes["sparks"] = geom_node(mesh.sparks, "sparks", SMOKE_REACH_M)
    if work is not Work.SHELL and not stale():
        nodes["near"] = near_node(pipe.near(*place), "near")
        nodes |= {f"{FURNITURE} {k}": near_node(surface, FURNITURE) for k, surface in enumerate(pipe.furniture(*place))}
    return None if stale() else Piece({name: node for name, node in nodes.items() if node is not None}, plan=plan)
