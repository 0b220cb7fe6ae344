"""The two regressions that a calibration is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# What large weights cost.
RANKING_PENALTY = 0.3
CONFIDENCE_PENALTY = 1.0


@dataclass(frozen=True, slots=True)
class Listed:
    """The candidates of one question.

    Attributes:
        features: ``(candidates, features)``.
        right: which of them answer, ``(candidates,)``.
    """

    features: Floats
    right: NDArray[np.bool_]


def fit_listwise(lists: Sequence[Listed], penalty: float = RANKING_PENALTY) -> Floats:
    """Weights under which right candidates are likely first, ``(features,)``.

    The listwise softmax (Cao and others, "Learning to Rank: From Pairwise Approach to
    Listwise Approach", ICML 2007) with the likelihood that any of the right ones is first.
    Questions without a right candidate, or without a wrong one, teach nothing. Higher is
    better in every feature, so no weight is below zero: nothing loses its place by a gain.
    """
    useful = [each for each in lists if each.right.any() and not each.right.all()]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = penalty * float(weights @ weights) / 2, penalty * weights
        for each in useful:
            logits = each.features @ weights
            chances = np.exp(logits - logits.max())
            chances /= chances.sum()
            of_right = float(chances[each.right].sum()) + 1e-12
            given_right = np.where(each.right, chances, 0.0) / of_right
            total -= float(np.log(of_right))
            slope = slope + each.features.T @ (chances - given_right)
        return total, slope

    return _minimise(loss, lists[0].features.shape[1])


def fit_logistic(
    features: Floats, right: NDArray[np.bool_], penalty: float = CONFIDENCE_PENALTY
) -> tuple[Floats, float]:
    """Weights and bias of a logistic regression, ``(features,)`` and a number.

    No weight is below zero: nothing is less sure for a gain.

    Args:
        features: ``(n, features)``.
        right: ``(n,)``.
        penalty: on the weights of features in standard deviations, not on the bias.
    """
    means, spreads = features.mean(axis=0), features.std(axis=0)
    spreads = np.where(spreads > 0, spreads, 1.0)
    with_one = np.column_stack([(features - means) / spreads, np.ones(len(features))])

    def loss(weights: Floats) -> tuple[float, Floats]:
        penalised = np.append(weights[:-1], 0.0)
        logits = with_one @ weights
        total = np.logaddexp(0, np.where(right, -logits, logits)).sum()
        chances = 1 / (1 + np.exp(-logits))
        slope = with_one.T @ (chances - right) + penalty * penalised
        return float(total + penalty * (penalised @ penalised) / 2), slope

    found = _minimise(loss, with_one.shape[1], free=1)
    weights: Floats = found[:-1] / spreads
    return weights, float(found[-1] - weights @ means)


def _minimise(loss: Callable[[Floats], tuple[float, Floats]], size: int, free: int = 0) -> Floats:
    """The argument of the least loss; all but the last `free` numbers are at least 0."""
    from scipy.optimize import minimize

    bounds = [(0.0, None)] * (size - free) + [(None, None)] * free
    found: Floats = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", bounds=bounds).x
    return found
