"""Texts cut into windows that a transformer reads at once, and windows put in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.encoders.vocabulary import TextRows

# Characters in a batch, filling up included: what a small cache holds.
_BATCH_CHARACTERS = 8192


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text.

    Attributes:
        owner: the number of its text.
        rows: of its characters; bigrams reach across its ends.
    """

    owner: int
    rows: TextRows


def windows_of(texts: Iterable[TextRows], size: int) -> Iterator[Window]:
    """Cut texts into windows of nearly equal length, `size` at most; empty ones have none."""
    for owner, text in enumerate(texts):
        length = len(text.ids)
        count = -(-length // size)
        for at in range(count):
            part = slice(at * length // count, (at + 1) * length // count)
            yield Window(owner, TextRows(text.ids[part], text.left[part], text.right[part]))


def batches(
    windows: Iterable[Window], characters: int = _BATCH_CHARACTERS
) -> Iterator[Sequence[Window]]:
    """Windows of like length together, so that little is filled up."""
    batch: list[Window] = []
    for window in sorted(windows, key=lambda window: len(window.rows.ids)):
        if batch and (len(batch) + 1) * len(window.rows.ids) > characters:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch
