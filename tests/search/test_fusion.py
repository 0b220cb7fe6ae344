"""Reciprocal rank fusion, by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fusion.rrf import reciprocal_rank_fusion


def test_ranks_are_fused_by_the_formula() -> None:
    fused = reciprocal_rank_fusion([{"a": 0.9, "b": 0.5, "c": 0.1}, {"c": 7.0, "a": 3.0}])
    best = 2 / (60 + 1)
    assert fused == pytest.approx(
        {
            "a": (1 / (60 + 1) + 1 / (60 + 2)) / best,
            "b": (1 / (60 + 2)) / best,
            "c": (1 / (60 + 3) + 1 / (60 + 1)) / best,
        }
    )


def test_what_is_first_everywhere_scores_1() -> None:
    assert reciprocal_rank_fusion([{"a": 2.0, "b": 1.0}, {"a": 0.2}])["a"] == pytest.approx(1.0)


def test_ties_share_the_better_rank() -> None:
    fused = reciprocal_rank_fusion([{"a": 1.0, "b": 1.0, "c": 0.5}])
    assert fused == pytest.approx({"a": 1.0, "b": 1.0, "c": (60 + 1) / (60 + 3)})


rankings = st.lists(
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1)), min_size=1, max_size=3
)


@given(rankings)
def test_scores_lie_between_0_and_1(found: list[dict[str, float]]) -> None:
    fused = reciprocal_rank_fusion(found)
    assert set(fused) == {key for ranking in found for key in ranking}
    assert all(0 < score <= 1 + 1e-9 for score in fused.values())
