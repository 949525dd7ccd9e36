"""A screen on which nothing stands but what a test puts there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def clean_screen(app: Any) -> Iterator[Any]:
    """The app, what other tests left on its screen hidden meanwhile."""
    from ursina import camera

    left = [node for node in camera.ui.getChildren() if not node.isHidden()]
    for node in left:
        node.hide()
    yield app
    for node in left:
        if not node.isEmpty():
            node.show()
