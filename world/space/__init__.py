"""What there is to sense: solids, ground, emitters; and the questions that feet, eyes and ears put to them.

In: a chunk's plan.  Out: `ChunkSpace` (frozen arrays). The walker stands on it, robots look and listen through it, light is
stopped by it and the mesh is drawn from it: there is no second, simpler copy of the world.
"""

from world.pose import Pose
from world.space.chunk_space import ChunkSpace, Emitters, Flag, Ground, Material, Solids

__all__ = ["ChunkSpace", "Emitters", "Flag", "Ground", "Material", "Pose", "Solids"]
