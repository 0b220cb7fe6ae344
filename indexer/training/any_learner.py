"""Any sentence-transformers model in training. Importing this imports torch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from torch.nn import functional

from indexer.encoders.prompts import Prompts
from indexer.training.descent import Group
from indexer.training.learner import View
from indexer.training.recipe import Recipe


class AnyLearner:
    """Learns with the dropout that the model brings, by one view: its vectors.

    Questions and passages alike are read behind the model's prompt for questions: most
    texts of pairs are questions, and both sides of a pair are measured as such.

    Args:
        model: changed in place; the prompts are put into it, so that what is saved has them.
        recipe: the rate.
        name: what people call the model.
        prompts: that it is used with.
    """

    def __init__(
        self, model: SentenceTransformer, recipe: Recipe, name: str, prompts: Prompts
    ) -> None:
        """Take a loaded model."""
        self.name, self.model, self.prompt = name, model, prompts.query
        if prompts != Prompts():
            model.prompts |= {"query": prompts.query, "document": prompts.document}
        self._recipe = recipe

    @property
    def network(self) -> nn.Module:
        """All of the model."""
        return self.model

    def groups(self) -> Sequence[Group]:
        """One rate for all weights; those that the model has frozen stay so."""
        return [Group([w for w in self.model.parameters() if w.requires_grad], self._recipe.rate)]

    def views(self, texts: Sequence[str], rng: np.random.Generator) -> Sequence[View]:
        """The model's vectors; `rng` is not asked, dropout is torch's chance."""
        return [View(self._encode(texts))]

    def plain(self, texts: Sequence[str]) -> Tensor:
        """The model's vectors without dropout."""
        learning = self.model.training
        self.model.eval()
        try:
            return self._encode(texts)
        finally:
            self.model.train(learning)

    def _encode(self, texts: Sequence[str]) -> Tensor:
        features = self.model.preprocess(list(texts), prompt=self.prompt or None)
        device = self.model.device
        features = {
            key: value.to(device) if isinstance(value, Tensor) else value
            for key, value in features.items()
        }
        vectors: Tensor = self.model(features)["sentence_embedding"]
        return functional.normalize(vectors, dim=1, eps=1e-9)
