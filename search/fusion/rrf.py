"""Reciprocal rank fusion.

Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and
individual rank learning methods", SIGIR 2009.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

K = 60


def reciprocal_rank_fusion(rankings: Sequence[Mapping[str, float]], k: int = K) -> dict[str, float]:
    """Fuse rankings: each gives ``1 / (k + rank)``, divided by the best possible sum.

    Args:
        rankings: scores by id; only their order counts, ties share the better rank.
        k: damps the difference between the first ranks.

    Returns:
        Scores in 0…1; 1 for what every ranking has first.
    """
    fused: dict[str, float] = {}
    for ranking in rankings:
        for key, rank in ranks(ranking).items():
            fused[key] = fused.get(key, 0.0) + 1 / (k + rank)
    best = len(rankings) / (k + 1)
    return {key: score / best for key, score in fused.items()}


def ranks(ranking: Mapping[str, float]) -> dict[str, int]:
    """Ranks from 1 by score, the highest first; ties share the better rank."""
    ordered = sorted(ranking, key=lambda key: -ranking[key])
    places: dict[str, int] = {}
    for place, key in enumerate(ordered, start=1):
        before = ordered[place - 2] if place > 1 else None
        tied = before is not None and ranking[before] == ranking[key]
        places[key] = places[before] if tied and before is not None else place
    return places
