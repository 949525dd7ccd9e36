"""The file as a container: what is put in comes out, by the rules of GLB."""

from __future__ import annotations

import json
import struct

import numpy as np

from world.export.container import Container


def _tree_and_buffer(binary: bytes) -> tuple[dict, bytes]:
    magic, version, length = struct.unpack_from("<4sII", binary)
    assert (magic, version, length) == (b"glTF", 2, len(binary))
    text_length, kind = struct.unpack_from("<I4s", binary, 12)
    assert (text_length % 4, kind) == (0, b"JSON")
    content_length, kind = struct.unpack_from("<I4s", binary, 20 + text_length)
    assert (content_length % 4, kind) == (0, b"BIN\0")
    assert 28 + text_length + content_length == length
    return json.loads(binary[20 : 20 + text_length]), binary[28 + text_length :]


def test_arrays_come_back_and_views_are_aligned() -> None:
    container = Container()
    positions = np.array([[0.1, -2.0, 3.0], [7.0, 0.25, -1.0], [1.0, 1.0, 1.0]], np.float32)
    container.add_png(b"12345", "odd length")
    at = container.add_vertices(positions, bounds=True)
    container.add_indices(np.array([0, 1, 2], np.uint32))
    tree, buffer = _tree_and_buffer(container.binary({"nodes": []}, {"why": "a test"}))
    accessor = tree["accessors"][at]
    view = tree["bufferViews"][accessor["bufferView"]]
    assert view["byteOffset"] % 4 == 0
    back = np.frombuffer(buffer, np.float32, 9, view["byteOffset"]).reshape(3, 3)
    assert (back == positions).all()
    assert accessor["min"] == positions.min(axis=0).tolist() and accessor["max"] == positions.max(axis=0).tolist()
    assert tree["accessors"][1]["componentType"] == 5123  # three corners need no four bytes
    assert tree["asset"]["extras"] == {"why": "a test"}


def test_indices_take_four_bytes_where_two_are_too_few() -> None:
    container = Container()
    container.add_indices(np.array([0, 1, 65535]))
    tree, _ = _tree_and_buffer(container.binary({"nodes": []}, {}))
    assert tree["accessors"][0]["componentType"] == 5125


def test_extensions_are_declared_when_used() -> None:
    container = Container()
    container.add("nodes", extensions={"KHR_lights_punctual": {"light": 0}})
    container.declare("KHR_lights_punctual", {"lights": []})
    tree, _ = _tree_and_buffer(container.binary({"nodes": [0]}, {}))
    assert tree["extensionsUsed"] == ["KHR_lights_punctual"]
    assert "KHR_lights_punctual" in tree["extensions"]
