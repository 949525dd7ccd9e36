"""The ways that sound takes: round corners, through gaps, dulled by what is in between.

In: a `SpaceWindow`; a source; listeners.  Out: `Paths`: for each listener the length and loss of the best way, the last portal
before the source's end and the one before the listener's. Sound is reciprocal: flooded from the hero, the same tree tells what
each robot hears of the hero, what the hero hears of each robot, and from which corner either comes.
How: a node for the free place of every 4 m cell at ear height, a second one on decks above, and nodes in doors, on stairs and in
rooms; edges between neighbours lose what the solids between them swallow; one Dijkstra flood of .5·length + loss. A way is then drawn
taut: its portals are the nodes at which the straight line breaks (as lazy Theta* does, Nash and Koenig 2010), and each bend costs 3 dB.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from world.space.chunk_space import CHUNK_M, Flag, Material
from world.space.index import CELL_M, CELLS, Region
from world.space.sight import clear, cuts
from world.space.window import Remembered, SpaceWindow

EAR_M = 1.5
CORNER_DB, CLUTTER_DB, WINDOW_DB, WALL_DB, CONCRETE_DB = 3.0, 5.0, 10.0, 20.0, 40.0
_THIN_M = 0.4
_PARTED_M2 = 1e4
_LOSS_MAX_DB = 80.0
_DECK_RISE_M, _DECK_THICK_M, _DECK_HALF_M = 2.0, 3.0, 1.2
_WIDE = Region.SIDE * CELLS
_INDOOR_LINK_M = 6.5  # a node in a door or a room is joined to all within that reach
_NETS_KEPT, _FLOODS_KEPT = 8, 16


@dataclass(frozen=True)
class Paths:
    """For R listeners: `length` m and `loss` dB (both infinite where no sound comes), and where it comes from: `near` (R, 3) is
    the last portal before the source's end (the listener itself in the open), `far` (R, 3) the last before the listener."""

    length: NDArray[np.float64]
    loss: NDArray[np.float64]
    near: NDArray[np.float64]
    far: NDArray[np.float64]


@dataclass(frozen=True)
class Net:
    """The graph of one region. `node_of` (48, 48, 2) is the node of a cell on the ground and on a deck, or -1; the nodes from `indoors`
    on lie in doors, on stairs and in rooms."""

    region: Region
    place: NDArray[np.float64]  # (N, 3)
    node_of: NDArray[np.int64]
    indoors: int
    cost: csr_matrix  # (N, N) .5·length + loss
    loss: csr_matrix  # (N, N) dB + 1, so that free edges stay in the matrix

    def node(self, point: NDArray[np.float64]) -> int:
        """The node that stands for a point, or -1: by a door, the nearest that no wall parts from it."""
        away = self.place[self.indoors :, :2] - point[:2]
        beside = self.indoors + np.flatnonzero((away * away).sum(axis=1) < _INDOOR_LINK_M * _INDOOR_LINK_M)
        i, j = (math.floor((point[k] - self.region.origin[k]) / CELL_M) for k in (0, 1))
        for reach in (1,) if len(beside) else (0, 1):
            around = self.node_of[max(0, j - reach) : max(0, j + reach + 1), max(0, i - reach) : max(0, i + reach + 1)].reshape(-1)
            around = np.concatenate([around[around >= 0], beside])
            if len(around):
                away = self.place[around] - point
                square = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] + 4.0 * away[:, 2] * away[:, 2]
                if len(beside):
                    parted = ~clear(self.region, np.broadcast_to(point, (len(around), 3)), self.place[around], Flag.SOUND)
                    square = square + parted * _PARTED_M2
                return int(around[np.argmin(square)])
        return -1


class SoundGraph:
    """Asked for floods; remembers the nets of regions and the floods of cells."""

    def __init__(self, window: SpaceWindow) -> None:
        self._nets: Remembered[tuple[int, int], Net] = Remembered(
            lambda key: build_net(window.region(key[0] * CHUNK_M, key[1] * CHUNK_M)), _NETS_KEPT
        )
        self._floods: Remembered[tuple[int, int, int], Flood] = Remembered(lambda key: Flood(self._nets(key[:2]), key[2]), _FLOODS_KEPT)

    def net(self, x: float, y: float) -> Net:
        """The graph of the region round (x, y)."""
        return self._nets((math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)))

    def flood(self, source: NDArray[np.float64]) -> Flood:
        """The flood from the cell that holds `source` (3,)."""
        cx, cy = math.floor(float(source[0]) / CHUNK_M), math.floor(float(source[1]) / CHUNK_M)
        return self._floods((cx, cy, self._nets((cx, cy)).node(source)))

    def paths(self, source: NDArray[np.float64], listeners: NDArray[np.float64]) -> Paths:
        """The ways from `source` (3,) to `listeners` (R, 3)."""
        return self.flood(source).paths(source, listeners)


