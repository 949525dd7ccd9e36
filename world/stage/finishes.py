"""Which shader draws what: a surface's triangles in classes, by what they are made of.

In: a `Surface`.  Out: for each class that occurs the switch of its permutation of surface/city.frag, and its triangles. A renderer that
runs both sides of a branch (software does; so do wide groups of pixels where finishes meet) pays for every read of every finish in
reach of a pixel: sorted by class, a wall costs what a wall needs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.mesh.surface import Finish, Surface
from world.plan.facade import Pane

CLASSES: dict[str, frozenset[Finish]] = {
    "USE_MASONRY": frozenset({Finish.CONCRETE, Finish.TILE, Finish.PLASTER, Finish.RUBBLE, Finish.DECK}),
    "USE_SHEET": frozenset({Finish.METAL, Finish.PAINT, Finish.SHUTTER}),
    "USE_PANES": frozenset({Finish.GLASS, Finish.WINDOW_LIT, Finish.WINDOW_BROKEN}),
    "USE_BLAZE": frozenset({Finish.WINDOW_LIT}),  # of those, the windows of rooms on fire
    "USE_GLOW": frozenset({Finish.SIGN_PANEL, Finish.TUBE, Finish.LAMP, Finish.EMBER}),
    "USE_PLAIN": frozenset({Finish.RUBBER, Finish.BARK, Finish.FOLIAGE, Finish.GOODS}),
}
_NAMES = tuple(CLASSES)
_CLASS = np.array([next(k for k, name in enumerate(_NAMES) if finish in CLASSES[name]) for finish in Finish], np.uint8)
_BLAZE = _NAMES.index("USE_BLAZE")


def by_class(surface: Surface) -> list[tuple[str, NDArray[np.intp]]]:
    """(switch, places of triangles) of every class that occurs; the triangles of each keep their order."""
    first = surface.vertices.take(surface.indices[::3])
    finish = first["normal"][:, 3]
    kind = _CLASS[finish]
    kind[(finish == Finish.WINDOW_LIT) & (first["extra"][:, 3] == Pane.FIRE)] = _BLAZE
    return [(_NAMES[k], np.flatnonzero(kind == k)) for k in np.unique(kind)]
