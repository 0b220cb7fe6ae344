"""Ranking metrics against values worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from search.evaluation.metrics import hit_at, ndcg_at, recall_at, reciprocal_rank_at

RANKING = ["a", "b", "c", "d"]


def test_hit() -> None:
    assert hit_at(RANKING, {"b"}, 1) == 0
    assert hit_at(RANKING, {"b"}, 2) == 1


def test_reciprocal_rank() -> None:
    assert reciprocal_rank_at(RANKING, {"c", "d"}, 10) == pytest.approx(1 / 3)
    assert reciprocal_rank_at(RANKING, {"c"}, 2) == 0


def test_recall() -> None:
    assert recall_at(RANKING, {"a", "d", "x"}, 10) == pytest.approx(2 / 3)
    assert recall_at(RANKING, {"a", "d"}, 3) == pytest.approx(1 / 2)


def test_ndcg() -> None:
    grades = {"b": 2, "d": 1, "x": 1}
    gained = 3 / log2(1 + 2) + 1 / log2(1 + 4)
    ideal = 3 / log2(1 + 1) + 1 / log2(1 + 2) + 1 / log2(1 + 3)
    assert ndcg_at(RANKING, grades, 10) == pytest.approx(gained / ideal)
    assert ndcg_at(RANKING, grades, 3) == pytest.approx((3 / log2(1 + 2)) / ideal)


def test_ndcg_of_a_perfect_ranking_is_1() -> None:
    assert ndcg_at(["b", "d"], {"b": 2, "d": 1}, 10) == pytest.approx(1)
