"""Some at a time, all in the end."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from indexer.batches import batches


@given(items=st.lists(st.integers()), size=st.integers(1, 9))
def test_all_come_in_order_and_only_the_last_batch_may_be_short(
    items: list[int], size: int
) -> None:
    found = list(batches(items, size))
    assert list(chain(*found)) == items
    assert all(len(batch) == size for batch in found[:-1])
    assert all(1 <= len(batch) <= size for batch in found)