class Flood:
    """The tree of best ways from one node. Ways are drawn taut when first asked for."""

    def __init__(self, net: Net, root: int) -> None:
        self.net, self.root = net, root
        count = len(net.place)
        self._cost, self._before = np.full(count, np.inf), np.full(count, -1)
        if root >= 0:
            self._cost, self._before = dijkstra(net.cost, indices=root, return_predecessors=True)
        self._anchor: dict[int, int] = {root: root}  # the portal from which a node is heard
        self._first: dict[int, int] = {root: root}  # the first portal after the root
        self._length: dict[int, float] = {root: 0.0}  # taut, from the root
        self._swallowed: dict[int, float] = {root: 0.0}  # dB, by edges and bends

    def paths(self, source: NDArray[np.float64], listeners: NDArray[np.float64]) -> Paths:
        """Ways from `source` (3,), near the root, to `listeners` (R, 3)."""
        count = len(listeners)
        length, loss = np.full(count, np.inf), np.full(count, np.inf)
        near, far = listeners.copy(), np.repeat(source[None], count, axis=0)
        region = self.net.region
        open_air = clear(region, far, listeners, Flag.SOUND)
        nodes = [-1 if free else self.net.node(listener) for free, listener in zip(open_air.tolist(), listeners, strict=True)]
        self._tighten([n for n in nodes if n >= 0 and math.isfinite(self._cost[n])])
        place = self.net.place
        anchors = [self._anchor.get(n, 0) for n in nodes]
        seen = clear(region, place[anchors], listeners, Flag.SOUND).tolist() if len(place) else []
        for k, n in enumerate(nodes):
            if open_air[k]:
                length[k], loss[k] = _distance(source, listeners[k]), 0.0
            elif n in self._anchor:
                portal = anchors[k] if seen[k] and anchors[k] != self.root else n
                first = self._first[portal] if portal != self.root else n
                first = portal if first == self.root else first
                lead = _distance(source, place[first]) - _distance(place[self.root], place[first])  # the source is not quite at the root
                length[k] = max(0.0, self._length[portal] + lead) + _distance(place[portal], listeners[k])
                loss[k] = self._swallowed[n] + (CORNER_DB if portal == n else 0.0)
                near[k], far[k] = place[first], place[portal]
        return Paths(length, loss, near, far)

    def _tighten(self, wanted: list[int]) -> None:
        """Draws taut the ways to the `wanted` nodes: layer by layer outwards, each layer's lines tested at once."""
        layers: dict[int, list[int]] = {}
        depth: dict[int, int] = {}
        for node in wanted:
            chain = []
            while node not in self._anchor and node not in depth:
                chain.append(node)
                node = int(self._before[node])
            base = depth.get(node, 0)
            for steps, link in enumerate(reversed(chain), start=1):
                depth[link] = base + steps
                layers.setdefault(base + steps, []).append(link)
        place = self.net.place
        for level in sorted(layers):
            nodes = layers[level]
            parents = [int(self._before[n]) for n in nodes]
            anchors = [self._anchor[p] for p in parents]
            lines = clear(self.net.region, place[anchors], place[nodes], Flag.SOUND).tolist()
            for n, parent, anchor, free in zip(nodes, parents, anchors, lines, strict=True):
                edge = float(self.net.loss[parent, n]) - 1.0
                bend = CORNER_DB if not free and edge == 0.0 and parent != self.root else 0.0
                self._anchor[n] = anchor if free else parent
                self._first[n] = n if self._anchor[n] == self.root else self._first[self._anchor[n]]
                self._length[n] = self._length[self._anchor[n]] + _distance(place[self._anchor[n]], place[n])
                self._swallowed[n] = self._swallowed[parent] + edge + bend


def build_net(region: Region) -> Net:
    """The sound graph of a region."""
    place, node_of = _nodes(region)
    pairs = []
    for dj, di in ((0, 0), (0, 1), (1, 0), (1, 1), (1, -1)):
        rows, columns = slice(0, _WIDE - dj), slice(max(0, -di), _WIDE - max(0, di))
        to_rows, to_columns = slice(dj, _WIDE), slice(max(0, di), _WIDE + min(0, di))
        here, there = node_of[rows, columns], node_of[to_rows, to_columns]
        layers = [(0, 1)] if (dj, di) == (0, 0) else [(0, 0), (0, 1), (1, 0), (1, 1)]
        for p, q in layers:
            a, b = here[..., p].reshape(-1), there[..., q].reshape(-1)
            pairs.append(np.stack([a, b])[:, (a >= 0) & (b >= 0)])
    indoors = len(place)
    place = np.concatenate([place, region.ears[_in_air(region, region.ears)]])
    near = _distances(place[indoors:], place) < _INDOOR_LINK_M
    row, column = np.nonzero(near & (np.arange(len(place))[None] < np.arange(indoors, len(place))[:, None]))
    pairs.append(np.stack([column, row + indoors]))
    a, b = np.concatenate(pairs, axis=1)
    away = place[b] - place[a]
    length = np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] + away[:, 2] * away[:, 2])
    loss = _swallowed(region, place[a], place[b], length)
    keep = (loss <= _LOSS_MAX_DB) & (length > 0.0)
    a, b, length, loss = a[keep], b[keep], length[keep], loss[keep]
    ends = (np.concatenate([a, b]), np.concatenate([b, a]))
    shape = (len(place), len(place))
    cost = csr_matrix((np.tile(0.5 * length + loss, 2), ends), shape=shape)
    return Net(region, place, node_of, indoors, cost, csr_matrix((np.tile(loss + 1.0, 2), ends), shape=shape))


