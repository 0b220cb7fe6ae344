"""Vectors in FAISS: exact below a size, a graph beyond, the same to whoever asks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.encoders.protocol import Encoder
from indexer.store import vectors
from indexer.store.vectors import VectorIndex, write_vectors
from search.retrieval.dense import DenseRetriever


def points(rows: int) -> vectors.Vectors:
    """Vectors of length 1 in all directions."""
    found = np.random.default_rng(3).standard_normal((rows, 8)).astype(np.float32)
    unit: vectors.Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


@pytest.fixture(params=["exact", "graph"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where vectors are written as one kind of index."""
    monkeypatch.setattr(vectors, "GRAPH_FROM_ROWS", 0 if request.param == "graph" else 10**9)
    return tmp_path


def opened(folder: Path, rows: int) -> VectorIndex:
    write_vectors(points(rows), folder / "vectors")
    return VectorIndex.open(folder / "vectors")


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_the_nearest_come_first_and_no_more_than_there_are(folder: Path, rows: int) -> None:
    query = points(50)[-1]
    found, cosines = opened(folder, rows).nearest(query, 5)
    expected = points(rows) @ query
    assert found.tolist() == np.argsort(-expected)[:5].tolist()
    np.testing.assert_allclose(cosines, np.sort(expected)[::-1][:5], atol=1e-6)


def test_any_passages_are_compared_with_several_texts(folder: Path) -> None:
    index, queries = opened(folder, 40), points(50)[-3:]
    rows = np.array([7, 0, 39])
    expected = queries @ points(40)[rows].T
    np.testing.assert_allclose(index.compare(queries, rows), expected, atol=1e-6)
    np.testing.assert_allclose(index.similarities(queries[0], rows), expected[0], atol=1e-6)
    nothing = np.zeros(0, dtype=np.int64)
    assert index.compare(queries, nothing).shape == (3, 0)
    assert index.similarities(queries[0], nothing).shape == (0,)


def test_a_retriever_gives_the_nearest_and_those_found_already(
    folder: Path, encoder: Encoder
) -> None:
    query = points(50)[-1]
    cosines = points(40) @ query
    dense = DenseRetriever(encoder, opened(folder, 40), depth=2)
    order = np.argsort(-cosines)
    also = order[9]
    assert cosines[also] > 0
    for among, expected in (([], order[:2]), ([order[0], also, order[-1]], [*order[:2], also])):
        found = dense.retrieve(query, np.array(among, dtype=np.int64)).by_row()
        assert set(found) == {int(row) for row in expected}, "none below zero"
        assert all(score == pytest.approx(cosines[row]) for row, score in found.items())
    assert dense.cosines(query, []) == []
