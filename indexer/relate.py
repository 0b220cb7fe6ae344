"""Related articles (大家还在看): the nearest other articles, found once at indexing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.article import Passage
from indexer.store.articles import RelatedRow

RELATED = 10
_BLOCK_ROWS = 1024


def article_vectors(
    vectors: NDArray[np.float32], passages: Sequence[Passage], articles: int
) -> NDArray[np.float32]:
    """A vector for each article: its title's plus the mean of its other passages'.

    Args:
        vectors: ``(n, dim) float32, L2-normalised``, one a passage.
        passages: in row order.
        articles: how many articles there are.

    Returns:
        ``(articles, dim) float32, L2-normalised``; zero where no word was known.
    """
    rows = np.array([passage.article_row for passage in passages], dtype=np.int64)
    titles = np.array([passage.kind == "title" for passage in passages])
    bodies = np.zeros((articles, vectors.shape[1]), dtype=np.float32)
    np.add.at(bodies, rows[~titles], vectors[~titles])
    result = _normalised(bodies)
    np.add.at(result, rows[titles], vectors[titles])
    return _normalised(result)


def relate(vectors: NDArray[np.float32], k: int = RELATED) -> list[list[RelatedRow]]:
    """The `k` nearest other rows of each row by cosine, the nearest first, ties by row.

    Args:
        vectors: ``(n, dim) float32, L2-normalised``.
        k: how many at most.
    """
    related = []
    for start in range(0, len(vectors), _BLOCK_ROWS):
        block = vectors[start : start + _BLOCK_ROWS] @ vectors.T
        for offset, similarities in enumerate(block):
            similarities[start + offset] = -np.inf
            best = np.argsort(-similarities, kind="stable")[: min(k, len(vectors) - 1)]
            related.append([_row(row, similarities) for row in best])
    return related


def _row(row: np.int64, similarities: NDArray[np.float32]) -> RelatedRow:
    return RelatedRow(int(row), float(np.clip(similarities[row], 0, 1)))


def _normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: NDArray[np.float32] = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return result
