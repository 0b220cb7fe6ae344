"""Word retrieval: the question's words against every passage's, by BM25."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.store.words import WordIndex
from search.reading import Question
from search.retrieval.depth import CANDIDATES


class WordRetriever:
    """Passages by the words, or their synonyms, that they share with the question."""

    name = "keyword"

    def __init__(self, words: WordIndex) -> None:
        """Take the index's words."""
        self._words = words

    def retrieve(self, question: Question, k: int = CANDIDATES) -> Mapping[int, float]:
        """The `k` best passage rows with their share of the best possible score."""
        rows, scores = self._words.best(question.expansions, k)
        return dict(zip(rows, scores, strict=True))
