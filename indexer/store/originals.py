"""Articles as their sources gave them, kept beside what the index makes of them.

What is taken away as pasted text, and what is folded, depends on the whole collection: a
collection that changes is cleaned and folded anew, and needs its originals for that. An
article that the index holds unchanged is not kept twice.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from indexer.article import Article, Block, Section
from indexer.errors import IndexDamagedError
from indexer.store.articles import ArticleStore
from indexer.store.database import open_read_only
from indexer.store.manifest import REBUILD

_SCHEMA = """
CREATE TABLE original (
    place INTEGER PRIMARY KEY, article INTEGER, content TEXT,
    CHECK ((article IS NULL) != (content IS NULL))
) STRICT;
"""


def write_originals(
    originals: Sequence[Article], articles: Sequence[Article], target: Path
) -> None:
    """Add the originals to what `write_articles` wrote.

    Args:
        originals: all that the sources gave, in their order.
        articles: what the index holds, in row order.
        target: the database.
    """
    row_of = {article.id: row for row, article in enumerate(articles)}
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO original VALUES (?, ?, ?)",
            (
                (place, row, None)
                if row is not None and articles[row] == original
                else (place, None, _to_json(original))
                for place, original in enumerate(originals)
                for row in (row_of.get(original.id),)
            ),
        )


def read_originals(path: Path) -> list[Article]:
    """The originals of a build, in the order of its sources.

    Raises:
        IndexDamagedError: the database is missing or altered.
    """
    store = ArticleStore.open(path)
    try:
        with closing(open_read_only(path)) as connection:
            found = connection.execute("SELECT article, content FROM original ORDER BY place")
            return [
                store.article(row) if content is None else _from_json(json.loads(content))
                for row, content in found
            ]
    except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
        raise IndexDamagedError(f"{path}: the original articles cannot be read; {REBUILD}") from (
            error
        )
    finally:
        store.close()


def _to_json(article: Article) -> str:
    published = article.published.isoformat() if article.published else None
    return json.dumps({**asdict(article), "published": published}, ensure_ascii=False)


def _from_json(values: dict[str, Any]) -> Article:
    sections = tuple(
        Section(each["heading"], tuple(Block(**block) for block in each["blocks"]))
        for each in values["sections"]
    )
    published = date.fromisoformat(values["published"]) if values["published"] else None
    return Article(
        **{
            **values,
            "sections": sections,
            "published": published,
            "tags": tuple(values["tags"]),
            "asked": tuple(values["asked"]),
        }
    )
