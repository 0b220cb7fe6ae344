"""Measuring a model while it trains. Importing this imports torch."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

import numpy as np

from indexer.encoders.protocol import Vectors
from indexer.training.learner import Learner
from indexer.training.pairs import Pair
from indexer.training.spearman import spearman


class InTraining:
    """A model in training as an encoder.

    Args:
        learner: as it is whenever something is encoded.
    """

    fingerprint, truncated = "", 0

    def __init__(self, learner: Learner) -> None:
        """Nothing is encoded yet."""
        self.name = learner.name
        self._learner = learner

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return len(self.encode_queries(["贷款"])[0])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """``(len(texts), dimension)`` float32, L2-normalised."""
        self._learner.network.eval()
        found = self._learner.model.encode(
            list(texts),
            prompt=self._learner.prompt,
            batch_size=128,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(found, dtype=np.float32)

    encode_documents = encode_queries


def scores_of(learner: Learner, dev: Sequence[Sequence[Pair]]) -> list[float]:
    """Spearman on each dev set, times 100."""
    encoder = InTraining(learner)
    return [spearman(encoder, judged) for judged in dev]


def scorer(learner: Learner, dev: Sequence[Sequence[Pair]]) -> Callable[[], float] | None:
    """What measures the mean of Spearman over the dev sets; None without any."""
    return (lambda: statistics.fmean(scores_of(learner, dev))) if dev else None
