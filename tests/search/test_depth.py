"""How deep retrievers look, by hand."""

from __future__ import annotations

from indexer.store.entries import Counts
from search.retrieval.depth import dense_depth


def counts(passages: int, asked: int) -> Counts:
    return Counts(
        articles=1, excerpts=0, passages=passages, asked=asked, duplicates=0, rejected=0,
        embedded=passages, reused=0,
    )  # fmt: skip


def test_without_wordings_a_hundred_passages_are_taken() -> None:
    assert dense_depth(counts(6_000, 0)) == 100


def test_wordings_are_taken_besides() -> None:
    assert dense_depth(counts(6_000, 3_000)) == 100 * 6_000 / 3_000
    assert dense_depth(counts(7, 2)) == 140


def test_an_index_of_nothing_has_a_depth() -> None:
    assert dense_depth(counts(0, 0)) == 0
