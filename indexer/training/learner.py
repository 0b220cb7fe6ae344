"""The seam between a training run and the model that it trains.

Importing this imports torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn

from indexer.training.descent import Group


@dataclass(frozen=True, slots=True)
class View:
    """Vectors of some texts, out of the whole model or a part that shall be good by itself.

    Attributes:
        vectors: ``(texts, n)`` of length 1; 0 for a text in which nothing is known.
        weight: of the losses over them.
    """

    vectors: Tensor
    weight: float = 1.0


class Learner(Protocol):
    """A model in training."""

    @property
    def name(self) -> str:
        """The model that it began as; empty for a new one."""
        ...

    @property
    def model(self) -> SentenceTransformer:
        """The whole model: what is measured and saved."""
        ...

    @property
    def prompt(self) -> str:
        """What goes before every text."""
        ...

    @property
    def network(self) -> nn.Module:
        """The weights: what is put in training mode, kept and restored."""
        ...

    def groups(self) -> Sequence[Group]:
        """Which weights are learnt, and how."""
        ...

    def views(self, texts: Sequence[str], rng: np.random.Generator) -> Sequence[View]:
        """Vectors to learn from, with whatever noise helps learning.

        Args:
            texts: of a batch.
            rng: of all chance but torch's own.
        """
        ...

    def plain(self, texts: Sequence[str]) -> Tensor:
        """Vectors without noise, ``(texts, n)`` of length 1, that can be descended on."""
        ...
