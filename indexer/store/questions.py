"""Which article asks exactly a question: its title, or another wording of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal

from indexer.article import question_key
from indexer.errors import IndexDamagedError
from indexer.store.database import open_read_only
from indexer.store.manifest import REBUILD

Exact = Literal["title", "asked"]

_SCHEMA = """
CREATE TABLE question (
    key TEXT NOT NULL, kind TEXT NOT NULL, article INTEGER NOT NULL,
    PRIMARY KEY (key, kind, article)
) STRICT, WITHOUT ROWID;
"""


def write_questions(wordings: Sequence[Sequence[str]], target: Path) -> None:
    """Add what each article asks to what `write_articles` wrote.

    Args:
        wordings: canonical texts of each article's title and then its other wordings.
        target: the database.
    """
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT OR IGNORE INTO question VALUES (?, ?, ?)",
            (
                (question_key(text), kind, row)
                for row, texts in enumerate(wordings)
                for place, text in enumerate(texts)
                for kind in ("asked" if place else "title",)
            ),
        )


class QuestionStore:
    """Questions that articles ask, looked up one by one; safe for threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Take an open connection, and the file it reads for messages."""
        self._connection = connection
        self._path = path

    @classmethod
    def open(cls, path: Path) -> QuestionStore:
        """Open what `write_questions` wrote.

        Raises:
            IndexDamagedError: the file is missing or has no questions.
        """
        try:
            connection = open_read_only(path)
            connection.execute("SELECT 1 FROM question LIMIT 1")
        except (sqlite3.Error, ValueError) as error:
            raise IndexDamagedError(f"{path}: no questions of articles; {REBUILD}") from error
        return cls(connection, path)

    def asking(self, text: str) -> dict[int, Exact]:
        """Rows of the articles that ask just that canonical text, and whether by their title.

        Raises:
            IndexDamagedError: the database was altered.
        """
        try:
            found = self._connection.execute(
                "SELECT article, kind FROM question WHERE key = ? ORDER BY kind",
                (question_key(text),),
            ).fetchall()
        except (sqlite3.Error, ValueError) as error:
            raise IndexDamagedError(f"{self._path}: {error}; {REBUILD}") from error
        # ``asked`` comes before ``title``: an article that has both asks it by its title.
        return {int(row): kind for row, kind in found}

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
