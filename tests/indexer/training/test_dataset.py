from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest

from indexer.training.dataset import Batch, PairSet
from indexer.training.pairs import Pair
from indexer.training.sets import SetWeights, TrainingSet

JUDGED = [
    Pair("a", "b", True),
    Pair("b", "c", True),
    Pair("a", "x", False),
    Pair("y", "b", False),
    Pair("p", "q", True),
]


def batches_of(pairs: PairSet, size: int, seed: int = 0) -> Iterator[Batch]:
    return map(pairs.batch, pairs.draws(size, np.random.default_rng(seed)))


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
    batches = batches_of(pairs, size)
    while seen.total() < len(JUDGED):
        batch = next(batches)
        first, second = batch.texts[batch.first], batch.texts[batch.second]
        seen.update(zip(first.tolist(), second.tolist(), strict=True))
    assert sorted(seen.items()) == sorted(((a, b), 1) for a, b in pairs.pairs.tolist())


def test_a_text_with_many_partners_is_encoded_once_for_them() -> None:
    pairs = PairSet.of([[Pair("a", str(n), True) for n in range(10)]])
    batch = next(batches_of(pairs, 10))
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
        [batch.texts[batch.first].tolist() for batch in islice(batches_of(pairs, 1, seed), 10)]
        for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


def strangers(name: str, count: int) -> tuple[Pair, ...]:
    """Pairs that share no text."""
    return tuple(Pair(f"{name}{n}", f"{name}{n}'", True) for n in range(count))


def drawn(sets: list[TrainingSet], size: int, batches: int) -> list[list[int]]:
    """For each batch, how many pairs of each set it holds."""
    pairs = PairSet.of_sets(sets)
    return [
        np.bincount(batch.sets, minlength=len(sets)).tolist()
        for batch in islice(batches_of(pairs, size), batches)
    ]


def test_sets_take_part_by_size_and_weight() -> None:
    sets = [
        TrainingSet("big", strangers("a", 800)),
        TrainingSet("twice", strangers("b", 200), SetWeights(rounds=2)),
        TrainingSet("half", strangers("c", 400), SetWeights(rounds=0.5)),
        TrainingSet("none", strangers("d", 400), SetWeights(rounds=0)),
    ]
    # 800 x 1, 200 x 2, 400 x 0.5: of 14 pairs 8, 4 and 2.
    assert drawn(sets, 14, 50) == [[8, 4, 2, 0]] * 50


def test_what_a_batch_owes_later_ones_make_up_for() -> None:
    sets = [TrainingSet("big", strangers("a", 900)), TrainingSet("small", strangers("b", 100))]
    counts = np.array(drawn(sets, 5, 100))
    assert counts[:, 1].max() == 1
    assert counts.sum(axis=0).tolist() == [450, 50]


@pytest.mark.parametrize("size", [1, 3, 7])
def test_every_pair_of_a_set_comes_before_any_comes_again(size: int) -> None:
    sets = [TrainingSet("a", strangers("a", 12)), TrainingSet("b", strangers("b", 5))]
    pairs = PairSet.of_sets(sets)
    seen: Counter[int] = Counter()
    for rows in islice(pairs.draws(size, np.random.default_rng(3)), 60):
        assert len(set(rows.tolist())) == len(rows)
        seen.update(rows.tolist())
        for of in (0, 1):
            counts = [seen[row] for row in np.flatnonzero(pairs.sets == of).tolist()]
            assert max(counts) - min(counts) <= 1


def test_a_small_set_of_great_weight_never_comes_twice_in_a_batch() -> None:
    small = TrainingSet("small", strangers("b", 4), SetWeights(rounds=100))
    assert drawn([TrainingSet("big", strangers("a", 400)), small], 40, 5) == [[20, 4]] * 5
