"""The command `ashes`: what was asked on the command line, done, or refused in one line.

In: arguments.  Out: an exit code: 0 done, 1 `doctor` found something missing, 2 refused, 130 interrupted, 141 nobody reads.
Everything heavy is imported by the command that needs it: `ashes --help` and a misspelt recipe need neither GL nor NumPy.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from world.cli.parser import parse_arguments
from world.cli.tool_arguments import TOOLS
from world.errors import Refusal

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; the only place where a `Refusal` is caught."""
    try:
        code = _run(sys.argv[1:] if argv is None else list(argv))
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except Refusal as refusal:
        return _refuse(str(refusal))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `ashes --help | head -1`: whoever read has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        if not error.filename:  # stdout itself is what is full: it must not be flushed again on the way out
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return _refuse(f"no space left to write {error.filename or 'the output'}")


def _refuse(line: str) -> int:
    print(f"ashes: {line}", file=sys.stderr)
    return 2


def _run(argv: list[str]) -> int:
    arguments = parse_arguments(argv)
    if arguments is None:
        return 0
    if arguments.command in TOOLS:
        return int(import_module(f"world.cli.{arguments.command}").run(arguments))
    if arguments.command == "walk":
        from world.cli.walk import run
    elif arguments.command == "shot":
        from world.cli.shot import run
    elif arguments.command == "film":
        from world.cli.film import run
    elif arguments.command == "recipe":
        from world.cli.recipe import run
    elif arguments.command == "bench":
        from world.cli.bench import run
    else:
        from world.doctor import run
    return run(arguments)
