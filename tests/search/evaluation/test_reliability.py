"""Reliability and near neighbours, by hand."""

from __future__ import annotations

import pytest

from indexer.judgments import Judgment
from search.evaluation.families import FamilyOrder, family_order
from search.evaluation.reliability import format_reliability, reliability


def test_the_error_is_the_mean_distance_by_questions() -> None:
    found = reliability([0.85, 0.81, 0.89, 0.25, 1.0], [True, True, False, False, True])
    assert [each.questions for each in found.bins] == [0, 0, 1, 0, 0, 0, 0, 0, 3, 1]
    expected = (3 * abs(0.85 - 2 / 3) + 1 * abs(0.25 - 0.0) + 1 * abs(1.0 - 1.0)) / 5
    assert found.error == pytest.approx(expected)


def test_the_table_has_a_line_for_each_bin_that_holds_questions() -> None:
    lines = format_reliability(reliability([0.25, 1.0], [False, True])).splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == ["0.2–0.3", "0.9–1.0"]
    assert lines[-1] == "expected calibration error 0.125"


FAMILIES = {"a1": "a", "a2": "a", "a3": "a", "b1": "b"}


@pytest.mark.parametrize(
    ("relevant", "ranking", "in_order"),
    [
        ({"a1": 2}, ["b1", "a1", "a2"], 1),
        ({"a1": 2}, ["a2", "a1"], 0),
        ({"a1": 2}, ["b1"], 0),
        ({"a1": 2, "a2": 1}, ["a2", "a1", "a3"], 1),  # what answers partly is not wrong
    ],
)
def test_a_right_article_stands_above_the_wrong_of_its_family(
    relevant: dict[str, int], ranking: list[str], in_order: int
) -> None:
    found = family_order([Judgment("问", relevant)], [ranking], FAMILIES)
    assert found == FamilyOrder(1, in_order)


@pytest.mark.parametrize("relevant", [{"b1": 2}, {"c": 2}, {}, {"a1": 2, "a2": 1, "a3": 1}])
def test_without_a_wrong_neighbour_a_question_does_not_count(relevant: dict[str, int]) -> None:
    assert family_order([Judgment("问", relevant)], [["a2"]], FAMILIES) == FamilyOrder(0, 0)
