"""What one hears of oneself: steps by ground and gait, hands, the bottle, breath and heart.

In: a surface, a gait, a variant.  Out: shots (`world.sound.samples`).
"""

from __future__ import annotations

import numpy as np

from world.fields import uniform
from world.sound.samples import RATE, Samples, Signal, band, modes, noise, partials, shot, sine, time_of
from world.space import Material

SURFACES = (*(material.name for material in Material), "WOOD", "CARPET", "MAT")  # the last three lie in rooms
GAITS = ("creep", "walk", "run")
# by gait: how hard the heel strikes, how long the sole scuffs (s), how bright it is
_HEEL, _SCUFF_S, _BRIGHT = {"creep": 0.25, "walk": 1.0, "run": 1.5}, {"creep": 0.09, "walk": 0.0, "run": 0.03}, {"creep": 0.6, "run": 1.2}
_RING_HZ = (172.0, 411.0, 802.0, 1377.0, 2210.0, 3490.0)  # sheet metal
_BOTTLE_HZ = (620.0, 1480.0, 2750.0, 4300.0)  # thin steel, half full


def step(surface: str, gait: str = "walk", variant: int = 0) -> Samples:
    """A footfall."""
    t = time_of(0.4 if gait == "creep" else 0.34)
    grain = noise(f"step/{surface}/{gait}", len(t), variant)
    jitter = 0.9 + 0.2 * uniform(variant, "sound/step/pitch", SURFACES.index(surface))
    hard = _HEEL[gait]
    attack = np.minimum(t / (0.012 if gait == "creep" else 0.001), 1.0)
    thud = hard * sine(85.0 * jitter, t) * np.exp(-t / 0.035)
    heel = hard * band(grain, 300.0, 2500.0 * _BRIGHT.get(gait, 1.0)) * np.exp(-t / 0.018)
    scuff = band(np.roll(grain, 401), 900.0, 5200.0) * _bell(t, 0.06, _SCUFF_S[gait]) if _SCUFF_S[gait] else 0.0 * t
    wet = band(np.roll(grain, 77), 1500.0, 11000.0) * np.exp(-((t - 0.035) ** 2) / 0.0006)
    return shot(attack * _ON.get(surface, _stone)(t, surface, thud, heel, wet, jitter, variant) + 0.3 * scuff)


def _bell(t: Signal, at_s: float, wide_s: float) -> Signal:
    return np.exp(-(((t - at_s) / wide_s) ** 2))


def _stone(t: Signal, surface: str, thud: Signal, heel: Signal, wet: Signal, jitter: float, variant: int) -> Signal:
    return thud + 1.6 * heel + {"ASPHALT": 2.6, "PAVING": 1.5}.get(surface, 0.6) * wet


def _metal(t: Signal, surface: str, thud: Signal, heel: Signal, wet: Signal, jitter: float, variant: int) -> Signal:
    ring = sum(sine(f * jitter, t) * np.exp(-t / (0.16 / (1 + 0.6 * k))) / (1 + 0.25 * k) for k, f in enumerate(_RING_HZ))
    return 0.7 * np.asarray(ring) * (0.5 + abs(thud).max()) + 1.2 * heel + 0.3 * thud


def _glass(t: Signal, surface: str, thud: Signal, heel: Signal, wet: Signal, jitter: float, variant: int) -> Signal:
    return partials("glass", t, 45, 3000.0, 14000.0, 0.03, variant) + 0.3 * heel


def _rubble(t: Signal, surface: str, thud: Signal, heel: Signal, wet: Signal, jitter: float, variant: int) -> Signal:
    return partials("rubble", t, 30, 700.0, 5200.0, 0.009, variant) + heel + 0.6 * thud


def _tile(t: Signal, surface: str, thud: Signal, heel: Signal, wet: Signal, jitter: float, variant: int) -> Signal:
    return 0.6 * thud + heel + 0.5 * sine(1900.0 * jitter, t) * np.exp(-t / 0.012) + 0.5 * wet


