"""What machines sound like: the hum of each kind, wheels, rotors, heads that turn, what is broken in them, calls, feet.

In: a kind, how alarmed it is (an index into `HUM_CODES`), a variant.  Out: loops and shots (`world.sound.samples`).
A machine's state is told by its hum twice over: by pitch, and by how fast it throbs.
"""

from __future__ import annotations

import numpy as np

from world.fields import uniform
from world.sim.kinds import Kind
from world.sound.samples import (
    RATE,
    Samples,
    Signal,
    band,
    hump,
    loop,
    low_pass,
    modes,
    noise,
    partials,
    scattered,
    shaped,
    shot,
    sine,
    snapped,
    time_of,
    unit,
)  # fmt: skip

HUM_CODES = ((0, 0), (2, 1), (5, 2), (7, 4))  # semitones up and Hz of throbbing, by how alarmed it is
HUM_LOOP_S = 4
BASE_HZ = {Kind.GLIDER: 62.0, Kind.HEAVY: 38.0, Kind.RUNNER: 93.0, Kind.SENTRY: 76.0}
DULL_HZ = {Kind.GLIDER: 170.0, Kind.HEAVY: 110.0, Kind.RUNNER: 240.0, Kind.SENTRY: 210.0}
_ROTORS = (0.0, 1.5, 2.75, -1.25)  # Hz apart: four of them beat


def hum(kind: Kind, code: int) -> Samples:
    """The hum of a kind that is as alarmed as `code` says."""
    semitones, throb_hz = HUM_CODES[code]
    t = time_of(HUM_LOOP_S)
    base = snapped(BASE_HZ[kind] * 2.0 ** (semitones / 12.0), HUM_LOOP_S)
    throb = 1.0 + (0.62 * sine(throb_hz, t) if throb_hz else 0.0)
    return loop(_HUMS[kind](t, base) * throb)


def _glider(t: Signal, base: float) -> Signal:
    """Fans: a tone with many harmonics, gears, air."""
    tone = _harmonics(t, base, 24, 0.9, "glider")
    gear = 0.05 * sine(snapped(base * 11.3, HUM_LOOP_S), t + 0.0004 * sine(3.0, t))
    air = shaped(noise("hum/air", len(t)), low_pass(500.0))
    return (tone + gear + 0.5 * air) * (1.0 + 0.12 * sine(3.0, t))


def _heavy(t: Signal, base: float) -> Signal:
    """A low grinding: gears that do not quite fit, over a slow beat of the drive."""
    tone = _harmonics(t, base, 30, 0.75, "heavy") * (1.0 + 0.25 * sine(5.0, t) + 0.15 * sine(8.25, t))
    grit = shaped(noise("hum/grit", len(t)), hump(240.0, 0.9))
    teeth = 0.5 + 0.5 * np.sign(sine(snapped(base / 2.0, HUM_LOOP_S), t)) * abs(sine(snapped(base / 2.0, HUM_LOOP_S), t)) ** 0.4
    return unit(tone) + 0.7 * unit(grit * teeth)


def _runner(t: Signal, base: float) -> Signal:
    """Thin and nervous: small motors that hold a balance, a trace of hydraulics."""
    wobble = t + 0.00035 * sine(2.5, t) + 0.0002 * sine(7.0, t)
    tone = _harmonics(wobble, base, 12, 1.3, "runner")
    whine = 0.07 * sine(snapped(base * 9.0, HUM_LOOP_S), wobble) + 0.04 * sine(snapped(base * 13.5, HUM_LOOP_S), wobble)
    hiss = shaped(noise("hum/hiss", len(t)), hump(1800.0, 0.7))
    return unit(tone + whine) * (1.0 + 0.2 * sine(6.0, t)) + 0.12 * unit(hiss)


def _sentry(t: Signal, base: float) -> Signal:
    """Four rotors, none at quite the same speed, and the air that they chop."""
    total = sum(_harmonics(t, snapped(base + apart, HUM_LOOP_S), 9, 1.0, f"sentry{k}") for k, apart in enumerate(_ROTORS))
    chop = shaped(noise("hum/chop", len(t)), hump(700.0, 1.0)) * (1.0 + 0.8 * sine(base, t))
    return unit(np.asarray(total)) + 0.35 * unit(chop)


_HUMS = {Kind.GLIDER: _glider, Kind.HEAVY: _heavy, Kind.RUNNER: _runner, Kind.SENTRY: _sentry}


def _harmonics(t: Signal, base: float, count: int, fall: float, lane: str) -> Signal:
    total = np.zeros_like(t)
    for k in range(1, count + 1):
        total += sine(base * k, t, uniform(0, f"sound/hum/{lane}", k)) / k**fall
    return total


