"""What the bundled kind of model sees of a text: its characters and their neighbours.

Characters carry the meaning of a Chinese question and bigrams most of its words, so
that no segmentation, and none of its errors, stands between a typo and its match. Both
are rows of one table: specials, then characters, then bigrams.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.text.normalise import normalise

# Rows that stand for no character.
NOTHING: Final = 0
UNKNOWN: Final = 1
MASKED: Final = 2
SPECIALS: Final = 3

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TextRows:
    """A text as rows of the table; all three arrays are as long as the text.

    Attributes:
        ids: of its characters, `UNKNOWN` among them.
        left: of the bigram that each character closes, `NOTHING` where it is not known.
        right: of the bigram that each character opens.
    """

    ids: Ids
    left: Ids
    right: Ids

    def distinct(self) -> Ids:
        """The distinct known rows: a long text is not drowned by its 的."""
        rows = {*self.ids.tolist(), *self.left.tolist(), *self.right[-1:].tolist()}
        return np.array(sorted(rows - {NOTHING, UNKNOWN}), dtype=np.int64)


def distinct_of(texts: Sequence[TextRows]) -> tuple[Ids, Ids]:
    """The `TextRows.distinct` of several texts, found together.

    Returns:
        ``(total,)`` rows of all texts end to end, and ``(texts,)`` where each text's begin.
    """
    owners = np.repeat(np.arange(len(texts)), [3 * len(text.ids) for text in texts])
    parts = [part for text in texts for part in (text.ids, text.left, text.right)]
    found = np.concatenate([[NOTHING], *parts])
    each = int(found.max()) + 1
    keys = np.unique(owners * each + found[1:])
    keys = keys[~np.isin(keys % each, [NOTHING, UNKNOWN])]
    return keys % each, np.searchsorted(keys, np.arange(len(texts)) * each)


class Vocabulary:
    """Characters and bigrams that have a row.

    Args:
        characters: distinct; character ``i`` has row ``SPECIALS + i``.
        bigrams: ``(n, 2)`` rows of the two characters, `NOTHING` for an end of the text;
            distinct; bigram ``i`` has row ``first_bigram + i``.

    Attributes:
        characters: as given.
        bigrams: as given.
        first_bigram: the row of the first bigram, which is how many rows come before.
    """

    def __init__(self, characters: Sequence[str], bigrams: NDArray[np.integer]) -> None:
        """Index both for looking up."""
        self.characters: Final = tuple(characters)
        self.bigrams: Final = np.asarray(bigrams, dtype=np.int64).reshape(-1, 2)
        self.first_bigram: Final = SPECIALS + len(self.characters)
        self._ids = {char: SPECIALS + i for i, char in enumerate(self.characters)}
        keys = self.bigrams[:, 0] * self.first_bigram + self.bigrams[:, 1]
        order = np.argsort(keys)
        # As small as may be: looking up takes as long as it takes to get at them.
        self._keys = keys[order].astype(np.min_scalar_type(self.first_bigram**2))
        self._rows = (self.first_bigram + order).astype(np.uint32)

    def __len__(self) -> int:
        """How many rows the table has."""
        return self.first_bigram + len(self.bigrams)

    def ids_of(self, text: str) -> Ids:
        """The rows of a text's normalised characters; empty where nothing is left of it."""
        known = self._ids
        plain = normalise(text).text
        return np.array([known.get(char, UNKNOWN) for char in plain], dtype=np.int64)

    def read(self, text: str) -> TextRows:
        """A text of any length as rows."""
        return self.rows_of(self.ids_of(text))

    def read_all(self, texts: Sequence[Ids]) -> list[TextRows]:
        """The rows of several texts' characters, looked up together."""
        if not texts:
            return []
        lengths = np.array([len(ids) for ids in texts])
        # End to end with nothing between them, which is what an end is.
        rows = self.rows_of(np.insert(np.concatenate(texts), np.cumsum(lengths), NOTHING))
        starts = np.cumsum(lengths + 1) - lengths - 1
        return [
            TextRows(rows.ids[at:end], rows.left[at:end], rows.right[at:end])
            for at, end in zip(starts.tolist(), (starts + lengths).tolist(), strict=True)
        ]

    def rows_of(self, ids: Ids) -> TextRows:
        """Look up the bigrams of characters, ``(..., length)``; behind the end is `NOTHING`."""
        end = np.zeros((*ids.shape[:-1], 1), dtype=np.int64)
        bounded = np.concatenate([end, ids, end], axis=-1)
        keys = bounded[..., :-1] * self.first_bigram + bounded[..., 1:]
        rows = self._look_up(keys)
        real = ids != NOTHING
        return TextRows(ids, rows[..., :-1] * real, rows[..., 1:] * real)

    def _look_up(self, keys: Ids) -> Ids:
        if not len(self._keys):
            return np.zeros_like(keys)
        keys = keys.astype(self._keys.dtype)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._rows[at], NOTHING).astype(np.int64)
