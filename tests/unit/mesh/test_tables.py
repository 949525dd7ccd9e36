"""Runs end to end, tables and their parts, measures by components."""

from __future__ import annotations

import numpy as np
import pytest

from world.mesh.runs import counted, spread
from world.mesh.table import Table
from world.mesh.vertex import VERTEX, cross3, dot3, joined, unit3, write


def test_runs_are_counted_and_spread_as_linspace_does() -> None:
    of, k = counted(np.array([2, 0, 3]))
    assert of.tolist() == [0, 0, 2, 2, 2] and k.tolist() == [0, 1, 0, 1, 2]
    low, high, count = np.array([0.1, -3.0]), np.array([7.3, 4.4]), np.array([5, 12])
    at, of, _ = spread(low, high, count)
    assert np.array_equal(at, np.concatenate([np.linspace(a, b, n) for a, b, n in zip(low, high, count, strict=True)]))
    assert of.tolist() == [0] * 5 + [1] * 12


def test_a_part_of_a_table_has_the_chosen_rows_of_every_column() -> None:
    table = Table({"a": np.arange(4), "b": np.arange(8).reshape(4, 2)})
    part = table.where(np.array([True, False, True, True])).where(np.array([2, 0]))
    assert len(part) == 2 and part.a.tolist() == [3, 0] and part.b.tolist() == [[6, 7], [0, 1]]
    with pytest.raises(AttributeError):
        _ = part.c


def test_vectors_by_components_are_numpys() -> None:
    a, b = np.random.default_rng(3).normal(size=(2, 5, 4, 3))
    assert np.allclose(cross3(a, b), np.cross(a, b)) and np.allclose(dot3(a, b), (a * b).sum(-1))
    assert np.allclose(np.linalg.norm(unit3(a), axis=-1), 1.0) and not unit3(np.zeros((1, 3))).any()
    made = np.zeros((5, 4), VERTEX)
    write(made["position"], a)
    assert np.array_equal(made["position"], a.astype(np.float32))
    assert np.array_equal(joined([made.reshape(-1)[:3], made.reshape(-1)[3:]]), made.reshape(-1))
