"""Fits how much each feature speaks for showing a passage: ``python -m`` this module.

It prints the table of `search.passage.weights`, with the figures of a cross-validation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import click
import numpy as np
from numpy.typing import NDArray

import data
from indexer.options import index_option
from indexer.passage_judgments import DETAIL, Part, PassageJudgment, read_passage_judgments
from search.engine import SearchEngine
from search.evaluation.passages import ACCEPTABLE, BEST, PassagesShown, check_passages
from search.passage.features import FEATURES, Feature
from search.passage.weights import LEAD_MARGIN
from search.query import Query

Weights = NDArray[np.float64]

# Showing an acceptable passage is worth this much of showing the best one.
_ACCEPTABLE_SHARE = 0.2
# Weights are kept small where few questions tell of them.
_RIDGE = 0.2
# Not fitted on `train`, which the bundled encoder has learned from: there the nearest passage is
# right far more often than for questions it has not seen. Chosen on `dev`.
_NEAR = 6.0
# Most judged questions ask what a title asks, and few a detail of its article; readers do more.
_DETAIL_WEIGHT = 3.0
_FREE = np.array([name != "near" for name in FEATURES])
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """One judged question.

    Attributes:
        article: the one that answers; questions of one article stay in one fold.
        features: ``(passages, features)``.
        grades: ``(passages,)``.
        weight: how much it counts.
    """

    article: str
    features: NDArray[np.float64]
    grades: NDArray[np.int64]
    weight: float


def examples(engine: SearchEngine, judgments: Sequence[PassageJudgment]) -> list[Example]:
    """Judged questions with the features of every passage of their article."""
    found = []
    for judgment in judgments:
        check_passages(engine, judgment)
        described = engine.passage_features(Query.parse(judgment.query), judgment.article)
        rows = [[values.get(name, 0.0) for name in FEATURES] for values in described.values()]
        grades = [judgment.passages.get(anchor, 0) for anchor in described]
        weight = _DETAIL_WEIGHT if judgment.kind == DETAIL else 1.0
        found.append(Example(judgment.article, np.array(rows), np.array(grades), weight))
    return found


def fit_weights(questions: Sequence[Example]) -> dict[Feature, float]:
    """Weights by conditional logistic regression (McFadden, 1974) over each article's passages.

    The likelihood of a question is the share of the softmax that right passages get, an
    acceptable one counting for less.
    """
    from scipy.optimize import minimize

    solved = minimize(
        _loss, np.zeros(len(FEATURES)), args=(questions,), jac=True, method="L-BFGS-B"
    )
    return dict(zip(FEATURES, map(float, np.where(_FREE, solved.x, _NEAR)), strict=True))


def _loss(weights: Weights, questions: Sequence[Example]) -> tuple[float, Weights]:
    weights = np.where(_FREE, weights, _NEAR)
    loss, gradient = _RIDGE * float(weights @ weights) / 2, _RIDGE * weights
    for each in questions:
        scores = each.features @ weights
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        worth = np.where(each.grades == BEST, 1.0, 0.0)
        worth[each.grades == ACCEPTABLE] = _ACCEPTABLE_SHARE
        right = shares * worth
        loss -= each.weight * float(np.log(right.sum()))
        gradient = gradient - each.weight * each.features.T @ (right / right.sum() - shares)
    return loss, np.where(_FREE, gradient, 0.0)


def shown_by(weights: Mapping[Feature, float], questions: Sequence[Example]) -> PassagesShown:
    """What these weights show, as `search.passage.choice` does."""
    vector = np.array([weights.get(name, 0.0) for name in FEATURES])
    grades = [_shown_grade(each, vector) for each in questions]
    return PassagesShown(len(grades), grades.count(BEST), grades.count(ACCEPTABLE))


def _shown_grade(question: Example, weights: Weights) -> int:
    scores = question.features @ weights
    best = int(np.argmax(scores))
    return int(question.grades[best if scores[best] > scores[0] + LEAD_MARGIN else 0])


def cross_validate(questions: Sequence[Example]) -> PassagesShown:
    """What is shown to the questions of articles that the weights were not fitted on."""
    articles = sorted({each.article for each in questions})
    best = acceptable = 0
    for fold in range(_FOLDS):
        held = set(articles[fold::_FOLDS])
        weights = fit_weights([each for each in questions if each.article not in held])
        shown = shown_by(weights, [each for each in questions if each.article in held])
        best, acceptable = best + shown.best, acceptable + shown.acceptable
    return PassagesShown(len(questions), best, acceptable)


@click.command()
@index_option
def main(index_folder: Path) -> None:
    """Fit on the train part of the bundled judged passages, and print the weights."""
    engine = SearchEngine.open(index_folder)
    judged = read_passage_judgments(data.JUDGMENTS / "passages.jsonl")
    train, dev = (
        examples(engine, [each for each in judged if each.part == part]) for part in get_args(Part)
    )
    weights = fit_weights(train)
    for feature, value in weights.items():
        click.echo(f'    "{feature}": {value:.2f},')
    for name, shown in (
        ("always the lead", shown_by({"lead": 1.0}, train)),
        ("fitted, the same questions", shown_by(weights, train)),
        (f"fitted, {_FOLDS}-fold cross-validation", cross_validate(train)),
        ("dev, always the lead", shown_by({"lead": 1.0}, dev)),
        ("dev, fitted", shown_by(weights, dev)),
    ):
        click.echo(f"{name}: right {shown.right} of {shown.questions}, best {shown.best}", err=True)


if __name__ == "__main__":
    main()
