"""The tables of the state database, made once and checked whenever it is opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from web.state.faults import StateError

# Of SQLite's header: says that a file is ours, and in which form.
_APPLICATION_ID = 0x4C464151  # "LFAQ"
_VERSION = 1
_LIKES_BEFORE = "likes.sqlite3"
_TABLES = (
    """
    CREATE TABLE likes (
        article_id TEXT NOT NULL,
        visitor TEXT NOT NULL,
        liked_on TEXT NOT NULL DEFAULT CURRENT_DATE,
        PRIMARY KEY (article_id, visitor)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE feedback (
        query_id TEXT NOT NULL,
        article_id TEXT NOT NULL,
        helpful INTEGER NOT NULL,
        given_on TEXT NOT NULL DEFAULT CURRENT_DATE,
        PRIMARY KEY (query_id, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE queries (
        query_id TEXT PRIMARY KEY,
        asked_at TEXT NOT NULL,
        query TEXT NOT NULL,
        status TEXT NOT NULL,
        article_ids TEXT NOT NULL,
        took_ms REAL NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX queries_by_time ON queries (asked_at)",
)


def is_ready(database: sqlite3.Connection, path: Path) -> bool:
    """Whether the tables are there; False for a database that holds nothing yet.

    Raises:
        StateError: it holds something else, or is of a later version of loanfaq.
    """
    mark = (_pragma(database, "application_id"), _pragma(database, "user_version"))
    if mark == (_APPLICATION_ID, _VERSION):
        return True
    if mark[0] == _APPLICATION_ID:
        raise StateError(f"{path}: written by another version of loanfaq (form {mark[1]})")
    if mark != (0, 0) or database.execute("SELECT 1 FROM sqlite_schema").fetchone():
        raise StateError(f"{path}: no state database of loanfaq; move it away to start anew")
    return False


def create(database: sqlite3.Connection, path: Path) -> None:
    """Make the tables, and take over the likes that an earlier version kept.

    Several processes may do this at once: the first one does it.

    Raises:
        StateError: the database holds something else, or earlier likes cannot be read.
    """
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("BEGIN IMMEDIATE")
    if not is_ready(database, path):
        for table in _TABLES:
            database.execute(table)
        database.executemany(
            "INSERT INTO likes (article_id, visitor, liked_on) VALUES (?, ?, ?)",
            _likes_before(path.with_name(_LIKES_BEFORE)),
        )
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
    database.commit()


def _likes_before(path: Path) -> list[tuple[str, str, str]]:
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as before:
            return before.execute("SELECT article_id, visitor, liked_on FROM likes").fetchall()
    except sqlite3.Error as error:
        raise StateError(
            f"{path}: the likes in it cannot be taken over ({error}); mend it or move it away"
        ) from error


def _pragma(database: sqlite3.Connection, name: str) -> int:
    value: int = database.execute(f"PRAGMA {name}").fetchone()[0]
    return value
