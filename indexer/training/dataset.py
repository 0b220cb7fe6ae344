"""Question pairs as arrays: what a training step reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.training.clusters import clusters_of
from indexer.training.pairs import Pair

NO_NEGATIVE = -1


@dataclass(frozen=True, slots=True)
class Batch:
    """One training step's pairs, by number of text.

    Attributes:
        first: ``(n,)`` int64.
        second: ``(n,)`` int64.
        same: ``(n,)`` bool, the judgments.
        negatives: ``(number same,)`` int64, a text judged different from one of the two
            of each pair judged the same; ``NO_NEGATIVE`` where none was.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    same: NDArray[np.bool_]
    negatives: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PairSet:
    """Pairs over numbered texts.

    Attributes:
        texts: the distinct texts.
        pairs: ``(n, 2)`` int64, the texts of each pair.
        same: ``(n,)`` bool.
        clusters: ``(len(texts),)`` int64, see ``clusters_of``.
        unlike: ``(2 * number not same,)`` int64, the texts judged different from text 0,
            then from text 1, and so on.
        unlike_offsets: ``(len(texts) + 1,)`` int64, where each text's begin in ``unlike``.
    """

    texts: tuple[str, ...]
    pairs: NDArray[np.int64]
    same: NDArray[np.bool_]
    clusters: NDArray[np.int64]
    unlike: NDArray[np.int64]
    unlike_offsets: NDArray[np.int64]

    @classmethod
    def of(cls, judged: Sequence[Pair]) -> PairSet:
        """Number the texts of judged pairs and group those that mean the same."""
        numbers: dict[str, int] = {}
        for pair in judged:
            numbers.setdefault(pair.first, len(numbers))
            numbers.setdefault(pair.second, len(numbers))
        pairs = np.array(
            [(numbers[pair.first], numbers[pair.second]) for pair in judged], dtype=np.int64
        ).reshape(-1, 2)
        same = np.array([pair.same for pair in judged], dtype=np.bool_)
        both = np.concatenate([pairs[~same], pairs[~same][:, ::-1]])
        order = np.argsort(both[:, 0], kind="stable")
        counts = np.bincount(both[:, 0], minlength=len(numbers))
        return cls(
            texts=tuple(numbers),
            pairs=pairs,
            same=same,
            clusters=clusters_of(len(numbers), pairs[same]),
            unlike=both[order, 1],
            unlike_offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        )

    def batches(self, size: int, rng: np.random.Generator) -> Iterator[Batch]:
        """All pairs once, shuffled, ``size`` at a time; the last batch may be smaller."""
        order = rng.permutation(len(self.pairs))
        for start in range(0, len(order), size):
            rows = order[start : start + size]
            first, second = self.pairs[rows, 0], self.pairs[rows, 1]
            same = self.same[rows]
            yield Batch(first, second, same, self._negatives(first[same], second[same], rng))

    def _negatives(
        self, first: NDArray[np.int64], second: NDArray[np.int64], rng: np.random.Generator
    ) -> NDArray[np.int64]:
        """For each pair one of the texts judged different from either, drawn evenly."""
        counts = np.diff(self.unlike_offsets)
        total = counts[first] + counts[second]
        drawn = (rng.random(len(first)) * total).astype(np.int64)
        of_first = drawn < counts[first]
        owner = np.where(of_first, first, second)
        place = self.unlike_offsets[owner] + np.where(of_first, drawn, drawn - counts[first])
        found = np.full(len(first), NO_NEGATIVE, dtype=np.int64)
        found[total > 0] = self.unlike[place[total > 0]]
        return found


@dataclass(frozen=True, slots=True)
class Bags:
    """The known features of numbered texts, end to end.

    Attributes:
        ids: ``(total,)`` int64, rows of the table.
        offsets: ``(n_texts + 1,)`` int64, where each text's begin in ``ids``.
    """

    ids: NDArray[np.int64]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, features: Sequence[Sequence[str]], rows: Mapping[str, int]) -> Bags:
        """Look up the rows of each text's features; unknown ones are left out."""
        known = [[rows[f] for f in bag if f in rows] for bag in features]
        lengths = np.array([len(bag) for bag in known], dtype=np.int64)
        ids = np.fromiter((row for bag in known for row in bag), np.int64, int(lengths.sum()))
        return cls(ids, np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))

    def select(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The bags of some texts, as ``torch.nn.EmbeddingBag`` takes them.

        Returns:
            ``(total,)`` int64 rows, and ``(len(texts),)`` int64 where each bag begins.
        """
        lengths = self.offsets[texts + 1] - self.offsets[texts]
        starts = np.cumsum(lengths) - lengths
        within = np.repeat(self.offsets[texts] - starts, lengths)
        return self.ids[within + np.arange(len(within))], starts
