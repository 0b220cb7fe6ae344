"""Trains a bag encoder on judged question pairs. Importing this imports torch."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from indexer.encoders.bag_module import BagModule
from indexer.encoders.features import features_of
from indexer.errors import InputError
from indexer.training.dataset import NO_NEGATIVE, Bags, Batch, PairSet
from indexer.training.losses import cosent_loss, multiple_negatives_loss
from indexer.training.recipe import Recipe
from indexer.training.vocabulary import Vocabulary, build_vocabulary


@dataclass(frozen=True, slots=True)
class Step:
    """How training stands after a step.

    Attributes:
        number: steps done, from 1.
        total: steps in all.
        loss: the step's loss.
    """

    number: int
    total: int
    loss: float


def train(
    pairs: PairSet, recipe: Recipe, on_step: Callable[[Step], None] | None = None
) -> BagModule:
    """Train a bag encoder.

    Each step takes a batch of pairs: CoSENT orders all of them, and those judged the
    same must find each other in the batch (``multiple_negatives_loss``), each with one
    labelled negative where it has one. Adam (Kingma and Ba, 2015, arXiv:1412.6980).

    Args:
        pairs: what to learn from.
        recipe: the settings.
        on_step: told of each step.

    Returns:
        The trained module, in evaluation mode.

    Raises:
        InputError: no feature occurs often enough.
    """
    features = [features_of(text) for text in pairs.texts]
    vocabulary = build_vocabulary(
        features, min_count=recipe.min_count, max_features=recipe.max_features
    )
    if not vocabulary.features:
        raise InputError(
            f"no character occurs in {recipe.min_count} questions: give more pairs or "
            "a smaller --min-count"
        )
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    module = BagModule(vocabulary.features, _start(vocabulary, recipe, rng), recipe.dropout)
    rows = {feature: row for row, feature in enumerate(vocabulary.features)}
    _descend(module, pairs, Bags.of(features, rows), recipe, rng, on_step)
    return module.eval()


def _start(vocabulary: Vocabulary, recipe: Recipe, rng: np.random.Generator) -> NDArray[np.float32]:
    """Random directions as long as the feature is telling: a TF-IDF sketch to begin with.

    Random projections keep inner products (Johnson and Lindenstrauss, 1984), so the
    untrained table already ranks as TF-IDF does.
    """
    shape = (len(vocabulary.features), recipe.dimension)
    directions = rng.standard_normal(shape, dtype=np.float32) / math.sqrt(recipe.dimension)
    return (directions * vocabulary.idf[:, None]).astype(np.float32)


def _descend(
    module: BagModule,
    pairs: PairSet,
    bags: Bags,
    recipe: Recipe,
    rng: np.random.Generator,
    on_step: Callable[[Step], None] | None,
) -> None:
    total = recipe.epochs * math.ceil(len(pairs.pairs) / recipe.batch_size)
    optimizer = torch.optim.Adam(module.parameters(), lr=recipe.learning_rate)
    falling = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / total)
    module.train()
    number = 0
    for _ in range(recipe.epochs):
        for batch in pairs.batches(recipe.batch_size, rng):
            loss = _loss(module, pairs, bags, batch, recipe)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            falling.step()
            number += 1
            if on_step is not None:
                on_step(Step(number, total, float(loss.detach())))


def _loss(module: BagModule, pairs: PairSet, bags: Bags, batch: Batch, recipe: Recipe) -> Tensor:
    negatives = batch.negatives[batch.negatives != NO_NEGATIVE]
    ids, offsets = bags.select(np.concatenate([batch.first, batch.second, negatives]))
    sums = module({"input_ids": torch.from_numpy(ids), "offsets": torch.from_numpy(offsets)})
    vectors = functional.normalize(sums["sentence_embedding"], dim=1)
    size = len(batch.first)
    first, second = vectors[:size], vectors[size : 2 * size]
    strangers = vectors[2 * size :]
    same = torch.from_numpy(batch.same)
    ordering = cosent_loss((first * second).sum(1), same, recipe.cosent_scale)
    ranking = multiple_negatives_loss(
        first[same],
        second[same],
        strangers,
        torch.from_numpy(pairs.clusters[batch.first[batch.same]]),
        torch.from_numpy(pairs.clusters[negatives]),
        recipe.temperature,
    )
    return ranking + recipe.cosent_weight * ordering
