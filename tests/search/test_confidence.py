"""What may be claimed of the best article."""

from __future__ import annotations

import math

import numpy as np
import pytest

from indexer.store.manifest import Calibration, Linear
from search.confidence import first_features, judge, likelihood, sums
from search.features import COLUMN, NAMES

CONFIDENCE = Linear({"question": 4.0, "words": 2.0}, bias=-3.0)
CALIBRATION = Calibration(Linear({}), CONFIDENCE, suggest=0.3, answer=0.7, questions=100)


def test_the_likelihood_is_the_logistic_function_of_a_weighted_sum() -> None:
    expected = 1 / (1 + math.exp(-(4.0 * 0.5 + 2.0 * 0.25 - 3.0)))
    assert likelihood({"question": 0.5, "words": 0.25}, CONFIDENCE) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("likely", "status"), [(1.0, "answered"), (0.7, "answered"), (0.3, "suggested"), (0.29, "none")]
)
def test_the_status_follows_the_bands(likely: float, status: str) -> None:
    assert judge(likely, CALIBRATION) == status


def test_without_a_calibration_nothing_is_claimed() -> None:
    assert judge(1.0, None) == judge(None, CALIBRATION) == "suggested"


def candidates(*questions: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Features of candidates that differ in their nearest wording only."""
    found = np.zeros((len(questions), len(NAMES)))
    found[:, COLUMN["question"]] = found[:, COLUMN["wording"]] = questions
    return found


def test_sums_weigh_the_features_of_each_candidate() -> None:
    assert sums(candidates(0.5, 0.25), CONFIDENCE).tolist() == [2.0, 1.0]


def test_the_first_is_seen_among_the_others() -> None:
    features = candidates(0.2, 0.9, 0.6)
    wordings = np.array([0.2, 0.9, 0.6, 0.3])
    first = first_features(features, features[:, COLUMN["question"]], wordings)
    assert first["question"] == 0.9
    assert first["margin"] == pytest.approx(0.9 - 0.6)
    assert first["lead"] == pytest.approx(0.9 - (0.6 + 0.2) / 2)
    assert first["distinct"] == pytest.approx((0.9 - wordings.mean()) / wordings.std())


def test_one_that_stands_alone_is_as_far_above_as_any_can_be() -> None:
    alone = first_features(candidates(0.5), np.array([0.5]), np.array([0.5]))
    assert (alone["margin"], alone["lead"], alone["distinct"]) == (20.0, 20.0, 0.0)
