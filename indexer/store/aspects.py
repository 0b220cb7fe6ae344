"""What the articles of a build are about, beside them in their database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from indexer.aspects.model import Aspects
from indexer.errors import IndexDamagedError
from indexer.store.database import open_read_only
from indexer.store.manifest import REBUILD
from indexer.store.remembered import Remembered

_SCHEMA = """
CREATE TABLE aspects (article INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT;
"""


def write_aspects(aspects: Sequence[Aspects], target: Path) -> None:
    """Add the aspects of each article, in row order, to what `write_articles` wrote."""
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO aspects VALUES (?, ?)",
            (
                (row, json.dumps(each.to_json(), ensure_ascii=False))
                for row, each in enumerate(aspects)
            ),
        )


class AspectStore:
    """Aspects of a build's articles; safe for threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Take an open connection, and the file it reads for messages."""
        self._connection = connection
        self._path = path
        self._known = Remembered(self._load)

    @classmethod
    def open(cls, path: Path) -> AspectStore:
        """Open what `write_aspects` wrote.

        Raises:
            IndexDamagedError: the file is missing or has no aspects.
        """
        try:
            connection = open_read_only(path)
            connection.execute("SELECT 1 FROM aspects LIMIT 1")
        except (sqlite3.Error, ValueError) as error:
            raise IndexDamagedError(f"{path}: no aspects of articles; {REBUILD}") from error
        return cls(connection, path)

    def of(self, rows: Iterable[int]) -> dict[int, Aspects]:
        """Aspects of the articles of some rows.

        Raises:
            IndexDamagedError: the database was altered.
        """
        return self._known.of(rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _load(self, rows: Sequence[int]) -> dict[int, Aspects]:
        try:
            found = self._connection.execute(
                "SELECT article, content FROM aspects "
                "WHERE article IN (SELECT value FROM json_each(?))",
                (json.dumps(rows),),
            ).fetchall()
            loaded = {int(row): Aspects.from_json(json.loads(content)) for row, content in found}
            if missing := set(rows) - set(loaded):
                raise ValueError(f"no aspects of article row {min(missing)}")
        except (sqlite3.Error, ValueError, TypeError, AttributeError) as error:
            raise IndexDamagedError(f"{self._path}: {error}; {REBUILD}") from error
        return loaded
