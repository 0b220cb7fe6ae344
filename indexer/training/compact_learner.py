"""A compact model in training. Importing this imports torch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize
from torch import Tensor
from torch.nn import functional

from indexer.encoders.compact_module import CompactModule, pack
from indexer.encoders.compact_network import CompactNetwork, Windows
from indexer.encoders.vocabulary import Ids
from indexer.training.descent import Group
from indexer.training.learner import View
from indexer.training.masking import SoundAlikes, add_noise
from indexer.training.recipe import Recipe


class CompactLearner:
    """Learns with characters hidden and misspelt, and by three views.

    Beside the whole vector the first half of its numbers is a view, so that a vector can be
    cut there (Kusupati et al., "Matryoshka Representation Learning", 2022,
    arXiv:2205.13147), and so is the newest transformer without the rest, which would otherwise
    leave it little to do. What needs no gradient stays as it is.

    Args:
        module: changed in place.
        recipe: rates, noise and weights of the views.
        name: of the model that it began as; empty for a new one.
    """

    prompt = ""

    def __init__(self, module: CompactModule, recipe: Recipe, name: str = "") -> None:
        """Look up which characters sound alike."""
        self.name = name
        self.module = module
        self.model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
        self._recipe = recipe
        self._sounds = SoundAlikes.of(module.vocabulary)
        self._ids: dict[str, Ids] = {}

    @property
    def network(self) -> CompactNetwork:
        """Transformers, bag and tables."""
        return self.module.network

    def groups(self) -> Sequence[Group]:
        """Tables learn faster than layers: a step touches few of their rows."""
        network, recipe = self.network, self._recipe
        groups = [
            ([*network.transformers.parameters(), network.shares], recipe.rate),
            (list(network.inputs.parameters()), recipe.input_rate),
            (list(network.bag.parameters()), recipe.bag_rate),
        ]
        return [Group([w for w in weights if w.requires_grad], rate) for weights, rate in groups]

    def views(self, texts: Sequence[str], rng: np.random.Generator) -> Sequence[View]:
        """The whole vector, its first half, the newest transformer alone."""
        recipe = self._recipe
        windows = self.noisy(texts, rng)
        transformed, bags = self.network(windows, recipe.dropout, recipe.bag_dropout)
        joined = self.network.joined(transformed, bags)
        views = [
            (joined, 1.0),
            (joined[:, : joined.shape[1] // 2], recipe.short_weight),
            (transformed[:, -1], recipe.alone_weight),
        ]
        return [View(_unit(vectors), weight) for vectors, weight in views if weight]

    def plain(self, texts: Sequence[str]) -> Tensor:
        """The whole vectors, nothing hidden and nothing left out."""
        return _unit(self.network.joined(*self.parts(texts)))

    def parts(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """The transformers' and the bag's vectors, nothing hidden and nothing left out."""
        found: tuple[Tensor, Tensor] = self.network(self._pack(list(map(self._ids_of, texts))))
        return found

    def noisy(self, texts: Sequence[str], rng: np.random.Generator) -> Windows:
        """Texts with characters hidden and misspelt."""
        ids = list(map(self._ids_of, texts))
        noisy = add_noise(np.concatenate(ids), self._recipe.hidden, self._sounds, rng)
        return self._pack(np.split(noisy, np.cumsum(list(map(len, ids)))[:-1]))

    def _ids_of(self, text: str) -> Ids:
        if text not in self._ids:
            self._ids[text] = self.module.vocabulary.ids_of(text)
        return self._ids[text]

    def _pack(self, texts: Sequence[Ids]) -> Windows:
        windows = pack(self.module.vocabulary.read_all(texts), self.network.shape.window)
        device = self.network.shares.device
        return Windows(*(getattr(windows, name).to(device) for name in Windows.__slots__))


def _unit(vectors: Tensor) -> Tensor:
    return functional.normalize(vectors, dim=1, eps=1e-9)
