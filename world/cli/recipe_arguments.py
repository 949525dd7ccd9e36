"""The arguments of `ashes recipe ACTION`.

In: a parser and an action's name.  Out: the parser, with that action's arguments.
"""

from __future__ import annotations

import argparse

ACTIONS = {
    "show": "Print a recipe as TOML, with every knob, its range and what it does.",
    "list": "The shipped recipes, a line each.",
    "check": "Check recipe files: ok, or the first thing that is wrong, with its line.",
    "new": "Write a new recipe file, from another one, with sections rolled or locked.",
    "schema": "Print a JSON Schema of recipe files, for editors.",
    "diff": "What differs between two recipes, and what each change rebuilds.",
    "share": "Print recipe, seed and place as one line that others can paste after --code.",
}
EXAMPLES = {
    "show": "examples:\n  ashes recipe show monsoon\n  ashes recipe show --set neon.powered=1 > bright.toml",
    "check": "examples:\n  ashes recipe check mine.toml",
    "new": "examples:\n  ashes recipe new mine.toml\n  ashes recipe new wet.toml --from monsoon --lock roads --seed 8 --roll neon",
    "schema": "examples:\n  ashes recipe schema > recipe.schema.json      (first line of a recipe: #:schema recipe.schema.json)",
    "diff": "examples:\n  ashes recipe diff drizzle monsoon",
    "share": "examples:\n  ashes recipe share --recipe mine.toml --at 12,-40/90\n  ashes --code ash1-b5doAUORMAcA",
}
OVERVIEW = "actions:\n" + "\n".join(f"  {name:<8}{words}" for name, words in ACTIONS.items())


def add_recipe_arguments(parser: argparse.ArgumentParser, action: str | None) -> None:
    """Adds what the action takes; `ashes recipe` alone (None) shows."""
    parser.set_defaults(action=action or "show", name=None)
    if action == "show":
        parser.add_argument("name", metavar="NAME|FILE|CODE", nargs="?", help="which recipe [drizzle]")
    elif action == "check":
        parser.add_argument("files", metavar="NAME|FILE|CODE", nargs="+", help="what to check")
    elif action == "diff":
        parser.add_argument("before", metavar="BEFORE", help="a shipped recipe, a TOML file or a share code")
        parser.add_argument("after", metavar="AFTER", help="another one")
    elif action == "new":
        parser.add_argument("file", metavar="FILE.toml", help="where it goes")
        parser.add_argument("--from", metavar="NAME|FILE|CODE", dest="origin", help="what it starts from [drizzle]")
        parser.add_argument("--seed", metavar="N", help="another number, another city")
        parser.add_argument("--roll", metavar="SECTION", nargs="+", action="extend", default=[], help="give these sections new seeds")
        parser.add_argument(
            "--lock", metavar="SECTION", nargs="+", action="extend", default=[], help="let these keep their draws whatever the seed"
        )
        parser.add_argument("--set", metavar="SECTION.FIELD=VALUE", action="append", default=[], help="change one knob")
        parser.add_argument("--force", action="store_true", help="overwrite an existing file")