def _wood(t: Signal, surface: str, thud: Signal, heel: Signal, wet: Signal, jitter: float, variant: int) -> Signal:
    """Boards over a hollow: a drum, and now and then a creak."""
    board = modes(t, [f * jitter for f in (118.0, 232.0, 405.0, 690.0)], 0.07)
    creak = sine(1.0, np.cumsum(310.0 + 120.0 * t + 40.0 * sine(23.0, t)) / RATE) * _bell(t, 0.16, 0.07) if variant % 2 else 0.0 * t
    return 0.9 * board * (0.4 + abs(thud).max()) + 0.5 * heel + 0.12 * creak


def _carpet(t: Signal, surface: str, thud: Signal, heel: Signal, wet: Signal, jitter: float, variant: int) -> Signal:
    squelch = band(noise("carpet", len(t), variant), 500.0, 1800.0) * _bell(t, 0.07, 0.035)  # it has rained in
    return thud + 0.12 * heel + 0.25 * squelch


def _mat(t: Signal, surface: str, thud: Signal, heel: Signal, wet: Signal, jitter: float, variant: int) -> Signal:
    straw = band(noise("mat", len(t), variant), 2200.0, 7000.0) * _bell(t, 0.04, 0.03)
    return 0.9 * thud + 0.2 * heel + 0.35 * straw


_ON = {"METAL": _metal, "GLASS": _glass, "RUBBLE": _rubble, "TILE": _tile, "WOOD": _wood, "CARPET": _carpet, "MAT": _mat}


def splash(variant: int = 0) -> Samples:
    """A foot in a puddle: a slap, spray, and a few bubbles (falling sines, Minnaert 1933)."""
    t = time_of(0.5)
    grain = noise("splash", len(t), variant)
    slap = band(grain, 200.0, 1800.0) * np.exp(-t / 0.03)
    spray = band(np.roll(grain, 131), 1800.0, 9000.0) * np.exp(-((t - 0.07) ** 2) / 0.004)
    return shot(slap + 0.9 * spray + 0.12 * _bubbles(t, "bubble", 9, variant))


def _bubbles(t: Signal, lane: str, count: int, variant: int) -> Signal:
    draw = uniform(variant, "sound/" + lane, np.arange(count)[:, None], np.arange(3))
    total = np.zeros_like(t)
    for at, pitch, size in draw:
        age = np.maximum(t - 0.05 - 0.3 * at, 0.0)
        total += sine(500.0 + 1300.0 * pitch, age + 1.5 * age * age) * np.exp(-age / (0.008 + 0.02 * size)) * (age > 0)
    return total


def landing(variant: int = 0) -> Samples:
    """Both feet at once, and the knees."""
    t = time_of(0.4)
    grain = noise("landing", len(t), variant)
    return shot(1.4 * sine(62.0, t) * np.exp(-t / 0.06) + band(grain, 150.0, 1400.0) * np.exp(-t / 0.05))


def clamber(variant: int = 0) -> Samples:
    """Cloth and palms on concrete."""
    t = time_of(0.6)
    cloth = band(noise("clamber", len(t), variant), 500.0, 4200.0)
    return shot(cloth * (np.exp(-((t - 0.12) ** 2) / 0.003) + 0.7 * np.exp(-((t - 0.38) ** 2) / 0.006)))


def rubble(variant: int = 0) -> Samples:
    """Stones dislodged: 8 to 30 knocks with shrinking gaps, and the gravel after them."""
    t = time_of(1.5)
    count = 8 + int(22 * uniform(variant, "sound/rubble/count", 0))
    total, at, gap = np.zeros_like(t), 0.0, 0.15
    for k in range(count):
        size, pitch = uniform(variant, "sound/rubble/size", k), uniform(variant, "sound/rubble/pitch", k)
        begins = int(at * RATE)
        age = t[: len(t) - begins]
        total[begins:] += (0.3 + size) * modes(age, [(320.0 + 900.0 * pitch) * m for m in (1.0, 2.31, 3.9)], 0.018) * 0.93**k
        at, gap = min(1.3, at + gap * (0.5 + uniform(variant, "sound/rubble/gap", k))), gap * 0.86
    gravel = band(noise("gravel", len(t), variant), 1100.0, 6000.0) * np.minimum(t / 0.25, 1.0) * np.exp(-t / 0.35)
    return shot(total + 0.35 * gravel)


