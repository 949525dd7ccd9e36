"""What a frame and a chunk cost on this machine: `ashes bench`.

In: a recipe, a quality.  Out: `Figure`s, printed as a table. Costs are CPU time, which a busy machine disturbs least; a picture of
16 × 16 pixels leaves next to nothing to rasterise, so that what remains is ours and the engine's own. Nothing is asserted.
"""

from __future__ import annotations

import gc
import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from world.bench_audio import audio_rows
from world.bench_passes import SIZE, PassBench
from world.bench_sim import COUNTS, flood_ms, patrol_ms
from world.conditions import conditions_at
from world.mesh.kits.things import warm
from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Recipe
from world.space.chunk_space import CHUNK_M

SMALL = (16, 16)
_FRAMES = 40
_BLOCK = (6, 5)  # chunks
_BUILT = ("plan", "space", "mesh", "near", "furniture")  # what a chunk is built of before it is lit
_CROSSED = 10
_STRIDE_M = 1.0


@dataclass(frozen=True)
class Figure:
    """One line of the table: a value, or several."""

    name: str
    values: tuple[float, ...]
    unit: str

    def line(self) -> str:
        return f"{self.name:<52} {'  '.join(f'{value:9.2f}' for value in self.values):>31}  {self.unit}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as aligned lines."""
    return "\n".join(figure.line() for figure in figures)


def measure(recipe: Recipe, quality: str = "medium", say: Callable[[str], None] = lambda line: None) -> list[Figure]:
    """All figures; boots an app of its own, so it is called once a process. `say` is told what is being measured."""
    say("start-up")
    began = time.perf_counter()
    from world.stage.boot import boot

    app = boot(SMALL, window=False)
    from world.stage.stage import Stage

    pipe = Pipe(recipe)
    pose = pipe.start()
    stage = Stage(app, pipe, size=SMALL, quality=quality)
    stage.stream(pose)
    _frame(app, stage, pose, recipe, 0)
    first_s = time.perf_counter() - began
    say("the street round the start")
    stage.settle(pose)
    settled_s = time.perf_counter() - began
    figures = [Figure("start-up: first frame / whole street", (first_s, settled_s), "s (wall)")]
    say("frames")
    figures += frame_figures(app, stage, pose, recipe)
    say("streaming")
    figures.append(_streaming(app, stage, pose, recipe))
    stage.close()
    say("passes")
    figures += pass_figures(app, pipe, pose, quality)
    say("patrols")
    figures += [
        Figure(f"a tick among {count} robots: the patrol, all of it", patrol_ms(pipe, count), "ms (median)") for count in COUNTS
    ]
    figures.append(Figure("a flood of sound, read at 24 places", (flood_ms(pipe),), "ms (median)"))
    say("sound")
    figures += [Figure(*row) for row in audio_rows(recipe)]
    say("chunks")
    figures += _chunk_figures(recipe, pose)
    figures.append(Figure("resident memory, peak", (_peak_mb(),), "MB"))
    return figures


def frame_figures(app: Any, stage: Any, pose: Pose, recipe: Recipe) -> list[Figure]:
    """CPU of a settled frame, and what is drawn in it."""
    for n in range(4):
        _frame(app, stage, pose, recipe, n)
    process, main = [], []
    for n in range(_FRAMES):
        a, b = time.process_time(), time.thread_time()
        _frame(app, stage, pose, recipe, n)
        process.append((time.process_time() - a) * 1e3)
        main.append((time.thread_time() - b) * 1e3)
    figures = [
        Figure("frame, 16x16: main thread, median / p95", (statistics.median(main), _p95(main)), "ms CPU"),
        Figure("frame, 16x16: all threads, median / p95", (statistics.median(process), _p95(process)), "ms CPU"),
    ]
    for name, camera in (("main", stage.passes.scene_camera), ("mirror", stage.passes.mirror_camera)):
        draws, triangles = drawn(stage.root, camera)
        figures.append(Figure(f"{name} view: draw calls / triangles", (draws, triangles), ""))
    return figures


