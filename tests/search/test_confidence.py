"""How likely the first article is right, and what may be claimed of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from indexer.errors import IndexMismatchError
from indexer.store.calibration import Calibration, Linear
from search.confidence import check_features, first_features, judge, likelihood, sums
from search.features import COLUMN, NAMES

CONFIDENCE = Linear({"question": 4.0, "wording": 2.0}, bias=-3.0)
CALIBRATION = Calibration(
    Linear({}), CONFIDENCE, suggest=0.3, answer=0.7, questions=100, worded=True
)


def candidate(**values: float) -> list[float]:
    return [values.get(name, 0.0) for name in NAMES]


def test_the_likelihood_is_the_logistic_function_of_the_features() -> None:
    expected = 1 / (1 + math.exp(-(4.0 * 0.5 + 2.0 * 0.25 - 3.0)))
    assert likelihood({"question": 0.5, "wording": 0.25}, CONFIDENCE) == pytest.approx(expected)
    assert likelihood({"question": 0.0, "wording": 0.0}, Linear({}, -1000.0)) == 0.0


def test_candidates_are_weighed_by_name() -> None:
    features = np.array([candidate(body=0.5, product=1.0), candidate(wording=0.25)])
    weighed = sums(features, Linear({"wording": 8.0, "body": 2.0, "product": 3.0}))
    assert weighed.tolist() == pytest.approx([2.0 * 0.5 + 3.0 * 1.0, 8.0 * 0.25])


def test_the_first_is_known_by_its_features_and_its_part_of_all_chances() -> None:
    features = np.array(
        [candidate(wording=0.2), candidate(wording=0.6, question=0.4, body=0.5), candidate()]
    )
    first = first_features(features, np.array([2.0, 5.0, 1.0]), characters=9)
    assert first["wording"] == features[1, COLUMN["wording"]]
    assert first["nearest"] == 0.5
    assert first["evidence"] == 0.6 * 3
    assert first["share"] == pytest.approx(1 / (math.exp(-3) + 1 + math.exp(-4)))


def test_equal_candidates_share_alike_and_one_alone_has_all() -> None:
    three = first_features(np.array([candidate()] * 3), np.array([7.0] * 3), characters=1)
    assert three["share"] == pytest.approx(1 / 3)
    alone = first_features(np.array([candidate()]), np.array([-4.0]), characters=1)
    assert alone["share"] == 1.0


@pytest.mark.parametrize(
    ("likely", "status"),
    [(0.7, "answered"), (0.69, "suggested"), (0.3, "suggested"), (0.2, "none")],
)
def test_the_status_follows_the_bands(likely: float, status: str) -> None:
    assert judge(likely, CALIBRATION) == status


def test_without_a_calibration_nothing_is_claimed() -> None:
    assert judge(None, None) == "suggested"


def test_a_calibration_of_other_features_is_refused() -> None:
    check_features(CALIBRATION)
    with pytest.raises(IndexMismatchError, match=r"weighs moon phase,.*loanfaq calibrate"):
        check_features(Calibration(Linear({"moon phase": 1.0}), CONFIDENCE, 0.3, 0.7, 9, True))
