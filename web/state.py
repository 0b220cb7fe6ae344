"""What visitors leave behind: likes, in an SQLite file of their own.

The file is no part of the index. The site works without it: while it is missing, locked,
read-only or broken, likes are not shown and cannot be given, and all else goes on.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import LoanfaqError

_FILE_NAME = "likes.sqlite3"
# Showing a count is worth less waiting than taking a like.
_READ_WAIT_SECONDS = 0.1
_WRITE_WAIT_SECONDS = 0.5
_SCHEMA = """
CREATE TABLE IF NOT EXISTS likes (
    article_id TEXT NOT NULL,
    visitor TEXT NOT NULL,
    liked_on TEXT NOT NULL DEFAULT CURRENT_DATE,
    PRIMARY KEY (article_id, visitor)
) STRICT, WITHOUT ROWID
"""


class StateError(LoanfaqError):
    """The database of likes cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Likes:
    """How many like an article, and whether this visitor is one of them."""

    count: int
    mine: bool


class LikeStore:
    """Likes by article id; one of each visitor for an article.

    Each call opens the file anew, which takes a tenth of a millisecond: so any thread
    may call, and a file that was put back in order is used at once.

    Args:
        folder: where the file is; made if need be.
    """

    def __init__(self, folder: Path) -> None:
        """Nothing is opened before it is needed."""
        self._path = folder / _FILE_NAME

    def prepare(self) -> None:
        """Make the folder and the file, unless they are there.

        Raises:
            StateError: they cannot be made.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StateError(f"{self._path.parent}: cannot be made ({error.strerror})") from error
        with self._open("rwc") as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(_SCHEMA)

    def read(self, article_id: str, visitor: str | None) -> Likes:
        """The likes of an article, as one visitor sees them.

        Raises:
            StateError: the file cannot be read.
        """
        with self._open("ro") as database:
            return _likes(database, article_id, visitor and _key(visitor))

    def like(self, article_id: str, visitor: str) -> Likes:
        """Count this visitor's like; a second one changes nothing.

        Raises:
            StateError: the file cannot be written.
        """
        with self._open("rw") as database:
            database.execute(
                "INSERT OR IGNORE INTO likes (article_id, visitor) VALUES (?, ?)",
                (article_id, _key(visitor)),
            )
            database.commit()
            return _likes(database, article_id, _key(visitor))

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        try:
            address = f"{self._path.absolute().as_uri()}?mode={mode}"
            wait = _READ_WAIT_SECONDS if mode == "ro" else _WRITE_WAIT_SECONDS
            connection = sqlite3.connect(address, uri=True, timeout=wait)
            with closing(connection) as database:
                yield database
        except sqlite3.Error as error:
            raise StateError(f"{self._path}: {error}") from error


def _likes(database: sqlite3.Connection, article_id: str, key: str | None) -> Likes:
    count, mine = database.execute(
        "SELECT COUNT(*), COALESCE(SUM(visitor = ?), 0) FROM likes WHERE article_id = ?",
        (key, article_id),
    ).fetchone()
    return Likes(count, bool(mine))


def _key(visitor: str) -> str:
    """What is stored of a visitor: a digest, of no use as anybody's cookie."""
    return hashlib.blake2b(visitor.encode(), digest_size=16).hexdigest()
