"""Rooms that can be entered, as one sees them: walls, floors, ceilings, the front round their openings, stairs, lamps.

In: buildings, the chunk's corner.  Out: faces appended to a `SurfaceBuilder` (for the near eye alone).
The faces are those of the plan's `Hollow`: what one bumps into is what is drawn. Glass is drawn by its frame, its warning strip and its
shards only: one looks through it.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from world.fields import Keyed, uniform
from world.mesh.interior_faces import Array, RoomFaces, corners_of
from world.mesh.interior_skin import BOARDS, FASCIA_WORDS, FASCIAS, PARTS, ROOMS, WORD_FACE, Band, Skin, painted
from world.mesh.lettering import Direction, atlas
from world.mesh.pinned import hung_on
from world.mesh.runs import counted
from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.hollow import Box, Face
from world.plan.interior import interior_of
from world.plan.records import Building
from world.plan.rooms import Glazing, Interior, Look, Opening, Stair
from world.recipe import Recipe
from world.space.interior_solids import STEP_M, STEP_TOP_M

_RISER_M = 0.175
_METAL = (92, 95, 96, 235)
_YELLOW = (176, 140, 40, 255)
_TUBE, _BULB = (226, 240, 255, 255), (255, 196, 120, 255)
_LUMINANCE = 150
_HANGING_FROM_M = 2.8  # lamps hang down from ceilings that are higher


def add_interiors(builder: SurfaceBuilder, recipe: Recipe, buildings: tuple[Building, ...], corner: tuple[float, float]) -> None:
    """The rooms of all that can be entered among `buildings`, without what stands in them."""
    faces = RoomFaces()
    for building in buildings:
        interior = interior_of(recipe, building)
        if interior is not None:
            _Drawing(faces, interior, building, corner).all()
    faces.emit(builder)


class _Drawing:
    """One interior being drawn. Points are (u, v, z) of the site."""

    def __init__(self, faces: RoomFaces, interior: Interior, building: Building, corner: tuple[float, float]) -> None:
        self._faces, self._interior, self._building = faces, interior, building
        ox, oy = interior.origin
        faces.begin((ox - corner[0], oy - corner[1]), interior.axis)

    def all(self) -> None:
        self._rooms()
        self._front()
        self._fascia()
        for opening in self._interior.openings:
            self._opening(opening)
        for piece in self._interior.pieces:
            skin = PARTS[piece.part]
            self._faces.add(piece.box, skin.finish, (*skin.tint, 225))
        door = self._interior.door.box
        self._faces.add(Box(door.x0, -STEP_M, -0.3, door.x1, 0.0, STEP_TOP_M), Finish.CONCRETE, (120, 118, 114, 230))
        for stair in self._interior.stairs:
            self._stair(stair)
        self._lamps()
        for room in self._interior.rooms:
            if room.look == Look.TRACK:
                b = room.box
                z = next(r.box.z0 for r in self._interior.rooms if r.look == Look.STATION and r.box.z0 < 0.0) + 0.004
                self._flat(b.x0, b.y0 - 0.95, b.x1, b.y0 - 0.55, z, Finish.TILE, _YELLOW)
                for v in (b.y0 + 0.75, b.y0 + 2.15):
                    self._faces.add(Box(b.x0, v - 0.04, b.z0, b.x1, v + 0.04, b.z0 + 0.16), Finish.METAL, (80, 70, 62, 255))

    def _rooms(self) -> None:
        interior = self._interior
        faces = interior.hollow.faces()
        looks = [room.look for room in interior.rooms] + [Look.DOORWAY] * len(interior.openings)
        walls = [painted(look, uniform(1, "painted", *interior.key, k)) for k, look in enumerate(looks)]
        skins = []
        for face in faces:
            room = ROOMS[looks[face.void]]
            skins.append(walls[face.void][0] if face.axis < 2 else room.floor if face.sign > 0 else room.ceiling)
        corners, axis = corners_of(faces), np.array([face.axis for face in faces])[:, None]
        z = corners[..., 2]
        foot = z < z.max(axis=1, keepdims=True) - 1e-6
        self._quads(corners, skins, np.where(axis == 2, 216, np.where(foot, 150, 226)))
        self._bands(faces, [bands for _, bands in walls])
        for quads, finish, tint in hung_on(faces, looks[: len(interior.rooms)], interior.key):
            self._faces.add(quads, finish, tint)

    def _bands(self, faces: list[Face], bands: list[tuple[Band, ...]]) -> None:
        rooms = self._interior.rooms
        for face in faces:
            if face.axis > 1 or face.void >= len(rooms):
                continue
            for low, high, colour, finish in bands[face.void]:
                floor = rooms[face.void].box.z0
                z0, z1 = max(face.low[1], floor + low), min(face.high[1], floor + high)
                if z1 - z0 < 0.8 * (high - low) or face.high[0] - face.low[0] < 0.3:
                    continue
                strip = face._replace(at=face.at + 0.012 * face.sign, low=(face.low[0], z0), high=(face.high[0], z1))
                lit = finish is Finish.LAMP and self._interior.lit
                shown = Finish.PAINT if finish is Finish.LAMP and not lit else finish
                boards = finish is Finish.BARK and high - low > 0.3
                self._faces.add(strip, shown, (*colour, 230), 110 if lit else 0, BOARDS if boards else 0)

    def _front(self) -> None:
        building, interior = self._building, self._interior
        shown, finishes = [], []
        for floor, bay in interior.bays:
            z0 = 0.0 if floor == 0 else building.ground_m + (floor - 1) * building.floor_m
            z1 = building.ground_m + floor * building.floor_m
            whole = interior.hollow.front(bay * interior.bay_m, (bay + 1) * interior.bay_m, z0, z1)
            shown += whole
            finishes += [Finish.CONCRETE if floor == 0 and building.shop else Finish(building.finish)] * len(whole)
        self._quads(corners_of(shown), [Skin(finish, building.tint) for finish in finishes], np.full((len(shown), 4), 255))

    def _fascia(self) -> None:
        box, lit = self._interior.fascia, self._interior.lit
        if box is None:
            return
        self._faces.add(box, Finish.METAL, _METAL)
        low, v = box.z0, box.y0 - 0.004
        for share, colour, glow in FASCIAS[self._interior.use]:
            high = low + share * (box.z1 - box.z0)
            stripe = Face(1, -1, v, (box.x0 + 0.04, low), (box.x1 - 0.04, high), 0)
            self._faces.add(stripe, Finish.LAMP if lit else Finish.PAINT, (*colour, 255), glow if lit else 0)
            low = high
        word, colour = FASCIA_WORDS[self._interior.use]
        rectangle = atlas().rectangles[word, Direction.HORIZONTAL]
        tall = 0.56 * (box.z1 - box.z0)
        half, middle, z0 = 0.5 * tall * rectangle.width_em / rectangle.height_em, 0.5 * (box.x0 + box.x1), box.z0 + 0.38 * (box.z1 - box.z0)
        x0, x1, z1 = middle - half, middle + half, z0 + tall
        board = np.array([[(x0, v - 0.02, z0), (x1, v - 0.02, z0), (x1, v - 0.02, z1), (x0, v - 0.02, z1)]])
        r = rectangle
        uv = np.array([[(r.u0, r.v0), (r.u1, r.v0), (r.u1, r.v1), (r.u0, r.v1)]])
        extra = np.array([(0, 90 if lit else 0, WORD_FACE, 1)], np.uint8)
        self._faces.add_mapped(board, np.array([Finish.SIGN_PANEL]), np.tile((*colour, 255), (1, 4, 1)), uv, extra)

    def _opening(self, opening: Opening) -> None:
        b = opening.box
        middle, t = (b.y0 + b.y1) / 2, 0.05
        for bar in (b._replace(x1=b.x0 + t), b._replace(x0=b.x1 - t), b._replace(z0=b.z1 - t)):
            self._faces.add(bar._replace(y0=middle - t, y1=middle + t), Finish.METAL, _METAL)
        if opening.glazing == Glazing.DOOR:
            self._faces.add(Box(b.x0, middle - 0.06, b.z0, b.x1, middle + 0.06, b.z0 + 0.012), Finish.METAL, _METAL)
            return
        count = max(1, round((b.x1 - b.x0) / 1.3))
        for k in range(1, count):
            u = b.x0 + (b.x1 - b.x0) * k / count
            self._faces.add(Box(u - 0.025, middle - 0.03, b.z0, u + 0.025, middle + 0.03, b.z1), Finish.METAL, _METAL)
        self._faces.add(Box(b.x0, middle - t, b.z0, b.x1, middle + t, b.z0 + t), Finish.METAL, _METAL)
        if opening.glazing == Glazing.BROKEN:
            self._shards(b, middle)
        elif self._interior.hollow.body.z0 <= b.z0 < 1.2:  # a strip at the height of the eyes, so that nobody walks into the pane
            for z in (1.32, 1.4):
                strip = np.array([[b.x0, middle, z], [b.x1, middle, z], [b.x1, middle, z + 0.045], [b.x0, middle, z + 0.045]])
                self._faces.add(np.stack([strip, strip[::-1]]), Finish.PAINT, (150, 152, 150, 255))

    def _shards(self, b: Box, v: float) -> None:
        """Teeth of glass left in the frame, larger towards the corners."""
        ends = np.array([(b.x0, b.x1), (b.z0, b.z1), (b.x0, b.x1), (b.z0, b.z1)])
        counts = np.maximum(3, np.rint((ends[:, 1] - ends[:, 0]) / 0.22).astype(np.int64))
        side, k = counted(counts)  # sill, right, head, left
        count = counts[side]
        low, long = ends[side, 0], (ends[:, 1] - ends[:, 0])[side]
        tooth = Keyed(*self._interior.key, round(b.x0 * 100), side, k)
        a, c = low + long * (k / count), low + long * ((k + 1) / count)
        reach = 0.05 + 0.34 * tooth.uniform(1, "shard") ** 3 * (0.6 + 0.8 * abs(2.0 * (k + 0.5) / count - 1.0))
        tip = a + (c - a) * (0.15 + 0.7 * tooth.uniform(1, "shard lean"))
        edge = np.array([b.z0, b.x1, b.z1, b.x0])[side]
        inward = edge + reach * np.array([1.0, -1.0, -1.0, 1.0])[side]
        along, across = np.stack([a, c, tip], axis=1), np.stack([edge, edge, inward], axis=1)
        level = (side % 2 == 0)[:, None]
        self._faces.add_shards(np.stack([np.where(level, along, across), np.full(along.shape, v), np.where(level, across, along)], axis=-1))

    def _stair(self, stair: Stair) -> None:
        rise, run = stair.z1 - stair.z0, stair.v1 - stair.v0
        count = max(2, round(abs(rise) / _RISER_M))
        k = np.arange(count)
        up = rise > 0.0
        # Treads lie half a riser over and under the slope that the feet follow.
        v0, v1 = stair.v0 + run * k / count, stair.v0 + run * (k + 1) / count
        z = stair.z0 + rise * (k + (1.0 if up else 0.0)) / count
        below = z - abs(rise) / count
        a, b = np.full(count, stair.u0), np.full(count, stair.u1)
        treads = np.stack([np.stack(p, -1) for p in ((a, v0, z), (b, v0, z), (b, v1, z), (a, v1, z))], axis=1)
        face = v0 if up else v1
        risers = np.stack([np.stack(p, -1) for p in ((a, face, below), (b, face, below), (b, face, z), (a, face, z))], axis=1)
        risers = risers if up else risers[:, ::-1]
        low = min(stair.z0, stair.z1)
        foot = np.full(count, low)
        flanks = [np.stack([np.stack(p, -1) for p in ((u, v0, foot), (u, v1, foot), (u, v1, z), (u, v0, z))], axis=1) for u in (a, b)]
        flanks[0] = flanks[0][:, ::-1]
        tint = (126, 124, 118, 215)
        self._faces.add(treads, Finish.CONCRETE, tint)
        self._faces.add(np.concatenate([risers, *flanks]), Finish.CONCRETE, (96, 94, 90, 170))
        nose = np.stack([treads[:, 0], treads[:, 1], treads[:, 1], treads[:, 0]], axis=1)
        edge = (
            (face[:, None] + np.array([0.0, 0.0, 0.05, 0.05]) * (1.0 if up else -1.0))
            if up
            else face[:, None] + np.array([-0.05, -0.05, 0.0, 0.0])
        )
        nose[:, :, 1], nose[:, :, 2] = edge, z[:, None] + 0.004
        self._faces.add(nose, Finish.RUBBER, (150, 150, 140, 255))
        rail = 0.9
        for u in (stair.u0 + 0.05, stair.u1 - 0.05):
            bar = np.array([[u, stair.v0, stair.z0 + rail], [u, stair.v1, stair.z1 + rail]])
            self._beam(bar[0], bar[1], 0.025)

    def _lamps(self) -> None:
        for k, light in enumerate(self._interior.lights):
            u, v, z = light.at
            boxes = (room.box for room in self._interior.rooms)
            room = next((b for b in boxes if b.z0 < z <= b.z1 and b.x0 < u < b.x1 and b.y0 < v < b.y1), None)
            tint, glow = (_BULB if light.warm else _TUBE), (_LUMINANCE if light.burns else 0)
            finish = Finish.LAMP if light.burns else Finish.PLASTER
            if light.length_m == 0.0:
                self._pendant(u, v, z, z + 0.5 if room is None else room.z1, finish, tint, glow)
                continue
            along = np.array([0.0, 1.0]) if light.along_v else np.array([1.0, 0.0])
            high = room is not None and z - room.z0 > _HANGING_FROM_M
            if high and not light.burns and uniform(1, "hanging lamp", *self._interior.key, k) < 0.35:  # one end has come down
                middle, half = np.array([u, v, z - 0.03]), np.append(along * light.length_m / 2, 0.0)
                self._beam(middle - half - np.array([0.0, 0.0, 0.7]), middle + half, 0.05)
                continue
            half = along * light.length_m / 2 + (1.0 - along) * 0.09
            a, c = np.array([u, v]) - half, np.array([u, v]) + half
            self._faces.add(Box(a[0], a[1], z - 0.05, c[0], c[1], z), Finish.METAL, (150, 152, 150, 240))
            inner = 0.025 * (1.0 - along)
            a, c = a + inner, c - inner
            self._flat(a[0], a[1], c[0], c[1], z - 0.054, finish, tint, glow, down=True)

    def _pendant(self, u: float, v: float, z: float, top: float, finish: Finish, tint: tuple[int, int, int, int], glow: int) -> None:
        """A bulb in its shade, on a wire."""
        self._faces.add(Box(u - 0.008, v - 0.008, z, u + 0.008, v + 0.008, top), Finish.RUBBER, (40, 40, 42, 255))
        ring = np.radians(np.arange(9) * 45.0)
        wide = np.stack([u + 0.2 * np.cos(ring), v + 0.2 * np.sin(ring), np.full(9, z - 0.16)], -1)
        neck = np.stack([u + 0.04 * np.cos(ring), v + 0.04 * np.sin(ring), np.full(9, z)], -1)
        shade = np.stack([wide[:-1], wide[1:], neck[1:], neck[:-1]], axis=1)
        self._faces.add(np.concatenate([shade, shade[:, ::-1]]), Finish.PAINT, (70, 66, 60, 255))
        self._faces.add(Box(u - 0.045, v - 0.045, z - 0.15, u + 0.045, v + 0.045, z - 0.05), finish, tint, glow)

    def _quads(self, corners: Array, skins: list[Skin], shades: NDArray[np.int64]) -> None:
        """Faces (N, 4, 3) with their skins; `shades` (N, 4) are openness."""
        if not len(corners):
            return
        scale = np.array([skin.scale for skin in skins])
        along = np.where(
            abs(corners[:, 1, :2] - corners[:, 0, :2]).sum(1)[:, None] > 0,
            corners[:, 1, :2] - corners[:, 0, :2],
            corners[:, 3, :2] - corners[:, 0, :2],
        )
        flat = abs(corners[:, 2, 2] - corners[:, 0, 2]) < 1e-6
        by_x = abs(along[:, 0]) > abs(along[:, 1])
        s = np.where(flat[:, None] | by_x[:, None], corners[..., 0], corners[..., 1])
        t = np.where(flat[:, None], corners[..., 1], corners[..., 2])
        uv = np.stack([s * scale[:, :1], t * scale[:, 1:]], axis=-1)
        tint = np.concatenate([np.repeat(np.array([skin.tint for skin in skins])[:, None], 4, axis=1), shades[..., None]], axis=-1)
        extra = np.zeros((len(skins), 4), np.uint8)
        extra[:, 3] = [skin.state for skin in skins]
        self._faces.add_mapped(corners, np.array([skin.finish for skin in skins]), tint, uv, extra)

    def _flat(
        self,
        u0: float,
        v0: float,
        u1: float,
        v1: float,
        z: float,
        finish: Finish,
        tint: tuple[int, int, int, int],
        glow: int = 0,
        *,
        down: bool = False,
    ) -> None:
        face = Face(2, -1 if down else 1, z, (u0, v0), (u1, v1), 0)
        self._faces.add(face, finish, tint, glow)

    def _beam(self, a: Array, b: Array, half: float, finish: Finish = Finish.METAL) -> None:
        """A square bar between two points."""
        along = (b - a) / max(math.dist(a, b), 1e-9)
        side = np.cross(along, (0.0, 0.0, 1.0))
        side /= np.linalg.norm(side)
        up = np.cross(side, along)
        ring = [half * (p * side + q * up) for p, q in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        quads = [[b + ring[i], b + ring[(i + 1) % 4], a + ring[(i + 1) % 4], a + ring[i]] for i in range(4)]
        self._faces.add(np.array(quads), finish, _METAL)
