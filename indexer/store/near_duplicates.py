"""Which articles of a build say the same, beside them in their database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path

from indexer.errors import IndexDamagedError
from indexer.near_duplicates.clusters import Cluster, Copy
from indexer.near_duplicates.compare import Likeness
from indexer.store.database import open_read_only
from indexer.store.manifest import REBUILD

_SCHEMA = """
CREATE TABLE near_duplicate (
    article INTEGER PRIMARY KEY, kept INTEGER NOT NULL,
    resemblance REAL NOT NULL, containment REAL NOT NULL
) STRICT;
"""


def write_near_duplicates(clusters: Sequence[Cluster], target: Path) -> None:
    """Add clusters to what `write_articles` wrote.

    Every article of a cluster has a row with the one to keep, that one itself too.
    """
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_SCHEMA)
        connection.executemany("INSERT INTO near_duplicate VALUES (?, ?, ?, ?)", _rows(clusters))


def _rows(clusters: Iterable[Cluster]) -> Iterator[tuple[int, int, float, float]]:
    for cluster in clusters:
        yield cluster.kept, cluster.kept, 1.0, 1.0
        for copy in cluster.copies:
            likeness = copy.likeness
            yield copy.row, cluster.kept, likeness.resemblance, likeness.containment


class NearDuplicateStore:
    """Clusters of a build; safe to use from several threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, empty: bool) -> None:
        """Take an open connection, the file it reads for messages, and whether it has none."""
        self._connection = connection
        self._path = path
        self._empty = empty

    @classmethod
    def open(cls, path: Path) -> NearDuplicateStore:
        """Open what `write_near_duplicates` wrote.

        Raises:
            IndexDamagedError: the file is missing or says nothing of near-duplicates.
        """
        try:
            connection = open_read_only(path)
            first = connection.execute("SELECT 1 FROM near_duplicate LIMIT 1").fetchone()
        except (sqlite3.Error, ValueError) as error:
            raise IndexDamagedError(f"{path}: no table of near-duplicates; {REBUILD}") from error
        return cls(connection, path, empty=first is None)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def kept(self, rows: Iterable[int]) -> dict[int, int]:
        """Row to keep of the cluster of each article that is in one, by article row.

        Raises:
            IndexDamagedError: the database was altered.
        """
        if self._empty:
            return {}
        wanted = json.dumps([int(row) for row in rows])
        sql = (
            "SELECT article, kept FROM near_duplicate "
            "WHERE article IN (SELECT value FROM json_each(?))"
        )
        return {int(article): int(kept) for article, kept, *_ in self._select(sql, (wanted,))}

    def clusters(self) -> list[Cluster]:
        """Every cluster, by the row to keep.

        Raises:
            IndexDamagedError: the database was altered.
        """
        found = self._select(
            "SELECT kept, article, resemblance, containment FROM near_duplicate "
            "WHERE article != kept ORDER BY kept, resemblance DESC, article"
        )
        return [
            Cluster(
                int(kept),
                tuple(
                    Copy(int(row), Likeness(float(alike), float(inside)))
                    for _, row, alike, inside in copies
                ),
            )
            for kept, copies in groupby(found, key=lambda row: row[0])
        ]

    def _select(self, sql: str, values: tuple[str, ...] = ()) -> list[tuple[float, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except (sqlite3.Error, ValueError) as error:
            raise IndexDamagedError(f"{self._path}: {error}; {REBUILD}") from error
