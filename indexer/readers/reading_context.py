"""What every reader is given beside its file: options, and where to tell what it left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.errors import SourceError
from indexer.reading import DEFAULTS, ReadOptions

Reject = Callable[[SourceError], None]


@dataclass(slots=True)
class ReadingContext:
    """One source's reading.

    Attributes:
        reject: called with each part that cannot be used.
        options: how to read.
        left_out: what was passed over on purpose, by kind (``draft``, ``column 浏览量``).
        matched: the pairs of `ReadOptions.columns` that some table or object had.
    """

    reject: Reject
    options: ReadOptions = DEFAULTS
    left_out: Counter[str] = field(default_factory=Counter)
    matched: set[tuple[str, str]] = field(default_factory=set)
