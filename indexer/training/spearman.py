"""How well cosines order judged pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.protocol import Encoder
from indexer.training.pairs import Pair


def spearman(encoder: Encoder, pairs: Sequence[Pair]) -> float:
    """Spearman's rank correlation of cosines with judgments, times 100.

    The measure of the Chinese sentence-pair benchmarks (STS tasks of C-MTEB: Xiao et
    al., "C-Pack: Packed Resources For General Chinese Embeddings", 2023,
    arXiv:2309.07597). Both texts of a pair are questions and encoded as such.

    Returns:
        -100 to 100, higher is better; NaN where all judgments or all cosines are equal.
    """
    same = np.array([pair.same for pair in pairs], dtype=np.bool_)
    return rank_correlation(cosines_of(encoder, pairs), same)


def cosines_of(encoder: Encoder, pairs: Sequence[Pair]) -> NDArray[np.float32]:
    """The cosine of each pair, ``(len(pairs),)``; a text of many pairs is encoded once."""
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.first, pair.second)))
    numbers = {text: i for i, text in enumerate(texts)}
    vectors = encoder.encode_queries(texts)
    first = vectors[[numbers[pair.first] for pair in pairs]]
    second = vectors[[numbers[pair.second] for pair in pairs]]
    cosines: NDArray[np.float32] = np.einsum("nd,nd->n", first, second)
    return cosines


def rank_correlation(cosines: NDArray[np.floating], same: NDArray[np.bool_]) -> float:
    """Spearman's rank correlation, times 100; NaN where all of either are equal."""
    from scipy.stats import spearmanr

    labels = same.astype(np.float64)
    if len(labels) == 0 or np.ptp(cosines) == 0 or np.ptp(labels) == 0:
        return float("nan")
    return 100.0 * float(spearmanr(cosines, labels).statistic)