def pass_figures(app: Any, pipe: Pipe, pose: Pose, quality: str) -> list[Figure]:
    """Every pass of a 960 × 540 frame, and the parts of the scene."""
    from world.stage.stage import Stage

    stage = Stage(app, pipe, size=SIZE, quality=quality)
    stage.settle(pose)
    bench = PassBench(app, stage, pose, conditions_at(pipe.recipe, 10.0))
    passes, parts = bench.passes(), bench.parts()
    stage.close()
    frame = passes.pop("frame")
    figures = [Figure(f"960x540: {name} pass, and its share", (ms, 100.0 * ms / frame), "ms CPU, %") for name, ms in passes.items()]
    figures += [Figure(f"960x540: of the scene, {name}", (ms,), "ms CPU") for name, ms in parts.items()]
    return [*figures, Figure("960x540: the whole frame, all threads", (frame,), "ms CPU")]


def drawn(root: Any, camera: Any) -> tuple[int, int]:
    """(draw calls, triangles) of a scene as a camera's mask and frustum leave it."""
    mask, frustum = camera.node().getCameraMask(), camera.node().getLens().makeBounds()
    draws = triangles = 0
    for path in root.findAllMatches("**/+GeomNode"):
        if any(step.isHidden(mask) for step in path.getAncestors()) or path.isStashed():
            continue
        bounds = path.node().getInternalBounds().makeCopy()
        bounds.xform(path.getMat(camera))
        if frustum.contains(bounds) == 0:
            continue
        for geom in path.node().getGeoms():
            draws += 1
            triangles += sum(p.getNumFaces() for p in geom.getPrimitives())
    return draws, triangles


def _frame(app: Any, stage: Any, pose: Pose, recipe: Recipe, n: int) -> None:
    stage.show(pose, conditions_at(recipe, n / 60.0), None)
    app.graphicsEngine.renderFrame()
    stage.picture()  # software renderers draw nothing that nobody reads


def _streaming(app: Any, stage: Any, pose: Pose, recipe: Recipe) -> Figure:
    """The main thread's share of streaming, frame by frame, over ten chunks; it waits where the next chunk is not there yet."""
    spent, gone = [], 0.0
    x, y, z = pose.position
    forward = pose.axes()[1]
    while gone < _CROSSED * CHUNK_M:
        here = replace(pose, position=(x + gone * forward[0], y + gone * forward[1], z))
        before = time.thread_time()
        stage.stream(here)
        spent.append((time.thread_time() - before) * 1e3)
        _frame(app, stage, here, recipe, len(spent))
        if _chunk_of(here) in stage.chunks.standing:
            gone += _STRIDE_M
        else:
            time.sleep(1 / 60)
    return Figure("streaming over ten chunks: median / p95 / worst", (statistics.median(spent), _p95(spent), max(spent)), "ms CPU a frame")


def _chunk_figures(recipe: Recipe, pose: Pose) -> list[Figure]:
    """What each stage of the pipe takes for a chunk of a block whose neighbours are known, as when walking on."""
    for _ in warm():  # shapes that all chunks share
        pass
    gc.collect()
    gc.freeze()  # as the walk does: else a full collection lands in some chunk
    pipe = Pipe(recipe)
    cx, cy = _chunk_of(pose)
    cx += 40  # streets that nobody has asked for yet: plans remember their neighbours'
    wide, deep = _BLOCK
    block = [(cx + i, cy + j) for j in range(deep) for i in range(wide)]
    spent: dict[str, list[float]] = {name: [] for name in (*_BUILT, "their sum", "light")}

    def timed(name: str, place: tuple[int, int]) -> float:
        before = time.thread_time()
        getattr(pipe, name)(*place)
        spent[name].append((time.thread_time() - before) * 1e3)
        return spent[name][-1]

    for place in block:
        spent["their sum"].append(sum(timed(name, place) for name in _BUILT))
    for j in range(-1, deep + 1):
        for i in range(-1, wide + 1):
            pipe.space(cx + i, cy + j)  # the light's neighbours, so that it is timed by itself
    for place in block:
        timed("light", place)
    return [Figure(f"chunk: {name}, median / p95", (statistics.median(ms), _p95(ms)), "ms CPU") for name, ms in spent.items()]


def _chunk_of(pose: Pose) -> tuple[int, int]:
    return math.floor(pose.position[0] / CHUNK_M), math.floor(pose.position[1] / CHUNK_M)


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def _peak_mb() -> float:
    if sys.platform == "win32":
        return math.nan
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024.0 * 1024.0 if sys.platform == "darwin" else 1024.0)
