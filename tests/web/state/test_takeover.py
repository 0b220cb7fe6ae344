"""Likes of the file that earlier versions kept come along."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

from web.state.database import StateDatabase
from web.state.likes import Likes, LikeStore

EARLIER = """
CREATE TABLE likes (
    article_id TEXT NOT NULL,
    visitor TEXT NOT NULL,
    liked_on TEXT NOT NULL DEFAULT CURRENT_DATE,
    PRIMARY KEY (article_id, visitor)
) STRICT, WITHOUT ROWID
"""


def earlier_likes(folder: Path, count: int) -> None:
    with closing(sqlite3.connect(folder / "likes.sqlite3")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(EARLIER)
        rows = [("card-min", f"visitor {number}", "2026-10-01") for number in range(count)]
        database.executemany("INSERT INTO likes VALUES (?, ?, ?)", rows)
        database.commit()


def likes(folder: Path) -> int:
    return LikeStore(StateDatabase(folder)).read("card-min", None).count


def test_nobody_s_like_is_lost(tmp_path: Path) -> None:
    earlier_likes(tmp_path, 300)
    store = LikeStore(StateDatabase(tmp_path))

    assert store.like("card-min", "somebody new") == Likes(301, mine=True)
    assert (tmp_path / "likes.sqlite3").exists()
    with closing(sqlite3.connect(tmp_path / "state.sqlite3")) as database:
        days = database.execute("SELECT DISTINCT liked_on FROM likes ORDER BY 1").fetchall()
    assert days[0] == ("2026-10-01",)


def test_they_are_taken_over_once(tmp_path: Path) -> None:
    earlier_likes(tmp_path, 3)
    StateDatabase(tmp_path).prepare()
    with closing(sqlite3.connect(tmp_path / "likes.sqlite3")) as database:
        database.execute("DELETE FROM likes")
        database.commit()
    StateDatabase(tmp_path).prepare()

    assert likes(tmp_path) == 3


def prepare(folder: Path) -> None:
    StateDatabase(folder).prepare()


def test_several_processes_at_once_take_over_once(tmp_path: Path) -> None:
    earlier_likes(tmp_path, 3)
    processes = [get_context("spawn").Process(target=prepare, args=(tmp_path,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert likes(tmp_path) == 3
