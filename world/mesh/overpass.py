"""The planned spans of the elevated road, as the kit's parts.

In: a plan's `Span`.  Out: deck, pylon or fallen slab appended to a `SurfaceBuilder`. The road runs east, +y of the kit's frame.
"""

from __future__ import annotations

from world.mesh.kits.frame import Frame
from world.mesh.kits.overpass import DEPTH_M, deck_span, fallen_slab, pylon
from world.mesh.kits.overpass import Span as Deck
from world.mesh.surface import SurfaceBuilder
from world.plan.records import Fate, Span
from world.space.build import ramp_run


def add_span(builder: SurfaceBuilder, span: Span, corner: tuple[float, float]) -> None:
    """One span, what became of it, and the pylon under its western joint."""
    y, width, seed = span.y - corner[1], 2 * span.half_m, (span.row * 131 + span.index) & 0xFFFF
    if span.fate == Fate.STANDS:
        deck = Deck(span.x1 - span.x0, width, 0.0, span.west_open, span.east_open, seed)
        deck_span(builder, Frame((span.x0 - corner[0], y, span.height_m), 90.0), deck)
    elif span.fate in (Fate.RAMP_WEST, Fate.RAMP_EAST):
        x0, x1, _ = ramp_run(span)
        foot, heading = (x1, 270.0) if span.fate == Fate.RAMP_WEST else (x0, 90.0)
        fallen_slab(builder, Frame((foot - corner[0], y, 0.0), heading), x1 - x0, width - 0.6, span.height_m - 0.02, seed)
    if span.west_pylon:
        pylon(builder, Frame((span.x0 - corner[0], y, 0.0), 90.0), span.height_m - DEPTH_M, width, seed)
