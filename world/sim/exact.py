"""Sines, logarithms and exponentials with the same bits on every processor.

In: float64 numbers or arrays.  Out: float64, accurate to about 1e-14.
How: argument reduction and polynomials, in + - x / and exact powers of two alone; libm's own versions differ in the last
bit between systems, and one bit is enough to part two replays. Source: the Taylor and atanh series.
A turn has `TURN` = 65536 units: headings and pitches travel as whole units, so that a mouse gives every machine the same angle.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

TURN = 65536
_QUARTER = TURN // 4
_HALF_PI = 1.5707963267948966
_LN2 = 0.6931471805599453
_LOG10_2 = 0.3010299956639812


def units_from_degrees(degrees: float) -> int:
    """The nearest whole unit of a turn (not wrapped)."""
    return round(degrees * (TURN / 360.0))


def degrees_from_units(units: int) -> float:
    """Degrees of `units` of a turn."""
    return units * (360.0 / TURN)


def sin_cos(units: int) -> tuple[float, float]:
    """Sine and cosine of a whole number of units of a turn."""
    quadrant, rest = divmod(units + _QUARTER // 2, _QUARTER)
    x = (rest - _QUARTER // 2) * (_HALF_PI / _QUARTER)  # |x| <= pi / 4
    xx = x * x
    s, c = 1.0, 1.0
    for k in (16, 14, 12, 10, 8, 6, 4, 2):
        s = 1.0 - s * xx / (k * (k + 1))
        c = 1.0 - c * xx / (k * (k - 1))
    s *= x
    return ((s, c), (c, -s), (-s, -c), (-c, s))[quadrant & 3]


@cache
def _table() -> NDArray[np.float64]:
    """The sine of every unit of a turn."""
    return np.array([sin_cos(units)[0] for units in range(TURN)])


def sines_cosines(units: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`sin_cos` of arrays of whole units, with the same bits."""
    table = _table()
    return table[units % TURN], table[(units + _QUARTER) % TURN]


def exp(x: Any) -> Any:
    """e to the power of x, for |x| < 700."""
    x = np.asarray(x, dtype=np.float64)
    power = np.rint(x * (1.0 / _LN2))
    r = x - power * _LN2  # |r| <= .35
    total = np.ones_like(r)
    for k in range(14, 0, -1):
        total = 1.0 + total * r / k
    result = np.ldexp(total, power.astype(np.int64))
    return float(result) if result.ndim == 0 else result


def log10(x: Any) -> Any:
    """Decimal logarithm of x > 0."""
    mantissa, power = np.frexp(np.asarray(x, dtype=np.float64))
    low = mantissa < 0.7071067811865476
    mantissa = np.where(low, mantissa * 2.0, mantissa)
    power = np.where(low, power - 1, power)
    y = (mantissa - 1.0) / (mantissa + 1.0)  # |y| <= .172
    yy = y * y
    total: NDArray[np.float64] = np.zeros_like(yy)
    for k in range(21, 0, -2):
        total = total * yy + 1.0 / k
    result = power * _LOG10_2 + 2.0 * y * total * (_LOG10_2 / _LN2)
    return float(result) if result.ndim == 0 else result
