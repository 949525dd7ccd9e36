"""What a broken circuit spits: streaks that bounce, and the flare that they come from.

In: nothing.  Out: one `Surface` for any wreck; shaders/surface/spark.vert.glsl (USE_WRECK) throws it, closed-form in the seconds since.
A vertex: `uv` the corner (±1), `extra` (which strike of a burst, the spark's own number; `FLARE`: the flare of that strike).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from world.mesh.smoke import CORNERS
from world.mesh.surface import Finish, Surface, SurfaceBuilder

FLARE = 255
_STRIKES, _SPARKS = 3, 20


@lru_cache(maxsize=1)
def wreck_sparks() -> Surface:
    """About the point where it sparks."""
    count = _STRIKES * (_SPARKS + 1)
    strike, number = np.divmod(np.arange(count), _SPARKS + 1)
    extra = np.zeros((count, 4), np.uint8)
    extra[:, 0] = strike
    extra[:, 1] = np.where(number == _SPARKS, FLARE, strike * _SPARKS + number)
    normals = np.broadcast_to(np.array([0.0, 0.0, 1.0]), (count, 4, 3))
    builder = SurfaceBuilder()
    uv = np.broadcast_to(CORNERS, (count, 4, 2))
    builder.quads(np.zeros((count, 4, 3)), Finish.EMBER, np.full((count, 4), 255, np.uint8), uv, extra, normals)
    return builder.build()
