"""A question read through the lexicon: its content words, each with its synonyms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.text.segment import Segmenter


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The content words of a question.

    Attributes:
        expansions: each distinct word, with the words that answer it as well.
    """

    expansions: Mapping[str, tuple[str, ...]]

    @property
    def all_words(self) -> frozenset[str]:
        """The words and their synonyms: what is marked in an answer."""
        return frozenset(self.expansions).union(*self.expansions.values())


class QuestionReader:
    """Reads questions with the words that an index was built with."""

    def __init__(self, segmenter: Segmenter, synonyms: Mapping[str, tuple[str, ...]]) -> None:
        """Take the index's segmenter and synonyms."""
        self._segmenter = segmenter
        self._synonyms = synonyms

    def read(self, question: str) -> QuestionWords:
        """The content words of a question, in order."""
        words = dict.fromkeys(token.text for token in self._segmenter.content_words(question))
        return QuestionWords({word: self._synonyms.get(word, ()) for word in words})
