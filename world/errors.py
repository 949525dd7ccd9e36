"""The one error a person is meant to read.

In: what is wrong, in one line.  Out: `ashes` prints it after "ashes: " and ends with exit code 2.
Everything that a person, a file or a machine can get wrong is raised as `Refusal`, where it is found, and
caught once, in `world.cli`. Any other exception is a bug of ours and keeps its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class Refusal(Exception):
    """Bad input or a missing means: one clear line for the person at the keyboard."""


def nearest(word: str, known: Iterable[str]) -> str:
    """` (did you mean X?)` for the known name closest to `word`, or an empty string."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" (did you mean {found[0]}?)" if found else ""
