"""Reads TOML that somebody wrote by hand, and finds the line to blame.

In: a path or text.  Out: the parsed tree, or a `Refusal` with file and line. TOML is data only; a file over
`TOML_BYTES_MAX` is refused unread.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from world.errors import Refusal

TOML_BYTES_MAX = 1_000_000


def read_toml_text(path: Path, kind: str) -> str:
    """The text of a TOML file; `kind` says in a message what it should have been."""
    try:
        if path.stat().st_size > TOML_BYTES_MAX:
            raise Refusal(f"{path}: larger than {TOML_BYTES_MAX} bytes: not a {kind}")
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{path}: cannot be read: {error}") from error


def parse_toml(text: str, source: str) -> dict[str, Any]:
    """The tree of TOML text; `source` is the file's name for messages."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refusal(f"{source}: not valid TOML: {error}") from error


def line_of(text: str, table: str, field: str, index: int = 0) -> str:
    """`:LINE` of a key in TOML text (tomllib keeps no positions), or of its table, or nothing.

    `table` is "" for keys above the first table; `index` chooses among the `[[table]]`s of an array.
    """
    current, nth, found = "", 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := re.match(r"\s*\[+\s*([\w.\-\"]+)\s*\]+", line):
            current = match[1].strip('"')
            if current == table:
                nth += 1
                found = f":{number}" if nth == index + 1 else found
        elif match := re.match(r"\s*([\w.\-\"]+)\s*=", line):
            key = match[1].replace('"', "")
            here = current == table and nth == (index + 1 if table else 0)
            if (here and key == field) or (not current and key in (table, f"{table}.{field}")):
                return f":{number}"
    return found
