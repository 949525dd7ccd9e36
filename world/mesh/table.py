"""Tables: what many things of one sort have in common, a column each.

In: columns.  Out: `Table`, whose parts copy a column when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


class Table:
    """Columns (N, ...), read as attributes: those that a subclass names."""

    def __init__(self, columns: Mapping[str, NDArray[Any]], rows: NDArray[np.intp] | None = None) -> None:
        self._columns = columns
        self._rows = np.arange(len(next(iter(columns.values())))) if rows is None else rows

    def __getattr__(self, name: str) -> Any:
        if name not in self._columns:
            raise AttributeError(name)
        column = self._columns[name][self._rows]
        setattr(self, name, column)
        return column

    def __len__(self) -> int:
        return len(self._rows)

    def where(self, which: NDArray[Any]) -> Self:
        """The rows that a mask or an index chooses."""
        return type(self)(self._columns, self._rows[which])
