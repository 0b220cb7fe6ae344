"""How deep each retriever looks."""

from __future__ import annotations

import math

from indexer.store.entries import Counts

# Passages taken from each retriever before articles are formed.
CANDIDATES = 100
# Articles taken by the words of their other wordings: a hundred passages are of about so many.
ASKED_CANDIDATES = 30
# Articles taken from each retriever to be compared more closely.
ARTICLES_EACH = 30


def dense_depth(counts: Counts) -> int:
    """How many of the nearest passages to take.

    So many more than `CANDIDATES` as there are passages for each one that is no other
    wording of a title: wordings shall not crowd out what answers.
    """
    return math.ceil(CANDIDATES * counts.passages / max(1, counts.passages - counts.asked))
