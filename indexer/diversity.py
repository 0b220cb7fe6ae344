"""A few of many that are near and say different things."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def maximal_marginal_relevance(
    relevance: Floats, similarities: Floats, k: int, balance: float
) -> list[int]:
    """Positions of at most `k`, each the best one left beside those already chosen.

    Carbonell and Goldstein, The use of MMR, diversity-based reranking for reordering
    documents and producing summaries (SIGIR 1998): chosen is the greatest of
    ``balance * relevance - (1 - balance) * (greatest similarity to one chosen)``, the first
    one among equals.

    Args:
        relevance: ``(n,)`` of each.
        similarities: ``(n, n)`` of each two.
        k: how many.
        balance: lambda, in 0…1; 1 is relevance alone.
    """
    chosen: list[int] = []
    nearest = np.zeros(len(relevance), dtype=np.float32)
    left = np.ones(len(relevance), dtype=bool)
    for _ in range(min(k, len(relevance))):
        marginal = np.where(left, balance * relevance - (1 - balance) * nearest, -np.inf)
        best = int(np.argmax(marginal))
        chosen.append(best)
        left[best] = False
        nearest = np.maximum(nearest, similarities[best])
    return chosen
