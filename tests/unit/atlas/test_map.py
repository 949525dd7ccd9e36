"""The map: every layer draws, the drawing is sound, paper and screen show the same."""

from __future__ import annotations

import itertools
import math
from xml.etree import ElementTree

import numpy as np
import pytest

from world.atlas.drawing import picture_of, svg_of
from world.atlas.layers import DEFAULT, layer_names, layers_of
from world.atlas.marks import Area, Dot, Layer, Raster, Stroke, dashes, lettering
from world.atlas.sheet import Sheet, sheet_of
from world.atlas.survey import Survey, survey
from world.pipe import Pipe

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def surveyed(city: Pipe) -> Survey:
    return survey(city, city.start().position[:2], 70.0)


@pytest.fixture(scope="module")
def layers(surveyed: Survey) -> list[Layer]:
    return layers_of(surveyed, layer_names())


@pytest.fixture(scope="module")
def sheet(surveyed: Survey, layers: list[Layer]) -> Sheet:
    return sheet_of(surveyed, layers, 500, "a test")


def test_layers_are_drawn_of_finite_points(layers: list[Layer]) -> None:
    assert tuple(layer.name for layer in layers) == layer_names()
    drawn = {layer.name: len(layer.marks) for layer in layers}
    for name in ("streets", "blocks", "water", "buildings", "things", "signs", "sound", "cover"):
        assert drawn[name] > 0, name
    for layer in layers:
        for mark in layer.marks:
            points = mark.points if isinstance(mark, Area | Stroke) else [mark.at] if isinstance(mark, Dot) else [mark.corner]
            assert np.isfinite(np.asarray(points)).all(), layer.name


def test_every_building_is_on_the_map_once(surveyed: Survey, layers: list[Layer]) -> None:
    masses = sum(len(building.masses) for chunk in surveyed.chunks for building in chunk.buildings)
    assert len(next(layer for layer in layers if layer.name == "buildings").marks) == masses


def test_a_map_has_no_more_layers_than_asked_for(surveyed: Survey) -> None:
    assert [layer.name for layer in layers_of(surveyed, ("signs", "blocks"))] == ["blocks", "signs"]
    assert [layer.name for layer in layers_of(surveyed)] == list(DEFAULT)


def test_svg_has_a_group_a_layer(sheet: Sheet, layers: list[Layer]) -> None:
    text = svg_of(sheet)
    assert text == svg_of(sheet)
    root = ElementTree.fromstring(text)
    groups = {group.get("id"): group for group in root.iter(f"{_SVG}g") if group.get("id")}
    assert list(groups) == [f"layer-{layer.name}" for layer in layers] + ["layer-legend"]
    for layer in layers:
        assert len(groups[f"layer-{layer.name}"]) == len(layer.marks) + 1  # and its title
    width, height = sheet.size
    for dot in groups["layer-signs"].iter(f"{_SVG}circle"):
        assert -width < float(dot.get("cx")) < 2 * width and -height < float(dot.get("cy")) < 2 * height


def test_the_picture_shows_the_signs_where_the_drawing_has_them(sheet: Sheet) -> None:
    pixels = picture_of(sheet)
    assert pixels.shape == (sheet.size[1], sheet.size[0], 3) and pixels.std() > 10
    signs = next(layer for layer in sheet.layers if layer.name == "signs")
    bright = 0
    for mark in signs.marks:
        x = sheet.corner[0] + (mark.at[0] - sheet.origin[0]) * sheet.scale
        y = sheet.size[1] - sheet.corner[1] - (mark.at[1] - sheet.origin[1]) * sheet.scale
        if sheet.corner[0] < x < sheet.corner[0] + sheet.side and sheet.corner[1] < sheet.size[1] - y < sheet.corner[1] + sheet.side:
            bright += pixels[int(y), int(x)].max() > 120
    assert bright > 10


def test_north_is_up_on_the_sheet(surveyed: Survey) -> None:
    (x, y), here = surveyed.middle, (255, 255, 255, 255)
    north = Layer("north", "north", (Dot((x, y + 40.0), 6.0, here),))
    pixels = picture_of(sheet_of(surveyed, [north], 400, ""))
    rows = np.nonzero((pixels[:380, 20:380] > 250).all(axis=2).any(axis=1))[0]
    assert rows.mean() < 0.4 * 400


def test_dashes_are_as_long_as_their_gaps() -> None:
    line = Stroke([(0.0, 0.0), (7.0, 0.0), (7.0, 7.0)], (0, 0, 0, 255), 1.0, 2.0)
    pieces = dashes(line)
    lengths = [sum(math.dist(a, b) for a, b in itertools.pairwise(p)) for p in pieces]
    assert lengths == pytest.approx([2.0, 2.0, 2.0, 2.0])
    assert pieces[1] == [(4.0, 0.0), (6.0, 0.0)]


def test_lettering_stands_on_its_foot_and_is_as_high_as_asked() -> None:
    marks = lettering("HI", (10.0, 5.0), 4.0, (0, 0, 0, 255))
    points = np.concatenate([np.asarray(mark.points) for mark in marks])
    assert points[:, 1].min() == pytest.approx(5.0) and points[:, 1].max() == pytest.approx(9.0)
    assert (points[:, 0].min() + points[:, 0].max()) / 2 == pytest.approx(10.0)


def test_water_is_drawn_where_the_ground_is_low(city: Pipe) -> None:
    dry, wet = (
        sum(
            int(mark.pixels[..., 3].astype(int).sum())
            for layer in layers_of(survey(Pipe(city.recipe.with_value("water", "level_m", level)), (0.0, 0.0), 60.0), ("water",))
            for mark in layer.marks
            if isinstance(mark, Raster)
        )
        for level in (-0.5, 0.3)
    )
    assert dry * 20 < wet
