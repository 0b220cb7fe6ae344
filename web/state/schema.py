"""The tables of the state database: made once, brought up to date, checked at each opening."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from web.state.faults import StateError

# Of SQLite's header: says that a file is ours, and in which form.
_APPLICATION_ID = 0x4C464151  # "LFAQ"
# 1: likes, feedback, queries; 2: clicks.
_VERSION = 2
_LIKES_BEFORE = "likes.sqlite3"
_CLICKS = """
    CREATE TABLE clicks (
        query_id TEXT NOT NULL,
        article_id TEXT NOT NULL,
        PRIMARY KEY (query_id, article_id)
    ) STRICT, WITHOUT ROWID
    """
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
    _CLICKS,
)


def is_readable(database: sqlite3.Connection, path: Path) -> bool:
    """Whether tables are there, of this form or an earlier one; False for an empty database.

    Raises:
        StateError: it holds something else, or is of a later version of loanfaq.
    """
    return _form(database, path) > 0


def is_ready(database: sqlite3.Connection, path: Path) -> bool:
    """Whether the tables are there in the form that is written now.

    Raises:
        StateError: it holds something else, or is of a later version of loanfaq.
    """
    return _form(database, path) == _VERSION


def make_ready(database: sqlite3.Connection, path: Path) -> None:
    """Make the tables, with the likes of a file before, or add those of later forms.

    Several processes may do this at once: the first one does it.

    Raises:
        StateError: the database holds something else, or earlier likes cannot be read.
    """
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("BEGIN IMMEDIATE")
    match _form(database, path):
        case 0:
            _create(database, path)
        case 1:
            database.execute(_CLICKS)
    database.execute(f"PRAGMA user_version = {_VERSION}")
    database.commit()


def _form(database: sqlite3.Connection, path: Path) -> int:
    """The form of the tables; 0 where there are none."""
    mark, form = _pragma(database, "application_id"), _pragma(database, "user_version")
    if mark == _APPLICATION_ID and 1 <= form <= _VERSION:
        return form
    if mark == _APPLICATION_ID:
        raise StateError(f"{path}: written by another version of loanfaq (form {form})")
    if (mark, form) != (0, 0) or database.execute("SELECT 1 FROM sqlite_schema").fetchone():
        raise StateError(f"{path}: no state database of loanfaq; move it away to start anew")
    return 0


def _create(database: sqlite3.Connection, path: Path) -> None:
    for table in _TABLES:
        database.execute(table)
    database.executemany(
        "INSERT INTO likes (article_id, visitor, liked_on) VALUES (?, ?, ?)",
        _likes_before(path.with_name(_LIKES_BEFORE)),
    )
    database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")


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
