"""How much the transformer of a new model counts beside its bag. Importing this imports torch.

Both learn together, and the bag, which has a row for every bigram, learns more of the pairs by
heart: its share is then right for those, and too large for questions that neither has seen. So
it is weighed on dev pairs, as the weights of an ensemble are (Wolpert, "Stacked
Generalization", Neural Networks, 1992).
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from indexer.training.compact_learner import CompactLearner
from indexer.training.pairs import Pair
from indexer.training.spearman import rank_correlation

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
        sets = [_Encoded(learner, judged) for judged in dev]
        learnt = learner.network.shares.clone()
        scores = []
        for factor in _FACTORS:
            learner.network.shares.copy_(factor * learnt)
            scores.append(statistics.fmean(each.spearman() for each in sets))
        best = _FACTORS[int(np.argmax(scores))]
        learner.network.shares.copy_(best * learnt)
    return best


class _Encoded:
    """A dev set, its texts encoded once, part by part."""

    def __init__(self, learner: CompactLearner, judged: Sequence[Pair]) -> None:
        self._network = learner.network
        texts = list(dict.fromkeys(text for pair in judged for text in (pair.first, pair.second)))
        # Texts of like length together: little is filled up.
        texts.sort(key=len)
        places = {text: at for at, text in enumerate(texts)}
        self._first = [places[pair.first] for pair in judged]
        self._second = [places[pair.second] for pair in judged]
        self._same = np.array([pair.same for pair in judged], dtype=np.bool_)
        read = list(_parts(learner, texts))
        self._transformed, self._bags = map(torch.cat, zip(*read, strict=True))

    def spearman(self) -> float:
        """Of the shares as they are, times 100."""
        joined = self._network.joined(self._transformed, self._bags)
        vectors = functional.normalize(joined, dim=1, eps=1e-9)
        cosines = (vectors[self._first] * vectors[self._second]).sum(1)
        return rank_correlation(cosines.cpu().numpy(), self._same)


def _parts(learner: CompactLearner, texts: Sequence[str]) -> Iterator[tuple[Tensor, Tensor]]:
    for at in range(0, len(texts), _AT_ONCE):
        yield learner.parts(texts[at : at + _AT_ONCE])
