"""A place and all within a radius of it, as one glTF file.

In: a `Pipe`, a place, a radius, how many lights.  Out: `Exported`: the bytes of a .glb and what is in it.
The root node turns Z up into glTF's Y up; under it the place is the origin, in metres. One node a chunk, under it one mesh for each
kind of thing ("chunk 3,-2 / buildings"); things of one shape ("car 3") share a mesh and are nodes of their own.
Equal arguments give equal bytes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.conditions import conditions_at
from world.export.container import Container
from world.export.lights import add_lights, strongest
from world.export.materials import Materials
from world.export.pieces import Pieces, Shape, Workshop
from world.export.shapes import (
    Primitive,
    add_mesh,
    ground_primitives,
    hologram_primitives,
    joined,
    primitives_of,
    water_primitives,
    within,
)
from world.mesh.kits.frame import Frame
from world.mesh.surface import Surface, SurfaceBuilder
from world.pipe import Pipe
from world.place import text_of_pose
from world.plan.records import Thing
from world.pose import Pose
from world.recipe.write import toml_from_recipe
from world.space.chunk_space import CHUNK_M

_UPRIGHT = [-math.sqrt(0.5), 0.0, 0.0, math.sqrt(0.5)]  # a quarter turn about x: Z up becomes Y up


@dataclass(frozen=True)
class Exported:
    """`binary` is the file; the rest counts what is in it. `triangles` are those drawn, shared meshes at every place."""

    binary: bytes
    triangles: int
    materials: int
    instances: int
    shared_meshes: int
    lights: int
    lights_there: int


def export_scene(pipe: Pipe, pose: Pose, radius_m: float, *, lights: int = 64, say: Callable[[str], None] = lambda line: None) -> Exported:
    """The city within `radius_m` of the pose's position; its foot on the street, below the eye, is the file's origin."""
    x, y = pose.position[0], pose.position[1]
    origin = (round(x, 3), round(y, 3), 0.0)
    chunks = _chunks_in(x, y, radius_m)
    workshop, taken = Workshop(pipe.recipe), []
    for number, place in enumerate(chunks):
        say(f"chunk {number + 1} of {len(chunks)}")
        taken.append(workshop.pieces(pipe.plan(*place)))
    writer = _Writer(pipe, origin, radius_m, taken)
    nodes = [node for pieces in taken if (node := writer.chunk(pieces)) is not None]
    lamps, there = strongest([pipe.space(*place).emitters for place in chunks], (x, y), radius_m, lights)
    lamp_nodes = add_lights(writer.container, lamps, origin)
    if lamp_nodes:
        nodes.append(writer.container.add("nodes", name="lights", children=lamp_nodes))
    root = writer.container.add("nodes", name="Neo-Tokyo (Z up)", rotation=_UPRIGHT, children=nodes)
    about = {"place": text_of_pose(pose), "radius_m": radius_m, "recipe": toml_from_recipe(pipe.recipe)}
    binary = writer.container.binary({"name": "Ashes of Neon", "nodes": [root]}, about)
    return Exported(binary, writer.triangles, len(writer.materials), writer.instances, len(writer.shared), len(lamps), there)


def _chunks_in(x: float, y: float, radius_m: float) -> list[tuple[int, int]]:
    """Chunks that the disc touches, row by row."""
    low_i, high_i = math.floor((x - radius_m) / CHUNK_M), math.floor((x + radius_m) / CHUNK_M)
    low_j, high_j = math.floor((y - radius_m) / CHUNK_M), math.floor((y + radius_m) / CHUNK_M)

    def gap(at: float, index: int) -> float:
        return max(index * CHUNK_M - at, at - (index + 1) * CHUNK_M, 0.0)

    return [(i, j) for j in range(low_j, high_j + 1) for i in range(low_i, high_i + 1) if math.hypot(gap(x, i), gap(y, j)) < radius_m]


class _Writer:
    """Writes chunks into one container."""

    def __init__(self, pipe: Pipe, origin: tuple[float, float, float], radius_m: float, taken: list[Pieces]) -> None:
        self.container = Container()
        self.materials = Materials(self.container)
        self.triangles = self.instances = 0
        self.shared: dict[bytes, tuple[int, int]] = {}  # digest: mesh, triangles
        self._origin, self._radius_m = origin, radius_m
        self._water_m = conditions_at(pipe.recipe, 0.0).water_level_m
        near = (shape.digest for pieces in taken for thing, shape in pieces.things if self._reaches(thing))
        self._often = {digest for digest, count in Counter(near).items() if count > 1}
        self._named: Counter[str] = Counter()

    def chunk(self, pieces: Pieces) -> int | None:
        """The node of one chunk; None where nothing of it lies within the radius."""
        corner = (pieces.cx * CHUNK_M, pieces.cy * CHUNK_M)
        middle = (self._origin[0] - corner[0], self._origin[1] - corner[1])
        title = f"chunk {pieces.cx},{pieces.cy}"
        ground, boards = within(pieces.ground, middle, self._radius_m), within(pieces.holograms, middle, self._radius_m)
        parts: list[tuple[str, list[Primitive]]] = [
            ("ground", ground_primitives(ground, self.materials)),
            ("water", water_primitives(ground, self._water_m, self.materials)),
            ("holograms", hologram_primitives(boards, self.materials)),
        ]
        parts += [(n, primitives_of(within(s, middle, self._radius_m), self.materials)) for n, s in pieces.named.items()]
        things = [(thing, shape) for thing, shape in pieces.things if self._reaches(thing)]
        lone = [_stood(t, s, corner) for t, s in things if s.digest not in self._often]
        if lone:
            parts.append(("things", primitives_of(joined(lone), self.materials)))
        children = [self._part(f"{title} / {name}", primitives) for name, primitives in parts if primitives]
        children += [self._instance(t, s, corner) for t, s in things if s.digest in self._often and s.surface.triangle_count]
        if not children:
            return None
        at = [round(c - o, 4) for c, o in zip((*corner, 0.0), self._origin, strict=True)]
        return self.container.add("nodes", name=title, translation=at, children=children)

    def _reaches(self, thing: Thing) -> bool:
        return math.hypot(thing.position[0] - self._origin[0], thing.position[1] - self._origin[1]) < self._radius_m

    def _part(self, name: str, primitives: list[Primitive]) -> int:
        self.triangles += _count(primitives)
        return self.container.add("nodes", name=name, mesh=add_mesh(self.container, name, primitives))

    def _instance(self, thing: Thing, shape: Shape, corner: tuple[float, float]) -> int:
        if shape.digest not in self.shared:
            self._named[shape.kind] += 1
            primitives = primitives_of(shape.surface, self.materials)
            mesh = add_mesh(self.container, f"{shape.kind} {self._named[shape.kind]}", primitives)
            self.shared[shape.digest] = (mesh, _count(primitives))
        mesh, triangles = self.shared[shape.digest]
        self.triangles += triangles
        self.instances += 1
        return self.container.add(
            "nodes",
            name=f"{thing.kind} {','.join(map(str, thing.key))}",
            mesh=mesh,
            translation=[round(thing.position[0] - corner[0], 4), round(thing.position[1] - corner[1], 4), round(thing.position[2], 4)],
            rotation=_quaternion(Frame.on((0.0, 0.0, 0.0), thing.heading_deg, thing.slope).axes()),
        )


def _count(primitives: list[Primitive]) -> int:
    return sum(len(p.indices) // 3 for p in primitives)


def _stood(thing: Thing, shape: Shape, corner: tuple[float, float]) -> Surface:
    """A lone thing's shape where it stands in its chunk."""
    frame = Frame.on((thing.position[0] - corner[0], thing.position[1] - corner[1], thing.position[2]), thing.heading_deg, thing.slope)
    vertices = shape.surface.vertices.copy()
    normal = vertices["normal"][:, :3] / 127.5 - 1.0
    vertices["position"] = frame.at(vertices["position"])
    vertices["normal"][:, :3] = ((normal @ frame.axes() * 0.5 + 0.5) * 255).round().clip(0, 255)
    builder = SurfaceBuilder()
    builder.mesh(vertices, shape.surface.indices)
    return builder.build()


def _quaternion(axes: NDArray[np.float64]) -> list[float]:
    """The unit quaternion (x, y, z, w) that turns x, y and z into the rows of `axes` by its largest
    component (Shepperd 1978)."""
    m = axes.T
    four = np.array([1 + m[0, 0] - m[1, 1] - m[2, 2], 1 - m[0, 0] + m[1, 1] - m[2, 2], 1 - m[0, 0] - m[1, 1] + m[2, 2], 1 + np.trace(m)])
    k = int(np.argmax(four))
    size = math.sqrt(four[k])
    xy, xz, yz = m[0, 1] + m[1, 0], m[0, 2] + m[2, 0], m[1, 2] + m[2, 1]
    wx, wy, wz = m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]
    rows = ((four[0], xy, xz, wx), (xy, four[1], yz, wy), (xz, yz, four[2], wz), (wx, wy, wz, four[3]))
    return [round(float(value) / (2 * size), 9) for value in rows[k]]
