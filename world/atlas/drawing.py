"""A sheet put on paper: as an SVG drawing with a group for each layer, or as pixels.

In: a `Sheet`.  Out: SVG text, or an RGB picture. Both draw the same marks; glowing layers are blurred once and added to themselves.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Callable
from xml.etree import ElementTree as Xml

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from world.atlas import palette as ink
from world.atlas.marks import Area, Dot, Layer, Mark, Points, Raster, Rgba, Stroke, dashes
from world.atlas.sheet import Sheet

_GLOW = 0.0032  # of the sheet's width
_SUPERSAMPLED_TO = 2600  # pixels: wider sheets are drawn at their own size
Place = Callable[[tuple[float, float]], tuple[float, float]]


def svg_of(sheet: Sheet) -> str:
    """The sheet as SVG: groups `layer-streets`, `layer-signs` … can be shown and hidden in any editor."""
    width, height = sheet.size
    root = Xml.Element("svg", xmlns="http://www.w3.org/2000/svg", width=str(width), height=str(height), viewBox=f"0 0 {width} {height}")
    definitions = Xml.SubElement(root, "defs")
    glow = Xml.SubElement(definitions, "filter", id="glow", x="-5%", y="-5%", width="110%", height="110%")
    Xml.SubElement(glow, "feGaussianBlur", stdDeviation=_n(_GLOW * width), result="blur")
    merge = Xml.SubElement(glow, "feMerge")
    for source in ("blur", "blur", "SourceGraphic"):
        Xml.SubElement(merge, "feMergeNode", {"in": source})
    clip = Xml.SubElement(definitions, "clipPath", id="frame")
    (x, y), side = sheet.corner, sheet.side
    frame = {"x": _n(x), "y": _n(height - y - side), "width": _n(side), "height": _n(side)}
    Xml.SubElement(clip, "rect", frame)
    Xml.SubElement(root, "rect", width=str(width), height=str(height), fill=_hex(ink.SHEET))
    Xml.SubElement(root, "rect", frame, fill=_hex(ink.PAPER))
    field = Xml.SubElement(root, "g", {"clip-path": "url(#frame)"})
    place, scale = _placing(sheet, 1.0)
    for layer in sheet.layers:
        _svg_layer(field, layer, place, scale)
    _svg_layer(root, sheet.furniture, lambda p: (p[0], height - p[1]), 1.0)
    Xml.indent(root, space=" ")
    return Xml.tostring(root, encoding="unicode") + "\n"


def picture_of(sheet: Sheet) -> NDArray[np.uint8]:
    """The sheet as (H, W, 3) uint8."""
    width, height = sheet.size
    factor = 2 if width <= _SUPERSAMPLED_TO else 1
    field = Image.new("RGB", (round(sheet.side * factor),) * 2, ink.PAPER)
    place, scale = _placing(sheet, factor)
    left, top = sheet.corner[0] * factor, (height - sheet.corner[1] - sheet.side) * factor

    def within(p: tuple[float, float]) -> tuple[float, float]:
        x, y = place(p)
        return x - left, y - top

    for layer in sheet.layers:
        if layer.glows:
            light = Image.new("RGB", field.size)
            _paint(light, layer, within, scale)
            light = light.filter(ImageFilter.GaussianBlur(_GLOW * width * factor))
            field = ImageChops.add(ImageChops.add(field, light), light.filter(ImageFilter.GaussianBlur(3 * _GLOW * width * factor)))
        _paint(field, layer, within, scale)
    page = Image.new("RGB", (width * factor, height * factor), ink.SHEET)
    page.paste(field, (round(left), round(top)))
    _paint(page, sheet.furniture, lambda p: (p[0] * factor, (height - p[1]) * factor), factor)
    return np.asarray(page if factor == 1 else page.resize((width, height), Image.Resampling.LANCZOS))


def _placing(sheet: Sheet, factor: float) -> tuple[Place, float]:
    """Where a point of the plane lies on the sheet, in pixels from the upper left, and how many pixels a metre is."""
    (ox, oy), (cx, cy), height, scale = sheet.origin, sheet.corner, sheet.size[1], sheet.scale
    return (lambda p: ((cx + (p[0] - ox) * scale) * factor, (height - cy - (p[1] - oy) * scale) * factor)), scale * factor


def _svg_layer(parent: Xml.Element, layer: Layer, place: Place, scale: float) -> None:
    group = Xml.SubElement(parent, "g", id=f"layer-{layer.name}")
    if layer.glows:
        group.set("filter", "url(#glow)")
    Xml.SubElement(group, "title").text = layer.title
    for mark in layer.marks:
        _svg_mark(group, mark, place, scale)


def _svg_mark(group: Xml.Element, mark: Mark, place: Place, scale: float) -> None:
    if isinstance(mark, Area):
        drawn = Xml.SubElement(group, "polygon", {"points": _points(mark.points, place), **_fill(mark.fill)})
        if mark.rim is not None:
            drawn.attrib.update({**_stroke(mark.rim, mark.rim_m * scale), "stroke-linejoin": "round"})
    elif isinstance(mark, Stroke):
        shape = {"fill": "none", "stroke-linecap": "round", "stroke-linejoin": "round", **_stroke(mark.ink, mark.width_m * scale)}
        if mark.dash_m > 0:
            shape |= {"stroke-dasharray": _n(mark.dash_m * scale), "stroke-linecap": "butt"}
        Xml.SubElement(group, "polyline", {"points": _points(mark.points, place), **shape})
    elif isinstance(mark, Dot):
        x, y = place(mark.at)
        look = _fill(mark.ink) if mark.ring_m <= 0 else {"fill": "none", **_stroke(mark.ink, mark.ring_m * scale)}
        Xml.SubElement(group, "circle", {"cx": _n(x), "cy": _n(y), "r": _n(mark.radius_m * scale), **look})
    else:
        x, y = place((mark.corner[0], mark.corner[1] + mark.side_m))
        file = io.BytesIO()
        Image.fromarray(mark.pixels).save(file, format="PNG")
        side = _n(mark.side_m * scale)
        link = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")
        Xml.SubElement(group, "image", x=_n(x), y=_n(y), width=side, height=side, href=link)


def _paint(page: Image.Image, layer: Layer, place: Place, scale: float) -> None:
    draw = ImageDraw.Draw(page, "RGBA")
    for mark in layer.marks:
        if isinstance(mark, Area):
            points = [place(p) for p in mark.points]
            draw.polygon(points, fill=mark.fill)
            if mark.rim is not None:
                draw.line([*points, points[0]], fill=mark.rim, width=_px(mark.rim_m * scale), joint="curve")
        elif isinstance(mark, Stroke):
            for piece in dashes(mark):
                draw.line([place(p) for p in piece], fill=mark.ink, width=_px(mark.width_m * scale), joint="curve")
        elif isinstance(mark, Dot):
            (x, y), r = place(mark.at), max(0.7, mark.radius_m * scale)
            box = (x - r, y - r, x + r, y + r)
            if mark.ring_m > 0:
                draw.ellipse(box, outline=mark.ink, width=_px(mark.ring_m * scale))
            else:
                draw.ellipse(box, fill=mark.ink)
        else:
            _paste(page, mark, place, scale)


def _paste(page: Image.Image, mark: Raster, place: Place, scale: float) -> None:
    (x, y), (far_x, far_y) = place((mark.corner[0], mark.corner[1] + mark.side_m)), place((mark.corner[0] + mark.side_m, mark.corner[1]))
    left, top = math.floor(x), math.floor(y)
    size = (max(1, math.floor(far_x) - left), max(1, math.floor(far_y) - top))
    picture = Image.fromarray(mark.pixels).resize(size, Image.Resampling.BILINEAR)
    page.paste(picture.convert("RGB"), (left, top), picture.getchannel("A"))


def _px(width: float) -> int:
    return max(1, round(width))


def _points(points: Points, place: Place) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in (place(p) for p in points))


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _hex(colour: tuple[int, ...]) -> str:
    return "#" + "".join(f"{c:02x}" for c in colour[:3])


def _fill(colour: Rgba) -> dict[str, str]:
    return {"fill": _hex(colour), **({"fill-opacity": _n(colour[3] / 255)} if colour[3] < 255 else {})}


def _stroke(colour: Rgba, width: float) -> dict[str, str]:
    opacity = {"stroke-opacity": _n(colour[3] / 255)} if colour[3] < 255 else {}
    return {"stroke": _hex(colour), "stroke-width": _n(max(0.1, width)), **opacity}
