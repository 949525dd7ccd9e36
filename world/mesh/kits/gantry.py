"""A direction board over the road.

In: a `Frame` (origin on the ground in the middle of the road; it crosses along x and is read from -y), sizes, words.  Out: mesh.
"""

from __future__ import annotations

import numpy as np

from world.mesh.kits.forms import beam, box, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import ModelBuilder, place
from world.mesh.kits.sign_parts import panel, rim
from world.mesh.lettering import Direction, atlas
from world.mesh.surface import Finish, SurfaceBuilder

_STEEL, _CONCRETE = (88, 98, 94), (142, 140, 134)


def gantry(builder: SurfaceBuilder, frame: Frame, span_m: float, height_m: float, words: tuple[int, ...], seed: int = 0) -> None:
    """A lattice beam over the road (it crosses along x, is read from -y) with a dark direction board per word."""
    model = ModelBuilder()
    half = span_m / 2
    for x in (-half, half):
        tube(model, [[x, 0.0, 0.0], [x, 0.0, height_m + 0.9]], 0.16, Finish.METAL, _STEEL, sides=8)
        box(model, [x - 0.35, -0.35, -0.1], [x + 0.35, 0.35, 0.25], Finish.CONCRETE, _CONCRETE, taper=0.05)
    chord = np.array([[-half, 0.2, height_m], [-half, 0.2, height_m + 0.8], [-half, -0.2, height_m], [-half, -0.2, height_m + 0.8]])
    beam(model, chord, chord + vec(span_m, 0.0, 0.0), 0.07, 0.07, Finish.METAL, _STEEL)
    bays = max(4, round(span_m / 0.9))
    nodes = np.linspace(-half, half, bays + 1)
    low, high = (np.column_stack([nodes, np.full_like(nodes, -0.2), np.full_like(nodes, z)]) for z in (height_m, height_m + 0.8))
    zigzag = np.where((np.arange(bays + 1) % 2 == 0)[:, None], low, high)
    beam(model, zigzag[:-1], zigzag[1:], 0.045, 0.045, Finish.METAL, _STEEL)
    beam(model, zigzag[:-1] + vec(0, 0.4, 0), zigzag[1:] + vec(0, 0.4, 0), 0.045, 0.045, Finish.METAL, _STEEL)
    size = 0.55
    for i, word in enumerate(words):
        rectangle = atlas().rectangles[word, Direction.HORIZONTAL]
        w, h = rectangle.width_em * size, rectangle.height_em * size
        middle = vec(((i + 0.5) / len(words) - 0.5) * span_m * 0.86, -0.34, height_m + 0.35)
        box(model, middle - vec(w / 2, 0.0, h / 2), middle + vec(w / 2, 0.06, h / 2), Finish.PAINT, (26, 52, 44))
        panel(model, middle - vec(0, 0.012, 0), (0.0, -1.0, 0.0), (w, h), rectangle, (176, 190, 180), (0, 4), 1, np.zeros(1, bool), seed)
        rim(model, middle, (0.0, -1.0, 0.0), (w, h), 0.07, 0.05, (120, 124, 120))
    place(builder, model.build(), frame, seed=seed)
