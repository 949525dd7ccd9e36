"""A thousand chunks over all presets and twenty seeds: the same bytes in two processes and orders, and sound."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import thousand

ROOT = Path(__file__).resolve().parents[2]


def _run(count: int, order: str, hash_seed: str) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    return subprocess.Popen([sys.executable, thousand.__file__, str(count), order], env=env, stdout=subprocess.PIPE, text=True)


def _lines(run: subprocess.Popen[str]) -> dict[int, tuple[str, str]]:
    out, _ = run.communicate()
    assert run.returncode == 0
    found = {}
    for line in out.splitlines():
        number, digest, wrong = line.split(" ", 2)
        found[int(number)] = digest, wrong
    return found


def _examine(count: int) -> None:
    forwards, backwards = map(_lines, [_run(count, "forwards", "1"), _run(count, "backwards", "2")])
    assert len(forwards) == count and forwards == backwards
    chunks = thousand.sample(count)
    wrong = [(chunks[k], fault) for k, (_, fault) in sorted(forwards.items()) if fault != "-"]
    assert not wrong, wrong[:20]
    assert len({digest for digest, _ in forwards.values()}) > 0.99 * count


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_thousand_chunks() -> None:
    _examine(1000)


def test_two_dozen_chunks() -> None:
    _examine(24)
