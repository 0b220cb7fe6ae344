"""How far each candidate article agrees with what a question is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.aspects import NO_AGREEMENT, NOTHING, Agreement, AspectReader, Aspects, Comparison
from indexer.store.aspects import AspectStore
from indexer.text.segment import Word
from search.understanding import Compared, Understanding


class AgreementReader:
    """Compares questions with the articles of a build."""

    def __init__(self, reader: AspectReader, articles: AspectStore) -> None:
        """Take what reads questions, and what the articles are about."""
        self._reader = reader
        self._articles = articles

    def asked(self, words: Sequence[Word]) -> Aspects:
        """What a question is about, as its words are cut."""
        return self._reader.read_words([word.name for word in words])

    def agreements(self, asked: Aspects, rows: Iterable[int]) -> dict[int, Agreement]:
        """How far the articles of some rows agree with a question, by row.

        Raises:
            IndexDamagedError: the database of articles was altered.
        """
        if asked == NOTHING:
            return dict.fromkeys(rows, NO_AGREEMENT)
        comparison = Comparison(asked)
        return {
            row: comparison.with_article(article)
            for row, article in self._articles.of(rows).items()
        }

    def compared(self, asked: Aspects, rows: Iterable[int]) -> dict[int, Compared]:
        """What the articles of some rows are about and how far each agrees, by row.

        Raises:
            IndexDamagedError: the database of articles was altered.
        """
        comparison = Comparison(asked)
        return {
            row: Compared(Understanding.of(article), comparison.with_article(article))
            for row, article in self._articles.of(rows).items()
        }
