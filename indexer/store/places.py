"""Where each passage belongs, memory-mapped: its article and what it does there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from indexer.article import Passage, PassageGroup, group_of
from indexer.errors import IndexDamagedError
from indexer.store.manifest import REBUILD

GROUPS: tuple[PassageGroup, ...] = get_args(PassageGroup)


def write_places(passages: Sequence[Passage], target: Path) -> None:
    """Write the places of passages in row order; those of an article stand together."""
    pairs = [(each.article_row, GROUPS.index(group_of(each.kind))) for each in passages]
    np.save(target, np.array(pairs, dtype=np.int32).reshape(-1, 2))


class PlaceIndex:
    """The places of a build's passages."""

    def __init__(self, places: NDArray[np.int32]) -> None:
        """Take an open array ``(passages, 2)`` of article rows and numbers of `GROUPS`."""
        self._places = places
        self.rows: int = len(places)

    @classmethod
    def open(cls, path: Path) -> PlaceIndex:
        """Open what `write_places` wrote.

        Raises:
            IndexDamagedError: the file is missing or not what was written.
        """
        try:
            places = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
            if places.dtype != np.int32 or places.ndim != 2 or places.shape[1] != len(_COLUMNS):
                raise ValueError("another shape")
        except (OSError, ValueError) as error:
            raise IndexDamagedError(f"{path}: no places of passages; {REBUILD}") from error
        return cls(places)

    def of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Article row and number in `GROUPS` of each of some passages."""
        found = self._places[rows]
        return found[:, 0], found[:, 1]

    def passages_of(
        self, articles: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
        """Every passage of some articles: their rows, whose each is, and their groups.

        Args:
            articles: article rows, ascending; each has a passage.

        Returns:
            Passage rows, for each the position in `articles`, and the number in `GROUPS`.
        """
        column = self._places[:, 0]
        starts = np.searchsorted(column, articles)
        lengths = np.searchsorted(column, articles, side="right") - starts
        owners = np.repeat(np.arange(len(articles)), lengths)
        firsts = np.cumsum(lengths) - lengths
        rows = np.arange(int(lengths.sum())) - np.repeat(firsts - starts, lengths)
        return rows, owners, self._places[rows, 1]


_COLUMNS = ("article", "group")
