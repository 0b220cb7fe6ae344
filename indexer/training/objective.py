"""What the steps of a training run ask of a model's vectors. Importing this imports torch.

The seam between the stage that descends and what is learnt from: here judged pairs; in
`indexer.training.teaching` the cosines of other models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from indexer.training.dataset import Batch, PairSet
from indexer.training.losses import cosent_loss, ranking_loss
from indexer.training.recipe import Recipe
from indexer.training.sets import SetWeights


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one step asks.

    Attributes:
        texts: distinct ones, to be encoded.
        loss: of their vectors, ``(len(texts), n)`` of length 1: a scalar.
    """

    texts: Sequence[str]
    loss: Callable[[Tensor], Tensor]


class Objective(Protocol):
    """What a run learns from."""

    def draws(self, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
        """Rows of pairs for each step, without end."""
        ...

    def lesson(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Lesson:
        """What a step asks that drew some rows; `rng` is the step's own."""
        ...


class Judged:
    """Pairs as people judged them.

    Those judged the same must find each other among all texts of the step (`ranking_loss`);
    CoSENT orders pairs set by set, for judges differ in how alike is the same.

    Args:
        pairs: the pairs.
        recipe: weights, scale and temperature of the losses.
    """

    def __init__(self, pairs: PairSet, recipe: Recipe) -> None:
        """Nothing is drawn yet."""
        self._pairs, self._recipe = pairs, recipe

    def draws(self, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
        """Rows of pairs for each step, without end."""
        return self._pairs.draws(self._recipe.batch_pairs, rng)

    def lesson(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Lesson:
        """The texts of some pairs, to lie as these were judged; `rng` is not asked."""
        batch, weights = self._pairs.batch(rows), self._pairs.weights
        texts = [self._pairs.texts[text] for text in batch.texts]
        return Lesson(texts, lambda vectors: _compare(vectors, batch, weights, self._recipe))


def _compare(
    vectors: Tensor, batch: Batch, weights: Sequence[SetWeights], recipe: Recipe
) -> Tensor:
    first, second, same, sets, excluded = (
        torch.from_numpy(part).to(vectors.device)
        for part in (batch.first, batch.second, batch.same, batch.sets, batch.excluded)
    )
    each = vectors.new_tensor([own.ranking for own in weights])[sets[same]]
    ranking = ranking_loss(vectors, first[same], second[same], excluded, recipe.temperature, each)
    cosines = (vectors[first] * vectors[second]).sum(1)
    ordering = [
        weights[of].cosent * cosent_loss(cosines[sets == of], same[sets == of], recipe.cosent_scale)
        for of in np.unique(batch.sets).tolist()
    ]
    return ranking + recipe.cosent_weight * torch.stack(ordering).sum()
