"""`ashes sweep`: one knob through its values, on one sheet of pictures.

In: parsed arguments.  Out: a PNG with the value under each picture; its path on stdout, what is being drawn on stderr.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass

from world.cli.city import place_and_recipe, pose_of
from world.cli.output import check_output, whole_file
from world.errors import Refusal, nearest
from world.recipe import with_settings
from world.recipe.knob import Knob, knobs_by_name
from world.stage.boot import boot, check_size

_COUNT, _COUNT_MAX = 6, 48


@dataclass(frozen=True)
class Sweep:
    """A knob and the values it goes through."""

    knob: Knob
    values: tuple[float, ...]

    def settings(self) -> list[str]:
        """`section.field=value` of each picture."""
        return [f"{self.knob.name}={value:g}" for value in self.values]


def parse_sweep(text: str) -> Sweep:
    """`section.field=A..B[:N]`, or a `Refusal` that says what is wrong with it."""
    match = re.fullmatch(r"(\w+\.\w+)=([^:]+?)\.\.([^:]+?)(?::(\d{1,4}))?", text)
    if match is None:
        raise Refusal(f"sweep {text}: expected SECTION.FIELD=A..B[:N], as in ruin.damage=0..1:6")
    name, first, last, count_text = match.groups()
    knobs = knobs_by_name()
    if name not in knobs:
        raise Refusal(f"sweep {name}: unknown field{nearest(name, knobs)}")
    knob, count = knobs[name], int(count_text or _COUNT)
    if not 2 <= count <= _COUNT_MAX:
        raise Refusal(f"sweep {text}: {count} pictures; must be from 2 to {_COUNT_MAX}")
    low, high = (_limit(knob, value) for value in (first, last))
    values = [low + (high - low) * k / (count - 1) for k in range(count)]
    if knob.integer:
        values = [round(value) for value in values]
    return Sweep(knob, tuple(dict.fromkeys(round(value, 6) for value in values)))


def _limit(knob: Knob, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise Refusal(f"sweep {knob.name}: {text!r} is not a number") from None
    if not knob.low <= value <= knob.high:
        raise Refusal(f"sweep {knob.name}: {text} must be from {knob.range_text} ({knob.label})")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Draws them all from one place and at one hour."""
    sweep = parse_sweep(arguments.range)
    check_size(arguments.size)
    place, recipe = place_and_recipe(arguments)
    out = check_output(arguments.out, suffixes=(".png",), force=arguments.force)
    from PIL import Image

    from world.film.sheet import contact_sheet
    from world.film.still import take_still
    from world.pipe import Pipe

    app = boot(arguments.size, window=False)
    pose = pose_of(place, Pipe(recipe))
    pictures = []
    for number, setting in enumerate(sweep.settings()):
        print(f"… {setting}  ({number + 1} of {len(sweep.values)})", file=sys.stderr)
        pipe = Pipe(with_settings(recipe, [setting]))
        pictures.append(take_still(app, pipe, pose, arguments.time, size=arguments.size, quality=arguments.quality))
    unit = f" {sweep.knob.unit}" if sweep.knob.unit else ""
    labels = [f"{sweep.knob.name} = {value:g}{unit}" for value in sweep.values]
    sheet = contact_sheet(pictures, labels, columns=arguments.columns, width=arguments.size[0])
    with whole_file(out) as part:
        Image.fromarray(sheet).save(part, format="PNG")
    print(out)
    return 0
