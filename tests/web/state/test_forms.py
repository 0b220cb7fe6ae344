"""A state database of an earlier form is read as it is and brought up to date by writing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

from web.state.database import FILE_NAME, StateDatabase
from web.state.faults import StateError
from web.state.judged import judged_by_readers
from web.state.likes import Likes, LikeStore

# As the first version made it.
FORM_1 = """
CREATE TABLE likes (
    article_id TEXT NOT NULL, visitor TEXT NOT NULL,
    liked_on TEXT NOT NULL DEFAULT CURRENT_DATE, PRIMARY KEY (article_id, visitor)
) STRICT, WITHOUT ROWID;
CREATE TABLE feedback (
    query_id TEXT NOT NULL, article_id TEXT NOT NULL, helpful INTEGER NOT NULL,
    given_on TEXT NOT NULL DEFAULT CURRENT_DATE, PRIMARY KEY (query_id, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE queries (
    query_id TEXT PRIMARY KEY, asked_at TEXT NOT NULL, query TEXT NOT NULL,
    status TEXT NOT NULL, article_ids TEXT NOT NULL, took_ms REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX queries_by_time ON queries (asked_at);
INSERT INTO likes (article_id, visitor) VALUES ('card-min', 'somebody');
INSERT INTO queries VALUES ('q', '2026-10-01T10:00Z', '最低还款', 'answered', '[]', 1.0);
INSERT INTO feedback (query_id, article_id, helpful) VALUES ('q', 'card-min', 1);
PRAGMA application_id = 0x4C464151;
PRAGMA user_version = 1;
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(FORM_1)
    return tmp_path


def form_of(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        form: int = database.execute("PRAGMA user_version").fetchone()[0]
        return form


def tables_of(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        rows = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {name for (name,) in rows}


def test_writing_brings_it_up_to_date_and_loses_nothing(folder: Path, tmp_path: Path) -> None:
    likes = LikeStore(StateDatabase(folder))

    assert likes.like("card-min", "somebody else") == Likes(2, mine=True)
    assert form_of(folder) == 2
    StateDatabase(tmp_path / "new").prepare()
    assert tables_of(folder) == tables_of(tmp_path / "new")
    assert judged_by_readers(StateDatabase(folder), 2).votes == 1


def test_reading_leaves_it_as_it_is(folder: Path) -> None:
    database = StateDatabase(folder)

    assert LikeStore(database).read("card-min", None) == Likes(1, mine=False)
    found = judged_by_readers(database, 2)
    assert [(each.query, each.relevant) for each in found.judgments] == [
        ("最低还款", {"card-min": 2})
    ]
    assert form_of(folder) == 1


def prepare(folder: Path) -> None:
    StateDatabase(folder).prepare()


def test_several_processes_at_once_do_it_once(folder: Path) -> None:
    processes = [get_context("spawn").Process(target=prepare, args=(folder,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert form_of(folder) == 2
    assert LikeStore(StateDatabase(folder)).read("card-min", None).count == 1


def test_one_of_a_later_version_is_named_and_left_alone(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        database.execute("PRAGMA user_version = 3")

    for use in (lambda: LikeStore(StateDatabase(folder)).read("x", None), lambda: prepare(folder)):
        with pytest.raises(StateError, match=r"written by another version of loanfaq \(form 3\)"):
            use()
    assert form_of(folder) == 3
