"""Quality `auto` as a function of frame times alone: it arrives, it stays, and it knows when it cannot help."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from world.stage.frame_rate import LEVELS, FrameRate


def _walk(took_s: Callable[[int, float], float], seconds: float, target_hz: float = 60.0) -> list[tuple[float, int]]:
    """(time, level) of each change; `took_s(level, time)` is the machine."""
    rate = FrameRate(target_hz)
    now, level, changes = 0.0, 0, [(0.0, 0)]
    while now < seconds:
        dt = took_s(level, now)
        now += dt
        if (new := rate.frame(dt)) != level:
            level = new
            changes.append((now, level))
    return changes


def _machine(best_ms: float, beat_hz: float | None = None, fixed: float = 0.0, noise: float = 0.0) -> Callable[[int, float], float]:
    """A card that takes `best_ms` for the best level, `fixed` of it whatever the level; frames wait for the screen's beat."""
    draw = np.random.default_rng(1)

    def took_s(level: int, now: float) -> float:
        work = best_ms / 1e3 * (fixed + (1.0 - fixed) * LEVELS[level].cost / LEVELS[0].cost) * (1.0 + noise * draw.standard_normal())
        return max(work, 1e-4) if beat_hz is None else np.ceil(max(work, 1e-4) * beat_hz) / beat_hz

    return took_s


def test_levels_cost_less_and_less() -> None:
    costs = [level.cost for level in LEVELS]
    assert costs == sorted(costs, reverse=True) and costs[0] == pytest.approx(1.0)
    assert all(b < 0.93 * a for a, b in pairwise(costs))


@pytest.mark.parametrize("beat_hz", [None, 60.0])
def test_a_fast_machine_keeps_the_best(beat_hz: float | None) -> None:
    assert _walk(_machine(9.0, beat_hz, noise=0.05), 120.0) == [(0.0, 0)]


def _away_s(changes: list[tuple[float, int]], settled: int, since: float, until: float) -> float:
    """How long it was at another level than `settled`."""
    ends = [time for time, _ in changes[1:]] + [until]
    return sum(
        max(0.0, end - max(time, since)) for (time, level), end in zip(changes, ends, strict=True) if level != settled and end > since
    )


@pytest.mark.parametrize("best_ms", [20.0, 26.0, 33.0, 36.0])
def test_it_arrives_in_seconds_and_holds_the_rate(best_ms: float) -> None:
    changes = _walk(_machine(best_ms, noise=0.06), 60.0)
    assert changes[-1][0] < 5.0 and len(changes) <= 3
    assert best_ms * LEVELS[changes[-1][1]].cost < 1e3 / 60.0


@pytest.mark.parametrize("best_ms", [20.0, 26.0, 33.0, 36.0])
def test_it_does_not_swing(best_ms: float) -> None:
    changes = _walk(_machine(best_ms, noise=0.06), 600.0)
    settled = changes[-1][1]
    assert _away_s(changes, settled, 120.0, 600.0) < 0.02 * 480.0
    assert len([time for time, _ in changes if time > 120.0]) <= 8


def test_it_is_as_good_as_it_can_be_when_nothing_is_enough() -> None:
    changes = _walk(_machine(400.0), 60.0)
    assert changes[-1][1] == len(LEVELS) - 1
    assert [level for _, level in changes] == sorted(level for _, level in changes)


@pytest.mark.parametrize("best_ms", [20.0, 30.0])
def test_on_a_screens_beat_what_failed_is_tried_less_and_less_often(best_ms: float) -> None:
    changes = _walk(_machine(best_ms, beat_hz=60.0), 900.0)
    settled = changes[-1][1]
    assert best_ms * LEVELS[settled].cost < 1e3 / 60.0 < best_ms * LEVELS[settled - 1].cost  # as good as the beat allows
    tries = [time for time, level in changes if level == settled - 1 and time > 15.0]
    assert 3 <= len(tries) <= 6
    assert (np.diff(tries)[1:] > 1.5 * np.diff(tries)[:-1]).all() and tries[1] - tries[0] > 25.0
    assert _away_s(changes, settled, 45.0, 900.0) < 0.01 * 855.0


def test_a_load_that_goes_lets_it_rise_again() -> None:
    heavy, light = _machine(34.0), _machine(10.0)
    changes = _walk(lambda level, now: (heavy if now < 30.0 else light)(level, now), 90.0)
    assert max(level for time, level in changes if time < 30.0) >= 3
    assert changes[-1][1] == 0 and changes[-1][0] < 75.0
    rising = [level for time, level in changes if time > 30.0]
    assert rising == sorted(rising, reverse=True)


def test_hitches_are_no_reason() -> None:
    machine = _machine(12.0)

    def took_s(level: int, now: float) -> float:
        return 0.12 if int(now * 3) != int((now - 0.012) * 3) else machine(level, now)

    assert _walk(took_s, 60.0) == [(0.0, 0)]


def test_a_load_that_comes_to_what_is_at_its_last_does_not_put_all_back() -> None:
    """Less did help, though not enough; that something else now takes the machine says nothing against it."""
    machine = _machine(80.0, noise=0.06)
    changes = _walk(lambda level, now: machine(level, now) * (3.0 if now > 30.0 else 1.0), 120.0)
    assert changes[-1][0] < 10.0 and changes[-1][1] == len(LEVELS) - 1


@pytest.mark.parametrize("machine", [_machine(22.0, fixed=0.97), _machine(8.0, beat_hz=50.0)], ids=["processor", "50 Hz"])
def test_where_less_does_not_help_all_is_put_back_and_seldom_asked_again(machine: Callable[[int, float], float]) -> None:
    changes = _walk(machine, 1200.0)
    assert changes[-1][1] == 0
    assert _away_s(changes, 0, 0.0, 1200.0) < 0.025 * 1200.0
