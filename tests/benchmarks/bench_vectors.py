"""From how many passages on the graph beats exact search (`GRAPH_FROM_ROWS`).

Run with `make bench`. Random vectors are the worst case for a graph; the recall against
exact search is printed beside the times.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pytest_benchmark.fixture import BenchmarkFixture

from indexer.store import vectors
from indexer.store.vectors import VectorIndex, write_vectors

DIMENSION = 256
CANDIDATES = 100


@cache
def clustered(rows: int) -> NDArray[np.float32]:
    """Vectors around a tenth as many centres, as questions lie around topics."""
    random = np.random.default_rng(7)
    centres = random.standard_normal((max(1, rows // 10), DIMENSION), dtype=np.float32)
    points = centres[random.integers(len(centres), size=rows)]
    points = points + 0.7 * random.standard_normal((rows, DIMENSION), dtype=np.float32)
    result: NDArray[np.float32] = points / np.linalg.norm(points, axis=1, keepdims=True)
    return result


@pytest.mark.parametrize("kind", ["exact", "graph"])
@pytest.mark.parametrize("rows", [20_000, 50_000, 100_000, 200_000])
def bench_nearest(
    benchmark: BenchmarkFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: int,
    kind: str,
) -> None:
    """The hundred nearest of so many vectors."""
    monkeypatch.setattr(vectors, "GRAPH_FROM_ROWS", 0 if kind == "graph" else rows + 1)
    points = clustered(rows)
    write_vectors(points, tmp_path / "vectors")
    index = VectorIndex.open(tmp_path / "vectors")
    queries = points[:: rows // 200] + 0.02
    found = [set(index.nearest(query, CANDIDATES)[0].tolist()) for query in queries[:50]]
    exact = [set(np.argsort(-(points @ query))[:CANDIDATES].tolist()) for query in queries[:50]]
    shared = sum(len(a & b) for a, b in zip(found, exact, strict=True))
    benchmark.group = f"nearest of {rows:,}"
    benchmark.extra_info["recall"] = shared / (50 * CANDIDATES)
    turn = iter(range(10**9))
    benchmark.pedantic(
        lambda: index.nearest(queries[next(turn) % len(queries)], CANDIDATES),
        rounds=100,
        warmup_rounds=5,
    )
