"""Which features a bag encoder knows, and how telling each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features that have a row in the table.

    Attributes:
        features: distinct, the most frequent first; row ``i`` belongs to ``features[i]``.
        idf: ``(len(features),)`` float32, the inverse document frequency of each.
    """

    features: tuple[str, ...]
    idf: NDArray[np.float32]


def build_vocabulary(
    bags: Iterable[Sequence[str]], *, min_count: int, max_features: int
) -> Vocabulary:
    """Keep the features that enough texts share.

    Args:
        bags: the distinct features of each text.
        min_count: how many texts must have a feature for it to be kept.
        max_features: how many to keep at most; the most frequent stay.

    Returns:
        The vocabulary, with ``idf = ln(1 + n / df)`` over the ``n`` texts (Spärck Jones,
        "A statistical interpretation of term specificity", 1972).
    """
    counts: Counter[str] = Counter()
    n_texts = 0
    for bag in bags:
        counts.update(bag)
        n_texts += 1
    # Ties go by the feature itself, so that one set of texts has one vocabulary.
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    kept = [(feature, count) for feature, count in ranked if count >= min_count][:max_features]
    df = np.array([count for _, count in kept], dtype=np.float64)
    idf = np.log1p(n_texts / df).astype(np.float32)
    return Vocabulary(tuple(feature for feature, _ in kept), idf)
