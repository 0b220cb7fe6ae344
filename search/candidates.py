"""Passages found by retrievers, gathered into candidate articles.

An article is as good as its best passage, for each retriever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that some retriever found.

    Attributes:
        article_row: its row in the index.
        scores: the best passage's score by retriever.
        evidence: the sum of its retrievers' scores for each passage row found.
    """

    article_row: int
    scores: Mapping[str, float]
    evidence: Mapping[int, float]


def gather(
    found: Mapping[str, Mapping[int, float]], articles: Mapping[int, int]
) -> dict[int, Candidate]:
    """Candidates by article row.

    Args:
        found: passage scores by row, by retriever.
        articles: row of the article of each of those passages.
    """
    scores: dict[int, dict[str, float]] = {}
    evidence: dict[int, dict[int, float]] = {}
    for retriever, rows in found.items():
        for row, score in rows.items():
            article = articles[row]
            best = scores.setdefault(article, {})
            best[retriever] = max(score, best.get(retriever, 0.0))
            summed = evidence.setdefault(article, {})
            summed[row] = summed.get(row, 0.0) + score
    return {
        article: Candidate(article, best, evidence[article]) for article, best in scores.items()
    }
