"""What stands where: recipe → frozen records, chunk by chunk.

In: a recipe and a chunk's coordinates.  Out: `ChunkPlan`. The unit of thought is the block (between streets), the strip (a piece of
road) and the overpass span; a chunk owns what has its midpoint in it.
"""

from world.plan.chunk_plan import ChunkPlan, plan_chunk
from world.plan.lattice import Block, block_near, blocks_in
from world.plan.place import start_pose

__all__ = ["Block", "ChunkPlan", "block_near", "blocks_in", "plan_chunk", "start_pose"]
