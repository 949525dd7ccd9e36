"""Draws keyed by identity: the same (seed, lane, keys) gives the same number in any order, process and Python.

In: a 63-bit seed, a lane's name, integer keys (numbers or arrays that broadcast).  Out: uint64, or float64 in [0, 1).
Source: the splitmix64 finaliser (Steele, Lea, Flood 2014) chained over the keys, then the lane, whose name enters by FNV-1a: the
keys' part is remembered, since a thing draws from many lanes.
A density is a threshold on such a draw, so that raising it keeps every thing that already stood.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_GAMMA = 0x9E3779B97F4A7C15
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_MASK = 2**64 - 1


@lru_cache(maxsize=4096)
def lane_seed(seed: int, lane: str) -> int:
    """A 64-bit seed for one named lane of draws."""
    value = 0xCBF29CE484222325
    for byte in lane.encode():
        value = ((value ^ byte) * 0x100000001B3) & _MASK
    return (value ^ (seed * _GAMMA)) & _MASK


def draw_u64(seed: int, lane: str, *keys: int) -> int:
    """The hash of plain integer keys as a Python int: `hash_u64`'s value without its arrays (ten times quicker)."""
    return _mix_int(_chain(keys) ^ _lane_state(seed, lane))


def hash_u64(seed: int, lane: str, *keys: Any) -> NDArray[np.uint64]:
    """uint64 hashes, of the broadcast shape of `keys` (shape () for plain integers)."""
    return Keyed(*keys).hash_u64(seed, lane)


def uniform(seed: int, lane: str, *keys: Any) -> Any:
    """float64 in [0, 1), of the broadcast shape of `keys`; a Python float for plain integers."""
    for key in keys:
        if type(key) is not int:
            return Keyed(*keys).uniform(seed, lane)
    return (_mix_int(_chain(keys) ^ _lane_state(seed, lane)) >> 11) * 2.0**-53


class Keyed:
    """Keys hashed once, to draw from several lanes. Keys are integers or arrays of them that broadcast."""

    def __init__(self, *keys: Any) -> None:
        plain = next((k for k, key in enumerate(keys) if type(key) is not int), len(keys))
        state = np.asarray(_chain(keys[:plain]), dtype=np.uint64)  # the leading plain keys without arrays
        with np.errstate(over="ignore"):
            for key in keys[plain:]:
                state = _mix(state ^ _mix(np.asarray(key, dtype=np.int64).view(np.uint64) + np.uint64(_GAMMA)))
        self._state = state

    def hash_u64(self, seed: int, lane: str) -> NDArray[np.uint64]:
        """uint64 hashes of the keys in one lane."""
        with np.errstate(over="ignore"):
            return _mix(self._state ^ np.uint64(_lane_state(seed, lane)))

    def uniform(self, seed: int, lane: str) -> NDArray[np.float64]:
        """float64 in [0, 1) of the keys in one lane."""
        drawn: NDArray[np.float64] = (self.hash_u64(seed, lane) >> _S11).astype(np.float64) * 2.0**-53
        return drawn


def _mix(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    value = (value ^ (value >> _S30)) * _M1
    value = (value ^ (value >> _S27)) * _M2
    return value ^ (value >> _S31)


@lru_cache(maxsize=4096)
def _lane_state(seed: int, lane: str) -> int:
    return _mix_int(lane_seed(seed, lane))


@lru_cache(maxsize=1 << 16)
def _chain(keys: tuple[int, ...]) -> int:
    """The state after plain keys: things draw from many lanes by the same key, and a block's things share its beginning."""
    return _mix_int(_chain(keys[:-1]) ^ _spread(keys[-1])) if keys else _GAMMA


@lru_cache(maxsize=4096)
def _spread(key: int) -> int:
    return _mix_int((key + _GAMMA) & _MASK)


def _mix_int(value: int) -> int:
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)
