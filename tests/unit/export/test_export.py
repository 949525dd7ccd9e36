"""A street as glTF: sound by the rules of the format, the same bytes each time, and the street that stands there."""

from __future__ import annotations

import io
import json
import math
import re
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from world.export import Exported, export_scene
from world.export.bakes import bake, bake_names
from world.export.container import Container
from world.export.lights import Lamp, _turn_to, strongest
from world.export.materials import GLARE, Materials
from world.export.shapes import water_primitives
from world.mesh.surface import Finish, SurfaceBuilder
from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Recipe
from world.space.chunk_space import Emitters

RADIUS_M = 26.0
_SIZES = {5123: 2, 5125: 4, 5126: 4}
_TYPES = {5123: np.uint16, 5125: np.uint32, 5126: np.float32}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}


class _File:
    """What a reader sees."""

    def __init__(self, binary: bytes) -> None:
        (length,) = struct.unpack_from("<I", binary, 12)
        self.tree = json.loads(binary[20 : 20 + length])
        self.buffer = binary[28 + length :]

    def array(self, index: int) -> np.ndarray:
        accessor = self.tree["accessors"][index]
        view, width = self.tree["bufferViews"][accessor["bufferView"]], _WIDTHS[accessor["type"]]
        assert view["byteLength"] == accessor["count"] * width * _SIZES[accessor["componentType"]]
        found = np.frombuffer(self.buffer, _TYPES[accessor["componentType"]], accessor["count"] * width, view["byteOffset"])
        return found.reshape(-1, width)


@pytest.fixture(scope="module")
def pipe() -> Pipe:
    return Pipe(Recipe())


@pytest.fixture(scope="module")
def pose(pipe: Pipe) -> Pose:
    return pipe.start()


@pytest.fixture(scope="module")
def exported(pipe: Pipe, pose: Pose) -> Exported:
    return export_scene(pipe, pose, RADIUS_M, lights=12)


@pytest.fixture(scope="module")
def file(exported: Exported) -> _File:
    return _File(exported.binary)


def test_the_same_place_gives_the_same_bytes(pose: Pose, exported: Exported) -> None:
    assert export_scene(Pipe(Recipe()), pose, RADIUS_M, lights=12).binary == exported.binary


def test_every_reference_leads_somewhere_and_every_array_is_sound(file: _File, exported: Exported) -> None:
    tree = file.tree
    for mesh in tree["meshes"]:
        for p in mesh["primitives"]:
            position, normal = (file.array(p["attributes"][name]) for name in ("POSITION", "NORMAL"))
            indices = file.array(p["indices"]).reshape(-1)
            assert len(indices) % 3 == 0 and indices.max() == len(position) - 1  # no corner that nothing uses
            assert np.isfinite(position).all()
            assert np.abs(np.linalg.norm(normal, axis=1) - 1.0).max() < 5e-4
            assert {len(file.array(a)) for a in p["attributes"].values()} == {len(position)}
            accessor = tree["accessors"][p["attributes"]["POSITION"]]
            assert accessor["min"] == position.min(axis=0).tolist() and accessor["max"] == position.max(axis=0).tolist()
            material = tree["materials"][p["material"]]
            pictured = "baseColorTexture" in material["pbrMetallicRoughness"] or "emissiveTexture" in material
            assert not pictured or "TEXCOORD_0" in p["attributes"]
    children = [c for node in tree["nodes"] for c in node.get("children", [])]
    roots = tree["scenes"][0]["nodes"]
    assert sorted([*children, *roots]) == list(range(len(tree["nodes"])))  # a tree: every node hangs once
    assert {n["mesh"] for n in tree["nodes"] if "mesh" in n} == set(range(len(tree["meshes"])))
    drawn = sum(
        tree["accessors"][p["indices"]]["count"] // 3 for n in tree["nodes"] if "mesh" in n for p in tree["meshes"][n["mesh"]]["primitives"]
    )
    assert drawn == exported.triangles > 1000
    assert len(tree["materials"]) == exported.materials < 150


