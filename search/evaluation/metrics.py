"""Ranking metrics for one question, as trec_eval defines them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence


def hit_at(ranking: Sequence[str], right: Collection[str], k: int) -> float:
    """1 if one of the first `k` is right, else 0."""
    return float(any(each in right for each in ranking[:k]))


def reciprocal_rank_at(ranking: Sequence[str], right: Collection[str], k: int) -> float:
    """``1 / rank`` of the first right one among the first `k`, else 0."""
    ranks = (rank for rank, each in enumerate(ranking[:k], start=1) if each in right)
    return next((1 / rank for rank in ranks), 0.0)


def recall_at(ranking: Sequence[str], right: Collection[str], k: int) -> float:
    """Share of the right ones that stand among the first `k`."""
    return sum(each in right for each in ranking[:k]) / len(right)


def ndcg_at(ranking: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Normalised discounted cumulative gain.

    Gain ``2**grade - 1`` and discount ``log2(1 + rank)``: Burges et al., ICML 2005, after
    Järvelin and Kekäläinen, 2002.
    """

    def gain(ordered: Sequence[int]) -> float:
        return sum(
            (2.0**grade - 1) / math.log2(1 + rank)
            for rank, grade in enumerate(ordered[:k], start=1)
        )

    ideal = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(each, 0) for each in ranking]) / ideal if ideal else 0.0
