"""The camera of pictures and films: `--grade`, `--aperture`, `--focus`, and what goes with one of them.

In: a parser; parsed arguments.  Out: the parser with these options; a `Grade`. Nobody's settings are read: the same words give the same
picture whoever says them.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from world.cli.values import number, whole
from world.errors import Refusal, nearest

if TYPE_CHECKING:
    from world.settings import Grade

_F = (0.7, 32.0)
_SAMPLES_MAX = 64
_WORDS = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}


def add_lens_arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Adds what `shot` or `film` takes."""
    from world.settings import Grade  # only now: the other commands' words are read without it

    lens = parser.add_argument_group("the camera")
    aperture, focus = number("--aperture", *_F, "(an f-number)"), number("--focus", 0.1, 10000.0, "metres")
    middle = "the middle of the view" if command == "shot" else "as the flight has it"
    lens.add_argument("--aperture", metavar="F", type=aperture, help="blur what is out of focus, as f/F does")
    lens.add_argument("--focus", metavar="M", type=focus, help=f"what is sharp with --aperture [{middle}]")
    if command == "shot":
        lens.add_argument("--fov", metavar="DEG", type=number("--fov", 5.0, 150.0, "degrees"), help="field of view, across at 16:9 [80]")
    else:
        shutter = number("--shutter", 0.0, 360.0, "degrees")
        lens.add_argument("--shutter", metavar="DEG", type=shutter, default=180.0, help="how long it is open; 0: no motion blur [180]")
    samples = whole("--samples", 1, _SAMPLES_MAX)
    lens.add_argument("--samples", metavar="N", type=samples, default=1, help="the mean of N pictures: smooth edges, N times the time [1]")
    names = ", ".join(name for name in Grade.model_fields if name not in _OWN_OPTION)
    lens.add_argument("--grade", metavar="NAME=VALUE", action="append", default=[], help=f"one of {names}")


_OWN_OPTION = ("motion_blur", "depth_of_field")  # said in a camera's own words


def grade_of(arguments: argparse.Namespace, **known: float) -> Grade:
    """The defaults, `known`, the aperture, and whatever `--grade` says last; `Refusal` for what is none."""
    from world.settings import Grade

    values: dict[str, Any] = dict(known)
    if arguments.aperture is not None:
        values["depth_of_field"] = _F[0] / arguments.aperture
    for words in arguments.grade:
        name, equals, text = words.partition("=")
        names = [field for field in Grade.model_fields if field not in _OWN_OPTION]
        if not equals or name not in names:
            raise Refusal(f"--grade {words}: expected NAME=VALUE with one of {', '.join(names)}{nearest(name, names)}")
        values[name] = _value(words, name, text)
    return Grade(**values)


def _value(words: str, name: str, text: str) -> float | bool:
    from pydantic import ValidationError

    from world.settings import Grade, limits_of

    limits = limits_of(name)
    if limits is None:
        if text.lower() not in _WORDS:
            raise Refusal(f"--grade {words}: must be yes or no")
        return _WORDS[text.lower()]
    wanted = f"--grade {words}: must be a number from {limits[0]:g} to {limits[1]:g}"
    try:
        value = float(text)
        Grade(**{name: value})
    except (ValueError, ValidationError):
        raise Refusal(wanted) from None
    return value
