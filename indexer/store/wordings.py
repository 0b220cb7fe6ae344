"""All wordings of each article's question in one profile of characters and pairs.

A question is scored against each article's profile, its title and its other wordings
together, by BM25. What each gram brings each article is worked out at indexing (Lù, "BM25S:
Orders of magnitude faster lexical search via eager sparse scoring", 2024), so that a
question is a few sums over memory-mapped arrays and every article gets a score.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamagedError
from indexer.store.manifest import REBUILD
from indexer.text.grams import grams

_K1 = 1.2
_B = 0.75
_GRAMS = "grams.trie"
_ARRAYS = ("starts", "articles", "weights")


def write_wordings(wordings: Sequence[Sequence[str]], folder: Path) -> None:
    """Write the profiles of articles in row order into a new folder.

    Args:
        wordings: canonical texts of each article's title and other wordings.
        folder: made here.
    """
    folder.mkdir()
    profiles = [Counter(gram for text in texts for gram in grams(text)) for texts in wordings]
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, profile in enumerate(profiles):
        for gram in profile:
            rows_of[gram].append(row)
    trie = marisa_trie.Trie(rows_of)
    ordered = [trie.restore_key(number) for number in range(len(trie))]
    lengths = np.array([profile.total() for profile in profiles], dtype=np.float64)
    mean = lengths.mean() if lengths.any() else 1.0
    weights = [np.zeros(0)]
    for gram in ordered:
        rows = rows_of[gram]
        counts = np.array([profiles[row][gram] for row in rows], dtype=np.float64)
        damped = counts + _K1 * (1 - _B + _B * lengths[rows] / mean)
        weights.append(_idf(len(profiles), len(rows)) * counts * (_K1 + 1) / damped)
    trie.save(str(folder / _GRAMS))
    starts = np.cumsum([0, *(len(rows_of[gram]) for gram in ordered)])
    articles = [row for gram in ordered for row in rows_of[gram]]
    np.save(folder / "starts.npy", starts.astype(np.int64))
    np.save(folder / "articles.npy", np.array(articles, dtype=np.int32))
    np.save(folder / "weights.npy", np.concatenate(weights).astype(np.float32))


def _idf(articles: int, having: int) -> float:
    return float(np.log(1 + (articles - having + 0.5) / (having + 0.5)))


class WordingIndex:
    """The profiles of a build's articles, memory-mapped."""

    def __init__(
        self,
        trie: marisa_trie.Trie,
        starts: NDArray[np.int64],
        articles: NDArray[np.int32],
        weights: NDArray[np.float32],
        count: int,
    ) -> None:
        """Take open arrays: of gram ``i`` the postings ``starts[i]:starts[i + 1]``."""
        self._trie = trie
        self._starts = starts
        self._articles = articles
        self._weights = weights
        self._count = count

    @classmethod
    def open(cls, folder: Path, articles: int) -> WordingIndex:
        """Open what `write_wordings` wrote of so many articles.

        Raises:
            IndexDamagedError: a file is missing or not what was written.
        """
        try:
            trie = marisa_trie.Trie().mmap(str(folder / _GRAMS))
            starts, rows, weights = (
                np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
                for name in _ARRAYS
            )
        except (OSError, RuntimeError, ValueError) as error:
            raise IndexDamagedError(f"{folder}: no profiles of wordings; {REBUILD}") from error
        return cls(trie, starts, rows, weights, articles)

    def scores(self, text: str) -> NDArray[np.float64]:
        """What share of the best possible score each article has, ``(articles,)`` in 0…1.

        A gram that no article has counts against all of them.

        Args:
            text: a canonical question.
        """
        asked = sorted(set(grams(text)))
        if not asked or not self._count:
            return np.zeros(self._count)
        numbers = [self._trie.get(gram) for gram in asked]
        ranges = [
            (int(self._starts[number]), int(self._starts[number + 1]))
            for number in numbers
            if number is not None
        ]
        ceiling = sum(_idf(self._count, end - start) for start, end in ranges)
        ceiling += (len(asked) - len(ranges)) * _idf(self._count, 0)
        if not ranges:
            return np.zeros(self._count)
        articles = np.concatenate([self._articles[start:end] for start, end in ranges])
        weights = np.concatenate([self._weights[start:end] for start, end in ranges])
        sums = np.bincount(articles, weights=weights, minlength=self._count)
        found: NDArray[np.float64] = sums / (ceiling * (_K1 + 1))
        return found
