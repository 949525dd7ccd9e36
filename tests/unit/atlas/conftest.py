"""One city for the atlas's tests."""

from __future__ import annotations

import pytest

from world.pipe import Pipe
from world.recipe import Recipe


@pytest.fixture(scope="session")
def city() -> Pipe:
    """The default city; its memory is shared by all who look at it."""
    return Pipe(Recipe())
