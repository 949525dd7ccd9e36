"""The arguments of `ashes`, checked.

In: a list of words.  Out: a namespace with `command` and that command's options, or None when help or the version was printed.
What is misspelt is refused with the nearest name; numbers out of range with the range.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from typing import NoReturn

from world import __version__
from world.cli.help_text import HELP
from world.cli.lens import add_lens_arguments
from world.cli.recipe_arguments import ACTIONS, EXAMPLES, OVERVIEW, add_recipe_arguments
from world.cli.tool_arguments import TOOL_EXAMPLES, TOOLS, add_tool_arguments
from world.cli.values import number, quality, size, walk_quality, whole
from world.errors import Refusal, nearest

_TIME_MAX_S = 1e6
CAPTIONS = ("off", "threats", "all")  # as in `world.settings`, which help must not wait for
_COMMANDS = {
    "walk": "Walk the city in a window.",
    "shot": "One picture of one place, drawn without a window, to a PNG file.",
    "film": "A film, with sound, of a tour or of a flight that you wrote.",
    "recipe": "Recipes: list, show, check, new, schema, diff, share.",
    "doctor": "What this machine has, what is missing, what works without it, and how to get it.",
    "bench": "What a frame and a chunk cost on this machine.",
    **TOOLS,
}
_EPILOG = {
    "walk": "examples:\n  ashes --at 30,-12/180\n  ashes --recipe mine.toml      save the file while you walk: the street is rebuilt",
    "shot": "examples:\n  ashes shot --out here.png\n  ashes shot --at 0,0/90/10 --seed 7 --size 1920x1080 --time 3 --out 7.png\n"
    "  ashes shot --at shopping --fov 45 --aperture 1.4 --focus 3 --out bokeh.png",
    "film": "examples:\n  ashes film tour --seconds 20 -o tour.mp4\n  ashes film my.flight.toml --size 1920x1080 --fps 60 -o my.mkv",
    "recipe": OVERVIEW + "\n\n`ashes recipe ACTION --help` tells all about one of them; `ashes recipe` alone shows.",
    "doctor": "ends with 0 when the city can be walked here, and with 1 when not",
    "bench": "",
    **TOOL_EXAMPLES,
}


class _Parser(argparse.ArgumentParser):
    """argparse, except that an error is a `Refusal` that suggests what may have been meant."""

    def error(self, message: str) -> NoReturn:
        command = self.prog.removeprefix("ashes ") + ": "
        known = [option for action in self._actions for option in action.option_strings]
        if match := re.match(r"unrecognized arguments: (\S+)", message):
            word = match[1].split("=")[0]
            what = "option" if word.startswith("-") else "argument"
            raise Refusal(f"{command}unknown {what} {word}{nearest(word, known)}; `{self.prog} --help` lists them")
        if match := re.match(r"the following arguments are required: (.+)", message):
            raise Refusal(f"{command}{match[1]} is missing; `{self.prog} --help` tells more")
        raise Refusal(f"{command}{message.removeprefix('argument ')}")


def parse_arguments(argv: list[str]) -> argparse.Namespace | None:
    """The checked arguments; None after `--help` or `--version`."""
    first = argv[0] if argv else ""
    if first in ("-h", "--help", "help"):
        print(HELP, end="")
        return None
    if first in ("-V", "--version"):
        print(f"ashes {__version__}")
        return None
    if not first or first.startswith("-"):
        argv = ["walk", *argv]
    command, rest = argv[0], argv[1:]
    if command not in _COMMANDS:
        raise Refusal(f"unknown command {command!r}{nearest(command, _COMMANDS)}; `ashes --help` lists them")
    action = None
    if command == "recipe" and rest and (rest[0] in ACTIONS or not rest[0].startswith("-")):
        action, rest = rest[0], rest[1:]
        if action not in ACTIONS:
            raise Refusal(f"recipe: unknown action {action!r}{nearest(action, ACTIONS)}; `ashes recipe --help` lists them")
    parser = _parser_of(command, action)
    if any(word in ("-h", "--help") for word in rest):
        parser.print_help(sys.stdout)
        return None
    arguments = parser.parse_args(_joined(rest))
    arguments.command = command
    return arguments


def _joined(argv: list[str]) -> list[str]:
    """`--at -3,4/90` as `--at=-3,4/90`: argparse takes the value for an option otherwise."""
    out: list[str] = []
    for word in argv:
        if out and re.fullmatch(r"--[a-z-]+", out[-1]) and re.match(r"-[\d.]", word):
            out[-1] += "=" + word
        else:
            out.append(word)
    return out


def _parser_of(command: str, action: str | None = None) -> _Parser:
    parser = _Parser(
        prog=f"ashes {command}" + (f" {action}" if action else ""),
        description=ACTIONS[action] if action else _COMMANDS[command],
        epilog=EXAMPLES.get(action) if action else _EPILOG[command],
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, max_help_position=30, width=96),
        allow_abbrev=False,
    )
    if command in ("walk", "shot", "film", "bench", *TOOLS) or (command == "recipe" and action in (None, "show", "share")):
        city = parser.add_argument_group("which city")
        city.add_argument("--recipe", metavar="NAME|FILE", help="a shipped recipe or a TOML file [drizzle]")
        city.add_argument("--code", metavar="CODE", dest="recipe", help="a share code, instead of --recipe")
        city.add_argument("--seed", metavar="N", help="another number, another city")
        city.add_argument(
            "--set", metavar="SECTION.FIELD=VALUE", action="append", default=[], help="change one knob; may be given again and again"
        )
    if command in ("walk", "shot", *(tool for tool in TOOLS if tool != "locate")) or action == "share":
        where = parser.add_argument_group("where")
        where.add_argument("--at", metavar="PLACE", help="X,Y[,Z]/HEADING[/PITCH], or a shipped place [the start]")
    if command in ("walk", "shot", "film"):
        how = parser.add_argument_group("how")
        how.add_argument("--time", metavar="S", type=number("--time", 0.0, _TIME_MAX_S, "seconds"), help=_TIME_HELP[command])
        if command == "walk":
            how.add_argument("--quality", metavar="NAME", type=walk_quality, help="low, medium, high, ultra or auto [as in the options]")
        else:
            how.add_argument("--quality", metavar="NAME", type=quality, default="high", help="low, medium, high or ultra [high]")
        default = None if command == "walk" else (1280, 720)
        how.add_argument("--size", metavar="WxH", type=size, default=default, help="in pixels [1280x720]")
        how.add_argument("--flash-safe", action="store_true", help="neon changes slowly, lightning is only heard")
    if command == "recipe":
        add_recipe_arguments(parser, action)
    if command in TOOLS:
        add_tool_arguments(parser, command)
    _COMMAND_OPTIONS.get(command, lambda parser: None)(parser)
    return parser


_TIME_HELP = {
    "walk": "stop the clock at S seconds",
    "shot": "the hour, in seconds since the walk began [0]",
    "film": "the hour at the first frame, in seconds [0]",
}


def _walk_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fullscreen", action="store_true", default=None, help="fill the screen (F11)")
    parser.add_argument("--peaceful", action="store_true", help="only walk: no machine ever takes notice of you")
    parser.add_argument("--captions", choices=CAPTIONS, help="captions for sounds: off, threats or all [as in the options]")
    parser.add_argument("--log", metavar="FILE", help="write JSON lines: place, recipe, events, machines near, captions, frames a second")
    every = number("--log-every", 0.01, 3600.0, "seconds")
    parser.add_argument("--log-every", metavar="S", type=every, default=1.0, help="seconds from one line to the next [1]")
    parser.add_argument("--force", action="store_true", help="overwrite the log file")
    parser.add_argument("--watch-shaders", action="store_true", help="read shaders again when their files change; errors on the screen")


def _shot_options(parser: argparse.ArgumentParser) -> None:
    add_lens_arguments(parser, "shot")
    kept = parser.add_argument_group("the file")
    kept.add_argument("--out", "-o", metavar="FILE.png", required=True, help="where the picture goes")
    kept.add_argument("--force", action="store_true", help="overwrite an existing file")


def _film_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="tour|FILE.flight.toml", help="a tour of the city, or a camera flight")
    add_lens_arguments(parser, "film")
    film = parser.add_argument_group("the film")
    film.add_argument("--seconds", metavar="N", type=number("--seconds", 0.1, 36000.0, "seconds"), help="how long")
    film.add_argument("--fps", metavar="F", type=whole("--fps", 1, 240), default=30, help="frames a second [30]")
    film.add_argument("--out", "-o", metavar="FILE", required=True, help=".mp4, .mkv or .webm")
    film.add_argument("--force", action="store_true", help="overwrite an existing file")
    film.add_argument("--quiet", action="store_true", help="no progress bar")


_COMMAND_OPTIONS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "walk": _walk_options,
    "shot": _shot_options,
    "film": _film_options,
}
