from __future__ import annotations

import numpy as np
import pytest

from indexer.training.dataset import NO_NEGATIVE, Bags, PairSet
from indexer.training.pairs import Pair

JUDGED = [
    Pair("a", "b", True),
    Pair("b", "c", True),
    Pair("a", "x", False),
    Pair("y", "b", False),
    Pair("p", "q", True),
]


def test_texts_are_numbered_once() -> None:
    pairs = PairSet.of(JUDGED)
    assert pairs.texts == ("a", "b", "c", "x", "y", "p", "q")
    assert pairs.pairs.tolist() == [[0, 1], [1, 2], [0, 3], [4, 1], [5, 6]]
    assert pairs.clusters.tolist() == [0, 0, 0, 3, 4, 5, 5]


def test_each_text_has_those_judged_different_from_it() -> None:
    pairs = PairSet.of(JUDGED)
    parts = np.split(pairs.unlike, pairs.unlike_offsets[1:-1])
    assert [part.tolist() for part in parts] == [[3], [4], [], [0], [1], [], []]


@pytest.mark.parametrize("size", [1, 2, 5, 99])
def test_batches_give_every_pair_once(size: int) -> None:
    pairs = PairSet.of(JUDGED)
    batches = list(pairs.batches(size, np.random.default_rng(0)))
    assert all(len(batch.first) <= size for batch in batches)
    rows = [row for b in batches for row in zip(b.first, b.second, b.same, strict=True)]
    expected = [(*pair, same) for pair, same in zip(pairs.pairs, pairs.same, strict=True)]
    assert sorted(map(tuple, rows)) == sorted(map(tuple, expected))


def test_negatives_are_judged_different_from_one_of_the_pair() -> None:
    pairs = PairSet.of(JUDGED)
    seen: dict[tuple[int, int], set[int]] = {}
    rng = np.random.default_rng(0)
    for _ in range(60):
        (batch,) = pairs.batches(99, rng)
        first, second = batch.first[batch.same], batch.second[batch.same]
        for a, b, negative in zip(first, second, batch.negatives, strict=True):
            seen.setdefault((int(a), int(b)), set()).add(int(negative))
    assert seen == {(0, 1): {3, 4}, (1, 2): {4}, (5, 6): {NO_NEGATIVE}}


def test_the_seed_decides_the_order() -> None:
    pairs = PairSet.of(JUDGED)
    one, again, other = (
        [b.first.tolist() for b in pairs.batches(1, np.random.default_rng(seed))]
        for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


def test_bags_are_selected_end_to_end() -> None:
    bags = Bags.of([["a", "b"], [], ["zz"], ["c", "a", "b"]], {"a": 0, "b": 1, "c": 2})
    ids, offsets = bags.select(np.array([3, 1, 0, 2, 3]))
    assert ids.tolist() == [2, 0, 1, 0, 1, 2, 0, 1]
    assert offsets.tolist() == [0, 3, 3, 5, 5]
