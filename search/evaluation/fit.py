"""Fits how likely the first article answers, and from where on that may be claimed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.errors import InputError
from indexer.judgments import Judgment
from indexer.store.manifest import Calibration, Logistic
from search.confidence import likelihood
from search.engine import SearchEngine
from search.query import Query
from search.ranking import RankedArticle

# Where "answered" is said, the first article shall be right this often at least.
ANSWERED_PRECISION = 0.8
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

    def logit(self, logistic: Logistic) -> float:
        return logistic.vector * self.vector + logistic.keyword * self.keyword


def fit_calibration(
    engine: SearchEngine, judgments: Sequence[Judgment], advance: Callable[[int], None]
) -> Calibration:
    """Fit a calibration on judged questions.

    `fusion` is a logistic regression of being right on both scores over all candidates,
    `confidence` one over the articles that `fusion` puts first: the words that tell a right
    article from its neighbours are not those that tell whether any answers at all.

    `suggest` is the highest likelihood that still keeps nineteen right first articles in
    twenty: to hide a right answer is worse than to suggest a wrong one. `answer` is the
    lowest likelihood from which on four first articles in five are right.

    Raises:
        InputError: the questions do not hold both kinds, answerable and not.
    """
    found = []
    for judgment in judgments:
        ranked = engine.rank(Query.parse(judgment.query))
        found.append([_Found.of(each, judgment) for each in ranked])
        advance(1)
    answerable = {judgment.answerable for judgment in judgments}
    if len(answerable) < 2:
        raise InputError(
            "a calibration needs both questions that are answered and questions that nothing "
            'answers ("relevant": {}) in the judgments'
        )
    _check_both([each.right for ranked in found for each in ranked])
    fusion = _regress([each for ranked in found for each in ranked])
    firsts = [max(ranked, key=lambda each: each.logit(fusion)) for ranked in found if ranked]
    _check_both([each.right for each in firsts])
    confidence = _regress(firsts)
    likely = [likelihood({"vector": e.vector, "keyword": e.keyword}, confidence) for e in firsts]
    right = [each.right for each in firsts]
    suggest = _keeping(likely, right)
    answer = max(suggest, _lowest_precise(likely, right))
    return Calibration(
        fusion, confidence, round(suggest, 4), round(answer, 4), questions=len(judgments)
    )


def _check_both(right: Sequence[bool]) -> None:
    if len(set(right)) < 2:
        raise InputError(
            "a calibration needs questions whose first article is right and others whose first "
            "is wrong; add judged questions"
        )


def _regress(candidates: Sequence[_Found]) -> Logistic:
    """Logistic regression of being right on the two scores."""
    from sklearn.linear_model import LogisticRegression

    scores = np.array([(each.vector, each.keyword) for each in candidates])
    model = LogisticRegression(C=100.0).fit(scores, [each.right for each in candidates])
    vector, keyword = (float(weight) for weight in model.coef_[0])
    return Logistic(vector, keyword, float(model.intercept_[0]))


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
