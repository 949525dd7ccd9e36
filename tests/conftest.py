"""What the tests share: one headless app for the whole session, the engine's log, a home of one's own, sounds that are made once.

`app` is the only Ursina of the process (a second one leaks on 7 and crashes on 8), emptied between tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

SIZE = (320, 180)


@pytest.fixture(scope="session")
def booted() -> Any:
    """The session's app, without a window, 320 × 180."""
    from world.stage.boot import boot

    return boot(SIZE, window=False)


@pytest.fixture
def app(booted: Any) -> Iterator[Any]:
    """The app, with nothing of another test's in it afterwards."""
    from panda3d.core import ClockObject
    from ursina import camera, held_keys, scene

    yield booted
    scene.clear()
    for leftover in booted.render.getChildren():
        if leftover.getName() not in ("scene", "camera"):
            leftover.removeNode()
    camera.parent, camera.position, camera.rotation = scene, (0, 0, -20), (0, 0, 0)
    held_keys.clear()
    ClockObject.getGlobalClock().setMode(ClockObject.MNormal)


@pytest.fixture
def engine_log(booted: Any) -> Iterator[Callable[[], list[str]]]:
    """A function that returns the lines Panda3D has logged since the last call; none may be left at the end of the test."""
    from panda3d.core import LineStream, Notify

    log, before = LineStream(), Notify.ptr().getOstreamPtr()

    def lines() -> list[str]:
        found = []
        while log.isTextAvailable():
            found.append(log.getLine())
        return found

    Notify.ptr().setOstreamPtr(log, False)
    yield lines
    Notify.ptr().setOstreamPtr(before, False)
    assert lines() == []


@pytest.fixture(scope="session", autouse=True)
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The cache's folder: the sounds take half a minute, and all tests, and what they start, look for them here."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASHES_CACHE_DIR", str(folder))
        yield folder


@pytest.fixture(autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's settings are read or written by a test, nor by what it starts."""
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("ASHES_CONFIG_DIR", str(folder))
    return folder
