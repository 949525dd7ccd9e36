"""One number for everything that a chunk is: its plan, space, light and meshes, byte by byte.

In: a `Pipe`, a chunk; as a program: a seed, then chunks as `cx,cy`, built in that order.  Out: hex digests, one a line.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from world.pipe import Pipe
from world.recipe import Recipe


def digest(pipe: Pipe, cx: int, cy: int) -> str:
    """The chunk's bytes as 32 hex digits."""
    total = hashlib.blake2b(digest_size=16)
    for make in (pipe.plan, pipe.space, pipe.light, pipe.mesh, pipe.near, pipe.furniture):
        _feed(total, make(cx, cy))
    return total.hexdigest()


def _feed(total: Any, value: Any) -> None:
    if is_dataclass(value):
        for part in fields(value):
            _feed(total, getattr(value, part.name))
    elif isinstance(value, np.ndarray):
        total.update(repr((value.dtype.str, value.shape)).encode())
        total.update(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, tuple):
        for part in value:
            _feed(total, part)
    else:
        total.update(repr(value).encode())


if __name__ == "__main__":
    city = Pipe(Recipe.model_validate({"world": {"seed": int(sys.argv[1])}}))
    for chunk in sys.argv[2:]:
        i, j = chunk.split(",")
        print(chunk, digest(city, int(i), int(j)))
