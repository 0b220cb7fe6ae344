"""A compact model that grows by another transformer. Importing this imports torch.

The new one learns by itself, in axes of its own, and is then joined to the rest so that cosines
are much as if both vectors stood behind each other, in half of the numbers: projected onto the
principal axes of these (`indexer.training.axes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from indexer.encoders.compact_module import CompactModule
from indexer.encoders.compact_network import CompactNetwork
from indexer.errors import InputError
from indexer.training.axes import drawn_for_axes, principal_axes
from indexer.training.compact_learner import CompactLearner
from indexer.training.learner import Learner, View
from indexer.training.recipe import Recipe

# The length of the new vector beside that of all before it: their cosines count alike.
_BESIDE = 1.0


class GrowingLearner(CompactLearner):
    """Learns a new transformer by itself: until it settles, that alone is what is measured.

    Args:
        module: with a new transformer behind those it had; what these learnt stays.
        recipe: how it learns.
        name: of the model that it began as.
    """

    def __init__(self, module: CompactModule, recipe: Recipe, name: str) -> None:
        """Put all but the new transformer aside."""
        super().__init__(module, recipe, name)
        module.network.requires_grad_(False)
        module.network.newest.requires_grad_(True)
        self._before = module.network.projections[:-1].clone()
        module.network.projections[:-1] = 0

    def views(self, texts: Sequence[str], rng: np.random.Generator) -> Sequence[View]:
        """The newest transformer's vector, and the first half of its numbers."""
        recipe = self._recipe
        new = self.network.newest_alone(self.noisy(texts, rng), recipe.dropout)
        views = [
            (new, recipe.alone_weight),
            (new[:, : new.shape[1] // 2], recipe.short_weight),
        ]
        return [View(functional.normalize(v, dim=1, eps=1e-9), weight) for v, weight in views]

    def settle(self, texts: Sequence[str]) -> None:
        """Give the new transformer its share, and all parts the axes that they share from now on.

        Args:
            texts: like those that will be encoded; some thousand are enough.
        """
        network = self.network
        network.projections[:-1] = self._before.to(network.projections.device)
        network.eval()
        with torch.inference_mode():
            parts = map(self._parts, drawn_for_axes(texts, self._recipe.seed))
            before, new = map(torch.cat, zip(*parts, strict=True))
            share = _BESIDE * float(before.norm(dim=1).mean())
            axes = principal_axes(torch.cat([before, share * new], dim=1), network.shape.dimension)
            old, own = axes.to(network.projections.device).chunk(2)
            network.projections[:-1] = network.projections[:-1] @ old
            network.projections[-1] = own
            network.shares[-1] = share

    def _parts(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Vectors of all that was there before, and of what is new."""
        transformed, bags = self.parts(texts)
        new = transformed[:, -1].clone()
        transformed[:, -1] = 0
        # Axes are taken in doubles, which not every GPU has.
        return self.network.joined(transformed, bags).cpu(), new.cpu()


def grown_learner(start: Learner, recipe: Recipe) -> GrowingLearner:
    """A compact model with a new transformer, which alone learns, beside those that it has.

    Raises:
        InputError: the start is another kind of model.
    """
    if not isinstance(start, CompactLearner):
        raise InputError(f"{start.name} is no model that can grow: loanfaq train did not make it")
    before, vocabulary = start.network, start.module.vocabulary
    torch.manual_seed(recipe.seed)
    shape = replace(before.shape, layers=(*before.shape.layers, recipe.grow))
    network = CompactNetwork(len(vocabulary), shape)
    network.inputs, network.bag = before.inputs, before.bag
    for at, transformer in enumerate(before.transformers):
        network.transformers[at] = transformer
    with torch.no_grad():
        network.shares[:-1] = before.shares
        network.projections[:-1] = before.projections
    return GrowingLearner(CompactModule(vocabulary, network), recipe, start.name)
