"""Texts cut into windows that a transformer reads at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.encoders.vocabulary import TextRows


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
