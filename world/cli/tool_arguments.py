"""The arguments of the tools: `ashes locate` and `export`.

In: a parser and a tool's name.  Out: the parser, with that tool's arguments (which city and `--at` are everybody's).
"""

from __future__ import annotations

import argparse

from world.cli.values import number, whole

TOOLS = {
    "locate": "Where the nearest konbini, overpass, hologram … is, as places that --at takes.",
    "export": "A place and all round it as glTF 2.0, for Blender, game engines and browsers.",
}
TOOL_EXAMPLES = {
    "locate": "examples:\n  ashes locate konbini\n  ashes locate cafe --inside --near 300,-200/0 --count 1\n"
    '  ashes shot --at "$(ashes locate edge --count 1 --brief)" -o edge.png',
    "export": "examples:\n  ashes export --radius 60 -o street.glb\n  ashes export --at 12,-40/90 --radius 120 --lights 200 -o block.glb",
}


def add_tool_arguments(parser: argparse.ArgumentParser, tool: str) -> None:
    """Adds what the tool takes."""
    _OPTIONS[tool](parser)


def _locate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="konbini, cafe, overpass, plaza, subway, hologram …; `ashes locate help` lists them")
    parser.add_argument("--near", metavar="PLACE", dest="at", help="where the search begins [the start]")
    parser.add_argument("--count", metavar="N", type=whole("--count", 1, 100), default=3, help="how many [3]")
    parser.add_argument("--inside", action="store_true", help="of fronts: within, not before the door")
    parser.add_argument("--brief", action="store_true", help="the places alone")


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


_OPTIONS = {"locate": _locate, "export": _export}
