"""Which articles say the same, kept in the database of a build."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import IndexDamagedError
from indexer.near_duplicates import Cluster, Copy
from indexer.near_duplicates.compare import Likeness
from indexer.store.near_duplicates import NearDuplicateStore, write_near_duplicates

CLUSTERS = [
    Cluster(2, (Copy(0, Likeness(0.9, 0.95)), Copy(7, Likeness(0.3, 1.0)))),
    Cluster(4, (Copy(5, Likeness(0.6, 0.8)),)),
]


def store_of(folder: Path, clusters: list[Cluster]) -> NearDuplicateStore:
    write_near_duplicates(clusters, folder / "articles.sqlite")
    return NearDuplicateStore.open(folder / "articles.sqlite")


def test_clusters_come_back_exactly(tmp_path: Path) -> None:
    with closing(store_of(tmp_path, CLUSTERS)) as store:
        assert store.clusters() == CLUSTERS
        assert store.kept([0, 1, 2, 5]) == {0: 2, 2: 2, 5: 4}
        assert store.kept([]) == {}


def test_a_collection_without_any(tmp_path: Path) -> None:
    with closing(store_of(tmp_path, [])) as store:
        assert store.clusters() == []
        assert store.kept([0, 1]) == {}


def test_an_altered_table_is_damage(tmp_path: Path) -> None:
    write_near_duplicates(CLUSTERS, tmp_path / "articles.sqlite")
    with closing(sqlite3.connect(tmp_path / "articles.sqlite")) as connection, connection:
        connection.execute("ALTER TABLE near_duplicate RENAME COLUMN kept TO other")
    with (
        closing(NearDuplicateStore.open(tmp_path / "articles.sqlite")) as store,
        pytest.raises(IndexDamagedError, match="build the index again"),
    ):
        store.kept([0])


def test_a_database_without_the_table_is_damage(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "articles.sqlite").close()
    with pytest.raises(IndexDamagedError, match="no table of near-duplicates; build the index"):
        NearDuplicateStore.open(tmp_path / "articles.sqlite")
