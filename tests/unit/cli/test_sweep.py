"""What `ashes sweep` takes for a range."""

from __future__ import annotations

import pytest

from world.cli.sweep import parse_sweep
from world.errors import Refusal


def test_values_go_from_the_first_to_the_last() -> None:
    sweep = parse_sweep("ruin.damage=0..1:5")
    assert (sweep.knob.name, sweep.values) == ("ruin.damage", (0.0, 0.25, 0.5, 0.75, 1.0))
    assert sweep.settings()[1] == "ruin.damage=0.25"
    assert parse_sweep("water.level_m=0.4..-0.2:4").values == pytest.approx((0.4, 0.2, 0.0, -0.2))
    assert len(parse_sweep("ruin.damage=0..1").values) == 6


def test_whole_numbers_are_counted_once() -> None:
    assert parse_sweep("patrol.robots=0..2:9").values == (0, 1, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ruin.damage", "SECTION.FIELD=A..B"),
        ("ruin.damge=0..1", "did you mean ruin.damage"),
        ("ruin.damage=0..2", "0 to 1"),
        ("ruin.damage=0..x", "'x' is not a number"),
        ("ruin.damage=0..nan", "0 to 1"),
        ("ruin.damage=0..1:1", "from 2 to 48"),
        ("ruin.damage=0..1:999", "from 2 to 48"),
    ],
)
def test_what_is_no_range_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refusal, match="sweep") as refused:
        parse_sweep(text)
    assert said in str(refused.value)
