"""Word retrieval: the question's words against passages' and wordings', by BM25."""

from __future__ import annotations

import numpy as np

from indexer.store.words import WordIndex
from search.findings import Found
from search.reading import Question
from search.retrieval.depth import ASKED_CANDIDATES, CANDIDATES


class WordRetriever:
    """Passages by the words, or their synonyms, that they share with the question.

    The other wordings of an article's question are weighed as one text, found as the first
    of them.
    """

    name = "keyword"

    def __init__(self, passages: WordIndex, asked: WordIndex) -> None:
        """Take the words of titles and passages, and those of other wordings."""
        self._passages = passages
        self._asked = asked

    def retrieve(self, question: Question) -> Found:
        """The best passage rows, with their share of the best possible score."""
        rows, scores = self._passages.best(question.expansions, CANDIDATES)
        asked_rows, asked_scores = self._asked.best(question.expansions, ASKED_CANDIDATES)
        return Found(
            np.array([*rows, *asked_rows], dtype=np.int64),
            np.array([*scores, *asked_scores], dtype=np.float64),
        )
