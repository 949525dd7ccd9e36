"""A binary glTF file: the tree of JSON objects, and the one buffer that they point into.

In: arrays, images, objects.  Out: `Container.binary()`, whole; equal input gives equal bytes. Nothing here knows of cities.
Source: Khronos, glTF 2.0 Specification, chapters 3.6 (buffers, accessors) and 4 (GLB).
"""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world import __version__

_MAGIC, _VERSION, _JSON, _BIN = 0x46546C67, 2, 0x4E4F534A, 0x004E4942
_VERTICES, _INDICES = 34962, 34963  # bufferView.target
_COMPONENTS = {np.dtype("<u2"): 5123, np.dtype("<u4"): 5125, np.dtype("<f4"): 5126}
_WIDTHS = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4"}


class Container:
    """Gathers; every `add_…` returns the index by which other objects refer to what was added."""

    def __init__(self) -> None:
        self._tree: dict[str, list[dict[str, Any]]] = {}
        self._extensions: dict[str, Any] = {}
        self._used: set[str] = set()
        self._bytes = bytearray()

    def add(self, kind: str, **fields: Any) -> int:
        """One object of the list `kind` ("nodes", "meshes", …); its extensions are declared in the file."""
        self._used.update(fields.get("extensions", {}))
        listed = self._tree.setdefault(kind, [])
        listed.append(fields)
        return len(listed) - 1

    def add_vertices(self, values: NDArray[Any], *, normalized: bool = False, bounds: bool = False) -> int:
        """(N, 2..4) float32 or uint16 values of vertices as an accessor; `bounds` for positions."""
        return self._accessor(values, _VERTICES, normalized=normalized, bounds=bounds)

    def add_indices(self, values: NDArray[Any]) -> int:
        """(3·T,) indices as an accessor, in two bytes where they fit (65535 restarts a strip)."""
        small = len(values) == 0 or int(values.max()) < 65535
        return self._accessor(values.astype("<u2" if small else "<u4").reshape(-1, 1), _INDICES)

    def add_png(self, png: bytes, name: str) -> int:
        """An image of the file."""
        return self.add("images", bufferView=self._view(png, None), mimeType="image/png", name=name)

    def declare(self, extension: str, content: dict[str, Any]) -> None:
        """An extension of the file as a whole, such as its list of lights."""
        self._used.add(extension)
        self._extensions[extension] = content

    def binary(self, scene: dict[str, Any], about: dict[str, Any]) -> bytes:
        """The file: `scene` is what it shows, `about` goes into the asset's extras."""
        tree: dict[str, Any] = {
            "asset": {"version": "2.0", "generator": f"Ashes of Neon {__version__}", "extras": about},
            "scene": 0,
            "scenes": [scene],
            **self._tree,
            "buffers": [{"byteLength": len(self._bytes)}],
        }
        if self._used:
            tree["extensionsUsed"] = sorted(self._used)
        if self._extensions:
            tree["extensions"] = self._extensions
        text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
        text += b" " * (-len(text) % 4)
        content = bytes(self._bytes) + b"\0" * (-len(self._bytes) % 4)
        head = struct.pack("<III", _MAGIC, _VERSION, 12 + 8 + len(text) + 8 + len(content))
        return b"".join([head, struct.pack("<II", len(text), _JSON), text, struct.pack("<II", len(content), _BIN), content])

    def _accessor(self, values: NDArray[Any], target: int, *, normalized: bool = False, bounds: bool = False) -> int:
        values = np.ascontiguousarray(values)
        fields: dict[str, Any] = {
            "bufferView": self._view(values.tobytes(), target),
            "componentType": _COMPONENTS[values.dtype],
            "count": len(values),
            "type": _WIDTHS[values.shape[1]],
        }
        if normalized:
            fields["normalized"] = True
        if bounds:
            fields["min"] = [float(v) for v in values.min(axis=0)]
            fields["max"] = [float(v) for v in values.max(axis=0)]
        return self.add("accessors", **fields)

    def _view(self, content: bytes, target: int | None) -> int:
        self._bytes += b"\0" * (-len(self._bytes) % 4)
        fields: dict[str, Any] = {"buffer": 0, "byteOffset": len(self._bytes), "byteLength": len(content)}
        if target is not None:
            fields["target"] = target
        self._bytes += content
        return self.add("bufferViews", **fields)
