"""Articles, passages and related lists written into a SQLite file, for `ArticleStore` to read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.article import Article, Passage
from indexer.reasons import RelatedReason

_SCHEMA = """
CREATE TABLE article (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    category TEXT NOT NULL, published TEXT, url TEXT NOT NULL, tags TEXT NOT NULL,
    excerpt_only INTEGER NOT NULL, as_of TEXT NOT NULL, source TEXT NOT NULL, origin TEXT NOT NULL,
    excerpt TEXT NOT NULL, sections TEXT NOT NULL, asked TEXT NOT NULL, family TEXT NOT NULL
) STRICT;
CREATE INDEX article_by_category ON article (category, published DESC, id);
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article (row),
    kind TEXT NOT NULL, anchor TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    text_digest BLOB NOT NULL
) STRICT;
CREATE INDEX passage_by_article ON passage (article, row);
CREATE TABLE related (
    article INTEGER NOT NULL, place INTEGER NOT NULL, other INTEGER NOT NULL,
    score REAL NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (article, place)
) STRICT, WITHOUT ROWID;
"""
_EXCERPT_CHARACTERS = 90


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """An article near another one: its row, the cosine of the two, and why it is listed."""

    row: int
    score: float
    reason: RelatedReason


def excerpt(article: Article) -> str:
    """The beginning of an article's body, for lists."""
    text = " ".join(placed.block.text for placed in article.placed_blocks())
    return text if len(text) <= _EXCERPT_CHARACTERS else text[: _EXCERPT_CHARACTERS - 1] + "…"


def write_articles(
    articles: Sequence[Article],
    passages: Sequence[Passage],
    text_digests: Sequence[bytes],
    related: Sequence[Sequence[RelatedRow]],
    target: Path,
) -> None:
    """Write articles, their passages and related lists; rows are list positions.

    `text_digests` stand for what was embedded of each passage, see
    `indexer.split.PassageText.digest`.
    """
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_SCHEMA)
        connection.executemany(
            f"INSERT INTO article VALUES ({', '.join('?' * 15)})",
            (_article_row(row, article) for row, article in enumerate(articles)),
        )
        connection.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (row, p.article_row, p.kind, p.anchor, p.heading, p.text, p.start, p.end, digest)
                for row, (p, digest) in enumerate(zip(passages, text_digests, strict=True))
            ),
        )
        connection.executemany(
            "INSERT INTO related VALUES (?, ?, ?, ?, ?)",
            (
                (row, place, other.row, other.score, other.reason)
                for row, others in enumerate(related)
                for place, other in enumerate(others)
            ),
        )


def _article_row(row: int, article: Article) -> tuple[object, ...]:
    return (
        row,
        article.id,
        article.title,
        article.category,
        article.published.isoformat() if article.published else None,
        article.url,
        json.dumps(article.tags, ensure_ascii=False),
        int(article.excerpt_only),
        article.as_of,
        article.source,
        article.origin,
        excerpt(article),
        json.dumps([asdict(section) for section in article.sections], ensure_ascii=False),
        json.dumps(article.asked, ensure_ascii=False),
        article.family,
    )
