"""Completions in a read-only SQLite file: what is typed leads to names and titles.

A completion is found by any of its keys that begins with what is typed. Rows are in the
order in which completions are shown, so the best are the lowest; of a beginning that very
many keys share, the lowest rows are kept beside it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from indexer.errors import IndexDamagedError
from indexer.store.database import open_read_only
from indexer.store.manifest import REBUILD

SuggestionKind = Literal["category", "product", "article"]
# How a key stands to what it completes to.
Place = Literal["name", "start", "inside"]

MAX_SUGGESTIONS = 20

_SCHEMA = """
CREATE TABLE suggestion (
    row INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, target TEXT NOT NULL
) STRICT;
CREATE TEMP TABLE written (place TEXT NOT NULL, key TEXT NOT NULL, row INTEGER NOT NULL) STRICT;
CREATE TABLE key (
    place TEXT NOT NULL, key TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (place, key, row)
) STRICT, WITHOUT ROWID;
CREATE TABLE shared (
    place TEXT NOT NULL, beginning TEXT NOT NULL, rows TEXT NOT NULL,
    PRIMARY KEY (place, beginning)
) STRICT, WITHOUT ROWID;
"""
# So many keys are looked through in a tenth of a millisecond.
_MANY_KEYS = 256
# The best that begin so may all be known by another key already.
_ROWS_KEPT = 2 * MAX_SUGGESTIONS
# Sorts behind every character that a key holds.
_LAST = "\U0010ffff"
_BEGINNING = "place = ? AND key >= ? AND key < ?"


@dataclass(frozen=True, slots=True)
class StoredSuggestion:
    """A completion.

    Attributes:
        kind: what it leads to.
        text: what is shown.
        target: id of the article, else the name itself.
    """

    kind: SuggestionKind
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class SuggestionEntry:
    """A completion with the keys that lead to it, by their place."""

    suggestion: StoredSuggestion
    keys: Iterable[tuple[Place, str]]


def write_suggestions(entries: Iterable[SuggestionEntry], target: Path) -> None:
    """Write completions in the order in which they are to be shown."""
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_SCHEMA)
        for row, entry in enumerate(entries):
            each = entry.suggestion
            connection.execute(
                "INSERT INTO suggestion VALUES (?, ?, ?, ?)",
                (row, each.kind, each.text, each.target),
            )
            connection.executemany(
                "INSERT INTO written VALUES (?, ?, ?)",
                {(place, key, row) for place, key in entry.keys if key},
            )
        # In order, for a table that is filled from one end is quick to make and small.
        connection.execute("INSERT INTO key SELECT * FROM written ORDER BY place, key, row")
        _write_shared(connection)


def _write_shared(connection: sqlite3.Connection) -> None:
    connection.executemany(
        "INSERT INTO shared VALUES (?, ?, ?)",
        (
            (place, beginning, json.dumps(list(_scan(connection, place, beginning))))
            for place, beginning in _shared_beginnings(connection)
        ),
    )


def _shared_beginnings(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Beginnings of more than `_MANY_KEYS` keys of a place.

    Keys come sorted, so these are what a key has in common with the one so many behind it.
    """
    found: set[tuple[str, str]] = set()
    window: deque[tuple[str, str]] = deque(maxlen=_MANY_KEYS + 1)
    for place, key in connection.execute("SELECT place, key FROM key ORDER BY place, key"):
        window.append((place, key))
        if len(window) <= _MANY_KEYS or window[0][0] != place:
            continue
        length = _length_in_common(window[0][1], key)
        # Of a beginning that is known the shorter ones are known too.
        while length and (place, key[:length]) not in found:
            found.add((place, key[:length]))
            length -= 1
    return found


def _length_in_common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _scan(connection: sqlite3.Connection, place: str, typed: str) -> Iterator[int]:
    """Rows of the best completions, from the keys themselves."""
    found = connection.execute(
        f"SELECT DISTINCT row FROM key WHERE {_BEGINNING} ORDER BY row LIMIT ?",
        (place, typed, typed + _LAST, _ROWS_KEPT),
    )
    return (int(row) for (row,) in found)


class SuggestionStore:
    """Completions of a build; safe to use from several threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Take an open connection, and the file it reads for messages."""
        self._connection = connection
        self._path = path

    @classmethod
    def open(cls, path: Path) -> SuggestionStore:
        """Open what `write_suggestions` wrote.

        Raises:
            IndexDamagedError: the file is missing or no such database.
        """
        try:
            connection = open_read_only(path)
            connection.execute("SELECT 1 FROM shared, suggestion, key LIMIT 1")
        except sqlite3.Error as error:
            raise IndexDamagedError(f"{path}: no completions; {REBUILD}") from error
        return cls(connection, path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def exactly(self, name: str) -> list[int]:
        """Rows of the names that one of their keys says letter for letter, best first."""
        found = self._rows(
            "SELECT row FROM key WHERE place = 'name' AND key = ? ORDER BY row", (name,)
        )
        return [int(row) for (row,) in found]

    def beginning(self, typed: str, place: Place) -> list[int]:
        """Rows of the best completions with a key that begins so, the best first."""
        kept = self._rows(
            "SELECT rows FROM shared WHERE place = ? AND beginning = ?", (place, typed)
        )
        if kept:
            return [int(row) for row in json.loads(kept[0][0])]
        try:
            return list(_scan(self._connection, place, typed))
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def suggestions(self, rows: Iterable[int]) -> list[StoredSuggestion]:
        """The completions of some rows, in the order asked for."""
        wanted = list(rows)
        found = {
            row: StoredSuggestion(kind, text, target)
            for row, kind, text, target in self._rows(
                "SELECT row, kind, text, target FROM suggestion "
                "WHERE row IN (SELECT value FROM json_each(?))",
                (json.dumps(wanted),),
            )
        }
        return [found[row] for row in wanted]

    def _rows(self, sql: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: sqlite3.DatabaseError) -> IndexDamagedError:
        return IndexDamagedError(f"{self._path}: {error}; {REBUILD}")
