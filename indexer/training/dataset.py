"""Question pairs as arrays: what a training step reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.training.clusters import clusters_of
from indexer.training.pairs import Pair

# Pairs of one first text that stay together, so that it is encoded once for all of them.
_BUNCH = 16


@dataclass(frozen=True, slots=True)
class Batch:
    """One training step's pairs, over the step's own distinct texts.

    Attributes:
        texts: ``(m,)`` int64, numbers of the distinct texts.
        first: ``(n,)`` int64, places in `texts`.
        second: ``(n,)`` int64.
        same: ``(n,)`` bool, the judgments.
        sets: ``(n,)`` int64, the set of each pair.
        excluded: ``(m, m)`` bool, True where one text is no stranger of the other: pairs
            judged the same tie the two together, and no judgment parts them.
    """

    texts: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    same: NDArray[np.bool_]
    sets: NDArray[np.int64]
    excluded: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PairSet:
    """Pairs over numbered texts.

    Attributes:
        texts: the distinct texts.
        pairs: ``(n, 2)`` int64, the texts of each pair.
        same: ``(n,)`` bool.
        sets: ``(n,)`` int64, the set that each pair came with: judges differ from set to
            set in how alike is the same.
        clusters: ``(len(texts),)`` int64, see ``clusters_of``.
    """

    texts: tuple[str, ...]
    pairs: NDArray[np.int64]
    same: NDArray[np.bool_]
    sets: NDArray[np.int64]
    clusters: NDArray[np.int64]

    @classmethod
    def of(cls, sets: Sequence[Sequence[Pair]]) -> PairSet:
        """Number the texts of sets of judged pairs and group those that mean the same."""
        judged = [pair for pairs in sets for pair in pairs]
        numbers: dict[str, int] = {}
        for pair in judged:
            numbers.setdefault(pair.first, len(numbers))
            numbers.setdefault(pair.second, len(numbers))
        pairs = np.array(
            [(numbers[pair.first], numbers[pair.second]) for pair in judged], dtype=np.int64
        ).reshape(-1, 2)
        same = np.array([pair.same for pair in judged], dtype=np.bool_)
        return cls(
            texts=tuple(numbers),
            pairs=pairs,
            same=same,
            sets=np.repeat(np.arange(len(sets)), [len(pairs) for pairs in sets]),
            clusters=clusters_of(len(numbers), pairs[same]),
        )

    def batches(self, size: int, rng: np.random.Generator) -> Iterator[Batch]:
        """Batches of about `size` pairs without end; every pair comes once in each round.

        A round is shuffled by bunches: pairs with one first text come together, up to 16.
        """
        while True:
            rows: list[NDArray[np.int64]] = []
            count = 0
            for bunch in self._bunches(rng):
                rows.append(bunch)
                count += len(bunch)
                if count >= size:
                    yield self.batch(np.concatenate(rows))
                    rows, count = [], 0
            if rows:
                yield self.batch(np.concatenate(rows))

    def _bunches(self, rng: np.random.Generator) -> list[NDArray[np.int64]]:
        shuffled = rng.permutation(len(self.pairs))
        order = shuffled[np.lexsort((self.pairs[shuffled, 0], self.sets[shuffled]))]
        keys = np.stack([self.sets[order], self.pairs[order, 0]])
        starts = np.flatnonzero(np.diff(keys, axis=1, prepend=-1).any(axis=0))
        bunches = [
            bunch[at : at + _BUNCH]
            for bunch in np.split(order, starts[1:])
            for at in range(0, len(bunch), _BUNCH)
        ]
        return [bunches[at] for at in rng.permutation(len(bunches))]

    def batch(self, rows: NDArray[np.int64]) -> Batch:
        """Some pairs as a batch."""
        texts, places = np.unique(self.pairs[rows], return_inverse=True)
        first, second = places.reshape(-1, 2).T
        same = self.same[rows]
        clusters = self.clusters[texts]
        excluded = clusters[:, None] == clusters[None, :]
        # Noise ties clusters together that a judge has parted: the judge is believed.
        excluded[first[~same], second[~same]] = False
        excluded[second[~same], first[~same]] = False
        return Batch(texts, first, second, same, self.sets[rows], excluded)
