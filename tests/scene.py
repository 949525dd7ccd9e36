"""What a stage draws, as numbers: the light before fog and exposure, or any target of its chain.

In: a stage, an eye, an hour.  Out: (H, W, 3) linear RGB, top row first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from world.conditions import Conditions
from world.pose import Pose

Array = np.ndarray[Any, np.dtype[Any]]


def scene(app: Any, stage: Any, pose: Pose, hour: Conditions, robots: Any = None) -> Array:
    """The scene of a moment (cd/m²)."""
    return target(app, stage, "scene", pose, hour, robots)


def target(app: Any, stage: Any, name: str, pose: Pose, hour: Conditions, robots: Any = None) -> Array:
    """A target of `Passes.all`, after a moment has been drawn."""
    stage.show(pose, hour, robots)
    app.graphicsEngine.renderFrame()
    texture = stage.passes.all[name].texture
    assert app.graphicsEngine.extractTextureData(texture, app.win.getGsg())
    pixels = np.frombuffer(memoryview(texture.getRamImage()), np.float32).reshape(texture.getYSize(), texture.getXSize(), -1)
    rgb: Array = pixels[::-1, :, 2::-1].astype(float)
    texture.clearRamImage()
    return rgb


def geoms_at(path: Any, gap_m: float) -> int:
    """How many Geoms of a node are drawn from so far off: a draw each."""
    from panda3d.core import LODNode

    def there(level: Any) -> bool:
        return not isinstance(level, LODNode) or bool(level.getOut(0) <= gap_m < level.getIn(0))

    found = path.findAllMatches("**/+GeomNode")
    return sum(node.node().getNumGeoms() for node in found if all(there(above.node()) for above in node.getAncestors()))
