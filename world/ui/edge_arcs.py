"""Arcs at the edge of the screen: where what can be heard comes from, for whoever hears it badly or not at all.

In: cues, once a frame, and where the head faces.  Out: lines along the edge. The place is the way to the last corner that the sound came
round (ahead is up, behind is down), thickness how far it stands out of the rain, colour and shape the machine's state.
How: the edge is a superellipse (Lamé's curve, n = 5) a little within the window; an arc has the same length everywhere on it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.ui.cues import Cue
from world.ui.signs import draw_sign
from world.ui.strokes import Strokes

ARCS_MAX = 8
_POWER = 5.0
_INSET, _WIDEST = 0.026, 1.05  # from the window's edge; half width that an ultra-wide window is used to
_HALF_LENGTH, _INWARDS = 0.06, 0.019
_THIN, _THICK, _LOUD_DB = 0.0014, 0.0044, 30.0
_FADE_S, _SHOT_S = 0.2, 1.2
_APART = 2.1  # half lengths between two middles: nearer to one another, only the worse is drawn


@dataclass
class _Arc:
    cue: Cue
    heard_s: float
    shade: float = 0.0


def thickness(above_db: float) -> float:
    """Width of an arc's line for a level above the masking, in UI units."""
    return _THIN + (_THICK - _THIN) * min(1.0, max(0.0, above_db / _LOUD_DB))


def edge_point(azimuth_rad: NDArray[np.float64], aspect: float, inwards: NDArray[np.float64] | float = 0.0) -> NDArray[np.float64]:
    """Points (N, 2) of the edge at azimuths clockwise from straight up, moved `inwards`."""
    half_x, half_y = min(aspect / 2, _WIDEST) - _INSET, 0.5 - _INSET
    sine, cosine = np.sin(azimuth_rad), np.cos(azimuth_rad)
    radius = (abs(sine / half_x) ** _POWER + abs(cosine / half_y) ** _POWER) ** (-1.0 / _POWER)
    point = np.column_stack([sine, cosine]) * radius[:, None]
    x, y = point[:, 0] / half_x, point[:, 1] / half_y
    normal = np.column_stack([np.sign(x) * abs(x) ** (_POWER - 1) / half_x, np.sign(y) * abs(y) ** (_POWER - 1) / half_y])
    normal /= np.sqrt((normal**2).sum(axis=1, keepdims=True))
    return point - normal * np.asarray(inwards).reshape(-1, 1)


class EdgeArcs:
    """Call `update` once a frame; `show` hides and shows."""

    def __init__(self) -> None:
        self.strokes = Strokes()
        self._arcs: dict[tuple[str, int], _Arc] = {}
        self._last_s, self._aspect = -math.inf, 1.0

    def show(self, visible: bool) -> None:
        """Shows or hides all arcs."""
        self.strokes.show(visible)

    def forget(self) -> None:
        """Takes all arcs away."""
        self._arcs.clear()

    def update(self, now_s: float, cues: Sequence[Cue], heading_deg: float, aspect: float) -> None:
        """Draws the arcs of now; none for `cues` of one's own, nor of what is no threat."""
        passed = min(0.1, max(0.0, now_s - self._last_s))
        self._last_s, self._aspect = now_s, aspect
        for cue in cues:
            if not cue.threat or cue.own:
                continue
            arc = self._arcs.setdefault(cue.key if cue.band is None else ("machine", cue.key[1]), _Arc(cue, now_s))
            if cue.lasting or not (arc.cue.lasting and arc.heard_s == now_s):  # whose hum is heard needs no second arc for its call
                arc.cue, arc.heard_s = cue, now_s
        for key, arc in list(self._arcs.items()):
            sounds = now_s - arc.heard_s <= (0.0 if arc.cue.lasting else _SHOT_S)
            arc.shade = min(1.0, arc.shade + passed / _FADE_S) if sounds else arc.shade - passed / _FADE_S
            if arc.shade < 0.0:
                del self._arcs[key]
        self.strokes.begin()
        for arc, azimuth_deg in self.placed(heading_deg):
            _draw(self.strokes, arc, math.radians(azimuth_deg), aspect)
        self.strokes.end()

    def placed(self, heading_deg: float) -> list[tuple[_Arc, float]]:
        """The arcs that are drawn and their azimuths (degrees clockwise from ahead): the worst where several would lie on each other."""
        ranked = sorted(self._arcs.values(), key=lambda arc: (arc.cue.band or 0, arc.cue.above_db), reverse=True)
        azimuths = np.array([math.atan2(arc.cue.direction[0], arc.cue.direction[1]) for arc in ranked]) - math.radians(heading_deg)
        middles = edge_point(azimuths, self._aspect)
        chosen: list[int] = []
        for k in range(len(ranked)):
            free = all(math.dist(middles[k], middles[n]) >= _APART * _HALF_LENGTH for n in chosen)
            if free and len(chosen) < ARCS_MAX:
                chosen.append(k)
        return [(ranked[k], math.degrees(azimuths[k]) % 360.0) for k in chosen]


def _draw(strokes: Strokes, arc: _Arc, azimuth: float, aspect: float) -> None:
    step = 1e-3
    here = edge_point(np.array([azimuth - step, azimuth + step]), aspect)
    per_radian = math.dist(here[0], here[1]) / (2.0 * step)

    def path(along: NDArray[np.float64], inwards: NDArray[np.float64]) -> NDArray[np.float64]:
        return edge_point(azimuth + along * _HALF_LENGTH / per_radian, aspect, inwards * _INWARDS)

    draw_sign(strokes, arc.cue.band, path, thickness(arc.cue.above_db), max(0.0, arc.shade) * 0.95, lit=True)
