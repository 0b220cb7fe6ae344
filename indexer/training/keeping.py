"""Texts that a model shall leave where they were. Importing this imports torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from indexer.batches import batches
from indexer.training.learner import Learner

# Texts encoded at a time at the start, and in a step, where they take as long as the pairs.
_AT_ONCE, _PER_STEP = 64, 32


@dataclass(frozen=True, slots=True)
class Kept:
    """Texts and where a model puts them before it is adapted.

    Attributes:
        texts: at least one.
        vectors: ``(len(texts), n)`` of length 1.
    """

    texts: Sequence[str]
    vectors: Tensor

    @classmethod
    def of(cls, learner: Learner, texts: Sequence[str]) -> Kept:
        """Where a model puts texts now."""
        learner.network.eval()
        with torch.inference_mode():
            vectors = torch.cat(list(map(learner.plain, batches(texts, _AT_ONCE))))
        return cls(texts, vectors.clone())

    def drift(self, learner: Learner, rng: np.random.Generator) -> Tensor:
        """How far some of the texts have moved, as one less their cosine."""
        chosen = rng.integers(len(self.texts), size=min(_PER_STEP, len(self.texts)))
        now = learner.plain([self.texts[at] for at in chosen])
        before = self.vectors[torch.from_numpy(chosen).to(self.vectors.device)]
        return (1 - (now * before).sum(1)).mean()
