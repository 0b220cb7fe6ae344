"""How likely each ranked article answers, and what the response may claim."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from indexer.errors import IndexMismatchError
from indexer.store.calibration import Calibration, Linear
from search.features import COLUMN, NAMES, Values, named
from search.objections import objection_weight
from search.response import Status

# What is known of the article that came first beside its own features.
FIRST: Mapping[str, str] = {
    "nearest": "cosine of its nearest title, other wording or passage",
    "evidence": "its wording score times the root of the question's characters",
    "share": "its part of all candidates' chances, each the exponential of its sum",
}
CONFIDENCE = tuple(FIRST)


def check_features(calibration: Calibration | None) -> None:
    """Check that a calibration weighs features that there are.

    Raises:
        IndexMismatchError: it was fitted on others.
    """
    if calibration is None:
        return
    known = {*NAMES, *FIRST}
    if unknown := {*calibration.ranking.weights, *calibration.confidence.weights} - known:
        raise IndexMismatchError(
            f"the calibration weighs {', '.join(sorted(unknown))}, which this loanfaq does not "
            "know; fit it again with 'loanfaq calibrate'"
        )


def weighted(values: Mapping[str, float], linear: Linear) -> dict[str, float]:
    """What each feature adds to a weighted sum; the bias is left out."""
    return {name: weight * values[name] for name, weight in linear.weights.items()}


def sums(features: Values, linear: Linear) -> Values:
    """Weighted sums of relative features, less what objections take, ``(candidates,)``."""
    weights = np.zeros(len(NAMES))
    for name, weight in linear.weights.items():
        weights[COLUMN[name]] = weight
    objections = objection_weight(linear) * features[:, COLUMN["against"]]
    result: Values = features @ weights + objections
    return result


def first_features(features: Values, ranked: Values, characters: int) -> dict[str, float]:
    """What confidence in the first article rests on, by name.

    A share of the best possible wording score says the more, the longer the question: of
    two characters half are soon found by chance, of forty they are not. Chance spreads a
    share by one over the root of what it is a share of, hence `evidence`.

    Args:
        features: of the candidates.
        ranked: the sum of each.
        characters: of the question, in its canonical form.
    """
    first = int(np.argmax(ranked))
    values = named(features[first])
    chances = np.exp(ranked - ranked[first])
    return {
        **values,
        "nearest": max(values["question"], values["body"]),
        "evidence": values["wording"] * math.sqrt(characters),
        "share": float(1 / chances.sum()),
    }


def likelihood(values: Mapping[str, float], linear: Linear) -> float:
    """Likelihood in 0…1 that the first article is right."""
    return logistic(sum(weighted(values, linear).values()) + linear.bias)


def logistic(value: float) -> float:
    """``1 / (1 + exp(-value))``."""
    return 1 / (1 + math.exp(-value)) if value > -500 else 0.0


def judge(likely: float | None, calibration: Calibration | None) -> Status:
    """What may be claimed of the best article found, given how likely it is right.

    Without a calibration nothing is known of this encoder's scores: what was found is
    suggested, never claimed.
    """
    if likely is None or calibration is None:
        return "suggested"
    if likely < calibration.suggest:
        return "none"
    return "answered" if likely >= calibration.answer else "suggested"
