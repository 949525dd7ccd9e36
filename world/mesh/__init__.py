"""What shape it has: plan and space → vertex and index arrays, in plain NumPy.

In: a chunk's plan.  Out: `Surface`s (world frame, relative to the chunk's corner, counter-clockwise from outside).
"""

from world.mesh.surface import INDEX, VERTEX, Finish, Surface, SurfaceBuilder

__all__ = ["INDEX", "VERTEX", "Finish", "Surface", "SurfaceBuilder"]
