"""The things of the street as small meshes: signs, cars, overpass parts, rubble, props, machines.

In: a `Frame` (where), a seed and a few sizes (which).  Out: vertices appended to a `SurfaceBuilder`; and, for all that can
be walked into or hidden behind, the same shape as `Solids`, so that the place is sensed as it is seen.
"""

from world.mesh.kits.frame import Block, Frame, solids_of
from world.mesh.kits.model import Model, ModelBuilder, place

__all__ = ["Block", "Frame", "Model", "ModelBuilder", "place", "solids_of"]
