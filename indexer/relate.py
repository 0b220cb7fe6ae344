"""Related articles (大家还在看): near and different ones, found once at indexing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.article import Passage, group_of
from indexer.diversity import maximal_marginal_relevance
from indexer.near_duplicates import Cluster
from indexer.reasons import Reasons
from indexer.store.article_tables import RelatedRow

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]

RELATED = 10
NEIGHBOURS = 50
_BLOCK_ROWS = 1024
# Lambda of maximal marginal relevance, chosen by reading lists of the bundled corpus: with 0.7
# odd articles came up for being odd, with 0.9 the lists were those of the nearest alone.
_BALANCE = 0.8
# What having a reason is worth, in cosine.
_REASON_WORTH = 0.08


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


def relate(
    vectors: Vectors, clusters: Iterable[Cluster], reasons: Reasons, k: int = RELATED
) -> list[list[RelatedRow]]:
    """At most `k` other articles for each: near it, and different from one another.

    Of the `NEIGHBOURS` nearest by cosine the ones of maximal marginal relevance, where an
    article that a reason can be given for is worth a little more. What says the same as the
    article is no candidate, and of a cluster of near-duplicates only the one to keep is.

    Args:
        vectors: ``(n, dim) float32, L2-normalised``, one an article.
        clusters: near-duplicates among the articles.
        reasons: why one is listed beside another one.
        k: how many at most.
    """
    kept = {row: cluster.kept for cluster in clusters for row in cluster.rows}
    copies = [row for row, keep in kept.items() if row != keep]
    related = []
    for start in range(0, len(vectors), _BLOCK_ROWS):
        block = vectors[start : start + _BLOCK_ROWS] @ vectors.T
        block[:, copies] = -np.inf
        for row, similarities in enumerate(block, start):
            similarities[[row, kept.get(row, row)]] = -np.inf
            near = _best(similarities, NEIGHBOURS)
            related.append(_choose(row, near, similarities[near], vectors[near], reasons, k))
    return related


def _choose(
    row: int, near: Rows, cosines: Vectors, vectors: Vectors, reasons: Reasons, k: int
) -> list[RelatedRow]:
    why = [
        reasons.reason(row, int(other), float(cosine))
        for other, cosine in zip(near, cosines, strict=True)
    ]
    worth = cosines + np.array([_REASON_WORTH * (each != "related") for each in why], np.float32)
    chosen = maximal_marginal_relevance(worth, vectors @ vectors.T, k, _BALANCE)
    return [RelatedRow(int(near[at]), float(np.clip(cosines[at], 0, 1)), why[at]) for at in chosen]


def _best(similarities: Vectors, k: int) -> Rows:
    """The `k` greatest, the greatest first, ties by row, without those that are ruled out."""
    k = min(k, int(np.count_nonzero(similarities > -np.inf)))
    if k <= 0:
        return np.zeros(0, dtype=np.int64)
    least = np.partition(similarities, -k)[-k]
    found = np.flatnonzero(similarities >= least)
    ordered: Rows = found[np.argsort(-similarities[found], kind="stable")][:k]
    return ordered


def _normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: NDArray[np.float32] = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return result
