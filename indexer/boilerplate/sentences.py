"""Masked text cut into sentences, and these into clauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.boilerplate.masking import MARKS, TitleMask
from indexer.boilerplate.talk import skeleton

# A tilde between numbers is a range (3天~5天), an ASCII comma or colon before one is its own.
_TILDE = r"[~～](?!\s*\d)|(?<![\d天日月年期元万亿岁个%])[~～]"
_SENTENCE_END = re.compile(rf"(?:[。！!？?…]|\.{{3,}}|{_TILDE})+[”」』\"’）)]*\s*")
# A byline (责编：王晓) is one clause.
_COLON = "(?<!编辑)(?<!责编)(?<!作者)(?<!来源)(?:：|:(?!\\d))"
_CLAUSE_END = re.compile(
    rf"(?:(?:[，；;]|{_COLON}|,(?!\d))|(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f]))+"
)
_NO_WORD = re.compile(rf"[^\w{MARKS}]+|_+")
# From the beginning of a word only: a long one without a figure is looked through once.
_NUMBER = re.compile(r"(?<![a-z])[a-z]*\d[a-z\d]*")
_CUT_OFF = re.compile(r"(?:…|\.{3,})\s*$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence.

    Attributes:
        key: what it is compared by: the skeleton of its words.
        words: what it says, masked: words alone, in one width and case, numbers as ``0``.
        length: how much of its masked sentence ends with it, its punctuation counted.
        end: where it ends in the original text.
    """

    key: str
    words: str
    length: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text.

    Attributes:
        masked: as it stands, white space around it too, with the title masked.
        start: first character in the original text.
        end: one past the last, white space behind it counted.
        clauses: its clauses that say something.
        cut_off: it ends in an ellipsis or in nothing, as the end of an excerpt does.
    """

    masked: str
    start: int
    end: int
    clauses: tuple[Clause, ...]
    cut_off: bool

    @property
    def is_number(self) -> bool:
        """Whether it says nothing but numbers, as the answer to 「是多少」 may."""
        return all(clause.key == "0" for clause in self.clauses)


def _words(text: str) -> str:
    """What a masked clause says, without punctuation, width, case and numbers."""
    plain = _NO_WORD.sub("", unicodedata.normalize("NFKC", text).lower())
    return _NUMBER.sub("0", plain)


def sentences(text: str, title: TitleMask, *, backwards: bool = False) -> Iterator[Sentence]:
    """The sentences of a text, from its beginning or its end; together they are the text."""
    masked = title.mask(text)
    cuts = [*_cuts(masked.text)]
    for start, end, closed in reversed(cuts) if backwards else cuts:
        piece = masked.text[start:end]
        clauses = tuple(
            Clause(skeleton(words), words, at, masked.offset(start + at))
            for words, at in _clauses(piece)
            if words
        )
        cut_off = not closed or bool(_CUT_OFF.search(piece))
        yield Sentence(piece, masked.offset(start), masked.offset(end), clauses, cut_off)


def clause_keys(text: str, title: TitleMask) -> Iterator[str]:
    """The keys of all clauses of a text: quick, without offsets."""
    masked = title.mask(text).text
    for sentence in _SENTENCE_END.split(masked):
        for clause in _CLAUSE_END.split(sentence):
            if words := _words(clause):
                yield skeleton(words)


def _cuts(text: str) -> Iterator[tuple[int, int, bool]]:
    """Ranges of sentences, and whether each has an end of its own."""
    at = 0
    for end in _SENTENCE_END.finditer(text):
        yield at, end.end(), True
        at = end.end()
    if at < len(text):
        yield at, len(text), False


def _clauses(sentence: str) -> Iterator[tuple[str, int]]:
    at = 0
    for end in _CLAUSE_END.finditer(sentence):
        yield _words(sentence[at : end.start()]), end.end()
        at = end.end()
    if at < len(sentence):
        yield _words(sentence[at:]), len(sentence)
