"""A chunk is a pure function of recipe and place: not of the order, the process, the hash seed, or what was built before."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import city_bytes
import pytest

from world.pipe import Pipe
from world.recipe import Recipe

WORLD = Path(__file__).resolve().parents[3] / "world"
CHUNKS = ["0,0", "-1,-4", "468,-470"]
SEED = Recipe().world.seed
PURE = [WORLD / room for room in ("recipe", "fields", "conditions", "plan", "space", "light", "mesh", "sim")]
SOURCES = [WORLD / "pipe.py", WORLD / "pose.py", *(path for room in PURE for path in sorted(room.rglob("*.py")))]
_CHANCE = {"random", "time", "datetime", "secrets", "uuid"}


def _start(hash_seed: str, seed: int, chunks: list[str]) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(WORLD.parent)}
    command = [sys.executable, city_bytes.__file__, str(seed), *chunks]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _lines(run: subprocess.Popen[str]) -> dict[str, str]:
    out, err = run.communicate(timeout=200)
    assert run.returncode == 0, err
    return dict(line.split() for line in out.splitlines())


def test_the_same_bytes_in_any_order_in_any_process_and_another_street_of_another_seed() -> None:
    shuffled = [CHUNKS[2], "7,7", CHUNKS[0], CHUNKS[1]]  # another one first and one more between
    runs = [_start(hash_seed, SEED, chunks) for hash_seed, chunks in (("1", CHUNKS), ("2", shuffled))]
    here = Pipe(Recipe())
    digests = {chunk: city_bytes.digest(here, *map(int, chunk.split(","))) for chunk in CHUNKS[:2]}
    first, second = map(_lines, runs)
    assert set(first) == set(CHUNKS) and len(set(first.values())) == len(CHUNKS)
    assert {chunk: second[chunk] for chunk in CHUNKS} == first
    assert {chunk: first[chunk] for chunk in digests} == digests
    another = Pipe(Recipe.model_validate({"world": {"seed": SEED + 1}})).plan(0, 0)
    street = here.plan(0, 0)
    kerbs = [{block.kerb for block in plan.blocks} for plan in (another, street)]
    assert kerbs[0] and not kerbs[0] & kerbs[1] and not set(another.buildings) & set(street.buildings)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(WORLD)))
def test_nothing_is_left_to_chance_or_to_the_clock(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & _CHANCE, ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] not in _CHANCE, ast.unparse(node)
            assert "random" not in {alias.name for alias in node.names}, ast.unparse(node)
        elif isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in ("np.random", "numpy.random", "os.urandom"), f"line {node.lineno}"
    keys = {call for part in ast.walk(tree) if isinstance(part, ast.FunctionDef) and part.name == "__hash__" for call in ast.walk(part)}
    for node in ast.walk(tree):  # hash() of text differs from process to process; a dictionary's key may use it
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "hash" or node in keys, f"line {node.lineno}"
