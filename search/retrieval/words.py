"""Word retrieval: the question's words against passages' and wordings', by BM25."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.store.words import WordIndex
from search.reading import Question
from search.retrieval.depth import CANDIDATES


class WordRetriever:
    """Passages by the words, or their synonyms, that they share with the question.

    The other wordings of an article's question are weighed as one text, found as the first
    of them.
    """

    name = "keyword"

    def __init__(self, passages: WordIndex, asked: WordIndex) -> None:
        """Take the words of titles and passages, and those of other wordings."""
        self._indexes = (passages, asked)

    def retrieve(self, question: Question, k: int = CANDIDATES) -> Mapping[int, float]:
        """The `k` best passages, and articles by their wordings, with their passage rows.

        Each score is the share of the best possible one.
        """
        found: dict[int, float] = {}
        for index in self._indexes:
            rows, scores = index.best(question.expansions, k)
            found.update(zip(rows, scores, strict=True))
        return found
