"""Reads the `[[local]]` blocks of a recipe: a shape, a feather, and the fields that differ there.

In: the blocks as TOML gives them, the text (for line numbers), the folder of the file (for painted maps).
Out: checked `Local`s, or a `Refusal` that names the block, the field, its value, its range, and the file and line.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from world.errors import Refusal, nearest
from world.recipe.knob import Section, as_float, knobs_by_name
from world.recipe.model import DISTRICTS, SECTIONS, Recipe
from world.recipe.shape import MAP_SIDE_MAX, Disc, InDistrict, Local, Map, Polygon
from world.toml_file import line_of

LOCALS_MAX, MAPS_MAX = 64, 8
MAP_BYTES_MAX = 1_000_000
_SHAPES: dict[str, type[Section]] = {"disc": Disc, "polygon": Polygon, "district": InDistrict, "map": Map}
_PNG = b"\x89PNG\r\n\x1a\n"
Where = Callable[[str, str], str]


def locals_from(
    blocks: Any, text: str, source: str, folder: Path | None, validated: Callable[[dict[str, Any], Where], Recipe]
) -> tuple[Local, ...]:
    """The blocks, checked; `validated` makes a recipe of a tree of sections, or refuses it."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise Refusal(f"{source}{line_of(text, 'local', '')}: local blocks are written as [[local]]")
    if len(blocks) > LOCALS_MAX:
        raise Refusal(f"{source}: {len(blocks)} local blocks: at most {LOCALS_MAX} are read")
    if sum(block.get("shape") == "map" for block in blocks) > MAPS_MAX:
        raise Refusal(f"{source}: more than {MAPS_MAX} local blocks are maps")
    found = []
    for index, block in enumerate(blocks):

        def where(table: str, field: str, index: int = index) -> str:
            return f"{source}{_line(text, index, table, field)}: local {index + 1}"

        sections = {name: value for name, value in block.items() if isinstance(value, dict)}
        rest = {name: value for name, value in block.items() if name not in sections}
        found.append(_shaped(rest, where, folder, _settings(sections, where, validated)))
    return tuple(found)


def _settings(tree: dict[str, Any], where: Where, validated: Callable[[dict[str, Any], Where], Recipe]) -> tuple[Any, ...]:
    """Each field that the block sets, checked like any other of the recipe."""
    recipe = validated(tree, where)
    for section, fields in tree.items():
        for field in fields:
            if not knobs_by_name()[f"{section}.{field}"].local:
                raise Refusal(f"{where(section, field)}: {section}.{field} is one for the whole city: it cannot differ by place")
    return tuple((section, field, getattr(getattr(recipe, section), field)) for section, fields in tree.items() for field in fields)


def _shaped(rest: dict[str, Any], where: Where, folder: Path | None, settings: tuple[Any, ...]) -> Local:
    """The block's shape and feather; `rest` are its fields that are no tables."""
    name = rest.pop("shape", None)
    if not isinstance(name, str) or name not in _SHAPES:
        hint = nearest(name, _SHAPES) if isinstance(name, str) else ""
        raise Refusal(f"{where('', 'shape')}: shape = {name!r}: must be one of {', '.join(_SHAPES)}{hint}")
    feather = {"feather_m": rest.pop("feather_m")} if "feather_m" in rest else {}
    if name == "district":
        if feather:
            raise Refusal(f"{where('', 'feather_m')}: feather_m: a district ends at its streets and has no feather")
        district = rest.get("district")
        if "district" in rest and district not in DISTRICTS:
            hint = nearest(str(district), DISTRICTS)
            raise Refusal(f"{where('', 'district')}: district = {district!r}: must be one of {', '.join(DISTRICTS)}{hint}")
    if name == "map":
        rest = _with_pixels(rest, where, folder)
    shape = _checked(_SHAPES[name], rest, where)
    local = _checked(Local, {"shape": shape, "settings": settings, **feather}, where)
    assert isinstance(local, Local)
    return local


def _checked(model: type[Section], fields: dict[str, Any], where: Where) -> Section:
    """The model of the fields; pydantic's first complaint becomes one line of ours."""
    try:
        return model.model_validate({name: value if name == "columns" else _as_measure(value) for name, value in fields.items()})
    except ValidationError as error:
        first = error.errors()[0]
    name = str(first["loc"][0])
    field = model.model_fields.get(name)
    if field is None:
        known = [n for n in model.model_fields if n not in ("columns", "pixels", "settings")]
        raise Refusal(f"{where('', name)}: unknown field {name}{nearest(name, [*known, 'feather_m', *SECTIONS])}")
    limits = {type(m).__name__: m for m in field.metadata}
    bounds = f", from {limits['Ge'].ge:g} to {limits['Le'].le:g}" if "Ge" in limits else ""
    if name == "points":
        bounds = f", {limits['MinLen'].min_length} to {limits['MaxLen'].max_length} of them, each within 40 km"
    if first["type"] == "missing":
        raise Refusal(f"{where('', 'shape')}: {name} is missing ({field.title}{bounds})")
    raise Refusal(f"{where('', name)}: {name} = {first['input']!r}: must be its {field.title}{bounds}")


