"""Long texts are read in windows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.encoders.vocabulary import TextRows
from indexer.encoders.windows import windows_of


def text(length: int) -> TextRows:
    ids = np.arange(1, length + 1)
    return TextRows(ids, ids + 100, ids + 200)


@given(lengths=st.lists(st.integers(0, 50), max_size=6), size=st.integers(1, 12))
def test_windows_together_are_the_text(lengths: list[int], size: int) -> None:
    cut = list(windows_of(map(text, lengths), size))
    for owner, length in enumerate(lengths):
        parts = [window.rows for window in cut if window.owner == owner]
        assert all(0 < len(part.ids) <= size for part in parts)
        whole = [row for part in parts for row in part.right]
        assert whole == list(range(201, 201 + length))


def test_windows_of_a_text_are_of_nearly_one_length() -> None:
    assert [len(window.rows.ids) for window in windows_of([text(13)], 6)] == [4, 4, 5]
