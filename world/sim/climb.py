"""Over things: mantling ledges up to 2 m, vaulting low cover.

In: the window, where the body stands and which way it looks.  Out: a `Climb`, or None where there is nothing to climb.
How: probes ahead for the nearest top within reach; low and thin cover with room behind it is vaulted, anything else is mantled
if a crouching body fits on top. The way is a quadratic Bezier curve over the crest, so that it is closed-form in time.
"""

from __future__ import annotations

from dataclasses import replace

from world.sim.state import Climb, Vector
from world.space.index import Row
from world.space.walk import STEP_M, deepest, headroom, support
from world.space.window import SpaceWindow

MANTLE_MAX_M = 2.0
VAULT_MAX_M = 1.1
CRAWL_M = 0.72  # height of the body drawn together
_AHEAD_M = (0.45, 0.6, 0.75, 0.9)
_BEHIND_M = (1.0, 1.3, 1.6, 1.9)
_VAULT_DROP_M = 1.0
_PROBE_M = 0.08


def find_climb(window: SpaceWindow, position: Vector, forward: tuple[float, float], may_vault: bool) -> Climb | None:
    """The climb that begins at `position` (soles) towards the unit vector `forward`."""
    x, y, feet = position
    rows = window.near(x + forward[0], y + forward[1], 2.2)
    for ahead in _AHEAD_M:
        top = support(window, rows, x + forward[0] * ahead, y + forward[1] * ahead, feet + MANTLE_MAX_M, _PROBE_M)
        rise = top.height - feet
        if rise <= STEP_M:
            continue
        crest = top.height + 0.03
        if headroom(rows, x, y, feet) < rise + CRAWL_M:
            return None
        if may_vault and rise <= VAULT_MAX_M:
            for behind in _BEHIND_M:
                bx, by = x + forward[0] * (ahead + behind - 0.45), y + forward[1] * (ahead + behind - 0.45)
                landing = support(window, rows, bx, by, feet + STEP_M)
                clear = deepest(rows, bx, by, landing.height, crest - landing.height + CRAWL_M) is None
                if clear and landing.height > feet - _VAULT_DROP_M and _passable(rows, x, y, bx, by, crest):
                    peak = 2.0 * crest - 0.5 * (feet + landing.height)
                    return Climb(position, ((x + bx) * 0.5, (y + by) * 0.5, peak), (bx, by, landing.height), 0.65)
        ex, ey = x + forward[0] * (ahead + 0.2), y + forward[1] * (ahead + 0.2)
        ledge = support(window, rows, ex, ey, crest + STEP_M)
        if ledge.height >= top.height - STEP_M and deepest(rows, ex, ey, ledge.height, CRAWL_M) is None:
            return Climb(position, (x, y, ledge.height + 0.1), (ex, ey, ledge.height), 0.45 + 0.35 * rise)
        return None
    return None


def _passable(rows: list[Row], x: float, y: float, bx: float, by: float, crest: float) -> bool:
    """Whether a drawn-up body clears everything between two points at the height of the crest."""
    return all(deepest(rows, x + (bx - x) * t, y + (by - y) * t, crest, CRAWL_M) is None for t in (0.0, 0.25, 0.5, 0.75, 1.0))


def advance(climb: Climb, dt: float) -> tuple[Climb | None, Vector]:
    """The climb `dt` later (None once it is over), and where the soles are then."""
    elapsed = climb.elapsed_s + dt
    if elapsed >= climb.seconds:
        return None, climb.end
    t = elapsed / climb.seconds
    t = t * t * (3.0 - 2.0 * t)
    a, b, c = (1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t
    x, y, z = (a * p + b * q + c * r for p, q, r in zip(climb.start, climb.crest, climb.end, strict=True))
    return replace(climb, elapsed_s=elapsed), (x, y, z)
