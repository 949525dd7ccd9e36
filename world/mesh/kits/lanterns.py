"""Paper lanterns: paper drawn over hoops, a lamp inside, lacquered rims.

In: where, how large, the paper's colour, its light.  Out: polygons in a `ModelBuilder`. `uv` runs once round and, from 0 to 1, up the
paper; the city shader draws its hoops and the light behind it by that (`PAPER`).
"""

from __future__ import annotations

import math

import numpy as np

from world.mesh.kits.forms import lathe
from world.mesh.kits.model import Glow, ModelBuilder
from world.mesh.surface import Finish

Rgb = tuple[int, int, int]

PAPER = 8  # the state byte by which the shader knows paper
_SIDES, _RINGS = 9, 4
_LACQUER: Rgb = (26, 22, 20)


def add_paper_lantern(model: ModelBuilder, at: tuple[float, float, float], radius_m: float, half_m: float, paper: Rgb, glow: Glow) -> None:
    """One that hangs, its middle at `at`; `glow` (0, 0): its lamp is out."""
    t = np.linspace(-1.0, 1.0, _RINGS + 1)
    across, up = radius_m * (1.0 - 0.52 * np.abs(t) ** 3.2), half_m * t
    turn = np.arange(_SIDES + 1) * (2.0 * math.pi / _SIDES)
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    grid = np.empty((_RINGS + 1, _SIDES + 1, 3))
    grid[..., :2], grid[..., 2] = across[:, None, None] * ring, up[:, None]
    slope = -np.gradient(across, up)  # leans up where it narrows upwards
    normal = np.empty_like(grid)
    normal[..., :2], normal[..., 2] = ring, slope[:, None]
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    uv = np.stack(np.broadcast_arrays(np.linspace(0.0, 1.0, _SIDES + 1), (0.5 + 0.5 * t)[:, None]), axis=-1)
    grid[:, -1] = grid[:, 0]

    def cells(of: np.ndarray) -> np.ndarray:
        return np.stack([of[:-1, :-1], of[:-1, 1:], of[1:, 1:], of[1:, :-1]], axis=2).reshape(-1, 4, of.shape[-1])

    model.polygons(cells(grid + np.asarray(at)), Finish.LAMP, paper, uv=cells(uv), normals=cells(normal), glow=glow, state=PAPER)
    rim = float(across[0])
    for z in (-half_m - 0.02, half_m - 0.01):
        lathe(model, [[0.0, 0.0], [rim, 0.0], [rim, 0.03], [0.0, 0.03]], [at[0], at[1], at[2] + z], Finish.PAINT, _LACQUER, sides=6)
