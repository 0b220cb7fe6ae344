from __future__ import annotations

import math

import numpy as np

from indexer.training.vocabulary import build_vocabulary

BAGS = [["a", "b"], ["a", "c"], ["a", "b"], ["d", "c"]]


def test_the_frequent_come_first_and_ties_go_by_name() -> None:
    assert build_vocabulary(BAGS, min_count=1, max_features=9).features == ("a", "b", "c", "d")


def test_the_rare_and_the_surplus_are_left_out() -> None:
    assert build_vocabulary(BAGS, min_count=2, max_features=9).features == ("a", "b", "c")
    assert build_vocabulary(BAGS, min_count=1, max_features=1).features == ("a",)
    assert build_vocabulary(BAGS, min_count=5, max_features=9).features == ()


def test_the_rarer_a_feature_the_more_it_tells() -> None:
    idf = build_vocabulary(BAGS, min_count=2, max_features=9).idf
    np.testing.assert_allclose(
        idf, [math.log(1 + 4 / 3), math.log(1 + 4 / 2), math.log(1 + 4 / 2)], rtol=1e-6
    )
