"""Related articles (大家还在看): the nearest other articles, found once at indexing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.article import Passage, group_of
from indexer.store.articles import RelatedRow

RELATED = 10
_BLOCK_ROWS = 1024


def article_vectors(
    vectors: NDArray[np.float32], passages: Sequence[Passage], articles: int
) -> NDArray[np.float32]:
    """A vector for each article: its title's plus the mean of its body's.

    Other wordings of the title count for neither: there are more of them for one article
    than for another, and they say how it is asked for, not what it tells.

    Args:
        vectors: ``(n, dim) float32, L2-normalised``, one a passage.
        passages: in row order.
        articles: how many articles there are.

    Returns:
        ``(articles, dim) float32, L2-normalised``; zero where no word was known.
    """
    rows = np.array([passage.article_row for passage in passages], dtype=np.int64)
    groups = np.array([group_of(passage.kind) for passage in passages])
    titles, body = groups == "title", groups == "body"
    bodies = np.zeros((articles, vectors.shape[1]), dtype=np.float32)
    np.add.at(bodies, rows[body], vectors[body])
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
            related.append([_row(row, similarities) for row in _best(similarities, k)])
    return related


def _best(similarities: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The `k` greatest, the greatest first, ties by row; never the row itself."""
    k = min(k, len(similarities) - 1)
    if k <= 0:
        return np.zeros(0, dtype=np.int64)
    least = np.partition(similarities, -k)[-k]
    found = np.flatnonzero(similarities >= least)
    ordered: NDArray[np.int64] = found[np.argsort(-similarities[found], kind="stable")][:k]
    return ordered


def _row(row: np.int64, similarities: NDArray[np.float32]) -> RelatedRow:
    return RelatedRow(int(row), float(np.clip(similarities[row], 0, 1)))


def _normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: NDArray[np.float32] = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return result
