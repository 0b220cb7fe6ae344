"""Likes: one of each visitor, and a clear error where they cannot be kept."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from web.state.database import StateDatabase
from web.state.faults import StateError
from web.state.likes import Likes, LikeStore

NOBODY = 65534


@pytest.fixture
def store(tmp_path: Path) -> LikeStore:
    return LikeStore(StateDatabase(tmp_path / "state"))


def database_of(folder: Path) -> Path:
    (found,) = folder.glob("*.sqlite3")
    return found


@contextmanager
def not_root() -> Iterator[None]:
    """As a user whom file permissions bind."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_likes_of_visitors_add_up(store: LikeStore) -> None:
    assert store.read("huabei", None) == Likes(0, mine=False)
    assert store.like("huabei", "a") == Likes(1, mine=True)
    assert store.like("huabei", "b") == Likes(2, mine=True)
    assert store.read("huabei", "c") == Likes(2, mine=False)
    assert store.read("jiebei", "a") == Likes(0, mine=False)


def test_a_second_like_of_one_visitor_does_not_count(store: LikeStore) -> None:
    store.like("huabei", "a")

    assert store.like("huabei", "a") == Likes(1, mine=True)


def test_likes_outlast_the_process(store: LikeStore, tmp_path: Path) -> None:
    store.like("huabei", "a")
    again = LikeStore(StateDatabase(tmp_path / "state"))

    assert again.read("huabei", "a") == Likes(1, mine=True)


def test_readers_do_not_wait_for_writers(store: LikeStore, tmp_path: Path) -> None:
    StateDatabase(tmp_path / "state").prepare()
    with closing(sqlite3.connect(database_of(tmp_path / "state"))) as writer:
        assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        writer.execute("BEGIN IMMEDIATE")

        assert store.read("huabei", None) == Likes(0, mine=False)


def test_no_cookie_is_stored(store: LikeStore, tmp_path: Path) -> None:
    store.like("huabei", "the-cookie-of-someone")

    for path in (tmp_path / "state").iterdir():
        assert b"the-cookie-of-someone" not in path.read_bytes()


def test_a_missing_file_holds_nothing_and_is_made_by_the_first_like(tmp_path: Path) -> None:
    store = LikeStore(StateDatabase(tmp_path / "nowhere"))

    assert store.read("huabei", None) == Likes(0, mine=False)
    assert not (tmp_path / "nowhere").exists()
    assert store.like("huabei", "a") == Likes(1, mine=True)
    assert database_of(tmp_path / "nowhere").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StateError, match="cannot be made"):
        StateDatabase(tmp_path / "file" / "state").prepare()


def test_corrupt(store: LikeStore, tmp_path: Path) -> None:
    path = tmp_path / "state" / "state.sqlite3"
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 500)

    with pytest.raises(StateError, match="not a database; it is left as it is"):
        store.read("huabei", None)
    with pytest.raises(StateError, match="not a database; it is left as it is"):
        store.like("huabei", "a")


def test_locked(store: LikeStore, tmp_path: Path) -> None:
    StateDatabase(tmp_path / "state").prepare()
    with closing(sqlite3.connect(database_of(tmp_path / "state"))) as other:
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(StateError, match="locked"):
            store.like("huabei", "a")


def test_read_only() -> None:
    # Not in tmp_path, whose parents are closed to other users.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = LikeStore(StateDatabase(folder))
        store.like("huabei", "a")
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        try:
            with not_root(), pytest.raises(StateError, match=r"readonly|unable to open"):
                store.like("huabei", "b")
        finally:
            folder.chmod(0o755)
