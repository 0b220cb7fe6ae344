"""The words of each passage with their places, cut once, at indexing.

A question needs to know which of its words some hundred passages have, and where they stand
in the ten that are shown: cutting these texts anew takes longer than all the rest of a search.
They lie in the database of the articles, a row for each passage.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from indexer.article import Passage
from indexer.text.segment import Segmenter
from indexer.text.tokens import Token, tokens

_SCHEMA = """
CREATE TABLE passage_words (
    row INTEGER PRIMARY KEY, article INTEGER NOT NULL, words TEXT NOT NULL, spans BLOB NOT NULL
) STRICT;
CREATE INDEX passage_words_by_article ON passage_words (article, row);
"""
# Normalised text holds no control characters.
_BETWEEN = "\x1f"
_DENIED = "\x1e"
_SPAN = struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The content words of a passage, and of the heading it stands under.

    Attributes:
        listed: every word between separators, those of the text in order and then those of
            the heading; a word that is denied (逾期 in 没有逾期) has a mark before it.
        spans: start and end of each word of the text in code points of the passage, as
            unsigned 32-bit numbers, little-endian.
    """

    listed: str
    spans: bytes

    @classmethod
    def of(cls, text: Sequence[Token], heading: Iterable[Token]) -> PassageWords:
        """The words of a text and of its heading."""
        listed = (f"{_DENIED if each.negated else ''}{each.word}" for each in chain(text, heading))
        packed = b"".join(_SPAN.pack(each.start, each.end) for each in text)
        return cls(_list(list(listed)), packed)

    @classmethod
    def joined(cls, several: Iterable[PassageWords]) -> PassageWords:
        """The words of several passages, without their places."""
        return cls("".join(each.listed for each in several), b"")

    def has(self, word: str, negated: bool | None = None) -> bool:
        """Whether a word is among them, whole.

        Args:
            word: normalised, an alias as the name it stands for.
            negated: denied or not; None for either.
        """
        said = negated is not True and f"{_BETWEEN}{word}{_BETWEEN}" in self.listed
        return said or (
            negated is not False and f"{_BETWEEN}{_DENIED}{word}{_BETWEEN}" in self.listed
        )

    def until(self, end: int) -> PassageWords:
        """The words that stand before a character of the text, without those of the heading."""
        count = 0
        for _, stop in _SPAN.iter_unpack(self.spans):
            if stop > end:
                break
            count += 1
        listed = self.listed[1:].split(_BETWEEN, count)[:count]
        return PassageWords(_list(listed), self.spans[: _SPAN.size * count])

    def places(self, words: Collection[tuple[str, bool]]) -> Iterator[tuple[int, int]]:
        """Spans in the text of some words, each with whether it is denied."""
        wanted = {f"{_DENIED if negated else ''}{word}" for word, negated in words}
        listed = self.listed[1:].split(_BETWEEN)
        # Words of the heading come behind those of the text, and have no place in it.
        for word, (start, end) in zip(listed, _SPAN.iter_unpack(self.spans), strict=False):
            if word in wanted:
                yield start, end


def _list(words: Sequence[str]) -> str:
    return f"{_BETWEEN}{_BETWEEN.join(words)}{_BETWEEN}" if words else ""


def cut_passages(passages: Sequence[Passage], segmenter: Segmenter) -> Iterator[PassageWords]:
    """The words of each passage.

    A list and its items are cut once: both are passages of their own.
    """
    known: dict[str, tuple[Token, ...]] = {}

    def cut(line: str) -> tuple[Token, ...]:
        if line not in known:
            known[line] = tuple(tokens(segmenter, line))
        return known[line]

    article = -1
    for passage in passages:
        if passage.article_row != article:
            article = passage.article_row
            known.clear()
        yield PassageWords.of(list(_in_lines(passage.text, cut)), cut(passage.heading))


def _in_lines(text: str, cut: Callable[[str], tuple[Token, ...]]) -> Iterator[Token]:
    at = 0
    for line in text.split("\n"):
        for each in cut(line):
            yield replace(each, start=each.start + at, end=each.end + at) if at else each
        at += len(line) + 1


def write_passage_words(
    words: Iterable[PassageWords], passages: Iterable[tuple[int, Passage]], target: Path
) -> None:
    """Add the words of passages, each with its row, to what `write_articles` wrote."""
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO passage_words VALUES (?, ?, ?, ?)",
            (
                (row, passage.article_row, each.listed, each.spans)
                for (row, passage), each in zip(passages, words, strict=True)
            ),
        )
