"""Rows of a database are read once, and not too many are kept."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from indexer.store.remembered import Remembered


def test_a_row_is_read_once() -> None:
    read: list[list[int]] = []

    def load(rows: Sequence[int]) -> dict[int, str]:
        read.append(list(rows))
        return {row: f"row {row}" for row in rows}

    kept = Remembered(load)
    assert kept.of([2, 1]) == {2: "row 2", 1: "row 1"}
    assert kept.of([1, 3, 2]) == {1: "row 1", 3: "row 3", 2: "row 2"}
    assert kept.of(()) == {}
    assert read == [[2, 1], [3]]


def test_no_more_are_kept_than_said() -> None:
    read: list[list[int]] = []

    def load(rows: Sequence[int]) -> dict[int, int]:
        read.append(list(rows))
        return dict.fromkeys(rows, 0)

    kept = Remembered(load, most=2)
    assert list(kept.of([1, 2, 3])) == [1, 2, 3]
    kept.of([1, 2])
    kept.of([3])
    kept.of([1])
    assert read == [[1, 2, 3], [3], [1]]


def test_a_row_that_is_not_there_is_left_out() -> None:
    assert Remembered(lambda rows: {row: row for row in rows if row < 5}).of([9, 4]) == {4: 4}


@given(st.lists(st.lists(st.integers(0, 9), max_size=8), max_size=20), st.integers(0, 6))
def test_whatever_is_forgotten_the_answer_is_the_same(asked: list[list[int]], most: int) -> None:
    kept = Remembered(lambda rows: {row: row * row for row in rows}, most)
    for rows in asked:
        assert kept.of(rows) == {row: row * row for row in rows}
        assert list(kept.of(rows)) == list(dict.fromkeys(rows))
