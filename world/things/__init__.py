"""Things: what every placed kind is before anyone draws it, bumps into it or sees by it.

In: a kind's name.  Out: its blocks, lamps, reach and cover, in its own frame. Plan, space and mesh all read this one table.
"""

from world.things.block import SOLID, Block, Flag, Material
from world.things.catalogue import KINDS
from world.things.kind import Cover, Kind, Lamp

__all__ = ["KINDS", "SOLID", "Block", "Cover", "Flag", "Kind", "Lamp", "Material"]
