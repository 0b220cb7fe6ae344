"""How much a new model's transformer counts beside its bag is what dev pairs say."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from indexer.training.balancing import balance
from indexer.training.compact_learner import CompactLearner
from indexer.training.measuring import scores_of
from indexer.training.pairs import Pair
from tests.indexer.training.test_stages import SHORT, new_module

TEXTS = tuple(
    f"{product}{what}"
    for product in ("花呗", "借呗", "微粒贷", "房贷", "信用卡", "白条")
    for what in ("怎么还款", "逾期了怎么办", "额度是多少")
)


@pytest.fixture
def learner() -> CompactLearner:
    return CompactLearner(new_module(TEXTS), SHORT)


def judged_by(learner: CompactLearner, transformer: bool) -> list[Pair]:
    """Pairs judged as one part alone would: the nearer half the same."""
    learner.network.eval()
    with torch.inference_mode():
        transformed, bags = learner.parts(TEXTS)
    vectors = transformed[:, 0] if transformer else bags
    cosines = (vectors @ vectors.T).numpy()
    pairs = list(itertools.combinations(range(len(TEXTS)), 2))
    middle = np.median([cosines[pair] for pair in pairs])
    return [Pair(TEXTS[a], TEXTS[b], bool(cosines[a, b] > middle)) for a, b in pairs]


@pytest.mark.parametrize(("transformer", "factor"), [(True, 4.0), (False, 1.0)])
def test_the_part_that_is_right_counts_most(
    learner: CompactLearner, transformer: bool, factor: float
) -> None:
    learnt = learner.network.shares.detach().clone()
    dev = judged_by(learner, transformer)
    assert balance(learner, [dev]) == factor
    torch.testing.assert_close(learner.network.shares.detach(), factor * learnt)


def test_it_is_best_in_the_mean_over_all_sets(learner: CompactLearner) -> None:
    dev = [judged_by(learner, True), judged_by(learner, False)[:40]]
    shares = learner.network.shares
    learnt = shares.detach().clone()
    means = {}
    for factor in (1.0, 1.4, 2.0, 2.8, 4.0):
        shares.data = factor * learnt
        means[factor] = float(np.mean(scores_of(learner, dev)))
    shares.data = learnt.clone()
    assert balance(learner, dev) == max(means, key=lambda factor: means[factor])
    assert np.mean(scores_of(learner, dev)) == pytest.approx(max(means.values()), abs=0.05)


def test_it_goes_on_learning(learner: CompactLearner) -> None:
    balance(learner, [judged_by(learner, True)])
    assert learner.network.shares.requires_grad
    learner.plain(TEXTS).sum().backward()  # type: ignore[no-untyped-call]
    assert learner.network.shares.grad is not None
