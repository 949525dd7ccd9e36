"""The arguments of the tools: `ashes map`, `locate`, `why`, `sweep`, `sim` and `export`.

In: a parser and a tool's name.  Out: the parser, with that tool's arguments (which city and `--at` are everybody's).
"""

from __future__ import annotations

import argparse

from world.cli.values import number, quality, size, whole

TOOLS = {
    "map": "A map of the city round a place, as a drawing with layers or as a picture.",
    "locate": "Where the nearest konbini, overpass, hologram … is, as places that --at takes.",
    "why": "What stands under the cross-hair, and which fields, draws and knobs put it there.",
    "sweep": "One knob through its values, on one sheet of pictures.",
    "sim": "A scenario without a window: what patrols make of a hero who follows a script, over time.",
    "export": "A place and all round it as glTF 2.0, for Blender, game engines and browsers.",
}
TOOL_EXAMPLES = {
    "map": "examples:\n  ashes map --out city.png\n  ashes map --at 0,0/0 --radius 500 --layers streets,buildings,patrol --out patrol.svg",
    "locate": "examples:\n  ashes locate konbini\n  ashes locate cafe --inside --near 300,-200/0 --count 1\n"
    '  ashes shot --at "$(ashes locate edge --count 1 --brief)" -o edge.png',
    "why": "examples:\n  ashes why --at 12,-40/90",
    "sweep": "examples:\n  ashes sweep ruin.damage=0..1:6 -o damage.png\n"
    "  ashes sweep water.level_m=-0.2..0.4:4 --at 12,-40/90 -o flood.png",
    "sim": "examples:\n  ashes sim --list\n  ashes sim --script bottle --plot bottle.svg\n"
    "  ashes sim --script mine.scenario.toml --set weather.rain_mm_h=45\n  ashes sim --seed 7 --seconds 120",
    "export": "examples:\n  ashes export --radius 60 -o street.glb\n  ashes export --at 12,-40/90 --radius 120 --lights 200 -o block.glb",
}


def add_tool_arguments(parser: argparse.ArgumentParser, tool: str) -> None:
    """Adds what the tool takes."""
    _OPTIONS[tool](parser)


def _map(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--radius", metavar="M", type=number("--radius", 40.0, 1500.0, "metres"), default=280.0, help="how far it reaches [280]"
    )
    parser.add_argument("--layers", metavar="A,B,…", help="what is drawn: all, or names [all but cover, patrol, sound]")
    parser.add_argument("--size", metavar="PX", type=whole("--size", 400, 8000), default=1600, help="side of the map in pixels [1600]")
    _file(parser, "FILE.png|FILE.svg")


def _locate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="konbini, cafe, overpass, plaza, subway, hologram …; `ashes locate help` lists them")
    parser.add_argument("--near", metavar="PLACE", dest="at", help="where the search begins [the start]")
    parser.add_argument("--count", metavar="N", type=whole("--count", 1, 100), default=3, help="how many [3]")
    parser.add_argument("--inside", action="store_true", help="of fronts: within, not before the door")
    parser.add_argument("--brief", action="store_true", help="the places alone")


def _why(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="every draw, not only those that decided something")
    parser.add_argument("--json", action="store_true", help="as JSON, with everything")


def _sweep(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("range", metavar="SECTION.FIELD=A..B[:N]", help="the knob, its first and last value, how many pictures [6]")
    parser.add_argument("--time", metavar="S", type=number("--time", 0.0, 1e6, "seconds"), default=10.0, help="the hour in seconds [10]")
    parser.add_argument("--quality", metavar="NAME", type=quality, default="medium", help="low, medium, high or ultra [medium]")
    parser.add_argument("--size", metavar="WxH", type=size, default=(640, 360), help="of each picture, in pixels [640x360]")
    parser.add_argument("--columns", metavar="N", type=whole("--columns", 1, 12), default=3, help="pictures in a row [3]")
    _file(parser, "FILE.png")


def _sim(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--script", metavar="NAME|FILE", help="a shipped scenario or a *.scenario.toml [the hero waits at the start]")
    parser.add_argument("--list", action="store_true", help="the shipped scenarios")
    parser.add_argument("--seconds", metavar="S", type=number("--seconds", 0.1, 7200.0, "seconds"), help="how long [as the script says]")
    parser.add_argument("--json", action="store_true", help="ten rows a second, and the events, as JSON lines")
    parser.add_argument("--plot", metavar="FILE.svg", help="alert, distance and visibility over time, as a drawing")
    parser.add_argument("--force", action="store_true", help="overwrite an existing file")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--radius", metavar="M", type=number("--radius", 5.0, 300.0, "metres"), default=80.0, help="how far it reaches [80]"
    )
    parser.add_argument("--lights", metavar="N", type=whole("--lights", 0, 2000), default=64, help="the strongest so many [64]")
    _file(parser, "FILE.glb")


def _file(parser: argparse.ArgumentParser, metavar: str) -> None:
    kept = parser.add_argument_group("the file")
    kept.add_argument("--out", "-o", metavar=metavar, required=True, help="where it goes")
    kept.add_argument("--force", action="store_true", help="overwrite an existing file")


_OPTIONS = {"map": _map, "locate": _locate, "why": _why, "sweep": _sweep, "sim": _sim, "export": _export}
