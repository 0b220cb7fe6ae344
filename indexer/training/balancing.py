"""How much the transformer of a new model counts beside its bag. Importing this imports torch.

Both learn together, and by what they learnt the bag counts for too much on questions that
neither has seen (docs/training.md has the figures): presumably, with a row for every bigram, it
learns more of the pairs by heart. So they are weighed on dev pairs, as the parts of an ensemble
are (Wolpert, "Stacked Generalization", Neural Networks, 1992).
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import numpy as np
import torch
from torch.nn import functional

from indexer.batches import batches
from indexer.encoders.protocol import Vectors
from indexer.training.compact_learner import CompactLearner
from indexer.training.measuring import InTraining
from indexer.training.pairs import Pair
from indexer.training.spearman import spearman

# What transformers' shares are multiplied by, one after the other; the first of the best is kept.
_FACTORS = (1.0, 1.4, 2.0, 2.8, 4.0)
_AT_ONCE = 256


def balance(learner: CompactLearner, dev: Sequence[Sequence[Pair]]) -> float:
    """Multiply the transformers' shares by what makes the model best on dev pairs.

    Args:
        learner: a model that has learnt; changed in place.
        dev: at least one set, each judged both ways.

    Returns:
        The factor.
    """
    learner.network.eval()
    with torch.inference_mode():
        pairs = [pair for judged in dev for pair in judged]
        encoder = _OfParts(learner, [text for each in pairs for text in (each.first, each.second)])
        learnt = learner.network.shares.clone()
        scores = []
        for factor in _FACTORS:
            learner.network.shares.copy_(factor * learnt)
            scores.append(statistics.fmean(spearman(encoder, judged) for judged in dev))
        best = _FACTORS[int(np.argmax(scores))]
        learner.network.shares.copy_(best * learnt)
    return best


class _OfParts(InTraining):
    """A model of which texts are read once, whatever its shares become.

    Args:
        learner: the model.
        texts: all that will be encoded; each may be there again.
    """

    def __init__(self, learner: CompactLearner, texts: Sequence[str]) -> None:
        super().__init__(learner)
        self._network = learner.network
        # Texts of like length together: little is filled up.
        ordered = sorted(dict.fromkeys(texts), key=len)
        self._places = {text: at for at, text in enumerate(ordered)}
        parts = map(learner.parts, batches(ordered, _AT_ONCE))
        self._transformed, self._bags = map(torch.cat, zip(*parts, strict=True))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """``(len(texts), dimension)`` float32, L2-normalised, of the shares as they are."""
        rows = [self._places[text] for text in texts]
        joined = self._network.joined(self._transformed[rows], self._bags[rows])
        found: Vectors = functional.normalize(joined, dim=1, eps=1e-9).cpu().numpy()
        return found

    encode_documents = encode_queries
