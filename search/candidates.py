"""Passages found by retrievers, gathered into candidate articles.

An article is as good as its best passage, for each retriever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.store.places import PlaceIndex
from search.findings import Findings, Found
from search.retrieval.depth import ARTICLES_EACH

_WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that some retriever found.

    Attributes:
        article_row: its row in the index.
        scores: the best passage's score by retriever.
    """

    article_row: int
    scores: Mapping[str, float]


def gather(findings: Findings, places: PlaceIndex) -> list[Candidate]:
    """The best articles of each retriever and those that ask the question itself, by row.

    Args:
        findings: what the retrievers found.
        places: whose each passage is.
    """
    articles = {name: of_articles(found, places) for name, found in findings.passages.items()}
    having = np.flatnonzero(findings.wordings > 0)
    articles[_WORDING] = Found(having, findings.wordings[having])
    best = [best_rows(found, ARTICLES_EACH) for found in articles.values()]
    exact = np.fromiter(findings.exact, dtype=np.int64, count=len(findings.exact))
    rows = np.unique(np.concatenate([*best, exact]))
    scores: list[dict[str, float]] = [{} for _ in rows]
    for name, found in articles.items():
        # A few rows looked up among all articles of a large collection: nothing is sorted anew.
        sources = np.searchsorted(found.rows, rows)
        for of_row, row, source in zip(scores, rows.tolist(), sources.tolist(), strict=True):
            if source < len(found.rows) and found.rows[source] == row:
                of_row[name] = float(found.scores[source])
    return [Candidate(row, of_row) for row, of_row in zip(rows.tolist(), scores, strict=True)]


def of_articles(found: Found, places: PlaceIndex) -> Found:
    """The articles of passages that were found, by row, each with its best passage's score."""
    owners, _ = places.of(found.rows)
    rows, at = np.unique(owners, return_inverse=True)
    scores = np.zeros(len(rows))
    np.maximum.at(scores, at, found.scores)
    return Found(rows.astype(np.int64), scores)


def best_rows(found: Found, k: int) -> NDArray[np.int64]:
    """The `k` rows with the highest scores, best first, ties by row.

    Args:
        found: rows in ascending order.
        k: how many at most.
    """
    rows, scores = found.rows, found.scores
    if len(rows) > k:
        # Few of many are sorted: every article of a large collection may have a score.
        high = scores >= np.partition(scores, -k)[-k]
        rows, scores = rows[high], scores[high]
    best: NDArray[np.int64] = rows[np.argsort(-scores, kind="stable")[:k]]
    return best
