"""Word retrieval: the question's words against every passage's, by BM25."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.store.words import WordIndex
from indexer.text.segment import Segmenter
from search.retrieval.depth import CANDIDATES


class WordRetriever:
    """Passages by the words that they share with the question."""

    name = "keyword"

    def __init__(self, segmenter: Segmenter, words: WordIndex) -> None:
        """Take the segmenter that made the words."""
        self._segmenter = segmenter
        self._words = words

    def retrieve(self, question: str, k: int = CANDIDATES) -> Mapping[int, float]:
        """The `k` best passage rows with their share of the best possible score."""
        words = list(dict.fromkeys(t.text for t in self._segmenter.content_words(question)))
        rows, scores = self._words.best(words, k)
        return dict(zip(rows, scores, strict=True))