def throw(variant: int = 0) -> Samples:
    """An arm, and a bottle turning over in the air: the water in it swings."""
    t = time_of(0.55)
    air = band(noise("throw", len(t), variant), 350.0, 2600.0) * _bell(t, 0.13, 0.07)
    slosh = band(noise("throw/water", len(t), variant), 700.0, 2400.0) * np.maximum(0.0, sine(6.5, t)) ** 3 * np.exp(-t / 0.3)
    return shot(air + 0.35 * slosh)


def bottle(surface: str, variant: int = 0) -> Samples:
    """The bottle meets something: it rings, what it hit answers, the water inside slaps; in a puddle it plops."""
    t = time_of(0.7)
    jitter = 0.94 + 0.04 * variant
    ring = modes(t, [f * jitter for f in _BOTTLE_HZ], 0.11)
    water = band(noise("bottle/water", len(t), variant), 500.0, 2200.0) * (_bell(t, 0.05, 0.02) + 0.5 * _bell(t, 0.2, 0.05))
    knock = band(noise("bottle", len(t), variant), 250.0, 3000.0) * np.exp(-t / 0.012)
    if surface == "PUDDLE":
        return shot(0.8 * band(noise("plop", len(t), variant), 180.0, 3500.0) * np.exp(-t / 0.05) + 0.8 * _bubbles(t, "plop", 14, variant))
    answer = {
        "METAL": 1.3 * modes(t, _RING_HZ, 0.3),
        "GLASS": 1.6 * partials("bottle/glass", t, 60, 2500.0, 13000.0, 0.05, variant, 0.3),
        "RUBBLE": partials("bottle/rubble", t, 24, 600.0, 4200.0, 0.012, variant, 0.4),
        "TILE": 0.7 * modes(t, (1900.0, 3300.0), 0.03),
    }.get(surface, 0.5 * sine(140.0, t) * np.exp(-t / 0.03))
    return shot(0.9 * ring + 1.2 * knock + 0.25 * water + answer)


def pick_up(variant: int = 0) -> Samples:
    """Fingers round wet steel, water that settles."""
    t = time_of(0.5)
    scrape = band(noise("pick_up", len(t), variant), 1200.0, 5200.0) * _bell(t, 0.05, 0.03)
    ring = 0.25 * modes(np.maximum(t - 0.06, 0.0), _BOTTLE_HZ, 0.05) * (t > 0.06)
    water = band(noise("pick_up/water", len(t), variant), 600.0, 2000.0) * (_bell(t, 0.2, 0.05) + 0.5 * _bell(t, 0.33, 0.05))
    return shot(scrape + ring + 0.5 * water)


def strike(what: str, variant: int = 0) -> Samples:
    """A blow that lands: on a joint (it cracks), a sensor (its glass breaks), a circuit (it arcs and dies), or on armour."""
    t = time_of(1.0)
    whoosh = band(noise("strike/arm", len(t), variant), 300.0, 1800.0) * _bell(t, 0.04, 0.025)
    late = np.maximum(t - 0.09, 0.0)
    struck = t >= 0.09
    body = modes(late, [f * (0.97 + 0.02 * variant) for f in (190.0, 470.0, 930.0, 1720.0)], 0.16) * struck
    knock = np.roll(band(noise("strike", len(t), variant), 200.0, 2600.0) * np.exp(-t / 0.02), int(0.09 * RATE))
    more = {
        "joint": 0.9 * np.roll(partials("strike/joint", t, 14, 800.0, 3600.0, 0.01, variant, 0.35), int(0.1 * RATE)),
        "sensor": 1.5 * np.roll(partials("strike/sensor", t, 50, 3200.0, 12500.0, 0.035, variant, 0.25), int(0.09 * RATE)),
        "circuit": _arcing(t, variant) * (t > 0.1),
        "armour": 0.8 * modes(late, (610.0, 1490.0, 2840.0, 4400.0), 0.35) * struck,
    }[what]
    return shot(0.5 * whoosh + body + 1.1 * knock + more)


