"""Likes: one of each visitor for an article."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

from web.state.database import StateDatabase


@dataclass(frozen=True, slots=True)
class Likes:
    """How many like an article, and whether this visitor is one of them."""

    count: int
    mine: bool


class LikeStore:
    """Likes by article id."""

    def __init__(self, database: StateDatabase) -> None:
        """Take the database that they are in."""
        self._database = database

    def read(self, article_id: str, visitor: str | None) -> Likes:
        """The likes of an article, as one visitor sees them.

        Raises:
            StateError: they cannot be read.
        """
        with self._database.read() as database:
            if database is None:
                return Likes(0, mine=False)
            return _likes(database, article_id, visitor and _key(visitor))

    def like(self, article_id: str, visitor: str) -> Likes:
        """Count this visitor's like; a second one changes nothing.

        Raises:
            StateError: it cannot be written.
        """
        with self._database.write() as database:
            database.execute(
                "INSERT OR IGNORE INTO likes (article_id, visitor) VALUES (?, ?)",
                (article_id, _key(visitor)),
            )
            return _likes(database, article_id, _key(visitor))


def _likes(database: sqlite3.Connection, article_id: str, key: str | None) -> Likes:
    count, mine = database.execute(
        "SELECT COUNT(*), COALESCE(SUM(visitor = ?), 0) FROM likes WHERE article_id = ?",
        (key, article_id),
    ).fetchone()
    return Likes(count, bool(mine))


def _key(visitor: str) -> str:
    """What is stored of a visitor: a digest, of no use as anybody's cookie."""
    return hashlib.blake2b(visitor.encode(), digest_size=16).hexdigest()
