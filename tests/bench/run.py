"""The whole benchmark: `python tests/bench/run.py [SEED] [PLACE …]`.

In: a seed, places by name (`avenue` and `shopping` if none is given).  Out: what `ashes bench` prints, and beside it: a chunk and whole
views drawn by us, as Ursina Entities, and by panda3d-simplepbr with 8 lights; our frame pass by pass; our frame under few and many
emitters. Each in processes of its own. Wall time is never asserted; compare ratios of one run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from world.bench import measure, table
from world.recipe import Recipe, with_settings


def child(script: str, *arguments: str) -> dict[str, Any]:
    """The figures of one measurement, from its own process."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise SystemExit(f"{script} {' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def main() -> None:
    seed, *places = sys.argv[1:] or ["20825"]
    print(table(measure(with_settings(Recipe(), [], seed), say=lambda line: print(f"… {line}", file=sys.stderr))))
    _chunk(seed)
    for place in places or ["avenue", "shopping"]:
        _view(place)
    _light((places or ["avenue"])[0])


def _chunk(seed: str) -> None:
    print(f"\n{'one chunk, the same triangles':<28} {'objects':>9} {'triangles':>10} {'build ms':>10} {'16x16 ms':>10} {'960x540 ms':>11}")
    rows = {}
    for name in ("ours", "entities", "simplepbr"):
        small, large = child("peers.py", name, "small", seed), child("peers.py", name, "large", seed)
        rows[name] = (small["build_ms"], small["frame_ms"], large["frame_ms"])
        cells = f"{small['objects']:>9.0f} {small['triangles']:>10.0f}"
        print(f"{name:<28} {cells} {rows[name][0]:>10.1f} {rows[name][1]:>10.2f} {rows[name][2]:>11.1f}")
    for name in ("entities", "simplepbr"):
        ratios = [theirs / ours for theirs, ours in zip(rows[name], rows["ours"], strict=True)]
        print(f"{name + ' / ours':<28} {'':>20} {ratios[0]:>9.1f}x {ratios[1]:>9.2f}x {ratios[2]:>10.2f}x")


def _view(place: str) -> None:
    found = child("view.py", place, "pbr")
    entities = child("view.py", place, "entities")["entities"]
    frame = found["passes"].pop("frame")
    print(f"\n{place}, 960x540, medium: {found['triangles']} triangles in {found['nodes']} nodes in view   ms CPU, all threads")
    for name, ms in found["passes"].items():
        print(f"  {name:<26} {ms:>8.1f}   {100 * ms / frame:>5.1f} % of the frame")
        for part, part_ms in found["parts"].items() if name == "scene" else ():
            print(f"    {part:<24} {part_ms:>8.1f}")
    print(f"  {'the whole frame':<26} {frame:>8.1f}")
    print(f"  {'in turns: ours':<26} {found['ours']:>8.1f}")
    print(f"  {'simplepbr, 8 lights':<26} {found['simplepbr']:>8.1f}   ours / theirs {found['ours / simplepbr']:.2f}")
    print(f"  {'Ursina Entities, unlit':<26} {entities:>8.1f}   (a process of its own) ours / theirs {found['ours'] / entities:.2f}")


def _light(place: str) -> None:
    found = child("view.py", place, "light")
    print(f"\n{place}: {'emitters':>14} {'bake ms a chunk':>16} {'frame ms':>9}")
    for name in ("few", "many"):
        emitters, bake, frame = (found[f"{name}: {what}"] for what in ("emitters", "bake a chunk", "frame"))
        print(f"{'':<{len(place) + 1}} {emitters:>14.0f} {bake:>16.1f} {frame:>9.1f}")


if __name__ == "__main__":
    main()
