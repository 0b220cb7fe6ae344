"""What a batch of judged pairs asks of a model's vectors. Importing this imports torch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from indexer.training.dataset import Batch
from indexer.training.learner import View
from indexer.training.losses import cosent_loss, ranking_loss
from indexer.training.recipe import Recipe
from indexer.training.sets import SetWeights


def loss_of(
    views: Sequence[View], batch: Batch, weights: Sequence[SetWeights], recipe: Recipe
) -> Tensor:
    """The loss of a batch, over all views.

    Pairs judged the same must find each other among all texts of the batch (`ranking_loss`);
    CoSENT orders pairs set by set, for judges differ in how alike is the same.

    Args:
        views: of the batch's texts.
        batch: the pairs.
        weights: of each set.
        recipe: weights, scale and temperature of the losses.
    """
    losses = [view.weight * _compare(view.vectors, batch, weights, recipe) for view in views]
    return torch.stack(losses).sum()


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
