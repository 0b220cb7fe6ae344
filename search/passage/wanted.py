"""What a question wants of a passage: a kind of answer, and the words it should tell of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.store.passage_words import PassageWords
from indexer.text.tokens import NEGATORS, Token
from search.passage.question_type import QuestionType, question_type

# Words that ask and are no stop words, as they tell what of: 多少, 几天.
_ASKING = re.compile("多少|多久|多长时间|几.{0,2}|哪.{0,2}|怎.{0,2}|咋.{0,2}")
# What a passage tells that has not a word itself but the shorter words inside it.
_OF_PARTS = 0.5


@dataclass(frozen=True, slots=True)
class WantedWord:
    """A word of a question, by what a passage tells of it.

    Attributes:
        forms: the word itself and its synonyms.
        parts: the words inside it, each with its synonyms.
        negated: the question denies it (没逾期); None where it asks whether, and a yes tells
            as much of it as a no.
    """

    forms: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...] = ()
    negated: bool | None = None

    @property
    def all_forms(self) -> tuple[str, ...]:
        """The word, the words inside it, and the synonyms of all."""
        return (*self.forms, *(form for part in self.parts for form in part))

    def told_by(self, words: PassageWords) -> tuple[float, str]:
        """How much a passage tells of it, in 0…1, and the form that does."""
        form = self._found(self.forms, words)
        if form or not self.parts:
            return float(bool(form)), form
        found = [self._found(part, words) for part in self.parts]
        share = sum(map(bool, found)) / len(found)
        return _OF_PARTS * share, next(filter(None, found), "")

    def _found(self, forms: Iterable[str], words: PassageWords) -> str:
        for form in forms:
            if words.has(form, self.negated):
                return form
        return ""

    def marked(self) -> Iterator[tuple[str, bool]]:
        """What is marked of it in a passage: a form, and whether it is denied."""
        for form in self.all_forms:
            if self.negated is not True:
                yield form, False
            if self.negated is not False:
                yield form, True


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants of a passage."""

    type: QuestionType
    words: tuple[WantedWord, ...]

    def marked(self) -> frozenset[tuple[str, bool]]:
        """The words to mark in a passage, each with whether it is denied."""
        return frozenset(pair for word in self.words for pair in word.marked())


def wanted(
    canonical: str, tokens: Iterable[Token], synonyms: Mapping[str, tuple[str, ...]]
) -> Wanted:
    """What a question wants.

    Args:
        canonical: the question, normalised, aliases replaced.
        tokens: its words in order, see `indexer.text.tokens`.
        synonyms: what each word is also answered by.
    """
    kind = question_type(canonical)

    def forms(word: str) -> tuple[str, ...]:
        return tuple(each for each in (word, *synonyms.get(word, ())) if len(each) > 1)

    words: dict[tuple[str, bool], WantedWord] = {}
    for word, parts in _with_parts(tokens):
        if word.word in NEGATORS or _ASKING.fullmatch(word.word):
            continue
        negated = None if kind == "whether" else word.negated
        inner = tuple(forms(part.word) for part in parts if part.negated == word.negated)
        words[word.word, word.negated] = WantedWord(forms(word.word), inner, negated)
    return Wanted(kind, tuple(words.values()))


def _with_parts(tokens: Iterable[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Each whole word with the words inside it."""
    whole: Token | None = None
    parts: list[Token] = []
    for token in tokens:
        if token.inner:
            parts.append(token)
            continue
        if whole:
            yield whole, parts
        whole, parts = token, []
    if whole:
        yield whole, parts
