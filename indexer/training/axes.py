"""Axes that come by how much they hold. Importing this imports torch.

Principal axes leave of all projections the most (Eckart and Young, "The approximation of one
matrix by another of lower rank", Psychometrika, 1936). Turned onto them no cosine changes, and of
all choices of so many numbers the first ones say most of what the whole vector says.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from indexer.batches import batches
from indexer.training.compact_learner import CompactLearner

# Texts that the axes are taken from, and how many of them are read at a time.
_SEEN, _AT_ONCE = 20_000, 64


def principal_axes(vectors: Tensor, count: int) -> Tensor:
    """The axes along which vectors are longest, ``(n, count)``, orthonormal, longest first.

    Args:
        vectors: ``(texts, n)``; their mean is not taken off, since cosines do not either.
        count: how many, at most ``n``.
    """
    held: tuple[Tensor, Tensor] = torch.linalg.eigh((vectors.T @ vectors).double())
    return held[1].flip(1)[:, :count].to(vectors.dtype)


def turn(learner: CompactLearner, texts: Sequence[str], seed: int) -> None:
    """Turn a model onto the principal axes of its vectors.

    Args:
        learner: a model that has learnt; changed in place.
        texts: like those that will be encoded; some thousand are enough.
        seed: of the chance that draws among them.
    """
    network = learner.network.eval()
    drawn = drawn_for_axes(texts, seed)
    with torch.inference_mode():
        # Axes are taken in doubles, which not every GPU has.
        vectors = torch.cat([learner.plain(some).cpu() for some in drawn])
        axes = principal_axes(vectors, network.shape.dimension)
        network.projections.copy_(network.projections @ axes.to(network.projections.device))


def drawn_for_axes(texts: Sequence[str], seed: int) -> list[list[str]]:
    """Some of the texts, by chance, in groups to be read at a time."""
    drawn = np.random.default_rng(seed).permutation(len(texts))[:_SEEN]
    return [[texts[at] for at in some] for some in batches(drawn.tolist(), _AT_ONCE)]