def _as_measure(value: Any) -> Any:
    """TOML's whole numbers as floats and its lists as tuples, as strict validation wants them."""
    if type(value) is int:
        return as_float(value)
    return tuple(_as_measure(part) for part in value) if isinstance(value, list) else value


def _with_pixels(rest: dict[str, Any], where: Where, folder: Path | None) -> dict[str, Any]:
    """A map's fields with the pixels of its `file`, or of its `png` written out in base64."""
    rest = dict(rest)
    for name in ("columns", "pixels"):
        if name in rest:
            raise Refusal(f"{where('', name)}: unknown field {name}")
    if ("file" in rest) == ("png" in rest):
        raise Refusal(f"{where('', 'shape')}: a map needs either file or png (a grey-scale PNG, beside this file or in base64)")
    kind = "file" if "file" in rest else "png"
    given, place = rest.pop(kind), where("", kind)
    if not isinstance(given, str):
        raise Refusal(f"{place}: {kind} = {given!r}: must be text")
    if kind == "png":
        try:
            data = base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            raise Refusal(f"{place}: png is not base64") from None
    else:
        data = _file_bytes(given, place, folder)
    columns, pixels = grey_pixels(data, f"{place}: {kind}" + (f" {given}" if kind == "file" else ""))
    return {**rest, "columns": columns, "pixels": pixels}


def _file_bytes(name: str, place: str, folder: Path | None) -> bytes:
    if folder is None:
        raise Refusal(f"{place}: file = {name!r}: there is no recipe file that it could lie beside")
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise Refusal(f"{place}: file = {name!r}: must lie beside the recipe or in a folder below it")
        with path.open("rb") as file:
            data = file.read(MAP_BYTES_MAX + 1)
    except (OSError, ValueError) as error:
        raise Refusal(f"{place}: file = {name!r}: cannot be read: {error}") from error
    if len(data) > MAP_BYTES_MAX:
        raise Refusal(f"{place}: file = {name!r}: larger than {MAP_BYTES_MAX} bytes")
    return data


def grey_pixels(data: bytes, what: str) -> tuple[int, bytes]:
    """(columns, pixels row by row from the top) of a PNG of at most 256 × 256 pixels; `Refusal` names `what`."""
    if data[:8] != _PNG or len(data) < 33:
        raise Refusal(f"{what}: is no PNG")
    width, height = struct.unpack(">II", data[16:24])
    if not (1 <= width <= MAP_SIDE_MAX and 1 <= height <= MAP_SIDE_MAX):
        raise Refusal(f"{what}: is {width} × {height} pixels: at most {MAP_SIDE_MAX} × {MAP_SIDE_MAX} are read")
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if image.mode.startswith("I"):
                raise Refusal(f"{what}: has 16 bits a pixel: save it with 8")
            return width, image.convert("L").tobytes()
    except (OSError, ValueError, SyntaxError, struct.error) as error:
        raise Refusal(f"{what}: is damaged: {error}") from error


def _line(text: str, index: int, table: str, field: str) -> str:
    """`:LINE` of a field in the index-th `[[local]]`, or of its table there, or of the block."""
    lines = text.splitlines()
    starts = [n for n, line in enumerate(lines) if re.match(r"\s*\[\[\s*\"?local\"?\s*\]\]", line)]
    if index >= len(starts):
        return line_of(text, "local", "")
    block = lines[starts[index] + 1 : starts[index + 1] if index + 1 < len(starts) else None]
    current, found = "", starts[index] + 1
    for number, line in enumerate(block, start=starts[index] + 2):
        if match := re.match(r"\s*\[\s*([\w.\-\"]+)\s*\]", line):
            current = match[1].replace('"', "").removeprefix("local.")
            found = number if current == table else found
        elif match := re.match(r"\s*([\w.\-\"\s]+?)\s*=", line):
            key = match[1].replace('"', "").replace(" ", "")
            key = f"{current}.{key}" if current else key
            if key == (f"{table}.{field}" if table and field else table or field):
                return f":{number}"
            found = number if table and (key == table or key.startswith(f"{table}.")) else found
    return f":{found}"
