"""Rows of a database that were asked for, kept at hand: of a small collection soon all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")

# Some megabytes a worker; a collection of 400 articles is in memory whole.
_MOST = 4_096


class Remembered(Generic[T]):
    """What a database has of rows that never change; safe for threads.

    Args:
        load: reads rows; those that are not there are left out.
        most: how many to keep at most, from which all are forgotten.
    """

    def __init__(self, load: Callable[[Sequence[int]], Mapping[int, T]], most: int = _MOST) -> None:
        """Nothing was asked for yet."""
        self._load = load
        self._most = most
        self._known: dict[int, T] = {}

    def of(self, rows: Iterable[int]) -> dict[int, T]:
        """What there is of some rows, in their order."""
        wanted = [int(row) for row in rows]
        # Another thread may put a new table in its place, but takes nothing out of this one.
        known = self._known
        unknown = [row for row in wanted if row not in known]
        if not unknown:
            return {row: known[row] for row in wanted}
        loaded = self._load(unknown)
        found = {
            row: (known if row in known else loaded)[row]
            for row in wanted
            if row in known or row in loaded
        }
        kept = known if len(known) + len(loaded) <= self._most else {}
        kept.update(islice(loaded.items(), self._most))
        self._known = kept
        return found
