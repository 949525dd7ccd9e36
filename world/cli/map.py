"""`ashes map`: the city from above, on one sheet.

In: parsed arguments.  Out: an SVG with a group for each layer, or a PNG; its path on stdout.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from world.cli.city import place_and_recipe
from world.cli.output import check_output, whole_file
from world.errors import Refusal, nearest


def run(arguments: argparse.Namespace) -> int:
    """Surveys, draws and writes."""
    place, recipe = place_and_recipe(arguments)
    out = check_output(arguments.out, suffixes=(".png", ".svg"), force=arguments.force)
    from PIL import Image

    from world.atlas.drawing import picture_of, svg_of
    from world.atlas.layers import layer_names, layers_of
    from world.atlas.sheet import sheet_of
    from world.atlas.survey import survey
    from world.pipe import Pipe

    names = _layers(arguments.layers, layer_names())
    pipe = Pipe(recipe)
    x, y = (place.x, place.y) if place is not None else pipe.start().position[:2]
    surveyed = survey(pipe, (x, y), arguments.radius, place.heading_deg if place is not None else pipe.start().heading_deg)
    name = Path(arguments.recipe or (place.recipe if place else None) or "drizzle").stem[:40]
    title = f"{name}: {place.title if place and place.title else 'the city from above'}"
    sheet = sheet_of(surveyed, layers_of(surveyed, names), arguments.size, title)
    with whole_file(out) as part:
        if out.suffix.lower() == ".svg":
            part.write_text(svg_of(sheet), encoding="utf-8")
        else:
            Image.fromarray(picture_of(sheet)).save(part, format="PNG")
    print(out)
    return 0


def _layers(asked: str | None, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """The names asked for: None for those that a map has by itself."""
    if asked is None:
        return None
    names = tuple(name.strip() for name in asked.split(",")) if asked != "all" else known
    for name in names:
        if name not in known:
            raise Refusal(f"--layers {name}: no such layer{nearest(name, known)}; known: all, {', '.join(known)}")
    return names
