"""Regressions on data whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from search.evaluation.regression import Listed, fit_listwise, fit_logistic


def test_what_tells_right_from_wrong_is_weighed_and_noise_is_not() -> None:
    random = np.random.default_rng(0)
    lists = []
    for _ in range(60):
        right = np.arange(5) == 2
        features = np.column_stack([right + random.normal(0, 0.3, 5), random.normal(0, 1, 5)])
        lists.append(Listed(features, right))
    told, noise = fit_listwise(lists)
    assert told > 5 * noise
    assert noise >= 0


def test_no_weight_is_below_zero() -> None:
    lists = [Listed(np.array([[0.0], [1.0]]), np.array([True, False]))] * 9
    assert fit_listwise(lists).tolist() == [0.0]


def test_of_several_right_ones_any_may_be_first() -> None:
    # The feature can put only one of the two first; that is no fault.
    both = Listed(np.array([[1.0], [0.0], [0.2]]), np.array([True, True, False]))
    assert fit_listwise([both] * 20)[0] > 0


def test_a_logistic_regression_gives_the_share_of_right_ones() -> None:
    features = np.array([[0.0]] * 10 + [[1.0]] * 10)
    right = np.array([True] * 2 + [False] * 8 + [True] * 9 + [False])
    weights, bias = fit_logistic(features, right, penalty=1e-9)
    assert 1 / (1 + np.exp(-bias)) == pytest.approx(2 / 10, abs=1e-3)
    assert 1 / (1 + np.exp(-(bias + weights[0]))) == pytest.approx(9 / 10, abs=1e-3)


def test_a_feature_that_never_changes_has_no_say() -> None:
    features = np.column_stack([np.arange(8.0), np.full(8, 3.0)])
    weights, _ = fit_logistic(features, np.arange(8) > 3)
    assert weights[1] == pytest.approx(0.0, abs=1e-6)
