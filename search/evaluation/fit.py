"""Fits how likely the first article answers, and from where on that may be claimed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from indexer.errors import InputError
from indexer.store.manifest import Calibration
from search.confidence import likelihood
from search.engine import SearchEngine
from search.evaluation.judgments import Judgment
from search.query import Query

# Where "answered" is said, the first article shall be right at least this often.
ANSWERED_PRECISION = 0.9
# Of the right first articles at least this share is shown.
SUGGESTED_RECALL = 0.95


def fit_calibration(
    engine: SearchEngine, judgments: Sequence[Judgment], advance: Callable[[int], None]
) -> Calibration:
    """Fit a calibration on judged questions.

    Logistic regression of "the first article is right" on its two scores (Platt, 1999).
    `suggest` is the highest likelihood that still keeps nineteen right first articles in
    twenty: to hide a right answer is worse than to suggest a wrong one. `answer` is the
    lowest likelihood from which on nine first articles in ten are right.

    Raises:
        InputError: the questions do not hold both kinds, answerable and not.
    """
    from sklearn.linear_model import LogisticRegression

    scores, right = [], []
    for judgment in judgments:
        ranked = engine.rank(Query.parse(judgment.query))
        found = ranked[0].candidate.scores if ranked else {}
        scores.append((found.get("vector", 0.0), found.get("keyword", 0.0)))
        right.append(bool(ranked) and ranked[0].card.id in judgment.best)
        advance(1)
    answerable = [judgment.answerable for judgment in judgments]
    if len(set(right)) < 2 or len(set(answerable)) < 2:
        raise InputError(
            "a calibration needs both questions that are answered and questions that nothing "
            'answers ("relevant": {}) in the judgments'
        )
    model = LogisticRegression(C=10.0).fit(np.array(scores), np.array(right))
    vector, keyword = (float(weight) for weight in model.coef_[0])
    bias = float(model.intercept_[0])
    fitted = Calibration(vector, keyword, bias, 0.0, 1.0, len(judgments))
    likely = [likelihood({"vector": v, "keyword": k}, fitted) for v, k in scores]
    suggest = _keeping(likely, right)
    answer = max(suggest, _lowest_precise(likely, right))
    return replace(fitted, suggest=round(suggest, 4), answer=round(answer, 4))


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