def _nodes(region: Region) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Places (N, 3) and `node_of`: in each cell the free square metre nearest to its middle, else its middle if air is there."""
    step = int(CELL_M)
    offset = np.arange(step) + 0.5 - CELL_M / 2
    from_middle = (offset[:, None] ** 2 + offset[None] ** 2).reshape(-1)

    def by_cell(raster: NDArray[Any]) -> NDArray[Any]:
        return raster.reshape(_WIDE, step, _WIDE, step).transpose(0, 2, 1, 3).reshape(_WIDE * _WIDE, step * step)

    free, height = by_cell(region.free), by_cell(region.height)
    best = np.argmin(np.where(free, from_middle, np.inf), axis=1)
    cell = np.arange(_WIDE * _WIDE)
    x = region.origin[0] + (cell % _WIDE) * CELL_M + best % step + 0.5
    y = region.origin[1] + (cell // _WIDE) * CELL_M + best // step + 0.5
    ground = np.stack([x, y, height[cell, best] + EAR_M], axis=1)
    has_ground = free.any(axis=1) | _in_air(region, ground)
    deck, has_deck = _decks(region, ground[:, 2] - EAR_M)
    places = np.stack([ground, deck], axis=1).reshape(-1, 3)
    exists = np.stack([has_ground, has_deck], axis=1).reshape(-1)
    node_of = np.where(exists, np.cumsum(exists) - 1, -1).reshape(_WIDE, _WIDE, 2)
    return places[exists], node_of


def _decks(region: Region, ground: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """For each cell, ear height over the highest broad thin slab above its middle, and whether there is one."""
    s = region.solids
    broad = (s.top - s.bottom < _DECK_THICK_M) & (s.half.min(axis=1) > _DECK_HALF_M) & ((s.flags & Flag.MOVE) != 0)
    cell = np.repeat(np.arange(_WIDE * _WIDE), np.diff(region.cell_start))
    keep = broad[region.cell_items]
    cell, solid = cell[keep], region.cell_items[keep]
    x = region.origin[0] + (cell % _WIDE + 0.5) * CELL_M
    y = region.origin[1] + (cell // _WIDE + 0.5) * CELL_M
    dx, dy = x - s.centre[solid, 0], y - s.centre[solid, 1]
    u = dx * s.axis[solid, 0] + dy * s.axis[solid, 1]
    v = dy * s.axis[solid, 0] - dx * s.axis[solid, 1]
    top = s.top[solid] + s.slope[solid, 0] * u + s.slope[solid, 1] * v
    on = (abs(u) < s.half[solid, 0]) & (abs(v) < s.half[solid, 1]) & (top > ground[cell] + _DECK_RISE_M)
    highest = np.full(_WIDE * _WIDE, -np.inf)
    np.maximum.at(highest, cell[on], top[on])
    everywhere = np.arange(_WIDE * _WIDE)
    has = np.isfinite(highest)
    z = np.where(has, highest, 0.0) + EAR_M
    x0, y0 = region.origin
    place = np.stack([x0 + (everywhere % _WIDE + 0.5) * CELL_M, y0 + (everywhere // _WIDE + 0.5) * CELL_M, z], axis=1)
    return place, has & _in_air(region, place)


def _in_air(region: Region, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether points lie in no solid."""
    up = np.array([0.0, 0.0, 0.05])
    return clear(region, points - up, points + up, Flag.SOUND)


def _swallowed(region: Region, a: NDArray[np.float64], b: NDArray[np.float64], length: NDArray[np.float64]) -> NDArray[np.float64]:
    """Loss (dB) along each edge: what each solid on it takes, by its material and by how much of it is in the way."""
    segment, solid, enter, leave = cuts(region, a, b, Flag.SOUND)
    material = region.solids.material[solid]
    loss = np.where((leave - enter) * length[segment] < _THIN_M, WALL_DB, CONCRETE_DB)
    loss = np.where(material == Material.GLASS, WINDOW_DB, loss)
    loss = np.where((material == Material.RUBBLE) | (material == Material.METAL), CLUTTER_DB, loss)
    total: NDArray[np.float64] = np.bincount(segment, weights=loss, minlength=len(a)).astype(np.float64)
    return total


def _distances(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    """(P, Q) distances (m)."""
    total = np.zeros((len(p), len(q)))
    for axis in range(3):
        total += (p[:, axis, None] - q[None, :, axis]) ** 2
    return np.sqrt(total)


def _distance(p: NDArray[np.float64], q: NDArray[np.float64]) -> float:
    dx, dy, dz = float(p[0] - q[0]), float(p[1] - q[1]), float(p[2] - q[2])
    return math.sqrt(dx * dx + dy * dy + dz * dz)
