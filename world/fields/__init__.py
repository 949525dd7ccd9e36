"""What varies: seeded noise fields and named random draws. Nothing else in the house draws a number.

In: a seed and the identity of what is asked (channel, chunk, thing).  Out: numbers that depend on nothing else.
"""

from world.fields.hashing import Keyed, draw_u64, hash_u64, lane_seed, uniform
from world.fields.noise_field import NoiseField, noise_backend

__all__ = ["Keyed", "NoiseField", "draw_u64", "hash_u64", "lane_seed", "noise_backend", "uniform"]
