"""What may be claimed of the best article."""

from __future__ import annotations

import math

import pytest

from indexer.store.manifest import Calibration, Logistic
from search.confidence import judge, likelihood

CONFIDENCE = Logistic(vector=4.0, keyword=2.0, bias=-3.0)
CALIBRATION = Calibration(
    fusion=Logistic(0.0, 0.0, 0.0), confidence=CONFIDENCE, suggest=0.3, answer=0.7, questions=100
)


def test_the_likelihood_is_the_logistic_function_of_both_scores() -> None:
    expected = 1 / (1 + math.exp(-(4.0 * 0.5 + 2.0 * 0.25 - 3.0)))
    assert likelihood({"vector": 0.5, "keyword": 0.25}, CONFIDENCE) == pytest.approx(expected)
    assert likelihood({}, CONFIDENCE) == pytest.approx(1 / (1 + math.exp(3.0)))


@pytest.mark.parametrize(
    ("scores", "status"),
    [
        ({"vector": 1.0, "keyword": 0.5}, "answered"),
        ({"vector": 0.7, "keyword": 0.1}, "suggested"),
        ({"vector": 0.2}, "none"),
        (None, "none"),
    ],
)
def test_the_status_follows_the_bands(scores: dict[str, float] | None, status: str) -> None:
    assert judge(scores, CALIBRATION) == status


def test_without_a_calibration_nothing_is_claimed() -> None:
    assert judge({"vector": 1.0, "keyword": 1.0}, None) == "suggested"