def test_it_stands_upright_about_the_place_and_within_the_radius(file: _File) -> None:
    tree = file.tree
    root = tree["nodes"][tree["scenes"][0]["nodes"][0]]
    x, y, z, w = root["rotation"]
    up = (2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y))  # where the quaternion takes Z
    assert up == pytest.approx((0.0, 1.0, 0.0))
    reach = []
    for chunk in (tree["nodes"][c] for c in root["children"]):
        for node in (tree["nodes"][c] for c in chunk.get("children", []) if chunk["name"].startswith("chunk")):
            if " / " in node["name"] and not node["name"].endswith("/ things"):  # a thing whose foot is near is whole
                for p in tree["meshes"][node["mesh"]]["primitives"]:
                    corners = file.array(p["attributes"]["POSITION"])[file.array(p["indices"]).reshape(-1, 3)]
                    middle = corners[..., :2].mean(axis=1) + chunk["translation"][:2]
                    reach.append(np.hypot(middle[:, 0], middle[:, 1]).max())
    assert RADIUS_M - 4.0 < max(reach) < RADIUS_M + 0.01


def test_things_of_one_shape_share_a_mesh(file: _File, exported: Exported) -> None:
    users: dict[int, int] = {}
    for node in file.tree["nodes"]:
        if "mesh" in node and " / " not in node["name"]:
            users[node["mesh"]] = users.get(node["mesh"], 0) + 1
    assert sum(users.values()) == exported.instances and len(users) == exported.shared_meshes
    assert all(count > 1 for count in users.values())


def test_lights_are_the_strongest_and_counted(file: _File, exported: Exported) -> None:
    lights = file.tree["extensions"]["KHR_lights_punctual"]["lights"]
    assert len(lights) == exported.lights == min(12, exported.lights_there)
    assert all(light["intensity"] > 0 and light["range"] > 0 and max(light["color"]) == 1.0 for light in lights)
    assert [light["intensity"] for light in lights] == sorted((light["intensity"] for light in lights), reverse=True)
    hung = [node["extensions"]["KHR_lights_punctual"]["light"] for node in file.tree["nodes"] if "extensions" in node]
    assert sorted(hung) == list(range(len(lights)))


@pytest.mark.parametrize("normal", [(0.0, 0.0, -1.0), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.6, -0.8, 0.0), (0.48, 0.6, -0.64)])
def test_a_spot_shines_where_its_emitter_does(normal: tuple[float, float, float]) -> None:
    x, y, z, w = _turn_to(normal)
    assert math.sqrt(x * x + y * y + z * z + w * w) == pytest.approx(1.0)
    turned = (-2 * (x * z + w * y), -2 * (y * z - w * x), -(1 - 2 * (x * x + y * y)))  # minus where it takes Z
    assert turned == pytest.approx(normal)


def test_a_light_without_power_is_left_out() -> None:
    rows = np.array([[0.0, 0.0, 3.0], [1.0, 0.0, 3.0], [90.0, 0.0, 3.0]])
    candela = np.array([[0.0, 0.0, 0.0], [4.0, 2.0, 1.0], [50.0, 50.0, 50.0]])
    none = np.zeros(3)
    emitters = Emitters(rows, np.zeros((3, 3)), none.astype(bool), none, candela, none + 9, none.astype(np.uint8), none.astype(np.int8))
    assert strongest([emitters], (0.0, 0.0), 20.0, 5) == ([Lamp((1.0, 0.0, 3.0), None, 4.0, (1.0, 0.5, 0.25), 9.0, 0)], 1)


def test_water_lies_where_the_ground_is_low() -> None:
    builder = SurfaceBuilder()
    builder.quads([[[0, 0, -0.1], [4, 0, -0.1], [4, 4, -0.1], [0, 4, -0.1]]], Finish.CONCRETE, (255,) * 4)
    builder.quads([[[4, 0, 0.1], [8, 0, 0.1], [8, 4, 0.1], [4, 4, 0.1]]], Finish.CONCRETE, (255,) * 4)
    builder.quads([[[4, 0, -0.1], [4, 0, 0.1], [4, 4, 0.1], [4, 4, -0.1]]], Finish.CONCRETE, (255,) * 4)  # a kerb
    (water,) = water_primitives(builder.build(), 0.0, Materials(Container()))
    assert len(water.indices) == 6
    assert (water.position[:, 2] == 0.0).all() and water.position[:, 0].max() == 4.0
    assert water_primitives(builder.build(), -0.2, Materials(Container())) == []


def test_glare_is_the_shaders() -> None:
    text = (Path(__file__).parents[3] / "shaders/include/frame.inc.glsl").read_text("utf-8")
    assert float(re.search(r"GLARE = ([\d.]+)", text)[1]) == GLARE


@pytest.mark.parametrize("name", bake_names())
def test_pictures_are_neither_black_nor_blank(name: str) -> None:
    with Image.open(io.BytesIO(bake(name).png)) as picture:
        pixels = np.asarray(picture, float)
    assert pixels.std() > 3 and pixels.max() > 60
