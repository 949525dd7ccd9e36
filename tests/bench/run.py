"""The whole benchmark: `python tests/bench/run.py [SEED]`.

In: a seed.  Out: what `ashes bench` prints, and beside it the same chunk drawn by us, as an Ursina Entity for each object, and by
panda3d-simplepbr with 8 lights, each in a process of its own. Wall time is never asserted; compare ratios of one run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from world.bench import measure, table
from world.recipe import Recipe, with_settings


def peer(name: str, size: str, seed: str) -> dict[str, float]:
    """The figures of one peer, from its own process."""
    command = [sys.executable, str(Path(__file__).with_name("peers.py")), name, size, seed]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise SystemExit(f"{name} {size} failed:\n{done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def main() -> None:
    seed = sys.argv[1] if len(sys.argv) > 1 else "20825"
    print(table(measure(with_settings(Recipe(), [], seed), say=lambda line: print(f"… {line}", file=sys.stderr))))
    print(f"\n{'one chunk, the same triangles':<28} {'objects':>9} {'triangles':>10} {'build ms':>10} {'16x16 ms':>10} {'960x540 ms':>11}")
    rows = {}
    for name in ("ours", "entities", "simplepbr"):
        small, large = peer(name, "small", seed), peer(name, "large", seed)
        rows[name] = (small["build_ms"], small["frame_ms"], large["frame_ms"])
        cells = f"{small['objects']:>9.0f} {small['triangles']:>10.0f}"
        print(f"{name:<28} {cells} {rows[name][0]:>10.1f} {rows[name][1]:>10.2f} {rows[name][2]:>11.1f}")
    for name in ("entities", "simplepbr"):
        ratios = [theirs / ours for theirs, ours in zip(rows[name], rows["ours"], strict=True)]
        print(f"{name + ' / ours':<28} {'':>20} {ratios[0]:>9.1f}x {ratios[1]:>9.2f}x {ratios[2]:>10.2f}x")


if __name__ == "__main__":
    main()
