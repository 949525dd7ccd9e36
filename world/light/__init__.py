"""What is lit: emitters and occluders → irradiance in lux; read by the shaders and by the robots' eyes.

In: spaces of a chunk and its neighbours.  Out: `ChunkLight` (frozen voxels) and `LightField.illuminance`.
"""

from world.light.bake import LAYERS, VOXEL_M, ChunkLight, bake_light, height_of_layer, layer_of_height
from world.light.field import LightField

__all__ = ["LAYERS", "VOXEL_M", "ChunkLight", "LightField", "bake_light", "height_of_layer", "layer_of_height"]
