"""A question read through the lexicon that an index was built with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.text.segment import Segmenter, Word
from indexer.text.tokens import tokens
from search.clauses import Clause, clauses
from search.passage.wanted import Wanted, wanted


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the retrievers, and the choice of a passage, see it.

    Attributes:
        text: as it was typed.
        words: as they are cut, stop words and aliases among them.
        canonical: normalised, with every alias and misspelling replaced by the name that
            it stands for.
        expansions: each distinct content word in order, with the words that answer it as
            well.
        wanted: what it wants of the passage that answers.
        clauses: of a long question, each with its weight.
    """

    text: str
    words: tuple[Word, ...]
    canonical: str
    expansions: Mapping[str, tuple[str, ...]]
    wanted: Wanted
    clauses: tuple[Clause, ...] = ()


class QuestionReader:
    """Reads questions with the words of an index."""

    def __init__(self, segmenter: Segmenter, synonyms: Mapping[str, tuple[str, ...]]) -> None:
        """Take the index's segmenter and synonyms."""
        self._segmenter = segmenter
        self._synonyms = synonyms

    def read(self, text: str) -> Question:
        """Read a question as it was typed."""
        cut = tuple(self._segmenter.words(text))
        content = dict.fromkeys(self._segmenter.content_of(cut))
        expansions = {word: self._synonyms.get(word, ()) for word in content}
        canonical = "".join(word.name for word in cut)
        asked = wanted(canonical, tokens(self._segmenter, text, cut), self._synonyms)
        return Question(text, cut, canonical, expansions, asked, clauses(canonical))
