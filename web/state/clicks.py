"""Clicks: which articles a search led to; nothing of who searched.

A search has a random id of its own, which the links of its results carry.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Click:
    """An article opened from a page of results.

    Attributes:
        query_id: of the search that found it.
    """

    query_id: str
    article_id: str


def keep_clicks(database: sqlite3.Connection, clicks: Iterable[Click]) -> None:
    """Write clicks, one for each search and article, of searches that the query log holds."""
    database.executemany(
        "INSERT OR IGNORE INTO clicks SELECT query_id, ? FROM queries WHERE query_id = ?",
        [(click.article_id, click.query_id) for click in clicks],
    )


def forget_clicks(database: sqlite3.Connection) -> None:
    """Delete those whose search the query log has forgotten."""
    database.execute("DELETE FROM clicks WHERE query_id NOT IN (SELECT query_id FROM queries)")
