"""Question pairs as arrays: what a training step reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.training.clusters import clusters_of
from indexer.training.pairs import Pair
from indexer.training.sets import SetWeights, TrainingSet

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
        weights: of each set.
    """

    texts: tuple[str, ...]
    pairs: NDArray[np.int64]
    same: NDArray[np.bool_]
    sets: NDArray[np.int64]
    clusters: NDArray[np.int64]
    weights: tuple[SetWeights, ...]

    @classmethod
    def of(cls, sets: Iterable[Sequence[Pair]]) -> PairSet:
        """Sets of the usual weight, see `of_sets`."""
        return cls.of_sets([TrainingSet("", tuple(pairs)) for pairs in sets])

    @classmethod
    def of_sets(cls, sets: Sequence[TrainingSet]) -> PairSet:
        """Number the texts of sets of judged pairs and group those that mean the same."""
        judged = [pair for found in sets for pair in found.pairs]
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
            sets=np.repeat(np.arange(len(sets)), [len(found.pairs) for found in sets]),
            clusters=clusters_of(len(numbers), pairs[same]),
            weights=tuple(found.weights for found in sets),
        )

    def draws(self, size: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
        """Rows of pairs for batches of about `size`, without end.

        A set takes part in each batch by its size and the rounds it weighs. Every pair of a
        set comes once before any comes again, and never twice in a batch. Each set is
        shuffled by bunches: pairs with one first text come together, up to 16.
        """
        sizes = np.bincount(self.sets, minlength=len(self.weights))
        rates = sizes * np.array([each.rounds for each in self.weights], dtype=np.float64)
        shares = size * rates / rates.sum()
        drawn = [_Drawn(self._bunches(of, rng), shares[of]) for of in np.flatnonzero(shares)]
        while True:
            rows = [bunch for each in drawn for bunch in each.take()]
            if rows:
                yield np.concatenate(rows)

    def _bunches(self, of: np.intp, rng: np.random.Generator) -> Iterator[NDArray[np.int64] | None]:
        """Bunches of a set without end; None after each round."""
        own = np.flatnonzero(self.sets == of)
        while True:
            shuffled = rng.permutation(own)
            order = shuffled[np.argsort(self.pairs[shuffled, 0], kind="stable")]
            starts = np.flatnonzero(np.diff(self.pairs[order, 0]))
            bunches = [
                bunch[at : at + _BUNCH]
                for bunch in np.split(order, starts + 1)
                for at in range(0, len(bunch), _BUNCH)
            ]
            for at in rng.permutation(len(bunches)).tolist():
                yield bunches[at]
            yield None

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


class _Drawn:
    """A set as batches draw on it.

    Args:
        bunches: of its pairs, without end, None after each round.
        share: pairs that it gives to a batch, on average.
    """

    def __init__(self, bunches: Iterator[NDArray[np.int64] | None], share: float) -> None:
        self._bunches, self._share, self._owed = bunches, share, 0.0

    def take(self) -> list[NDArray[np.int64]]:
        """What it gives to the next batch."""
        self._owed += self._share
        taken: list[NDArray[np.int64]] = []
        while self._owed > 0:
            bunch = next(self._bunches)
            if bunch is not None:
                taken.append(bunch)
                # A bunch may be more than is owed: later batches make up for it.
                self._owed -= len(bunch)
            elif taken:
                # The round ends: a pair never comes twice in a batch.
                self._owed = 0.0
        return taken