def wheels() -> Samples:
    """Broad wheels on wet stone and grit; as loud as they roll."""
    t = time_of(3.0)
    rumble = shaped(noise("wheels", len(t)), low_pass(90.0, 3))
    hits = 42
    stones = scattered(
        len(t), uniform(0, "sound/wheels/when", np.arange(hits)), uniform(0, "sound/wheels/loud", np.arange(hits)) ** 2,
        modes(time_of(0.08), (410.0, 980.0, 2300.0), 0.02),
    )  # fmt: skip
    water = shaped(noise("wheels/water", len(t)), hump(3200.0, 0.8)) * (1.0 + 0.5 * sine(4.0 / 3.0, t))
    squeal = sine(742.0, t) * np.maximum(0.0, sine(2.0 / 3.0, t)) ** 6
    return loop(unit(rumble) + 0.5 * unit(stones) + 0.18 * unit(water) + 0.12 * squeal)


def whir() -> Samples:
    """A head that turns: a motor under load, its gears rippling the pitch; as loud as it turns fast."""
    t = time_of(1.0)
    phase = 620.0 * t + 0.5 * sine(9.0, t) + 0.2 * sine(37.0, t)
    saw = np.zeros_like(t)
    for k in range(1, 12):
        saw += sine(float(k), phase) / k
    return loop(saw * (1.0 + 0.25 * sine(18.0, t)) + 0.1 * unit(shaped(noise("whir", len(t)), hump(2600.0, 0.6))))


def limp() -> Samples:
    """A joint that will not: the motor strains, gives up, rattles, tries again."""
    t = time_of(4.0)
    strain = np.maximum(0.0, sine(0.5, t)) ** 2
    bend = 58.0 * t + 3.0 * np.cumsum(strain) / RATE
    bend -= (bend[-1] + bend[1] - round(float(bend[-1]))) * t / t[-1]  # a whole number of turns in the loop
    groan = sum(sine(float(k), bend) / k for k in range(1, 16)) * strain
    when = np.concatenate([0.62 + 0.3 * uniform(0, "sound/limp", np.arange(18)), uniform(0, "sound/limp/late", np.arange(4))])
    rattle = scattered(len(t), when, 0.3 + uniform(0, "sound/limp/loud", np.arange(22)), modes(time_of(0.1), (640.0, 1510.0, 3370.0), 0.03))
    return loop(unit(groan) + 0.8 * unit(rattle))


def blind() -> Samples:
    """A broken sensor: a relay that clicks and looks again, a fizz between."""
    t = time_of(3.0)
    when = np.array([0.04, 0.085, 0.37, 0.41, 0.45, 0.72, 0.765])
    click = scattered(len(t), when, np.ones(7), modes(time_of(0.04), (1850.0, 3120.0, 4700.0), 0.008))
    fizz = shaped(noise("blind", len(t)), hump(5200.0, 0.5)) * np.maximum(0.0, sine(1.0, t)) ** 3
    hunt = sine(880.0, t) * np.maximum(0.0, sine(2.0 / 3.0, t, 0.3)) ** 12
    return loop(1.6 * unit(click) + 0.6 * unit(fizz) + 0.3 * hunt)


def sparks() -> Samples:
    """An open circuit: random bursts of 1 to 8 ms above 1.2 kHz, and the mains under them."""
    t = time_of(4.0)
    total = np.zeros_like(t)
    for k in range(6):  # grains of six lengths
        length = 0.001 + 0.0014 * k
        age = time_of(length)
        grain = noise("sparks/grain", len(age), k) * (1.0 - age / length)
        clusters = 0.04 + 0.92 * np.repeat(uniform(k, "sound/sparks/cluster", np.arange(5)), 9)
        when = clusters + 0.03 * uniform(k, "sound/sparks/when", np.arange(45)) ** 2
        total += scattered(len(t), when, uniform(k, "sound/sparks/loud", np.arange(45)) ** 2, grain)
    crackle = shaped(total, lambda f: (f > 1200.0) * np.minimum(1.0, np.maximum(f, 1.0) / 12_000.0) ** 0.5)
    buzz = sum(sine(100.0 * k, t) / k for k in (1, 2, 3, 5))
    return loop(unit(crackle) + 0.06 * np.asarray(buzz))


def servo(variant: int = 0) -> Samples:
    """A head that jerks round: a gliding saw with the ripple of its gears."""
    t = time_of(0.55)
    glide = 400.0 * t + 0.5 * (900.0 - 400.0) / 0.55 * t * t + 0.02 * sine(37.0 + 3 * variant, t)
    saw = sum(sine(float(k), glide) / k for k in range(1, 14))
    ramp = np.clip(np.minimum(t, t[-1] - t) / 0.08, 0.0, 1.0)
    return shot(np.asarray(saw) * ramp)


