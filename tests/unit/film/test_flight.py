"""Flights: what is read, what is refused, and in what words."""

from __future__ import annotations

import pytest

from world.errors import Refusal
from world.film.flight import KEYS_MAX, flight_from_toml, flight_to_toml, load_flight

HEAD = 'version = 1\nunits = "metres, seconds, degrees"\naxes = "right-handed, X east, Y north, Z up"\n'
KEYS = """
[[key]]
time_s = 0
pos = [1, 2, 1.7]
heading_deg = 90

[[key]]
time_s = 4.5
pos = [9.0, 2.0, 1.7]
look_at = [20.0, 2.0, 3.0]
fov_deg = 60
ease = "stop"
"""


def test_reads_whole_numbers_and_keeps_defaults() -> None:
    flight = flight_from_toml(HEAD + "seed = 7\n" + KEYS)
    assert flight.duration_s == 4.5
    assert flight.seed == 7 and flight.recipe == "drizzle"
    assert flight.key[0].pos == (1.0, 2.0, 1.7) and flight.key[0].fov_deg == 80.0
    assert flight.key[1].look_at == (20.0, 2.0, 3.0)


def test_written_text_reads_back_as_the_same_flight() -> None:
    flight = flight_from_toml(HEAD + 'recipe = "a \\"b\\" c\\\\d"\n' + KEYS)
    assert flight_from_toml(flight_to_toml(flight)) == flight


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("time_s = 4.5", "time_s = 0"), "<flight>:11: key 2: time_s = 0: must be later than the key before it (0 s)"),
        (("time_s = 0", "time_s = 1"), "<flight>:6: key 1: time_s = 1: the first key must be at 0 s"),
        (("fov_deg = 60", "fov_deg = 200"), "<flight>:14: key 2: fov_deg = 200: must be a number from 5 to 150°"),
        (("fov_deg = 60", "fov_deg = nan"), "key 2: fov_deg = nan: must be a number from 5 to 150°"),
        (("fov_deg = 60", "fov_deg = true"), "key 2: fov_deg = True: must be a number from 5 to 150°"),
        (("fov_deg", "fov_dge"), "<flight>:14: unknown field key 2: fov_dge (did you mean fov_deg?)"),
        (("pos = [9.0, 2.0, 1.7]", "pos = [9.0, 2.0]"), "key 2: pos = [9.0, 2.0]: must be three numbers"),
        (("pos = [9.0, 2.0, 1.7]", "pos = [9.0, 2.0, inf]"), "<flight>:12: key 2: pos = inf: must be three numbers"),
        (("heading_deg = 90", ""), "key 1: must look by exactly one of look_at, heading_deg, quat (has none)"),
        (("fov_deg = 60", "quat = [0, 0, 0, 1]"), "has look_at and quat"),
        (("look_at = [20.0, 2.0, 3.0]", "look_at = [9.0, 2.0, 1.7]"), "is the camera's own place"),
        (("look_at = [20.0, 2.0, 3.0]", "quat = [0, 0, 0, 0.2]"), "must have length 1"),
        (("fov_deg = 60", "pitch_deg = 6"), "goes with heading_deg only"),
        (('ease = "stop"', 'ease = "slow"'), "<flight>:15: key 2: ease = 'slow': must be one of through, stop"),
        (("version = 1", "version = 2"), "<flight>:1: version = 2: must be 1, the version this program reads"),
        (("metres", "feet"), "<flight>:2: units = 'feet, seconds, degrees': must be 'metres, seconds, degrees'"),
        (("[[key]]", "[[keys]]"), "unknown field keys (did you mean key?)"),
        (("pos = [1", "pos = [[1"), "<flight>: not valid TOML"),
    ],
)
def test_refuses_with_field_value_range_and_line(change: tuple[str, str], words: str) -> None:
    text = (HEAD + KEYS).replace(*change)
    assert text != HEAD + KEYS
    with pytest.raises(Refusal) as refusal:
        flight_from_toml(text)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_refuses_too_many_keys() -> None:
    keys = "".join(f"[[key]]\ntime_s = {k / 10}\npos = [0, {k}, 2]\nheading_deg = 0\n" for k in range(KEYS_MAX + 1))
    with pytest.raises(Refusal, match=f"1 to {KEYS_MAX}"):
        flight_from_toml(HEAD + keys)


def test_refuses_a_file_that_is_not_there(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refusal, match="cannot be read"):
        load_flight(tmp_path / "none.flight.toml")
