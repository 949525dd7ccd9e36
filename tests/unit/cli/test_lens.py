"""The camera's options: what they make of a grade, and what they refuse."""

from __future__ import annotations

import pytest

from world.cli.lens import grade_of
from world.cli.parser import parse_arguments
from world.errors import Refusal
from world.settings import Grade, Settings, save_settings


def _grade(*words: str) -> Grade:
    arguments = parse_arguments(["shot", "-o", "x.png", *words])
    assert arguments is not None
    return grade_of(arguments)


def test_without_words_it_is_the_default_whatever_the_settings_say() -> None:
    save_settings(Settings(bloom=0.0, grain=3.0, depth_of_field=1.0))
    assert _grade() == Grade()


def test_an_f_number_is_a_depth_of_field() -> None:
    assert _grade("--aperture", "0.7").depth_of_field == 1.0
    assert _grade("--aperture", "1.4").depth_of_field == pytest.approx(0.5)
    assert _grade("--aperture", "22").depth_of_field == pytest.approx(0.7 / 22)


def test_each_part_is_said_by_its_name() -> None:
    assert _grade("--grade", "bloom=0.5", "--grade", "smooth_edges=no", "--grade", "adapting=ON") == Grade(bloom=0.5, smooth_edges=False)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--grade", "blom=1"), "did you mean bloom"),
        (("--grade", "bloom"), "expected NAME=VALUE"),
        (("--grade", "bloom=3"), "bloom=3: must be a number from 0 to 2"),
        (("--grade", "bloom=nan"), "must be a number from 0 to 2"),
        (("--grade", "adapting=0.5"), "must be yes or no"),
        (("--grade", "motion_blur=1"), "expected NAME=VALUE"),
        (("--aperture", "0"), "must be from 0.7 to 32"),
        (("--focus", "-1"), "must be from 0.1"),
        (("--fov", "200"), "must be from 5 to 150"),
    ],
)
def test_what_is_none_is_refused(words: tuple[str, ...], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        _grade(*words)


def test_a_films_shutter_is_open_for_half_of_each_frame() -> None:
    for words, share in (((), 0.5), (("--shutter", "0"), 0.0), (("--shutter", "360"), 1.0)):
        arguments = parse_arguments(["film", "tour", "-o", "x.mp4", *words])
        assert arguments is not None and arguments.shutter / 360.0 == share
