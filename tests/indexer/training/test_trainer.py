from __future__ import annotations

import numpy as np
import pytest
import torch

from indexer.encoders.bag_module import BagModule
from indexer.errors import InputError
from indexer.training.dataset import PairSet
from indexer.training.pairs import Pair
from indexer.training.recipe import Recipe
from indexer.training.trainer import Step, train

TINY = Recipe(dimension=32, epochs=15, batch_size=32, learning_rate=2e-2, min_count=1)


def cosines(module: BagModule, pairs: list[Pair]) -> np.ndarray:
    def encode(texts: list[str]) -> torch.Tensor:
        with torch.inference_mode():
            sums = module(module.preprocess(texts))["sentence_embedding"]
        return torch.nn.functional.normalize(sums, dim=1)

    first, second = encode([p.first for p in pairs]), encode([p.second for p in pairs])
    return (first * second).sum(1).numpy()


def separation(module: BagModule, judged: list[Pair]) -> float:
    """The share of (same, different) pairs in the right order: the AUROC."""
    values = cosines(module, judged)
    same = np.array([pair.same for pair in judged])
    return float((values[same][:, None] > values[~same][None, :]).mean())


def test_it_learns(judged: list[Pair]) -> None:
    pairs = PairSet.of(judged)
    untrained = train(pairs, Recipe(dimension=32, epochs=1, learning_rate=1e-12, min_count=1))
    trained = train(pairs, TINY)
    assert separation(trained, judged) > 0.99
    assert separation(trained, judged) > separation(untrained, judged) + 0.1


def test_the_untrained_table_is_a_sketch_of_tf_idf(judged: list[Pair]) -> None:
    pairs = PairSet.of(judged)
    module = train(pairs, Recipe(dimension=512, epochs=1, learning_rate=1e-12, min_count=1))
    lengths = module.embedding.weight.detach().norm(dim=1)
    rarest, commonest = lengths[-1], lengths[0]
    assert rarest > commonest


def test_one_seed_gives_one_model(judged: list[Pair]) -> None:
    pairs = PairSet.of(judged)
    short = Recipe(dimension=8, epochs=2, batch_size=32, min_count=1, seed=5)
    one, again = train(pairs, short), train(pairs, short)
    torch.testing.assert_close(one.embedding.weight, again.embedding.weight)
    other = train(pairs, Recipe(dimension=8, epochs=2, batch_size=32, min_count=1, seed=6))
    assert not torch.allclose(one.embedding.weight, other.embedding.weight)


def test_every_step_is_told(judged: list[Pair]) -> None:
    steps: list[Step] = []
    pairs = PairSet.of(judged)
    train(pairs, Recipe(dimension=8, epochs=2, batch_size=50, min_count=1), steps.append)
    per_epoch = -(-len(judged) // 50)
    assert [step.number for step in steps] == list(range(1, 2 * per_epoch + 1))
    assert {step.total for step in steps} == {2 * per_epoch}
    assert all(np.isfinite(step.loss) for step in steps)


def test_pairs_of_one_judgment_can_be_learnt_from() -> None:
    module = train(
        PairSet.of([Pair("花呗怎么还", "怎么还花呗", True)]),
        Recipe(dimension=8, epochs=2, batch_size=2, min_count=1),
    )
    assert bool(torch.isfinite(module.embedding.weight).all())


def test_too_few_questions_for_the_minimum_count(judged: list[Pair]) -> None:
    with pytest.raises(InputError, match="give more pairs or a smaller --min-count"):
        train(PairSet.of(judged), Recipe(min_count=1_000))