def chirp(kind: Kind, variant: int = 0) -> Samples:
    """A call to peers: gliders warble, heavy ones honk twice, runners yelp, sentries ping from above."""
    notes: tuple[tuple[float, float, float, float], ...] = {  # begins s, lasts s, from Hz, to Hz
        Kind.GLIDER: ((0.0, 0.15, 1700.0, 2800.0), (0.19, 0.15, 1700.0, 2800.0)),
        Kind.HEAVY: ((0.0, 0.28, 340.0, 330.0), (0.34, 0.42, 255.0, 240.0)),
        Kind.RUNNER: ((0.0, 0.07, 2600.0, 1900.0), (0.1, 0.07, 2600.0, 1900.0), (0.2, 0.12, 2900.0, 1500.0)),
        Kind.SENTRY: ((0.0, 0.5, 1240.0, 1240.0), (0.1, 0.5, 1860.0, 1880.0)),
    }[kind]
    t = time_of(max(begins + lasts for begins, lasts, _, _ in notes) + 0.06)
    total, bend = np.zeros_like(t), 1.0 + 0.07 * (variant - 1.5)
    for begins, lasts, low, high in notes:
        part = np.clip((t - begins) / lasts, 0.0, 1.0)
        phase = bend * np.cumsum(low + (high - low) * part) / RATE
        swell = np.exp(-5.0 * part) * np.minimum(part / 0.01, 1.0) if kind == Kind.SENTRY else np.sin(np.pi * part) ** 0.7
        rough = 0.6 if kind == Kind.HEAVY else 0.35
        total += swell * (part < 1.0) * sum(sine(float(k), phase) * rough ** (k - 1) for k in range(1, 6))
    return shot(total)


def footfall(variant: int = 0) -> Samples:
    """A runner's foot: a hard pad, the spring in the leg, a servo that catches it."""
    t = time_of(0.3)
    pad = band(noise("footfall", len(t), variant), 400.0, 4200.0) * np.exp(-t / 0.009)
    thump = sine(96.0, t) * np.exp(-t / 0.03)
    spring = modes(t, [f * (0.95 + 0.03 * variant) for f in (390.0, 1130.0, 2240.0)], 0.09)
    catch = sine(1.0, np.cumsum(900.0 - 1400.0 * t) / RATE) * np.exp(-((t - 0.09) ** 2) / 0.0011)
    return shot(thump + 1.3 * pad + 0.28 * spring + 0.09 * catch)


def found(variant: int = 0) -> Samples:
    """A machine that stops at a broken one: its drive sags, one low questioning tone."""
    t = time_of(1.1)
    sag = np.cumsum(150.0 - 55.0 * np.minimum(t / 0.5, 1.0)) / RATE
    drive = sum(sine(float(k), sag) / k for k in range(1, 10)) * np.exp(-t / 0.35)
    ask = sine(1.0, np.cumsum((420.0 + 12 * variant) * (1.0 + 0.12 * np.clip((t - 0.55) / 0.3, 0, 1))) / RATE)
    return shot(np.asarray(drive) + 0.9 * ask * np.exp(-((t - 0.7) ** 2) / 0.02))


def seized(variant: int = 0) -> Samples:
    """Arms that close: two clamps, a ratchet."""
    t = time_of(1.2)
    total = np.zeros_like(t)
    for k, at in enumerate((0.0, 0.16, *(0.42 + 0.055 * n for n in range(9)))):
        begins, loud = int(at * RATE), 1.0 if k < 2 else 0.35
        age = t[: len(t) - begins]
        total[begins:] += loud * modes(age, [f * (1 + 0.02 * variant + 0.01 * k) for f in (210.0, 560.0, 1370.0, 2900.0)], 0.07)
    return shot(total + partials("seized", t, 20, 900.0, 3800.0, 0.012, variant))


def sting(variant: int = 0) -> Samples:
    """Taken: a low cluster that closes like a door."""
    t = time_of(2.6)
    pitches = (49.0, 52.0, 98.5, 147.0, 155.5)
    cluster = sum(sine(f + variant, t * (1.0 - 0.02 * t)) * (1.0 + 0.3 * sine(5.0 + k, t)) for k, f in enumerate(pitches))
    slam = band(noise("sting", len(t), variant), 60.0, 900.0) * np.exp(-t / 0.09)
    return shot(np.asarray(cluster) * np.minimum(t / 0.03, 1.0) * np.exp(-t / 0.8) + 3.0 * slam)
