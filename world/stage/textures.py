"""Textures that are made, not shipped: the pattern texture, the lettering, and the rings of the light field and the relief.

In: arrays.  Out: Panda3D textures. The fields are toroidal: 256 m of the world wrapped on itself, each chunk written in its place.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from panda3d.core import PTA_LVecBase4f, SamplerState, Texture

from world.light.bake import LAYERS, SIDE, SLOT_CELLS, SLOTS, VOXEL_M, ChunkLight, layer_of_height
from world.light.partition import PAIRS, ROWS
from world.mesh.lettering import advertised, atlas
from world.mesh.pattern import PATTERN_PX, pattern
from world.space.chunk_space import Ground

RING_CHUNKS = 4  # 256 m
_GROUND_SIDE = 256
_LUMINANCE_BGR = np.array([0.0722, 0.7152, 0.2126])


def _sampling(texture: Texture, wrap: int, *, mipmaps: bool = False, nearest: bool = False) -> None:
    texture.setWrapU(wrap)
    texture.setWrapV(wrap)
    texture.setWrapW(SamplerState.WM_clamp)
    texture.setMinfilter(
        SamplerState.FT_nearest if nearest else SamplerState.FT_linear_mipmap_linear if mipmaps else SamplerState.FT_linear
    )
    texture.setMagfilter(SamplerState.FT_nearest if nearest else SamplerState.FT_linear)


def nearest_level(wrap: int) -> SamplerState:
    """Sampling of one level of detail, not of two blended: half the texels."""
    sampler = SamplerState()
    sampler.setWrapU(wrap)
    sampler.setWrapV(wrap)
    sampler.setMinfilter(SamplerState.FT_linear_mipmap_nearest)
    sampler.setMagfilter(SamplerState.FT_linear)
    return sampler


@lru_cache(maxsize=1)
def pattern_texture() -> Texture:
    """The tiling pattern of `world.mesh.pattern` (r clouds, g cracks, b grain, a ridges)."""
    pixels = np.rint(pattern() * 255).astype(np.uint8)[..., [2, 1, 0, 3]]
    texture = Texture("pattern")
    texture.setup2dTexture(PATTERN_PX, PATTERN_PX, Texture.T_unsigned_byte, Texture.F_rgba8)
    texture.setRamImage(pixels.tobytes())
    _sampling(texture, SamplerState.WM_repeat, mipmaps=True)
    return texture


@lru_cache(maxsize=1)
def lettering_texture() -> Texture:
    """The atlas of `world.mesh.lettering`: r coverage, g halo, b distance to the outline."""
    pixels = atlas().pixels[::-1, :, ::-1]
    height, width = pixels.shape[:2]
    texture = Texture("lettering")
    texture.setup2dTexture(width, height, Texture.T_unsigned_byte, Texture.F_rgb)
    texture.setRamImage(np.ascontiguousarray(pixels).tobytes())
    _sampling(texture, SamplerState.WM_clamp, mipmaps=True)
    return texture


@lru_cache(maxsize=1)
def hologram_words() -> PTA_LVecBase4f:
    """The places in the atlas of the words that boards show, as `advertised` gives them."""
    places = advertised()
    array = PTA_LVecBase4f.emptyArray(len(places))
    np.frombuffer(memoryview(array).cast("B"), np.float32)[:] = places.ravel()
    return array


class FieldRings:
    """The light field and the relief round the eye, as textures of period 256 m."""

    def __init__(self) -> None:
        side = SIDE * RING_CHUNKS
        self.level, self.flow = (self._volume(name, side) for name in ("light level", "light flow"))
        self.relief = Texture("relief")
        ground = _GROUND_SIDE * RING_CHUNKS
        self.relief.setup2dTexture(ground, ground, Texture.T_half_float, Texture.F_rg16)
        self.relief.setClearColor((0, 0, 0, 0))
        _sampling(self.relief, SamplerState.WM_repeat)
        self._relief = np.zeros((ground, ground, 2), np.float16)
        rows, pairs = ROWS * RING_CHUNKS, PAIRS * RING_CHUNKS
        self.walls_x, self.walls_y = self._walls("walls along x", pairs, rows), self._walls("walls along y", rows, pairs)
        self._walls_x = np.zeros((LAYERS, rows, pairs, 2), np.uint8)
        self._walls_y = np.zeros((LAYERS, pairs, rows, 2), np.uint8)
        self._level = np.zeros((LAYERS, side, side, 4), np.float16)
        self._flow = np.zeros((LAYERS, side, side, 4), np.float16)
        self.slots = Texture("light slots")
        cells = SLOT_CELLS * RING_CHUNKS
        self.slots.setup2dTexture(cells, cells * SLOTS, Texture.T_float, Texture.F_rgba32)
        _sampling(self.slots, SamplerState.WM_repeat, nearest=True)
        self._slot_colour = np.zeros((SLOTS, cells, cells, 3), np.float32)
        self._slot_group = np.zeros((SLOTS, cells, cells), np.uint8)
        self._slot_place = np.zeros((SLOTS, cells, cells), np.float32)  # three bytes in one number, which 24 bits hold
        self._held: dict[tuple[int, int], tuple[int, int]] = {}
        self._written: dict[tuple[int, int], tuple[ChunkLight, Ground]] = {}
        self._stale = True
        self.version = 0  # of what the rings hold

    @staticmethod
    def _volume(name: str, side: int) -> Texture:
        texture = Texture(name)
        texture.setup3dTexture(side, side, LAYERS, Texture.T_half_float, Texture.F_rgba16)
        _sampling(texture, SamplerState.WM_repeat)
        return texture

    @staticmethod
    def _walls(name: str, width: int, height: int) -> Texture:
        texture = Texture(name)
        texture.setup3dTexture(width, height, LAYERS, Texture.T_unsigned_byte, Texture.F_rg)
        _sampling(texture, SamplerState.WM_repeat)
        return texture

    @staticmethod
    def wanted(x: float, y: float) -> list[tuple[int, int]]:
        """The sixteen chunks that the rings should hold round a place."""
        i, j = round(x / 64.0), round(y / 64.0)
        return [(cx, cy) for cy in range(j - 2, j + 2) for cx in range(i - 2, i + 2)]

    def holds(self, cx: int, cy: int) -> bool:
        return self._held.get((cx % RING_CHUNKS, cy % RING_CHUNKS)) == (cx, cy)

    def forget(self) -> None:
        """Everything is to be asked for anew (another city)."""
        self._held.clear()

    def write(self, light: ChunkLight, ground: Ground) -> None:
        """Puts one chunk in its place; `upload` hands the whole over. What is there already is not written again."""
        i, j = light.cx % RING_CHUNKS, light.cy % RING_CHUNKS
        self._held[i, j] = (light.cx, light.cy)
        known = self._written.get((i, j))
        if known is not None and known[0] is light and known[1] is ground:
            return
        self._written[i, j] = (light, ground)
        self.version += 1
        part = np.s_[:, j * SIDE : (j + 1) * SIDE, i * SIDE : (i + 1) * SIDE]
        self._level[part] = np.concatenate([light.level[..., ::-1], light.slots[..., :1]], axis=-1)
        self._flow[part] = np.concatenate([light.flow[..., ::-1], light.slots[..., 1:]], axis=-1)
        rows, pairs = (np.s_[k * n : (k + 1) * n] for k, n in ((j, ROWS), (i, PAIRS)))
        self._walls_x[:, rows, pairs] = light.walls.along_x
        rows, pairs = (np.s_[k * n : (k + 1) * n] for k, n in ((i, ROWS), (j, PAIRS)))
        self._walls_y[:, pairs, rows] = light.walls.along_y
        n = _GROUND_SIDE
        relief = self._relief[j * n : (j + 1) * n, i * n : (i + 1) * n]
        relief[..., 0] = ground.height[:-1, :-1]  # two channels lie as (red, green) in memory, unlike three and four
        relief[..., 1] = np.repeat(np.repeat(ground.cover, 4, axis=0), 4, axis=1)
        c = SLOT_CELLS
        self._slot_colour[:, j * c : (j + 1) * c, i * c : (i + 1) * c] = light.slot_colour.transpose(2, 0, 1, 3)
        self._slot_group[:, j * c : (j + 1) * c, i * c : (i + 1) * c] = light.slot_group.transpose(2, 0, 1)
        place = (light.slot_place.astype(np.float32) + 128.0) @ np.array([1.0, 256.0, 65536.0], np.float32)
        self._slot_place[:, j * c : (j + 1) * c, i * c : (i + 1) * c] = place.transpose(2, 0, 1)
        self._stale = True

    def walls(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Where walls part voxels: (layers, rows, pairs along x, 2) and (layers, pairs along y, rows, 2), of the period."""
        return self._walls_x, self._walls_y

    def mean_lux(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Steady mean irradiance (lux) of the voxels that hold points (N, 3), of the place that the rings hold."""
        i, j = (np.floor(points[:, axis] / VOXEL_M).astype(np.int64) % (SIDE * RING_CHUNKS) for axis in (0, 1))
        layer = np.rint(layer_of_height(points[:, 2])).astype(np.int64)
        return self._level[layer, j, i, :3].astype(np.float64) @ _LUMINANCE_BGR

    def upload(self, power: NDArray[np.float32]) -> None:
        """Hands to the card what changed; the slots' colours follow the flicker of this very frame."""
        if self._stale:
            self.level.setRamImage(self._level)
            self.flow.setRamImage(self._flow)
            self.walls_x.setRamImage(self._walls_x)
            self.walls_y.setRamImage(self._walls_y)
            self.relief.setRamImage(self._relief)
            self._stale = False
        rgb = self._slot_colour * power[self._slot_group][..., None]
        pixels = np.empty((*rgb.shape[:3], 4), np.float32)
        pixels[..., :3], pixels[..., 3] = rgb[..., ::-1], self._slot_place
        self.slots.setRamImage(pixels)
