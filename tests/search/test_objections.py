"""What speaks against an article takes a fixed share, whatever was fitted."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.judgments import Judgment
from indexer.store.calibration import Linear
from search.confidence import sums
from search.evaluation.fit import Asked, fit_ranking
from search.evaluation.regression import Listed
from search.features import COLUMN, NAMES, relative
from search.findings import Findings
from search.objections import OBJECTION, objected, objection_weight


def test_an_objection_weighs_a_share_of_all_that_a_sum_can_come_to() -> None:
    assert objection_weight(Linear({"wording": 8.0, "body": 2.0})) == pytest.approx(10 * OBJECTION)


def test_sums_lose_by_each_objection() -> None:
    ranking = Linear({"wording": 8.0, "body": 2.0})
    features = np.zeros((3, len(NAMES)))
    features[:, COLUMN["wording"]] = (0.5, 1.0, 1.0)
    features[:, COLUMN["against"]] = (0.0, -1.0, -2.0)
    assert sums(features, ranking).tolist() == pytest.approx(
        [4.0, 8.0 - 10 * OBJECTION, 8.0 - 20 * OBJECTION]
    )


def test_objections_are_no_share_of_the_best() -> None:
    features = np.zeros((2, len(NAMES)))
    features[:, COLUMN["against"]] = (-1.0, -2.0)
    assert relative(features)[:, COLUMN["against"]].tolist() == [-1.0, -2.0]


def test_fused_ranks_keep_what_objections_leave() -> None:
    assert objected(0.8, 0.0) == 0.8
    assert objected(0.8, -1.0) == pytest.approx(0.8 * (1 - OBJECTION))
    assert objected(0.8, -2.0) == pytest.approx(0.8 * (1 - OBJECTION) ** 2)


def test_a_fit_knows_of_the_objections_beside_it() -> None:
    """What objections tell apart already, no weight is spent on."""

    def asked(against: float) -> list[Asked]:
        features = np.zeros((2, len(NAMES)))
        features[:, COLUMN["wording"]] = 1.0
        features[:, COLUMN["product"]] = (1.0, -1.0)
        features[1, COLUMN["against"]] = against
        listed = Listed(features, np.array([True, False]))
        found = Findings({}, 2, np.ones(2), {}, np.zeros((1, 4), dtype=np.float32), ())
        return [Asked(Judgment("花呗", {"a": 2}), listed, found)] * 5

    plain, objecting = (
        fit_ranking(asked(against), ("wording", "product")).weights for against in (0.0, -1.0)
    )
    assert plain["wording"] == 0
    assert 0 < objecting["product"] < plain["product"]
