"""Groups of questions that pairs judged the same tie together.

Two questions may never have been judged as a pair and still mean the same, because
both match a third. In a batch such a pair must not serve as a negative of the other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def clusters_of(n_texts: int, positives: NDArray[np.int64]) -> NDArray[np.int64]:
    """Connected components of the graph whose edges are positive pairs (union-find).

    Roots are joined by index and paths halved (Tarjan and van Leeuwen, "Worst-case
    analysis of set union algorithms", 1984).

    Args:
        n_texts: how many texts there are.
        positives: ``(n, 2)`` int64, the texts of each pair judged the same.

    Returns:
        ``(n_texts,)`` int64, the smallest text of each text's cluster.
    """
    parents = list(range(n_texts))

    def root(text: int) -> int:
        while parents[text] != text:
            parents[text] = parents[parents[text]]
            text = parents[text]
        return text

    for first, second in positives.tolist():
        a, b = root(first), root(second)
        parents[max(a, b)] = min(a, b)
    return np.array([root(text) for text in range(n_texts)], dtype=np.int64)
