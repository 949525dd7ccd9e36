"""Chunks from all presets and many seeds: which they are, their bytes as one number each, and whether their meshes are sound.

In: as a program: how many, and `forwards` or `backwards`.  Out: a line a chunk: its number, its digest, what is wrong ("-" if nothing).
"""

from __future__ import annotations

import hashlib
import sys

import numpy as np
from city_bytes import _feed

from world.mesh.surface import Surface
from world.pipe import Pipe
from world.recipe import Recipe
from world.recipe.load import load_recipe, preset_names

SEEDS = 20
SLIVER_M2 = 1e-7


def sample(count: int) -> list[tuple[str, int, int, int]]:
    """(preset, seed, cx, cy): every preset and seed in turn; half of the chunks near the origin, half up to 32 km away."""
    rng, presets = np.random.default_rng(11), preset_names()
    seeds = rng.integers(0, 2**63 - 1, SEEDS).tolist()
    places = [rng.integers(-6, 7, 2) if k % 2 else rng.integers(-500, 501, 2) for k in range(count)]
    return [(presets[k % len(presets)], seeds[k // len(presets) % SEEDS], int(x), int(y)) for k, (x, y) in enumerate(places)]


def recipe_of(preset: str, seed: int) -> Recipe:
    return load_recipe(preset).with_value("world", "seed", seed)


def examined(preset: str, seed: int, cx: int, cy: int) -> tuple[str, str]:
    """(digest of plan, space and meshes; what is wrong with them)."""
    pipe = Pipe(recipe_of(preset, seed))
    mesh, near = pipe.mesh(cx, cy), pipe.near(cx, cy)
    total = hashlib.blake2b(digest_size=16)
    for part in (pipe.plan(cx, cy), pipe.space(cx, cy), mesh, near):
        _feed(total, part)
    space = pipe.space(cx, cy)
    wrong = [] if np.isfinite(space.ground.height).all() and (space.solids.half > 0).all() else ["space"]
    if not (space.solids.top > space.solids.bottom).all() or not np.isfinite(space.emitters.candela).all():
        wrong.append("solids or emitters")
    surfaces = {"ground": mesh.ground, "common": mesh.common, "far": mesh.far, "holograms": mesh.holograms, "near": near}
    for name, surface in surfaces.items():
        wrong += [f"{name}: {fault}" for fault in _faults(surface, upward=name == "ground")]
    return total.hexdigest(), "; ".join(wrong) or "-"


def _faults(surface: Surface, upward: bool) -> list[str]:
    """Not finite, out of range, without area, or turned inside out."""
    position = surface.vertices["position"].astype(np.float64)
    if not len(position):
        return []
    if not np.isfinite(position).all() or not np.isfinite(surface.vertices["uv"]).all():
        return ["not finite"]
    if surface.indices.max() >= len(position):
        return ["an index beyond the vertices"]
    triangles = position[surface.indices.reshape(-1, 3)]
    crossed = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    area = np.linalg.norm(crossed, axis=1) / 2
    found = [f"{(area < SLIVER_M2).sum()} triangles without area"] if (area < SLIVER_M2).any() else []
    if "normal" in (surface.vertices.dtype.names or ()):
        drawn = (surface.vertices["normal"][:, :3] / 127.5 - 1.0)[surface.indices.reshape(-1, 3)].mean(axis=1)
        against = (crossed * drawn).sum(axis=1) <= 0.0
        if against.mean() > 1e-3:  # a few slivers where rounded corners meet
            found.append(f"{against.sum()} of {len(against)} normals inward")
    if upward and (crossed[:, 2] < -1e-9).any():
        found.append(f"{(crossed[:, 2] < -1e-9).sum()} faces of the ground look down")
    return found


if __name__ == "__main__":
    numbers = list(enumerate(sample(int(sys.argv[1]))))
    for number, chunk in numbers if sys.argv[2] == "forwards" else reversed(numbers):
        print(number, *examined(*chunk), flush=True)