def _arcing(t: Signal, variant: int) -> Signal:
    """A short: hiss chopped at twice the mains, and a drive that runs down."""
    gate = np.maximum(0.0, sine(100.0, t)) * (uniform(variant, "sound/arcing", (t * 45.0).astype(np.int64)) < 0.6)
    hiss = band(noise("arcing", len(t), variant), 1400.0, 14000.0) * gate
    down = sine(1.0, np.cumsum(220.0 * np.exp(-t / 0.4)) / RATE)
    return (1.3 * hiss + 0.5 * down) * np.exp(-t / 0.35)


def miss(variant: int = 0) -> Samples:
    """A blow through the air."""
    t = time_of(0.4)
    low, high = 260.0 + 30 * variant, 1700.0
    return shot(band(noise("miss", len(t), variant), low, high) * _bell(t, 0.13, 0.06))


def breath(variant: int = 0) -> Samples:
    """Out of breath: in, and out."""
    t = time_of(1.1)
    air = band(noise("breath", len(t), variant), 420.0, 2600.0)
    swell = 0.6 * np.sin(np.pi * np.clip(t / 0.42, 0, 1)) ** 2 + np.sin(np.pi * np.clip((t - 0.5) / 0.6, 0, 1)) ** 2
    return shot(air * swell)


def hold(variant: int = 0) -> Samples:
    """Breath drawn in, and kept."""
    t = time_of(0.6)
    air = band(noise("hold", len(t), variant), 700.0, 3800.0)
    return shot(air * np.clip(t / 0.35, 0, 1) ** 1.5 * np.clip((0.46 - t) / 0.05, 0, 1))


def gasp(variant: int = 0) -> Samples:
    """Breath let go at last: it bursts out, and in again."""
    t = time_of(1.3)
    out = band(noise("gasp", len(t), variant), 350.0, 2200.0) * np.exp(-t / 0.22) * np.minimum(t / 0.02, 1.0)
    back = band(noise("gasp/in", len(t), variant), 800.0, 4200.0) * np.sin(np.pi * np.clip((t - 0.5) / 0.7, 0, 1)) ** 2
    voice = 0.12 * sine(1.0, np.cumsum(165.0 - 50.0 * t) / RATE) * np.exp(-t / 0.12)
    return shot(out + 0.9 * back + voice)


def heart(variant: int = 0) -> Samples:
    """One beat: two muffled thuds."""
    t = time_of(0.5)
    first = sine(52.0, t) * np.exp(-(((t - 0.06) / 0.035) ** 2))
    second = sine(66.0, t) * np.exp(-(((t - 0.27) / 0.028) ** 2))
    thump = band(noise("heart", len(t), variant), 40.0, 160.0) * (_bell(t, 0.06, 0.03) + 0.6 * _bell(t, 0.27, 0.025))
    return shot(first + 0.65 * second + 0.4 * thump)


def scurry(variant: int = 0) -> Samples:
    """Somebody light runs away over wet ground."""
    t = time_of(1.6)
    total = np.zeros_like(t)
    for k in range(9):
        begins = int((0.02 + 0.165 * k + 0.02 * uniform(variant, "sound/scurry", k)) * RATE)
        foot = step("ASPHALT", "walk", (variant + k) % 4).astype(np.float64)[: len(t) - begins]
        total[begins : begins + len(foot)] += foot * 0.86**k
    return shot(band(total, 250.0, 7000.0))
