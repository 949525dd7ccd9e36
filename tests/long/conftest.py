"""A screen for windows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from virtual_screen import virtual_screen


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of a virtual screen."""
    with virtual_screen() as name:
        yield name
