from __future__ import annotations

from collections import Counter
from itertools import islice

import numpy as np
import pytest

from indexer.training.dataset import PairSet
from indexer.training.pairs import Pair

JUDGED = [
    Pair("a", "b", True),
    Pair("b", "c", True),
    Pair("a", "x", False),
    Pair("y", "b", False),
    Pair("p", "q", True),
]


def test_texts_are_numbered_once() -> None:
    pairs = PairSet.of([JUDGED[:2], JUDGED[2:]])
    assert pairs.texts == ("a", "b", "c", "x", "y", "p", "q")
    assert pairs.pairs.tolist() == [[0, 1], [1, 2], [0, 3], [4, 1], [5, 6]]
    assert pairs.sets.tolist() == [0, 0, 1, 1, 1]
    assert pairs.clusters.tolist() == [0, 0, 0, 3, 4, 5, 5]


@pytest.mark.parametrize("size", [1, 2, 5, 99])
def test_a_round_gives_every_pair_once(size: int) -> None:
    pairs = PairSet.of([JUDGED])
    seen: Counter[tuple[int, int]] = Counter()
    batches = pairs.batches(size, np.random.default_rng(0))
    while seen.total() < len(JUDGED):
        batch = next(batches)
        first, second = batch.texts[batch.first], batch.texts[batch.second]
        seen.update(zip(first.tolist(), second.tolist(), strict=True))
    assert sorted(seen.items()) == sorted(((a, b), 1) for a, b in pairs.pairs.tolist())


def test_a_text_with_many_partners_is_encoded_once_for_them() -> None:
    pairs = PairSet.of([[Pair("a", str(n), True) for n in range(10)]])
    batch = next(pairs.batches(10, np.random.default_rng(0)))
    assert len(batch.texts) == 11


def test_what_means_the_same_is_no_stranger() -> None:
    pairs = PairSet.of([JUDGED])
    batch = pairs.batch(np.arange(5))
    names = [pairs.texts[text] for text in batch.texts]
    tied = {
        (names[i], names[j]) for i, j in np.argwhere(batch.excluded).tolist() if names[i] < names[j]
    }
    assert tied == {("a", "b"), ("a", "c"), ("b", "c"), ("p", "q")}


def test_a_judge_is_believed_against_a_chain() -> None:
    chain = [Pair("a", "b", True), Pair("b", "c", True), Pair("a", "c", False)]
    batch = PairSet.of([chain]).batch(np.arange(3))
    assert not batch.excluded[0, 2]
    assert not batch.excluded[2, 0]
    assert batch.excluded[0, 1]


def test_the_seed_decides_the_order() -> None:
    pairs = PairSet.of([JUDGED])
    one, again, other = (
        [
            batch.texts[batch.first].tolist()
            for batch in islice(pairs.batches(1, np.random.default_rng(seed)), 10)
        ]
        for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other
