"""Hits that say the same, folded into the best of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.ranking import RankedArticle
from search.response import Duplicate


@dataclass(frozen=True, slots=True)
class Folded:
    """Articles in order, each of a cluster of its own or of none.

    Attributes:
        hits: the best article of each cluster, at its place.
        copies: what was folded into a hit, in order, by the row of the hit's article.
    """

    hits: Sequence[RankedArticle]
    copies: Mapping[int, Sequence[RankedArticle]]

    def duplicates(self, hit: RankedArticle) -> tuple[Duplicate, ...]:
        """What was folded into one of the hits."""
        copies = self.copies.get(hit.card.row, ())
        return tuple(Duplicate(each.card.id, each.card.title) for each in copies)


def fold(ranked: Iterable[RankedArticle], kept: Mapping[int, int]) -> Folded:
    """Fold articles of one cluster into the one that comes first.

    Args:
        ranked: articles in order, those alone that filters leave.
        kept: the row that stands for the cluster of each article that is in one.
    """
    clusters: dict[int, list[RankedArticle]] = {}
    for each in ranked:
        clusters.setdefault(kept.get(each.card.row, each.card.row), []).append(each)
    return Folded(
        hits=[best for best, *_ in clusters.values()],
        copies={best.card.row: copies for best, *copies in clusters.values() if copies},
    )
