"""Draws keyed by identity: the same (seed, lane, keys) gives the same number in any order, process and Python.

In: a 63-bit seed, a lane's name, integer keys (numbers or arrays that broadcast).  Out: uint64, or float64 in [0, 1).
Source: the splitmix64 finaliser (Steele, Lea, Flood 2014) chained over the keys; the lane's name enters by FNV-1a.
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
    return _hash_int(seed, lane, keys)


def hash_u64(seed: int, lane: str, *keys: Any) -> NDArray[np.uint64]:
    """uint64 hashes, of the broadcast shape of `keys` (shape () for plain integers)."""
    state = np.asarray(lane_seed(seed, lane), dtype=np.uint64)
    with np.errstate(over="ignore"):
        state = _mix(state)
        for key in keys:
            state = _mix(state ^ _mix(np.asarray(key).astype(np.int64).astype(np.uint64) + np.uint64(_GAMMA)))
    return state


def uniform(seed: int, lane: str, *keys: Any) -> Any:
    """float64 in [0, 1), of the broadcast shape of `keys`; a Python float for plain integers."""
    if all(type(key) is int for key in keys):
        return (_hash_int(seed, lane, keys) >> 11) * 2.0**-53
    return (hash_u64(seed, lane, *keys) >> _S11).astype(np.float64) * 2.0**-53


def _mix(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    value = (value ^ (value >> _S30)) * _M1
    value = (value ^ (value >> _S27)) * _M2
    return value ^ (value >> _S31)


def _hash_int(seed: int, lane: str, keys: tuple[int, ...]) -> int:
    state = _mix_int(lane_seed(seed, lane))
    for key in keys:
        state = _mix_int(state ^ _mix_int((key + _GAMMA) & _MASK))
    return state


def _mix_int(value: int) -> int:
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)
