"""What each pass of a frame costs, and each part of the scene: the second half of `ashes bench`.

In: a settled stage, an eye.  Out: median ms of CPU by name. Software renderers share their cores with everybody, so what is compared
is measured in turns, one after the other, time and again: ratios within one run hold where milliseconds do not. A pass is a frame with
that pass alone less one with none; a part of the scene, the scene with it less the scene without (what it hid is drawn in its place).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any

import numpy as np

from world.conditions import Conditions
from world.light import bake_light
from world.pipe import Pipe
from world.pose import Pose
from world.space import ChunkSpace
from world.space.chunk_space import Emitters

SIZE = (960, 540)
FEW, MANY = 100, 3000
# Passes by the first word of their targets' names, and the parts of the scene by their nodes'.
PASSES = ("mirror", "scene", "contact", "fog", "bloom", "picture", "finish")
PARTS: dict[str, tuple[str, ...]] = {
    "ground": ("ground",),
    "city near by": ("near", "common"),
    "city further off": ("far",),
    "far city": ("hulls", "lights", "towers"),
    "holograms": ("holograms",),
    "rain": ("rain", "splash"),
    "smoke": ("smoke", "drips", "flames"),
    "sky": ("sky",),
}


def in_turns(tasks: Mapping[str, Callable[[], None]], rounds: int) -> dict[str, list[float]]:
    """CPU ms (all threads) of each task, run one after the other, `rounds` times; a first round is thrown away."""
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for n in range(rounds + 1):
        for name, task in tasks.items():
            before = time.process_time()
            task()
            if n:
                spent[name].append((time.process_time() - before) * 1e3)
    return spent


class PassBench:
    """Draws a settled stage's passes one by one."""

    def __init__(self, app: Any, stage: Any, pose: Pose, conditions: Conditions) -> None:
        self._app, self._stage = app, stage
        self._outputs = stage.passes.outputs
        stage.show(pose, conditions, None)

    def frame(self) -> None:
        """The whole frame, read back: software draws nothing that nobody reads."""
        self._only(self._outputs)
        self._read("finish")

    def passes(self, rounds: int = 9) -> dict[str, float]:
        """ms of every pass that is drawn, and of the `frame`."""
        tasks: dict[str, Callable[[], None]] = {"frame": self.frame}
        targets = {name: found for name in PASSES if (found := self._targets(name))}
        for name, names in targets.items():
            tasks[f"without {name}"] = lambda names=names: self._draw((), names[-1])
            tasks[name] = lambda names=names: self._draw(names, names[-1])
        spent = in_turns(tasks, rounds)
        found = {name: _median_gain(spent[name], spent[f"without {name}"]) for name in targets}
        self._only(self._outputs)
        return found | {"frame": statistics.median(spent["frame"])}

    def parts(self, rounds: int = 7) -> dict[str, float]:
        """ms of every part of the scene that stands there."""
        tasks: dict[str, Callable[[], None]] = {}
        for name, nodes in PARTS.items():
            paths = [path for node in nodes for path in self._stage.root.findAllMatches(f"**/{node}")]
            if paths:
                tasks[name] = lambda: self._draw(("scene",), "scene")
                tasks[f"without {name}"] = lambda paths=paths: self._draw_without(paths)
        spent = in_turns(tasks, rounds)
        self._only(self._outputs)
        return {name: _median_gain(spent[name], spent[f"without {name}"]) for name in PARTS if name in spent}

    def _targets(self, first: str) -> tuple[str, ...]:
        return tuple(name for name in self._outputs if name.split(" ")[0] == first)

    def _only(self, names: Any) -> None:
        for name, out in self._outputs.items():
            out.setActive(name in names)

    def _draw(self, names: tuple[str, ...], read: str) -> None:
        self._only(names)
        self._read(read)

    def _draw_without(self, paths: list[Any]) -> None:
        with _stashed(paths):
            self._draw(("scene",), "scene")

    def _read(self, name: str) -> None:
        self._app.graphicsEngine.renderFrame()
        texture = self._outputs[name].getTexture(0)
        if not self._app.graphicsEngine.extractTextureData(texture, self._app.win.getGsg()):
            raise RuntimeError(f"the target {name} could not be read back")
        texture.clearRamImage()


def emitter_costs(stage: Any, bench: PassBench, pipe: Pipe, pose: Pose, rounds: int = 7) -> dict[str, float]:
    """The same frame under about a hundred emitters and about three thousand: their numbers, ms of the bake a chunk, ms of the frame."""
    places = stage.rings.wanted(*pose.position[:2])
    spaces = {(x + i, y + j): pipe.space(x + i, y + j) for x, y in places for i in (-1, 0, 1) for j in (-1, 0, 1)}
    total = sum(len(space.emitters.position) for space in spaces.values())
    found: dict[str, float] = {}
    fields_of: dict[str, list[Any]] = {}
    for name, wanted in (("few", FEW), ("many", MANY)):
        changed = {place: _with_share(space, wanted / total) for place, space in spaces.items()}
        found[f"{name}: emitters"] = sum(len(space.emitters.position) for space in changed.values())
        lights, spent = [], []
        for x, y in places:
            around = [changed[x + i, y + j] for j in (-1, 0, 1) for i in (-1, 0, 1) if i or j]
            before = time.thread_time()
            lights.append((bake_light(changed[x, y], around), changed[x, y].ground))
            spent.append((time.thread_time() - before) * 1e3)
        found[f"{name}: bake a chunk"] = statistics.median(spent)
        fields_of[name] = lights

    def lit(name: str) -> Callable[[], None]:
        def draw() -> None:
            for light, ground in fields_of[name]:
                stage.rings.write(light, ground)
            bench.frame()  # hands the field over
            before.append(time.process_time())
            bench.frame()
            spent_ms[name].append((time.process_time() - before[-1]) * 1e3)

        return draw

    before: list[float] = []
    spent_ms: dict[str, list[float]] = {name: [] for name in fields_of}
    in_turns({name: lit(name) for name in fields_of}, rounds)
    return found | {f"{name}: frame": statistics.median(ms) for name, ms in spent_ms.items()}


def _with_share(space: ChunkSpace, share: float) -> ChunkSpace:
    """The chunk with a share of its emitters; where it is above one, each stands several times, half a metre apart, as bright together."""
    emitters = space.emitters
    count = len(emitters.position)
    at = np.floor(np.arange(round(count * share)) / max(share, 1e-9)).astype(np.int64).clip(0, max(count - 1, 0))
    taken = {f.name: getattr(emitters, f.name)[at] for f in fields(Emitters)}
    if share > 1.0:
        copy = np.arange(len(at)) % max(1, round(share))
        taken["position"] = taken["position"] + np.stack([0.5 * copy, 0.0 * copy, 0.0 * copy], axis=1)
        taken["candela"] = taken["candela"] / share
    return replace(space, emitters=Emitters(**taken))


@contextmanager
def _stashed(paths: list[Any]) -> Any:
    for path in paths:
        path.stash()
    try:
        yield
    finally:
        for path in paths:
            path.unstash()


def _median_gain(with_it: list[float], without: list[float]) -> float:
    return statistics.median(a - b for a, b in zip(with_it, without, strict=True))
