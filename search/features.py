"""What ranking knows of each candidate article: a small vector of numbers.

Higher is better in each. Of an article that a retriever did not find among its best, the
vectors still have their say: all passages of every candidate are compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.aspects import Agreement
from indexer.store.places import GROUPS, PlaceIndex
from indexer.store.vectors import VectorIndex
from search.candidates import Candidate
from search.findings import Findings

# In the order of the vector; how each is got stands in docs/ranking.md.
FEATURES: Mapping[str, str] = {
    "question": "cosine of the title or other wording that is nearest",
    "questions": "mean cosine of the three nearest of these",
    "body": "cosine of the nearest passage of the body",
    "clauses": "mean over the clauses of a long question of the nearest passage's cosine",
    "words": "share of the best possible word score, of the best title, passage or all wordings",
    "asked_words": "share of the best possible word score, of all other wordings",
    "wording": "share of the best possible score of characters and pairs, of all wordings",
    "product": "agreement on the product, -1 to 1",
    "numbers": "agreement on numbers, -1 to 1",
    "contrasts": "agreement on which side of a contrast is meant, -1 to 1",
    "against": "another product, other numbers, the other side of a contrast, -4 to 0",
}
NAMES = tuple(FEATURES)
# Those that candidates are ranked by: the fewest that lost next to nothing on dev questions, where
# articles have other wordings and where titles stand alone. The others are there to be
# compared, and for how likely the first article is right.
RANKING = ("questions", "body", "clauses", "wording")
RANKING_OF_TITLES = ("questions", "body", "clauses", "words")
# What vectors alone rank by, and their part of it: as much what an article asks as what it says.
NEARNESS: Mapping[str, float] = {"questions": 0.5, "body": 0.25, "clauses": 0.25}
# These say yes or no about an article; the others are scores, to be held against the best.
_SIGNED = ("product", "numbers", "contrasts", "against")
COLUMN = {name: column for column, name in enumerate(NAMES)}

Values = NDArray[np.float64]
_NEAREST = 3
_ASKED, _BODY = GROUPS.index("asked"), GROUPS.index("body")


def read_features(
    findings: Findings,
    candidates: Sequence[Candidate],
    agreements: Mapping[int, Agreement],
    places: PlaceIndex,
    vectors: VectorIndex,
) -> Values:
    """Features of candidates, ``(len(candidates), len(FEATURES))``.

    Args:
        findings: what the retrievers found.
        candidates: by ascending article row.
        agreements: by article row.
        places: where passages belong.
        vectors: of all passages.
    """
    articles = np.array([each.article_row for each in candidates], dtype=np.int64)
    rows, owners, groups = places.passages_of(articles)
    cosines = np.maximum(vectors.compare(findings.vectors, rows), 0).astype(np.float64)
    body = groups == _BODY
    count = len(articles)
    whole = cosines[0]
    question = _best(whole[~body], owners[~body], count)
    in_body = _best(whole[body], owners[body], count)
    told = (agreements[row] for row in articles.tolist())
    agreed = np.array(
        [(each.product, each.numbers, each.contrasts, -each.against) for each in told]
    )
    values = np.column_stack(
        [
            question,
            _mean_of_nearest(whole[~body], owners[~body], count),
            in_body,
            _of_clauses(findings, cosines, owners, count),
            *_of_words(findings, articles, places),
            findings.wordings[articles],
            agreed.reshape(count, -1),
        ]
    )
    found: Values = values
    return found


def _of_words(
    findings: Findings, articles: NDArray[np.int64], places: PlaceIndex
) -> tuple[Values, Values]:
    """The best word score of each article, and that of all its wordings.

    Wordings are in both: the first ranks where hardly any article has some, and must not miss
    the few there are.
    """
    scores = findings.passages["keyword"].scores
    owners, groups = places.of(findings.passages["keyword"].rows)
    compared = np.isin(owners, articles)
    asked = compared & (groups == _ASKED)
    at, count = np.searchsorted(articles, owners), len(articles)
    return _best(scores[compared], at[compared], count), _best(scores[asked], at[asked], count)


def named(values: Values) -> dict[str, float]:
    """The features of one candidate by name."""
    return dict(zip(NAMES, map(float, values), strict=True))


def nearness(features: Values) -> Values:
    """How near vectors alone find each candidate, ``(candidates,)`` in 0…1."""
    near: Values = features[:, [COLUMN[name] for name in NEARNESS]] @ list(NEARNESS.values())
    return near


def relative(features: Values) -> Values:
    """Scores as shares of the best among the candidates; agreements as they are.

    How high scores are is a matter of how a question is put, a story or three words; how
    far a candidate falls behind the best is not.
    """
    best = features.max(axis=0)
    scale = np.where(best > 0, best, 1.0)
    scale[[COLUMN[name] for name in _SIGNED]] = 1.0
    shares: Values = features / scale
    return shares


def _best(scores: Values, owners: NDArray[np.int64], count: int) -> Values:
    best = np.zeros(count)
    np.maximum.at(best, owners, scores)
    return best


def _mean_of_nearest(scores: Values, owners: NDArray[np.int64], count: int) -> Values:
    """Mean of each owner's highest scores, none below 0; of all it has where it has fewer.

    Owners ascend.
    """
    counts = np.bincount(owners, minlength=count)
    width = max(_NEAREST, int(counts.max(initial=0)))
    table = np.zeros((count, width))
    places = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    table[owners, places] = scores
    nearest = np.partition(table, width - _NEAREST, axis=1)[:, width - _NEAREST :]
    means: Values = nearest.sum(axis=1) / np.clip(counts, 1, _NEAREST)
    return means


def _of_clauses(
    findings: Findings, cosines: Values, owners: NDArray[np.int64], count: int
) -> Values:
    """Each clause finds its own nearest passage; a question of one clause is that clause."""
    if not findings.clauses:
        return _best(cosines[0], owners, count)
    total = np.zeros(count)
    for clause, scores in zip(findings.clauses, cosines[1:], strict=True):
        total += clause.weight * _best(scores, owners, count)
    return total
