"""Arcs at the edge: where, how thick, in what shape; and colours that stay apart for every eye."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest

from world.sim import Band

# What eyes see that lack one kind of cone, in linear light (Viénot, Brettel and Mollon 1999; for blue, Machado et al. 2009).
_SEEN_WITHOUT = {
    "red": np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]),
    "green": np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]),
    "blue": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
    "nothing": np.eye(3),
}
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def _lab(srgb: Any, seen: np.ndarray) -> np.ndarray:
    linear = np.clip(seen @ (np.asarray(srgb) ** 2.2), 0.0, 1.0)
    f = np.cbrt(np.maximum(_XYZ @ linear / (_XYZ @ np.ones(3)), 1e-6))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.fixture(autouse=True)
def _booted(app: Any) -> None:
    """`world.ui` may be imported once Ursina has been booted."""


def cue(number: int, at_deg: float, band: int | None = 0, above_db: float = 10.0, **more: Any) -> Any:
    from world.ui.cues import Cue

    way = (math.sin(math.radians(at_deg)), math.cos(math.radians(at_deg)), 0.0)
    return Cue(("hum", number), "servo hum", way, 12.0, above_db, 0.0, True, band, **{"threat": True} | more)


@pytest.mark.parametrize("lacking", list(_SEEN_WITHOUT))
def test_states_have_colours_apart_for_every_eye(lacking: str) -> None:
    from world.ui.signs import COLOURS

    labs = {band: _lab(colour, _SEEN_WITHOUT[lacking]) for band, colour in COLOURS.items()}
    apart = {pair: float(np.linalg.norm(labs[pair[0]] - labs[pair[1]])) for pair in itertools.combinations(Band, 2)}
    assert min(apart.values()) > 10.0, min(apart, key=lambda pair: apart[pair])
    assert all(lab[0] > 35 for lab in labs.values())  # legible before the night


def test_states_have_shapes_of_their_own() -> None:
    from world.ui.signs import SHAPES

    assert set(SHAPES) == set(Band) and len(set(SHAPES.values())) == len(Band)


@pytest.mark.parametrize("aspect", [16 / 9, 43 / 18, 1.0])
def test_arcs_lie_in_the_direction_of_the_sound_within_the_window(aspect: float) -> None:
    from world.ui.edge_arcs import edge_point

    azimuth = np.linspace(-math.pi, math.pi, 73)
    point = edge_point(azimuth, aspect)
    assert np.allclose(np.arctan2(point[:, 0], point[:, 1]), azimuth, atol=1e-9)
    assert (abs(point[:, 0]) < aspect / 2).all() and (abs(point[:, 1]) < 0.5).all()
    assert np.hypot(point[:, 0], point[:, 1]).min() > 0.47
    inner = edge_point(azimuth, aspect, 0.02)
    assert np.allclose(np.hypot(*(inner - point).T), 0.02) and (np.hypot(*inner.T) < np.hypot(*point.T)).all()


def test_louder_is_thicker() -> None:
    from world.ui.edge_arcs import thickness

    widths = [thickness(level) for level in (-3.0, 0.0, 10.0, 20.0, 30.0, 50.0)]
    assert widths == sorted(widths) and widths[1] < widths[2] < widths[4] == widths[5] and widths[4] > 2.5 * widths[1]


def _azimuths(arcs: Any, heading_deg: float) -> list[float]:
    return sorted(round(azimuth, 3) for _, azimuth in arcs.placed(heading_deg))


def test_arcs_turn_against_the_head_and_the_worse_hides_the_other() -> None:
    from world.ui.edge_arcs import EdgeArcs

    arcs = EdgeArcs()
    arcs.update(0.0, [cue(1, 90.0), cue(2, 93.0, band=3), cue(3, -20.0)], 0.0, 1.6)
    assert _azimuths(arcs, 0.0) == [93.0, 340.0]
    assert _azimuths(arcs, 90.0) == [3.0, 250.0]


def test_arcs_never_lie_on_each_other() -> None:
    from world.ui.edge_arcs import EdgeArcs, edge_point

    for aspect in (16 / 9, 43 / 18):
        arcs = EdgeArcs()
        arcs.update(0.0, [cue(n, 9.0 * n, band=n % 6) for n in range(40)], 0.0, aspect)
        middles = edge_point(np.radians([azimuth for _, azimuth in arcs.placed(0.0)]), aspect)
        gaps = np.hypot(*(middles[:, None] - middles[None]).transpose(2, 0, 1)) + np.eye(len(middles))
        assert len(middles) == 8 and gaps.min() > 0.12  # an arc is as long


def test_a_machine_has_one_arc_and_its_call_alone_has_one_too() -> None:
    from dataclasses import replace

    from world.ui.edge_arcs import EdgeArcs

    arcs, call = EdgeArcs(), replace(cue(1, 40.0, band=3), key=("CHIRP", 1), lasting=False)
    arcs.update(0.0, [cue(1, 0.0, band=3), call], 0.0, 1.6)
    assert _azimuths(arcs, 0.0) == [0.0]
    alone = EdgeArcs()
    alone.update(0.0, [call], 0.0, 1.6)
    assert _azimuths(alone, 0.0) == [40.0]


def test_arcs_come_and_go_softly_and_are_of_threats_alone(app: Any, engine_log: Any) -> None:
    from world.ui.edge_arcs import ARCS_MAX, EdgeArcs

    arcs = EdgeArcs()
    arcs.update(0.0, [cue(1, 0.0, band=None, threat=False), cue(2, 0.0, own=True)], 0.0, 1.6)
    app.step()
    assert len(arcs.strokes.corners) == 0 and _azimuths(arcs, 0.0) == []
    for k in range(10):
        arcs.update(0.05 * k, [cue(n, 25.0 * n) for n in range(12)], 0.0, 1.6)
    assert len(arcs.placed(0.0)) == ARCS_MAX
    app.step()
    assert len(arcs.strokes.corners) > 0
    arcs.update(0.55, [], 0.0, 1.6)
    assert len(arcs.placed(0.0)) == ARCS_MAX  # fading
    for k in range(10):
        arcs.update(0.6 + 0.05 * k, [], 0.0, 1.6)
    app.step()
    assert len(arcs.strokes.corners) == 0
