"""Fits how likely the first article answers, and from where on that may be claimed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.errors import InputError
from indexer.store.manifest import Calibration
from search.confidence import likelihood
from search.engine import SearchEngine
from search.evaluation.judgments import Judgment
from search.query import Query
from search.ranking import RankedArticle

# Where "answered" is said, the first article shall be right at least this often.
ANSWERED_PRECISION = 0.9
# Of the right first articles at least this share is shown.
SUGGESTED_RECALL = 0.95


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate's scores, and whether it is right."""

    vector: float
    keyword: float
    right: bool

    @classmethod
    def of(cls, ranked: RankedArticle, judgment: Judgment) -> _Found:
        scores = ranked.candidate.scores
        right = ranked.card.id in judgment.best
        return cls(scores.get("vector", 0.0), scores.get("keyword", 0.0), right)

    def weighted(self, weights: tuple[float, float]) -> float:
        return weights[0] * self.vector + weights[1] * self.keyword


def fit_calibration(
    engine: SearchEngine, judgments: Sequence[Judgment], advance: Callable[[int], None]
) -> Calibration:
    """Fit a calibration on judged questions.

    How much each retriever's score counts is fitted on all candidates, right and wrong,
    by logistic regression. That weighted sum is then scaled to the likelihood that the
    article it puts first is right (Platt, "Probabilistic outputs for support vector
    machines", 1999).

    `suggest` is the highest likelihood that still keeps nineteen right first articles in
    twenty: to hide a right answer is worse than to suggest a wrong one. `answer` is the
    lowest likelihood from which on nine first articles in ten are right.

    Raises:
        InputError: the questions do not hold both kinds, answerable and not.
    """
    found = []
    for judgment in judgments:
        ranked = engine.rank(Query.parse(judgment.query))
        found.append([_Found.of(each, judgment) for each in ranked])
        advance(1)
    answerable = {judgment.answerable for judgment in judgments}
    if len(answerable) < 2 or not any(each.right for ranked in found for each in ranked):
        raise InputError(
            "a calibration needs both questions that are answered and questions that nothing "
            'answers ("relevant": {}) in the judgments'
        )
    weights = _weights([each for ranked in found for each in ranked])
    firsts = [max(ranked, key=lambda each: each.weighted(weights)) for ranked in found if ranked]
    scale, bias = _scale([each.weighted(weights) for each in firsts], [e.right for e in firsts])
    fitted = Calibration(scale * weights[0], scale * weights[1], bias, 0.0, 1.0, len(judgments))
    likely = [likelihood({"vector": e.vector, "keyword": e.keyword}, fitted) for e in firsts]
    right = [each.right for each in firsts]
    suggest = _keeping(likely, right)
    answer = max(suggest, _lowest_precise(likely, right))
    return replace(fitted, suggest=round(suggest, 4), answer=round(answer, 4))


def _weights(candidates: Sequence[_Found]) -> tuple[float, float]:
    """How much the vector score and the keyword score count."""
    from sklearn.linear_model import LogisticRegression

    scores = np.array([(each.vector, each.keyword) for each in candidates])
    model = LogisticRegression(C=100.0).fit(scores, [each.right for each in candidates])
    vector, keyword = (float(weight) for weight in model.coef_[0])
    return vector, keyword


def _scale(sums: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and intercept that make a weighted sum a likelihood."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=100.0).fit(np.array(sums).reshape(-1, 1), right)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def _keeping(likely: Sequence[float], right: Sequence[bool]) -> float:
    """The highest threshold at which `SUGGESTED_RECALL` of the right ones are kept."""
    kept = sorted(value for value, is_right in zip(likely, right, strict=True) if is_right)
    return kept[int(len(kept) * (1 - SUGGESTED_RECALL))]


def _lowest_precise(likely: Sequence[float], right: Sequence[bool]) -> float:
    """The lowest threshold above which `ANSWERED_PRECISION` of the first articles are right."""
    lowest, good = math.inf, 0
    ordered = sorted(zip(likely, right, strict=True), reverse=True)
    for count, (value, is_right) in enumerate(ordered, start=1):
        good += is_right
        if good / count >= ANSWERED_PRECISION:
            lowest = value
    return min(lowest, 1.0)
