"""Articles, passages and related lists, looked up in what `article_tables` wrote."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from indexer.article import Article, Block, Passage, Section
from indexer.errors import IndexDamagedError
from indexer.reasons import REASONS
from indexer.store.article_tables import RelatedRow
from indexer.store.database import open_read_only
from indexer.store.manifest import REBUILD
from indexer.store.passage_words import PassageWords
from indexer.store.remembered import Remembered

# Articles whose passages are kept at hand, some kilobytes each.
_BODIES = 1_024
_CARD = "row, id, title, category, published, excerpt_only, excerpt, as_of"
_PASSAGE = 'passage.article, kind, anchor, heading, text, start, "end"'


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """What a list shows of an article."""

    row: int
    id: str
    title: str
    category: str
    published: date | None
    excerpt_only: bool
    excerpt: str
    as_of: str


class ArticleStore:
    """Articles of a build, looked up one by one; safe to use from several threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Take an open connection, and the file it reads for messages."""
        self._connection = connection
        self._path = path
        self._cards = Remembered(self._load_cards)
        self._told = Remembered(self._load_told, _BODIES)

    @classmethod
    def open(cls, path: Path) -> ArticleStore:
        """Open what `article_tables.write_articles` wrote.

        Raises:
            IndexDamagedError: the file is missing or no such database.
        """
        try:
            connection = open_read_only(path)
            connection.execute("SELECT 1 FROM article LIMIT 1")
        except (sqlite3.Error, ValueError) as error:
            raise IndexDamagedError(f"{path}: no article database; {REBUILD}") from error
        return cls(connection, path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except (sqlite3.Error, ValueError) as error:
            raise IndexDamagedError(f"{self._path}: {error}; {REBUILD}") from error

    def row_of(self, article_id: str) -> int | None:
        """Row of the article with that id, or None."""
        found = next(iter(self._rows("SELECT row FROM article WHERE id = ?", (article_id,))), None)
        return None if found is None else int(found[0])

    def article(self, row: int) -> Article:
        """The whole article of a row."""
        values = self._rows(
            "SELECT id, title, category, published, url, tags, excerpt_only, as_of, source, "
            "origin, sections, asked, family FROM article WHERE row = ?",
            (row,),
        )[0]
        sections = tuple(
            Section(each["heading"], tuple(Block(**block) for block in each["blocks"]))
            for each in json.loads(values[10])
        )
        return Article(
            id=values[0],
            title=values[1],
            category=values[2],
            published=_date(values[3]),
            url=values[4],
            tags=tuple(json.loads(values[5])),
            excerpt_only=bool(values[6]),
            as_of=values[7],
            source=values[8],
            origin=values[9],
            sections=sections,
            asked=tuple(json.loads(values[11])),
            family=values[12],
        )

    def cards(self, rows: Iterable[int]) -> dict[int, ArticleCard]:
        """Cards of the articles of some rows."""
        return self._cards.of(rows)

    def _load_cards(self, rows: Sequence[int]) -> dict[int, ArticleCard]:
        found = self._rows(
            f"SELECT {_CARD} FROM article WHERE row IN (SELECT value FROM json_each(?))",
            (json.dumps(rows),),
        )
        return {card.row: card for card in map(_card, found)}

    def cards_in(self, category: str, limit: int, offset: int) -> list[ArticleCard]:
        """Cards of a category, whole articles first, then the newest."""
        found = self._rows(
            f"SELECT {_CARD} FROM article WHERE category = ? "
            "ORDER BY excerpt_only, published DESC, id LIMIT ? OFFSET ?",
            (category, limit, offset),
        )
        return [_card(values) for values in found]

    def newest(self, limit: int) -> list[ArticleCard]:
        """Cards of the newest whole articles, whatever their category."""
        found = self._rows(
            f"SELECT {_CARD} FROM article WHERE NOT excerpt_only "
            "ORDER BY published DESC, id LIMIT ?",
            (limit,),
        )
        return [_card(values) for values in found]

    def categories(self) -> dict[str, int]:
        """Number of articles of each named category, the largest first."""
        found = self._rows(
            "SELECT category, count(*) FROM article WHERE category != '' "
            "GROUP BY category ORDER BY count(*) DESC, min(row)"
        )
        return {str(name): int(count) for name, count in found}

    def families(self) -> dict[str, str]:
        """Family by article id, of the articles that have one."""
        found = self._rows("SELECT id, family FROM article WHERE family != ''")
        return {str(key): str(family) for key, family in found}

    def passages_of(self, article_rows: Iterable[int]) -> dict[int, dict[int, Passage]]:
        """Every passage of some articles by its row, in order, by article row."""
        rows = [int(row) for row in article_rows]
        found = self._rows(
            f"SELECT row, {_PASSAGE} FROM passage "
            "WHERE article IN (SELECT value FROM json_each(?)) ORDER BY row",
            (json.dumps(rows),),
        )
        passages: dict[int, dict[int, Passage]] = {row: {} for row in rows}
        for row, *values in found:
            passages[values[0]][int(row)] = Passage(*values)
        return passages

    def told_of(
        self, article_rows: Iterable[int]
    ) -> dict[int, Mapping[int, tuple[Passage, PassageWords]]]:
        """Title and body of some articles: passages with their words, as by `passages_of`.

        Other wordings of a title are matched, and tell nothing.
        """
        return self._told.of(article_rows)

    def _load_told(
        self, rows: Sequence[int]
    ) -> Mapping[int, Mapping[int, tuple[Passage, PassageWords]]]:
        found = self._rows(
            f"SELECT words, spans, passage.row, {_PASSAGE} "
            "FROM passage_words JOIN passage ON passage.row = passage_words.row "
            "WHERE passage_words.article IN (SELECT value FROM json_each(?)) "
            "ORDER BY passage.row",
            (json.dumps(rows),),
        )
        told: dict[int, dict[int, tuple[Passage, PassageWords]]] = {row: {} for row in rows}
        for words, spans, row, *values in found:
            told[values[0]][int(row)] = Passage(*values), PassageWords(words, spans)
        return told

    def text_digests(self) -> dict[bytes, int]:
        """A row for each text that was embedded, by its digest."""
        found = self._rows("SELECT text_digest, row FROM passage")
        return {bytes(digest): int(row) for digest, row in found}

    def related(self, article_row: int, limit: int) -> list[RelatedRow]:
        """Articles to read besides, in order."""
        found = self._rows(
            "SELECT other, score, reason FROM related WHERE article = ? ORDER BY place LIMIT ?",
            (article_row, limit),
        )
        if any(reason not in REASONS for _, _, reason in found):
            raise IndexDamagedError(f"{self._path}: no such reason; {REBUILD}")
        return [RelatedRow(int(row), float(score), reason) for row, score, reason in found]


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _card(values: Sequence[object]) -> ArticleCard:
    row, article_id, title, category, published, excerpt_only, text, as_of = values
    return ArticleCard(
        int(str(row)),
        str(article_id),
        str(title),
        str(category),
        _date(str(published) if published else None),
        bool(excerpt_only),
        str(text),
        str(as_of),
    )
