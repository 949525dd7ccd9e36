"""Surfaces as glTF primitives: one for each material, vertices unpacked, colour and wear baked into them.

In: `Surface` (world.mesh.surface), metres, Z up.  Out: `Primitive` arrays, and meshes of a `Container`.
A corner's baked colour is its tint, made linear, times its openness (ambient occlusion), as the shaders do it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.export.bakes import bake
from world.export.container import Container
from world.export.materials import ASPHALT, EARTH, PAVING, Look, Materials, look_of
from world.mesh.ground import Zone
from world.mesh.surface import Finish, Surface

GLOWS = (Finish.WINDOW_LIT, Finish.SIGN_PANEL, Finish.TUBE, Finish.LAMP, Finish.EMBER)
_STEP = 1.25
_GROUND: dict[int, tuple[str, Look]] = {
    Zone.ROAD: ("asphalt", ASPHALT),
    Zone.CROSSING: ("asphalt", ASPHALT),
    Zone.PARK: ("earth", EARTH),
    Zone.BED: ("earth", EARTH),
}


@dataclass(frozen=True)
class Primitive:
    """Triangles of one material. `position`, `normal` (V, 3) float32, unit normals; `colour` (V, 4) uint16 or None;
    `uv` (V, 2) float32 or None; `indices` (3·T,)."""

    material: int
    position: NDArray[np.float32]
    normal: NDArray[np.float32]
    colour: NDArray[np.uint16] | None
    uv: NDArray[np.float32] | None
    indices: NDArray[np.uint32]


def primitives_of(surface: Surface, materials: Materials) -> list[Primitive]:
    """What is built, by finish, and what glows, by its colour and luminance."""
    v, faces = surface.vertices, surface.indices.reshape(-1, 3)
    finish, luminance = v["normal"][:, 3].astype(np.int64), _steps(v["extra"][:, 1].astype(np.int64) * 4)
    shining = (luminance > 0) & np.isin(finish, GLOWS)
    colour = v["tint"][:, :3].astype(np.int64) @ np.array([1 << 16, 1 << 8, 1])
    kind = np.where(shining, (finish << 36) | (luminance << 24) | colour, finish << 36)
    found = []
    for key, own in _split(kind, faces):
        first = int(own[0, 0])
        if shining[first]:
            rgb = _linear(v["tint"][first, :3])
            material = materials.glowing(key >> 36, (float(rgb[0]), float(rgb[1]), float(rgb[2])), float(luminance[first]))
        else:
            material = materials.opaque(_title(key >> 36), look_of(key >> 36))
        found.append(_primitive(surface, own, material, look_of(key >> 36), coloured=not shining[first]))
    return found


def ground_primitives(surface: Surface, materials: Materials) -> list[Primitive]:
    """The street and what lies beside it; slabs lie along their kerbs."""
    v, faces = surface.vertices, surface.indices.reshape(-1, 3)
    found = []
    for zone, own in _split(v["extra"][:, 2].astype(np.int64), faces):
        name, look = _GROUND.get(zone, ("paving", PAVING))
        found.append(_primitive(surface, own, materials.opaque(name, look), look, coloured=True))
    return found


def water_primitives(ground: Surface, level_m: float, materials: Materials) -> list[Primitive]:
    """The water's surface over every piece of ground that dips below it."""
    faces = ground.indices.reshape(-1, 3)
    wet = faces[(ground.vertices["position"][faces][..., 2] < level_m).any(axis=1)]
    if not len(wet):
        return []
    plain = _primitive(ground, wet, materials.water(), Look(0.0), coloured=False)
    flat, up = plain.position.copy(), np.zeros_like(plain.position)
    flat[:, 2], up[:, 2] = level_m, 1.0
    a, b, c = (flat[plain.indices[k::3]] for k in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    kept = plain.indices.reshape(-1, 3)[area > 1e-6]  # upright faces of kerbs have no water on them
    return _compact(Primitive(plain.material, flat, up, None, None, kept.reshape(-1)))


def hologram_primitives(surface: Surface, materials: Materials) -> list[Primitive]:
    """Boards of light, by colour."""
    v, faces = surface.vertices, surface.indices.reshape(-1, 3)
    colour = v["tint"][:, :3].astype(np.int64) @ np.array([1 << 16, 1 << 8, 1])
    found = []
    for _, own in _split(colour, faces):
        rgb = _linear(v["tint"][own[0, 0], :3])
        material = materials.hologram((float(rgb[0]), float(rgb[1]), float(rgb[2])), float(v["extra"][own[0, 0], 1]))
        found.append(_primitive(surface, own, material, Look(0.0, picture="hologram"), coloured=False))
    return found


def within(surface: Surface, middle: tuple[float, float], radius_m: float) -> Surface:
    """The triangles whose midpoint lies within `radius_m` of `middle` (in the surface's own frame)."""
    faces = surface.indices.reshape(-1, 3)
    at = surface.vertices["position"][faces][..., :2].astype(np.float64).mean(axis=1) - np.asarray(middle)
    return Surface(surface.vertices, faces[(at * at).sum(axis=1) < radius_m * radius_m].reshape(-1))


def joined(surfaces: Iterable[Surface]) -> Surface:
    """All triangles of several surfaces."""
    parts = list(surfaces)
    starts = np.cumsum([0, *(len(p.vertices) for p in parts)])
    indices = [p.indices + np.uint32(s) for p, s in zip(parts, starts, strict=False)]
    return Surface(np.concatenate([p.vertices for p in parts]), np.concatenate(indices))


def add_mesh(container: Container, name: str, primitives: list[Primitive]) -> int:
    """The primitives as one mesh of the file; its index."""
    listed = []
    for p in primitives:
        attributes: dict[str, Any] = {
            "POSITION": container.add_vertices(p.position, bounds=True),
            "NORMAL": container.add_vertices(p.normal),
        }
        if p.colour is not None:
            attributes["COLOR_0"] = container.add_vertices(p.colour, normalized=True)
        if p.uv is not None:
            attributes["TEXCOORD_0"] = container.add_vertices(p.uv)
        listed.append({"attributes": attributes, "indices": container.add_indices(p.indices), "material": p.material})
    return container.add("meshes", name=name, primitives=listed)


def _split(kind: NDArray[np.int64], faces: NDArray[np.uint32]) -> Iterable[tuple[int, NDArray[np.uint32]]]:
    """(kind, its faces), in the order of kinds; a face is of its last corner's kind, as the graphics card sees it."""
    of_face = kind[faces[:, 2]]
    order = np.argsort(of_face, kind="stable")
    kinds, starts = np.unique(of_face[order], return_index=True)
    ends = [*starts[1:].tolist(), len(order)]
    for key, start, end in zip(kinds.tolist(), starts.tolist(), ends[: len(kinds)], strict=True):
        yield key, faces[order[start:end]]


def _primitive(surface: Surface, faces: NDArray[np.uint32], material: int, look: Look, *, coloured: bool) -> Primitive:
    used, inverse = np.unique(faces, return_inverse=True)
    v, indices = surface.vertices[used], inverse.reshape(-1).astype(np.uint32)
    normal = v["normal"][:, :3].astype(np.float64) / 127.5 - 1.0
    length = np.linalg.norm(normal, axis=1, keepdims=True)
    normal = np.where(length > 1e-3, normal / np.maximum(length, 1e-3), [0.0, 0.0, 1.0])
    colour = uv = None
    if coloured:
        rgb = _linear(v["tint"][:, :3]) * (v["tint"][:, 3:].astype(np.float64) / 255.0)
        colour = np.rint(np.concatenate([rgb, np.ones((len(v), 1))], axis=1) * 65535).astype(np.uint16)
    if look.picture is not None:
        metres = bake(look.picture).metres
        own = v["uv"].astype(np.float64)
        u, w = own[:, 0], own[:, 1]
        uv = np.stack([u, 1.0 - w] if metres is None else [u / metres[0], -w / metres[1]], axis=1).astype(np.float32)
    return Primitive(material, np.ascontiguousarray(v["position"]), normal.astype(np.float32), colour, uv, indices)


def _compact(p: Primitive) -> list[Primitive]:
    """The primitive without corners that no triangle uses; none when no triangle is left."""
    if not len(p.indices):
        return []
    used, inverse = np.unique(p.indices, return_inverse=True)
    return [Primitive(p.material, p.position[used], p.normal[used], None, None, inverse.reshape(-1).astype(np.uint32))]


def _linear(srgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Linear colour by the curve of IEC 61966-2-1."""
    c = srgb.astype(np.float64) / 255.0
    linear: NDArray[np.float64] = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return linear


def _steps(luminance: NDArray[np.int64]) -> NDArray[np.int64]:
    """Luminances in steps of a quarter, so that a hundred shades of lit windows share a few materials."""
    steps = np.rint(np.log(np.maximum(luminance, 1)) / np.log(_STEP))
    return np.where(luminance > 0, np.rint(_STEP**steps), 0).astype(np.int64)


def _title(finish: int) -> str:
    return Finish(finish).name.lower().replace("_", " ") if finish in Finish._value2member_map_ else f"finish {finish}"
