"""Reciprocal rank fusion.

Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and
individual rank learning methods", SIGIR 2009.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

K = 60

Key = TypeVar("Key", bound=Hashable)


def reciprocal_rank_fusion(rankings: Sequence[Mapping[Key, float]], k: int = K) -> dict[Key, float]:
    """Fuse rankings: each gives ``1 / (k + rank)``, divided by the best possible sum.

    Args:
        rankings: scores by id; only their order counts, ties share the better rank.
        k: damps the difference between the first ranks.

    Returns:
        Scores in 0…1; 1 for what every ranking has first.
    """
    fused: dict[Key, float] = {}
    for ranking in rankings:
        for key, rank in ranks(ranking).items():
            fused[key] = fused.get(key, 0.0) + 1 / (k + rank)
    best = len(rankings) / (k + 1)
    return {key: score / best for key, score in fused.items()}


def ranks(ranking: Mapping[Key, float]) -> dict[Key, int]:
    """Ranks from 1 by score, the highest first; ties share the better rank."""
    ordered = sorted(ranking, key=lambda key: -ranking[key])
    places: dict[Key, int] = {}
    for place, key in enumerate(ordered, start=1):
        before = ordered[place - 2] if place > 1 else None
        tied = before is not None and ranking[before] == ranking[key]
        places[key] = places[before] if tied and before is not None else place
    return places
