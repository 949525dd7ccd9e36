"""The planned spans of the elevated road, as the kit's parts.

In: a plan's `Span`.  Out: deck, pylon or fallen slab appended to a `SurfaceBuilder`. The road runs along +y of the kit's frame.
"""

from __future__ import annotations

import math

import numpy as np

from world.mesh.kits.deck_stair import deck_stair
from world.mesh.kits.frame import Frame
from world.mesh.kits.overpass import DEPTH_M, deck_span, fallen_slab, pylon
from world.mesh.kits.overpass import Span as Deck
from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.overpass import STAIR_GAP_M, STAIR_M, UNDERSIDE_M, ramp_run, stair_run
from world.plan.records import Fate, Span


def add_span(builder: SurfaceBuilder, span: Span, corner: tuple[float, float]) -> None:
    """One span, what became of it, and the pylon under its first joint."""
    width, seed = 2 * span.half_m, (span.row * 131 + span.index) & 0xFFFF
    at = (span.a[0] - corner[0], span.a[1] - corner[1])
    if span.fate == Fate.STANDS:
        deck = Deck(
            span.length_m,
            width,
            0.0,
            span.start_open,
            span.end_open,
            seed,
            gap_side=-span.stair,
            gap_m=STAIR_GAP_M if span.stair else (0, 0),
        )
        deck_span(builder, Frame((*at, span.height_m), span.heading_deg), deck)
        if span.lamp:
            _lamp(builder, span, corner)
        if span.stair:
            head, foot = stair_run(span)
            frame = Frame((head[0] - corner[0], head[1] - corner[1], span.height_m), span.heading_deg)
            landing = STAIR_GAP_M[1] - STAIR_GAP_M[0]
            deck_stair(builder, frame, span.height_m, math.dist(head, foot), STAIR_M[1] - STAIR_M[0], landing, span.stair)
    elif span.fate in (Fate.RAMP_START, Fate.RAMP_END):
        top, foot = ramp_run(span)
        run = math.dist(top, foot)
        heading = math.degrees(math.atan2(top[0] - foot[0], top[1] - foot[1])) % 360.0
        frame = Frame((foot[0] - corner[0], foot[1] - corner[1], 0.0), heading)
        fallen_slab(builder, frame, run, width - 0.6, span.height_m - 0.02, seed)
    if span.start_pylon:
        pylon(builder, Frame((*at, 0.0), span.heading_deg), span.height_m - DEPTH_M, width, seed)


def _lamp(builder: SurfaceBuilder, span: Span, corner: tuple[float, float]) -> None:
    """A sodium lamp's tray across the girders: housing, and the glass below it."""
    (x, y), (ux, uy) = span.middle, span.axis
    middle = np.array([x - corner[0], y - corner[1], span.height_m - UNDERSIDE_M])
    along, across = np.array([ux, uy, 0.0]) * 0.16, np.array([-uy, ux, 0.0]) * 0.75
    down = np.array([0.0, 0.0, -0.18])
    rim = np.array([middle - along - across, middle + along - across, middle + along + across, middle - along + across])
    low = rim + down
    for k in range(4):
        n = (k + 1) % 4
        builder.quads([[low[k], low[n], rim[n], rim[k]]], Finish.METAL, (70, 70, 68, 255))
    builder.quads([low[::-1]], Finish.LAMP, (255, 170, 70, 255), extra=(0, 190, 0, 0))
