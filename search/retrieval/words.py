"""Word retrieval: the question's words against every passage's, by BM25."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.store.words import WordIndex
from search.reading import QuestionReader
from search.retrieval.depth import CANDIDATES


class WordRetriever:
    """Passages by the words, or their synonyms, that they share with the question."""

    name = "keyword"

    def __init__(self, reader: QuestionReader, words: WordIndex) -> None:
        """Take the reader of questions for the index."""
        self._reader = reader
        self._words = words

    def retrieve(self, question: str, k: int = CANDIDATES) -> Mapping[int, float]:
        """The `k` best passage rows with their share of the best possible score."""
        rows, scores = self._words.best(self._reader.read(question).expansions, k)
        return dict(zip(rows, scores, strict=True))
