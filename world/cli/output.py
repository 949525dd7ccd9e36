"""Files written whole or not at all.

In: a path that somebody asked for.  Out: a `Refusal` before any work is done, or the file, complete, from one instant to the next.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from world.errors import Refusal


def check_output(path: str | Path, *, suffixes: tuple[str, ...] = (), force: bool = False) -> Path:
    """The path, if a file may be written there."""
    path = Path(path).expanduser()
    if suffixes and path.suffix.lower() not in suffixes:
        raise Refusal(f"{path}: the name must end in {' or '.join(suffixes)}")
    if not path.parent.is_dir():
        raise Refusal(f"{path}: the folder {path.parent} does not exist")
    if path.is_dir():
        raise Refusal(f"{path}: is a folder")
    if path.exists() and not force:
        raise Refusal(f"{path}: exists already; --force overwrites it")
    if not os.access(path.parent, os.W_OK):
        raise Refusal(f"{path}: the folder {path.parent} cannot be written to")
    return path


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the name of `path` at the end, or is removed on any error."""
    part = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise Refusal(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
