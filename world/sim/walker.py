"""The hero's body, one tick at a time.

In: the window, a `Walker`, a `Command`, the water level.  Out: the next `Walker` and what was to be heard of it.
How: as Quake III's `bg_pmove` does it (state and command in, state out): accelerate, move, be pushed out of solids and slide,
then find what carries the feet. Feet stick to what they can step down to, and fall from what they cannot.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

from world.fields import uniform
from world.sim.climb import CRAWL_M, advance, find_climb
from world.sim.command import PITCH_MAX_Q, Button, Command
from world.sim.exact import TURN, sin_cos
from world.sim.state import Event, EventKind, Vector, Walker
from world.space import Material
from world.space.index import Row
from world.space.walk import RADIUS_M, STEP_M, Support, deepest, headroom, push_out, support, too_steep
from world.space.window import SpaceWindow

EYE_M, EYE_CROUCHED_M, EYE_CRAWLING_M = 1.65, 1.0, 0.55
BODY_M = 1.8
CREEP_M_S, CROUCH_M_S, WALK_M_S, RUN_M_S = 0.8, 1.2, 1.6, 4.5
LEAN_M = 0.38
_ACCELERATION, _FRICTION, _AIR_ACCELERATION = 11.0, 15.0, 1.5  # m/s²
_GRAVITY = 9.81
_FALL_MAX_M_S = 30.0
_EASE_HZ = 9.0  # how fast the eye follows the body
_KNEES = (220.0, 22.0)  # spring (1/s²) and damper (1/s) of the landing dip
_RUNNING_M_S = 2.8
_HUG_M, _WALL_M, _HUGGING_M_S = 0.15, 0.9, 0.85  # how near to a wall, how high it must be, how slowly
_BREATH_DB = 30.0
RUBBLE_DB, _DISLODGED_PER_M_S = 72.0, 0.08  # a share of the footfalls, by how much faster than a creep
_GLASS_DB, _METAL_DB, _PUDDLE_DB = 12.0, 10.0, 6.0


def step_walker(
    window: SpaceWindow, walker: Walker, command: Command, water_level_m: float, tick: int, dt: float
) -> tuple[Walker, list[Event]]:
    """The hero `dt` seconds later, and the sounds of it."""
    pitch_q = max(-PITCH_MAX_Q, min(PITCH_MAX_Q, command.pitch_q))
    walker = replace(walker, heading_q=command.heading_q % TURN, pitch_q=pitch_q)
    if walker.climb is not None:
        return _climbing(walker, dt), []
    sine, cosine = sin_cos(walker.heading_q)
    if Button.JUMP & command.buttons and walker.grounded:
        climb = find_climb(window, walker.position, (sine, cosine), may_vault=Button.CROUCH not in command.buttons)
        if climb is not None:
            kind = EventKind.VAULT if climb.crest[:2] != climb.start[:2] else EventKind.MANTLE
            event = Event(kind, tick, walker.position, 54.0, Material.CONCRETE)
            return replace(walker, climb=climb, velocity=(0.0, 0.0, 0.0), grounded=True), [event]
    return _on_foot(window, walker, command, (sine, cosine), water_level_m, tick, dt)


def _climbing(walker: Walker, dt: float) -> Walker:
    assert walker.climb is not None
    climb, position = advance(walker.climb, dt)
    drawn_up = replace(walker, climb=climb, position=position, crouched=True)
    return _eased(drawn_up, EYE_CROUCHED_M, 0.0, dt)


def _on_foot(
    window: SpaceWindow, walker: Walker, command: Command, forward: tuple[float, float], water_level_m: float, tick: int, dt: float
) -> tuple[Walker, list[Event]]:
    x, y, feet = walker.position
    rows = window.near(x, y, 1.0)
    clear = headroom(rows, x, y, feet, RADIUS_M - 0.05)  # what the head only brushes does not make it duck
    crouched = Button.CROUCH in command.buttons or clear < BODY_M
    body = CRAWL_M if crouched else BODY_M
    pace = _pace(command, crouched, clear)
    wish_x, wish_y = _wish(command, forward)
    if walker.grounded and (wish_x or wish_y) and too_steep(window, x, y, feet, wish_x, wish_y):
        wish_x = wish_y = 0.0
    wanted = (wish_x * pace, wish_y * pace)
    move = _moved(window, rows, walker, wanted, body, dt)
    if move.stopped and not crouched:  # the ground rises under a low ceiling: the head goes down before the feet stop
        crouched, move = True, _moved(window, rows, walker, wanted, CRAWL_M, dt)
    (nx, ny, z), (vx, vy, vz), grounded, below = move.position, move.velocity, move.grounded, move.below

    moved = math.sqrt((nx - x) * (nx - x) + (ny - y) * (ny - y)) if grounded else 0.0
    speed = math.sqrt(vx * vx + vy * vy)
    events: list[Event] = []
    puddle = below.street and below.height < water_level_m
    stride = walker.stride_m + moved
    length = stride_length(speed, crouched)
    if stride >= length and grounded:
        stride -= length
        level = step_level_db(speed, crouched, below.material, puddle)
        events.append(Event(EventKind.FOOTSTEP, tick, (nx, ny, z), level, below.material, puddle))
        if below.material == Material.RUBBLE and uniform(0, "dislodged", tick) < _DISLODGED_PER_M_S * (speed - CREEP_M_S):
            events.append(Event(EventKind.RUBBLE, tick, (nx, ny, z), RUBBLE_DB, Material.RUBBLE))
    fall = -walker.velocity[2]
    landed = grounded and not walker.grounded and fall > 1.5
    if landed:
        level = min(74.0, 50.0 + 4.0 * fall) + (_PUDDLE_DB if puddle else 0.0)
        events.append(Event(EventKind.LANDING, tick, (nx, ny, z), level, below.material, puddle))
    exertion, breath = _winded(walker, speed, dt)
    if breath >= 1.0:
        breath -= 1.0
        events.append(Event(EventKind.BREATH, tick, (nx, ny, z), _BREATH_DB))
    eye = min(EYE_CROUCHED_M, max(EYE_CRAWLING_M, clear - 0.15)) if crouched else EYE_M
    lean = float(Button.LEAN_RIGHT in command.buttons) - float(Button.LEAN_LEFT in command.buttons)
    lag = walker.lag_m - (z - feet) if grounded and walker.grounded else walker.lag_m
    after = replace(
        walker,
        position=(nx, ny, z),
        velocity=(vx, vy, vz),
        grounded=grounded,
        touching=move.touching,
        crouched=crouched,
        stride_m=stride if speed > 0.1 else 0.0,
        exertion=exertion,
        breath=breath,
        bob_turns=(walker.bob_turns + moved / (2.0 * length)) % 1.0,
        lag_m=max(-STEP_M, min(STEP_M, lag)),
        dip_m_s=walker.dip_m_s - (min(fall, 8.0) * 0.5 if landed else 0.0),
        hugging=speed <= _HUGGING_M_S and deepest(rows, nx, ny, z, body, step=_WALL_M, radius=RADIUS_M + _HUG_M) is not None,
    )
    return _eased(after, eye, _room_to_lean(window, after, lean, forward), dt), events


class _Move(NamedTuple):
    """Where a tick leads; `stopped`: nowhere, since the body has no room there."""

    position: Vector
    velocity: Vector
    grounded: bool
    touching: bool
    below: Support
    stopped: bool


def _moved(window: SpaceWindow, rows: list[Row], walker: Walker, wanted: tuple[float, float], body: float, dt: float) -> _Move:
    """A body that high, drawn towards a velocity for a tick: pushed out of what it meets, set on what it stands on."""
    x, y, feet = walker.position
    step = STEP_M if walker.grounded else 0.1
    vx, vy = _accelerated(walker, walker.velocity, wanted, dt)
    nx, ny, normals = push_out(rows, x + vx * dt, y + vy * dt, feet, body, step)
    if normals:  # slide: want, and keep, what runs along the wall
        vx, vy = _accelerated(walker, _along(walker.velocity, normals), _along(wanted, normals), dt)
        nx, ny, _ = push_out(rows, x + vx * dt, y + vy * dt, feet, body, step)
    below = support(window, rows, nx, ny, feet + step)
    z, vz, grounded = _carried(walker, below, dt)
    now, then = deepest(rows, nx, ny, z, body), deepest(rows, x, y, feet, body)
    stopped = now is not None and now[0] > 1e-6 and (then is None or now[0] >= then[0])
    if stopped:  # no room there: stay
        nx, ny, vx, vy = x, y, 0.0, 0.0
        below = support(window, rows, nx, ny, feet + step)
        z, vz, grounded = _carried(walker, below, dt)
    return _Move((nx, ny, z), (vx, vy, vz), grounded, bool(normals), below, stopped)


def _pace(command: Command, crouched: bool, clear: float) -> float:
    if Button.CREEP in command.buttons or clear < EYE_CROUCHED_M + 0.15:
        return CREEP_M_S
    if crouched:
        return CROUCH_M_S
    return RUN_M_S if Button.RUN in command.buttons and Button.BACK not in command.buttons else WALK_M_S


def _wish(command: Command, forward: tuple[float, float]) -> tuple[float, float]:
    """Unit vector of the direction asked for, or (0, 0)."""
    held = command.buttons
    ahead = float(Button.FORWARD in held) - float(Button.BACK in held)
    aside = float(Button.RIGHT in held) - float(Button.LEFT in held)
    x, y = forward[0] * ahead + forward[1] * aside, forward[1] * ahead - forward[0] * aside
    length = math.sqrt(x * x + y * y)
    return (x / length, y / length) if length > 0.0 else (0.0, 0.0)


def _along(vector: tuple[float, ...], normals: list[tuple[float, float]]) -> tuple[float, float]:
    """`vector` in the plane without what points into the walls."""
    x, y = vector[0], vector[1]
    for nx, ny in normals:
        into = min(0.0, x * nx + y * ny)
        x, y = x - into * nx, y - into * ny
    return x, y


def _accelerated(walker: Walker, velocity: tuple[float, ...], wanted: tuple[float, float], dt: float) -> tuple[float, float]:
    """Velocity drawn towards what is asked for, as hard as the ground allows (in the air, hardly)."""
    vx, vy, to_x, to_y = velocity[0], velocity[1], wanted[0], wanted[1]
    if not walker.grounded and not (to_x or to_y):
        return vx, vy
    dx, dy = to_x - vx, to_y - vy
    gap = math.sqrt(dx * dx + dy * dy)
    braking = to_x * to_x + to_y * to_y < vx * vx + vy * vy
    most = (_FRICTION if braking else _ACCELERATION) * dt if walker.grounded else _AIR_ACCELERATION * dt
    share = 1.0 if gap <= most else most / gap
    return vx + dx * share, vy + dy * share


def _winded(walker: Walker, speed_m_s: float, dt: float) -> tuple[float, float]:
    """Exertion and breath: eight seconds of running leave one panting, twelve of rest do not."""
    change = dt / 8.0 if speed_m_s > _RUNNING_M_S else -dt / 12.0
    exertion = max(0.0, min(1.0, walker.exertion + change))
    return exertion, walker.breath + (0.35 + 0.4 * exertion) * dt if exertion > 0.3 else 0.0


def _carried(walker: Walker, below: Support, dt: float) -> tuple[float, float, bool]:
    """Height, vertical speed and footing over `below`: feet stick to what they can step down to."""
    feet, vz = walker.position[2], walker.velocity[2]
    if walker.grounded and below.height >= feet - STEP_M:
        return below.height, 0.0, True
    vz = max(-_FALL_MAX_M_S, (0.0 if walker.grounded else vz) - _GRAVITY * dt)
    z = feet + vz * dt
    return (below.height, 0.0, True) if z <= below.height else (z, vz, False)


def _eased(walker: Walker, eye_m: float, lean: float, dt: float) -> Walker:
    """Eye, lag, dip and lean a tick later."""
    ease = _EASE_HZ * dt / (1.0 + _EASE_HZ * dt)
    stiffness, damping = _KNEES
    dip_m_s = (walker.dip_m_s - stiffness * walker.dip_m * dt) / (1.0 + damping * dt)
    return replace(
        walker,
        eye_m=walker.eye_m + (eye_m - walker.eye_m) * ease,
        lag_m=walker.lag_m * (1.0 - ease * 1.3),
        dip_m_s=dip_m_s,
        dip_m=max(-0.3, walker.dip_m + dip_m_s * dt),
        lean=walker.lean + (lean - walker.lean) * ease,
    )


def _room_to_lean(window: SpaceWindow, walker: Walker, lean: float, forward: tuple[float, float]) -> float:
    """As much of the lean as leaves the head outside walls."""
    if lean == 0.0:
        return 0.0
    x, y, z = walker.position
    rows = window.near(x, y, 1.0)
    for share in (1.0, 0.6, 0.3):
        hx, hy = x + forward[1] * lean * share * LEAN_M, y - forward[0] * lean * share * LEAN_M
        if deepest(rows, hx, hy, z + walker.eye_m - 0.15, 0.3, step=0.0, radius=0.15) is None:
            return lean * share
    return 0.0


def stride_length(speed_m_s: float, crouched: bool) -> float:
    """Metres between footfalls."""
    return (0.45 if crouched else 0.5) + 0.17 * speed_m_s


def step_level_db(speed_m_s: float, crouched: bool, material: Material, puddle: bool) -> float:
    """Level of a footfall at 1 m: creep 40, crouch-walk 46, walk 54, run 66 dB, and what the ground adds."""
    if speed_m_s > _RUNNING_M_S:
        level = 66.0
    elif speed_m_s <= 0.95:
        level = 40.0
    else:
        level = 46.0 if crouched else 54.0
    if puddle:
        return level + _PUDDLE_DB
    return level + {Material.GLASS: _GLASS_DB, Material.METAL: _METAL_DB}.get(material, 0.0)


def eye_position(walker: Walker, bob: float = 1.0) -> Vector:
    """Where the eyes are (m), with `bob` of the gait's sway (0: none)."""
    x, y, z = walker.position
    sine, cosine = sin_cos(walker.heading_q)
    speed = math.sqrt(walker.velocity[0] ** 2 + walker.velocity[1] ** 2)
    amount = bob * min(1.0, speed / WALK_M_S) * (0.018 + 0.006 * speed) if walker.grounded else 0.0
    sway, _ = sin_cos(int(walker.bob_turns * TURN))
    lift, _ = sin_cos(int(walker.bob_turns * 2.0 * TURN))
    aside = walker.lean * LEAN_M + 0.6 * amount * sway
    up = walker.eye_m + walker.lag_m + walker.dip_m + amount * lift - 0.12 * abs(walker.lean)
    return x + cosine * aside, y - sine * aside, z + up
