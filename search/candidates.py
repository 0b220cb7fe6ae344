"""Passages found by retrievers, gathered into candidate articles.

An article is as good as its best passage, for each retriever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.article import group_of
from indexer.store.articles import PassagePlace


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that some retriever found.

    Attributes:
        article_row: its row in the index.
        scores: the best passage's score by retriever.
        by_group: by retriever, the best score among its title, its other wordings
            (``asked``) and its ``body``; a group of which nothing was found is missing.
        evidence: the sum of its retrievers' scores for each passage row found.
    """

    article_row: int
    scores: Mapping[str, float]
    by_group: Mapping[str, Mapping[str, float]]
    evidence: Mapping[int, float]


@dataclass(slots=True)
class _Gathering:
    """A candidate while its passages come in."""

    by_group: dict[str, dict[str, float]] = field(default_factory=dict)
    evidence: dict[int, float] = field(default_factory=dict)

    def candidate(self, article_row: int) -> Candidate:
        scores = {retriever: max(best.values()) for retriever, best in self.by_group.items()}
        return Candidate(article_row, scores, self.by_group, self.evidence)


def gather(
    found: Mapping[str, Mapping[int, float]], places: Mapping[int, PassagePlace]
) -> dict[int, Candidate]:
    """Candidates by article row.

    Args:
        found: passage scores by row, by retriever.
        places: article and kind of each of those passages.
    """
    gathered: dict[int, _Gathering] = {}
    for retriever, rows in found.items():
        for row, score in rows.items():
            place = places[row]
            into = gathered.setdefault(place.article_row, _Gathering())
            best, group = into.by_group.setdefault(retriever, {}), group_of(place.kind)
            best[group] = max(score, best.get(group, 0.0))
            into.evidence[row] = into.evidence.get(row, 0.0) + score
    return {row: each.candidate(row) for row, each in gathered.items()}
