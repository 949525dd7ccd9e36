"""A hero who plays: hears, hides, shows himself, flees, lies in wait, by keys and mouse alone and by what a walk's log says.

In: a `Body` (keys to hold, a head to turn, facts of the last frame) and the city's `World`, of which he knows what a player sees: walls,
the floor, the light, the rounds of the machines.  Out: things done; each ends with the facts of its last frame.
How: each frame he turns towards the next corner of his way and runs, walks or creeps; half a second may pass between two frames.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from chase import cover_way
from numpy.typing import NDArray

from world.place import parse_place
from world.sim import Kind, World
from world.sim.kinds import EYE_M, HOVER_M, SPEED_PATROL_M_S
from world.sim.rounds import loop_length, point_on
from world.sim.route import find_route, is_free
from world.space.sight import clear

Point = tuple[float, float]
Place = tuple[float, float, float]

_TOWARDS = (("w",), ("w", "d"), ("d",), ("s", "d"), ("s",), ("s", "a"), ("a",), ("w", "a"))  # keys by eighths, clockwise from ahead
_AT_M = {"run": 1.6, "walk": 0.8, "creep": 0.5}
_PACE_M_S = {"run": 4.5, "walk": 1.6, "creep": 0.8}
_LOW_M, _HIGH_M = (0.15, 0.6, 1.0), 1.6  # heights of a crouched body's points, of a standing man's eyes
_STEP_M = 1.5  # of a machine's path
_HOP_M, _HOPS = 50.0, 12
_BLOW_M, _SOFTLY_M, _WARY_M, _PASSES_M = 1.2, 18.0, 26.0, 10.0
_EARLY_S, _NOTICED_M = 4.0, 18.0
_SLOW_M, _OUT_OF_EARSHOT_M = 2.8, 50.0


@dataclass(frozen=True)
class Facts:
    """A line of the log, as he reads it."""

    line: dict[str, Any]

    @property
    def seconds(self) -> float:
        """How long he has walked."""
        return float(self.line["t"])

    @property
    def eye(self) -> Place:
        """Where his eyes are."""
        place = parse_place(self.line["place"])
        assert place.z is not None
        return place.x, place.y, place.z

    @property
    def look(self) -> tuple[float, float]:
        """Heading and pitch (degrees)."""
        place = parse_place(self.line["place"])
        return place.heading_deg, place.pitch_deg

    @property
    def machines(self) -> list[dict[str, Any]]:
        """Those near, the nearest first."""
        return list(self.line["machines"])

    def machine(self, key: int) -> dict[str, Any]:
        """The one of that key, which must be near."""
        return next(one for one in self.machines if one["key"] == key)

    def happened(self, name: str) -> int:
        """How often that has happened since the frame before."""
        return int(self.line["events"].get(name, 0))


class Body(ABC):
    """What a hero plays with."""

    @abstractmethod
    def hold(self, *keys: str) -> None:
        """Holds these keys (X's names, or "strike") and no others."""

    @abstractmethod
    def turn(self, heading_deg: float, pitch_deg: float) -> None:
        """Turns the head by so much, or as much of it as one frame takes."""

    @abstractmethod
    def frame(self) -> Facts:
        """The next frame in which all that was asked has been done."""


class Hero:
    """`facts` are the last frame's. Every deed gives up after so many seconds of the walk."""

    def __init__(self, body: Body, world: World) -> None:
        self.body, self.world = body, world
        self.facts = body.frame()

    # --- what he does -----------------------------------------------------------------------------------------------------

    def wait(self, until: Callable[[Facts], Any], seconds: float, *keys: str) -> bool:
        """Holds `keys` until that is so; whether it came to be."""
        end = self.facts.seconds + seconds
        while not until(self.facts):
            if self.facts.seconds > end:
                return False
            self._frame(*keys)
        return True

    def go(self, way: Sequence[Point], pace: str, seconds: float, *keys: str, until: Callable[[Facts], Any] | None = None) -> bool:
        """Along the corners of `way`; whether he came to its end, or to where `until` is so."""
        left, end = [tuple(corner[:2]) for corner in way], self.facts.seconds + seconds
        held = {"run": ("shift",), "walk": (), "creep": ("alt",)}[pace] + keys
        while left and not (until and until(self.facts)):
            x, y, _ = self.facts.eye
            away = math.dist((x, y), left[0])
            if away < _AT_M[pace]:
                left = left[1:]
                continue
            if self.facts.seconds > end:
                return False
            off = self._turn(math.degrees(math.atan2(left[0][0] - x, left[0][1] - y)), 0.0)
            self._frame(*held, *_TOWARDS[round(off / 45.0) % 8])
        return True

    def travel(self, goal: Point, pace: str, seconds: float, until: Callable[[Facts], Any]) -> bool:
        """Towards a goal that may be far off, hop by hop, until that is so; whether it came to be."""
        end = self.facts.seconds + seconds
        for _ in range(_HOPS):
            here = self.feet
            share = min(1.0, _HOP_M / max(math.dist(here[:2], goal), 1e-9))
            x, y = (a + (b - a) * share for a, b in zip(here[:2], goal, strict=True))
            way = find_route(self.world.window.region(*here[:2]), here, (x, y, self.world.window.ground(x, y)))
            self.go(way, pace, end - self.facts.seconds, until=until)
            if until(self.facts):
                return True
            if self.facts.seconds > end or not way:
                return False
        return False

    def show(self, key: int, seconds: float) -> bool:
        """Comes into its sight, ten to sixteen metres off, and hurries to and fro there; whether it is after him at last."""

        def hunts(facts: Facts) -> bool:
            return bool(facts.machine(key)["band"] == "PURSUIT")

        def before(facts: Facts) -> bool:
            return hunts(facts) or (facts.machine(key)["away_m"] < 14.0 and self.sees(facts.machine(key)))

        end, side = self.facts.seconds + seconds, "a"
        while self.facts.seconds < end and not hunts(self.facts):
            one = self.facts.machine(key)
            if one["away_m"] > 16.0 or not self.sees(one):
                self.go(self.way(one["at"]), "walk", 2.0, until=before)
                continue
            if one["away_m"] < 11.0:
                back = cover_way(self.world, tuple(one["at"][:2]), self.feet, [], 12.0, far=True)
                self.go(back or (), "run", 2.0, until=lambda facts: hunts(facts) or facts.machine(key)["away_m"] > 14.0)
            x, y, _ = self.facts.eye
            self._turn(math.degrees(math.atan2(one["at"][0] - x, one["at"][1] - y)), 0.0)
            side = "d" if side == "a" else "a"
            self._frame("shift", side)
        return hunts(self.facts)

    def face(self, point: Sequence[float], *keys: str) -> None:
        """Looks at a point (m)."""
        for _ in range(20):
            x, y, z = self.facts.eye
            flat = math.dist((x, y), point[:2])
            off = self._turn(math.degrees(math.atan2(point[0] - x, point[1] - y)), math.degrees(math.atan2(point[2] - z, flat)))
            if off == 0.0:
                return
            self._frame(*keys)

    def strike(self, key: int, seconds: float) -> bool:
        """Goes after it, crouched, creeping at last, still while it faces him, and strikes in reach; whether that broke something."""
        end = self.facts.seconds + seconds
        while self.facts.seconds < end:
            one, (x, y, _) = self.facts.machine(key), self.facts.eye
            away_m = math.dist((x, y), one["at"][:2])
            bearing = math.degrees(math.atan2(one["at"][0] - x, one["at"][1] - y))
            off = self._turn(bearing, -5.0)
            behind = abs((bearing - one["facing_deg"] + 180.0) % 360.0 - 180.0) < 80.0
            unsuspecting = one["band"] in ("UNAWARE", "OBSERVANT", "SUSPICIOUS")  # else the blow would miss, wherever he stands
            if away_m < _BLOW_M and abs(off) < 45.0 and unsuspecting:
                self._frame("c", "strike")
                if self.facts.happened("STRIKE"):
                    return True
            elif away_m < _SLOW_M and behind:
                self._frame("c", "alt", *(_TOWARDS[round(off / 45.0) % 8] if away_m > 1.0 else ()))
            elif behind or away_m > _WARY_M:
                near = ("c",) if away_m < _SOFTLY_M else ()
                self.go(self.way(one["at"]) or [one["at"]], "walk", 1.0, *near, until=lambda facts: facts.machine(key)["away_m"] < _SLOW_M)
            else:
                self._frame("c")
        return False

    def pass_by(self, key: int, seconds: float) -> tuple[float, float] | None:
        """Crouches, and looks at it, until it has come by and is going away: the nearest it came (m), and the most alarmed it was."""
        end, nearest, worst = self.facts.seconds + seconds, math.inf, 0.0
        while self.facts.seconds < end:
            one, (x, y, _) = self.facts.machine(key), self.facts.eye
            self._turn(math.degrees(math.atan2(one["at"][0] - x, one["at"][1] - y)), 0.0)
            self._frame("c")
            nearest, worst = min(nearest, one["away_m"]), max(worst, one["alert"])
            if nearest < _PASSES_M and one["away_m"] > nearest + 1.0:
                return nearest, worst
        return None

    def flee(self, key: int, seconds: float) -> bool:
        """Runs to where it cannot see him, and round another corner, until it has not seen him for four seconds; whether he got away."""
        end, lost = self.facts.seconds + seconds, self.facts.seconds

        def again(facts: Facts) -> bool:
            nonlocal lost
            lost = facts.seconds if facts.machine(key)["sees"] else lost
            return bool(facts.happened("CAPTURED") or (facts.machine(key)["sees"] and facts.seconds > gone + 3.5))

        while self.facts.seconds < end:
            one, gone = self.facts.machine(key), self.facts.seconds
            way = self._cover(one) if one["sees"] or one["away_m"] < 9.0 else None
            self.go(way or (), "run", 8.0, until=again)
            if way is None:
                self._frame("c")
                again(self.facts)
            if self.facts.happened("CAPTURED"):
                return False
            if self.facts.seconds > lost + 4.0:
                return True
        return False

    def shake_off(self, key: int, seconds: float) -> bool:
        """Goes on running, round corner after corner, until it is out of earshot, and is still there; whether it gave up."""
        end, captured = self.facts.seconds + seconds, 0
        while self.facts.seconds < end and not captured and self.facts.machine(key)["band"] == "PURSUIT":
            one = self.facts.machine(key)
            way = self._cover(one) if one["sees"] else self._away(one) if one["away_m"] < _OUT_OF_EARSHOT_M else None
            if way:
                self.go(way, "run", 6.0, until=lambda facts: facts.happened("CAPTURED"))
            else:
                self._frame("c")
            captured = self.facts.happened("CAPTURED")
        return not captured and self.facts.machine(key)["band"] != "PURSUIT"

    def pause(self, seconds: float, *keys: str) -> None:
        """Lets so much time pass."""
        end = self.facts.seconds + seconds
        while self.facts.seconds < end:
            self._frame(*keys)

    # --- what he knows ----------------------------------------------------------------------------------------------------

    @property
    def feet(self) -> Place:
        """Where he stands."""
        x, y, _ = self.facts.eye
        return x, y, self.world.window.ground(x, y)

    def sees(self, one: dict[str, Any]) -> bool:
        """Whether nothing stands between him and a machine's middle, wherever he looks."""
        body = np.add(one["at"], (0.0, 0.0, 0.6))[None]
        return bool(clear(self.world.window.region(*self.facts.eye[:2]), np.array([self.facts.eye]), body)[0])

    def way(self, goal: Sequence[float]) -> list[Place]:
        """The corners to there, none if there is no way."""
        way = find_route(self.world.window.region(*self.feet[:2]), self.feet, (goal[0], goal[1], self.world.window.ground(*goal[:2])))
        return list(way) if way and math.dist(way[-1][:2], goal[:2]) < 1.0 else []

    def hiding_place(self, key: int, off_m: tuple[float, float]) -> tuple[list[Place], Place] | None:
        """The way to, and the place of, cover so far from the machine's round: it will pass, and not see who is crouched there."""

        def hidden(path: NDArray[np.float64], spot: Place) -> bool:
            off = np.hypot(*(path[:, :2] - spot[:2]).T)
            near = path[(off < 20.0) & (np.arange(len(path)) <= np.argmin(off) + 1)]  # past him, it looks the other way
            region = self.world.window.region(*spot[:2])
            lows = [(spot[0], spot[1], spot[2] + up) for up in _LOW_M]
            if any(clear(region, near, np.tile(low, (len(near), 1))).any() for low in lows):
                return False
            return bool(clear(region, near, np.tile((spot[0], spot[1], spot[2] + _HIGH_M), (len(near), 1))).sum() >= 3)

        return self._beside(key, off_m, hidden)

    def _beside(
        self, key: int, off_m: tuple[float, float], likes: Callable[[NDArray[np.float64], Place], bool]
    ) -> tuple[list[Place], Place] | None:
        """The first place that far off the machine's path that one likes, and reaches before it comes by."""
        path, speed_m_s = self._path(key), self._its_m_s(key)
        region = self.world.window.region(*self.feet[:2])
        for n in range(4, len(path) - 8):
            for side in range(16):
                for off in np.linspace(*off_m, 4).tolist():
                    x, y = path[n, 0] + off * math.cos(side * math.tau / 16), path[n, 1] + off * math.sin(side * math.tau / 16)
                    nearest = float(np.hypot(path[:, 0] - x, path[:, 1] - y).min())
                    if not off_m[0] <= nearest <= off_m[1] or not is_free(region, x, y):
                        continue
                    spot = (float(x), float(y), self.world.window.ground(x, y))
                    if math.dist((x, y), self.feet[:2]) / _PACE_M_S["walk"] + _EARLY_S > n * _STEP_M / speed_m_s or not likes(path, spot):
                        continue
                    way = self.way(spot)
                    if way and self._unseen(way, path, n, speed_m_s):
                        return way, spot
        return None

    def _unseen(self, way: list[Place], path: NDArray[np.float64], n: int, speed_m_s: float) -> bool:
        """Whether he is at the end of `way` in time, and out of its sight until then."""
        corners, stride_m = [self.feet, *way], _PACE_M_S["walk"]
        places = [self.feet]
        for a, b in pairwise(corners):
            count = max(1, round(math.dist(a[:2], b[:2]) / stride_m))
            places += [tuple(np.add(a, np.subtract(b, a) * k / count).tolist()) for k in range(1, count + 1)]
        if len(places) + _EARLY_S > n * _STEP_M / speed_m_s:
            return False
        eyes = path[np.minimum(np.arange(len(places)) * speed_m_s / _STEP_M, n).astype(int)]
        heads = np.add(places, (0.0, 0.0, 1.2))
        near = np.hypot(*(eyes - heads)[:, :2].T) < _NOTICED_M
        return not (clear(self.world.window.region(*self.feet[:2]), eyes, heads) & near).any()

    def _its_m_s(self, key: int) -> float:
        """How fast it goes its round."""
        return float(SPEED_PATROL_M_S[Kind[self.facts.machine(key)["kind"]]]) * self.world.recipe.patrol.pace

    def _path(self, key: int) -> NDArray[np.float64]:
        """Where its eyes will be, a metre and a half from one to the next, from where it is once round."""
        one, loop = self.facts.machine(key), self.world.beats.of(key).loop
        kind = Kind[one["kind"]]
        length = loop_length(loop)
        along = np.arange(0.0, length, 0.5)
        points = np.array([point_on(loop, far) for far in along.tolist()])
        start = along[np.argmin(np.hypot(*(points - one["at"][:2]).T))]
        ahead = [point_on(loop, float(start) + far) for far in np.arange(0.0, 0.9 * length, _STEP_M).tolist()]
        up = float(HOVER_M[kind] + EYE_M[kind])
        return np.array([(x, y, self.world.window.ground(x, y) + up) for x, y in ahead])

    def _cover(self, one: dict[str, Any]) -> list[Place] | None:
        """Out of its sight, and on to where it does not see him from the corner either."""
        foe, kind = tuple(one["at"][:2]), Kind[one["kind"]]
        eye = (*foe, one["at"][2] + float(EYE_M[kind]))
        here = self.feet
        head = (here[0], here[1], here[2] + 1.4)
        nearing = [tuple(np.add(eye, np.subtract(head, eye) * share).tolist()) for share in (0.0, 0.4, 0.8)]
        first = cover_way(self.world, foe, here, nearing[:1], 22.0)
        if first is None:
            return cover_way(self.world, foe, here, [], 22.0, far=True)
        second = cover_way(self.world, here[:2], first[-1], nearing, 24.0)
        return first + (second or [])

    def _away(self, one: dict[str, Any]) -> list[Place] | None:
        """Farther off, where it does not see him; or just farther off."""
        foe = tuple(one["at"][:2])
        eye = (*foe, one["at"][2] + float(EYE_M[Kind[one["kind"]]]))
        return cover_way(self.world, foe, self.feet, [eye], 24.0, far=True) or cover_way(self.world, foe, self.feet, [], 24.0, far=True)

    # --- each frame -------------------------------------------------------------------------------------------------------

    def _turn(self, heading_deg: float, pitch_deg: float) -> float:
        """Asks for a look; how far off the heading is, 0 when both are right."""
        heading, pitch = self.facts.look
        off, up = (heading_deg - heading + 180.0) % 360.0 - 180.0, pitch_deg - pitch
        if abs(off) < 1.0 and abs(up) < 1.0:
            return 0.0
        self.body.turn(off, up)
        return off

    def _frame(self, *keys: str) -> None:
        self.body.hold(*keys)
        self.facts = self.body.frame()
