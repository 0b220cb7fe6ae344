"""Fits how candidates are weighed, how likely the first is right, and what may be claimed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.errors import InputError
from indexer.judgments import Judgment
from indexer.store.calibration import Calibration, Linear
from search.confidence import CONFIDENCE, first_features, likelihood, sums
from search.engine import SearchEngine
from search.evaluation.regression import Listed, fit_listwise, fit_logistic
from search.features import COLUMN, RANKING, RANKING_OF_TITLES, Values, relative
from search.findings import Findings
from search.objections import OBJECTION
from search.query import Query

# Where "answered" is said, the first article shall be right this often at least.
ANSWERED_PRECISION = 0.9
# Of the right first articles at least this share is shown.
SUGGESTED_RECALL = 0.95
_FOLDS = 5
_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A judged question's candidates, and what the retrievers found."""

    judgment: Judgment
    listed: Listed
    findings: Findings


@dataclass(frozen=True, slots=True)
class First:
    """What is known of the candidate that came first, and whether it is right."""

    values: dict[str, float]
    right: bool


def fit_calibration(
    engine: SearchEngine, judgments: Sequence[Judgment], advance: Callable[[int], None]
) -> Calibration:
    """Fit a calibration on judged questions.

    `ranking` is a listwise regression over all candidates, of other features where no article
    has other wordings. `confidence` is a logistic
    regression over the candidates that came first, and thresholds are taken from its
    likelihoods; both are of questions that what ranked or rated them was not fitted on, fold
    by fold, since a fit flatters its own questions.

    `suggest` is the highest likelihood that still keeps nineteen right first articles in
    twenty: to hide a right answer is worse than to suggest a wrong one. `answer` is the
    lowest likelihood from which on nine first articles in ten are right.

    Raises:
        InputError: the questions do not hold both kinds, answerable and not.
    """
    answerable = {judgment.answerable for judgment in judgments}
    if len(answerable) < 2:
        raise InputError(
            "a calibration needs both questions that are answered and questions that nothing "
            'answers ("relevant": {}) in the judgments'
        )
    asked = ask_all(engine, judgments, advance)
    worded = engine.manifest.counts.worded
    names = RANKING if worded else RANKING_OF_TITLES
    firsts = rank_apart(asked, names)
    likely, right = rate_apart(firsts)
    suggest = keeping(likely, right)
    answer = max(suggest, lowest_precise(likely, right))
    return Calibration(
        fit_ranking(asked, names),
        fit_confidence(firsts),
        round(suggest, _MOST_DIGITS),
        round(answer, _MOST_DIGITS),
        questions=len(judgments),
        worded=worded,
    )


def ask_all(
    engine: SearchEngine, judgments: Sequence[Judgment], advance: Callable[[int], None]
) -> list[Asked]:
    """The candidates of every judged question that has any."""
    asked = []
    for judgment in judgments:
        ranking = engine.ranking(Query.parse(judgment.query))
        advance(1)
        if ranking.articles:
            right = [each.card.id in judgment.best for each in ranking.articles]
            features = np.array([each.features for each in ranking.articles])
            listed = Listed(features, np.array(right, dtype=np.bool_))
            asked.append(Asked(judgment, listed, ranking.findings))
    return asked


def fit_ranking(asked: Sequence[Asked], names: Sequence[str] = RANKING) -> Linear:
    """How these features are weighed, beside the objections that count whatever is fitted.

    Raises:
        InputError: no question has both a right and a wrong candidate.
    """
    lists = [each.listed for each in asked]
    if not any(each.right.any() and not each.right.all() for each in lists):
        raise InputError(
            "a calibration needs questions that find a right article and others beside it; add "
            "judged questions"
        )
    columns = [COLUMN[name] for name in names]
    weights = fit_listwise(
        [Listed(_with_objections(relative(each.features), columns), each.right) for each in lists]
    )
    return Linear(dict(zip(names, map(float, weights), strict=True)))


def _with_objections(features: Values, columns: Sequence[int]) -> Values:
    """Features of which any weighted sum is what `sums` gives: objections scale with weights."""
    found: Values = features[:, columns] + OBJECTION * features[:, [COLUMN["against"]]]
    return found


def rank_apart(asked: Sequence[Asked], names: Sequence[str] = RANKING) -> list[First]:
    """The first candidate of every question, ranked by a fit of these on other questions."""
    firsts: list[First | None] = [None] * len(asked)
    for fold in range(_FOLDS):
        others = [each for at, each in enumerate(asked) if at % _FOLDS != fold]
        ranking = fit_ranking(others, names)
        for at in range(fold, len(asked), _FOLDS):
            firsts[at] = first_of(asked[at], ranking)
    return [each for each in firsts if each is not None]


def first_of(asked: Asked, ranking: Linear) -> First:
    """The candidate with the highest sum."""
    ranked = sums(relative(asked.listed.features), ranking)
    values = first_features(asked.listed.features, ranked, asked.findings.characters)
    return First(values, bool(asked.listed.right[int(ranked.argmax())]))


def fit_confidence(firsts: Sequence[First], names: Sequence[str] = CONFIDENCE) -> Linear:
    """How likely a first candidate is right.

    Raises:
        InputError: all of them are right, or none.
    """
    if len({each.right for each in firsts}) < 2:
        raise InputError(
            "a calibration needs questions whose first article is right and others whose first "
            "is wrong; add judged questions"
        )
    table = np.array([[each.values[name] for name in names] for each in firsts])
    weights, bias = fit_logistic(table, np.array([each.right for each in firsts]))
    return Linear(dict(zip(names, map(float, weights), strict=True)), bias)


def rate_apart(
    firsts: Sequence[First], names: Sequence[str] = CONFIDENCE
) -> tuple[list[float], list[bool]]:
    """Likelihood of every first candidate by a fit on others, and whether it is right."""
    likely = [0.0] * len(firsts)
    for fold in range(_FOLDS):
        others = [each for at, each in enumerate(firsts) if at % _FOLDS != fold]
        confidence = fit_confidence(others, names)
        for at in range(fold, len(firsts), _FOLDS):
            likely[at] = likelihood(firsts[at].values, confidence)
    return likely, [each.right for each in firsts]


def keeping(likely: Sequence[float], right: Sequence[bool]) -> float:
    """The highest threshold at which `SUGGESTED_RECALL` of the right ones are kept."""
    kept = sorted(value for value, is_right in zip(likely, right, strict=True) if is_right)
    return kept[int(len(kept) * (1 - SUGGESTED_RECALL))]


def lowest_precise(likely: Sequence[float], right: Sequence[bool]) -> float:
    """The lowest threshold above which `ANSWERED_PRECISION` of the first articles are right."""
    lowest, good = math.inf, 0
    ordered = sorted(zip(likely, right, strict=True), reverse=True)
    for count, (value, is_right) in enumerate(ordered, start=1):
        good += is_right
        if good / count >= ANSWERED_PRECISION:
            lowest = value
    return min(lowest, 1.0)
