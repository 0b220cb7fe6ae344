"""The query log: off unless asked for, masked, kept for so many days, never in the way."""

from __future__ import annotations

import dataclasses
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask

from search.engine import SearchEngine
from search.query import Query
from tests.web.serving import start
from web.app import create_app
from web.services import services
from web.settings import Settings
from web.state.database import FILE_NAME, StateDatabase
from web.state.queries import LoggedQuery, QueryLog


def logged(folder: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        return database.execute("SELECT * FROM queries ORDER BY asked_at, query").fetchall()


@pytest.fixture
def log(tmp_path: Path) -> QueryLog:
    return QueryLog(StateDatabase(tmp_path), days=30)


def asked(engine: SearchEngine, text: str, when: datetime) -> LoggedQuery:
    return LoggedQuery.of(engine.search(Query.parse(text)), when)


def finish(app: Flask) -> None:
    """As a worker does when it ends."""
    with app.app_context():
        services().close()


def test_it_is_off_by_default(app: Flask, tmp_path: Path) -> None:
    app.test_client().get("/api/v1/search?q=房贷逾期")
    finish(app)

    assert logged(tmp_path / "state") == []


def test_searches_of_pages_and_programs_are_kept(settings: Settings, tmp_path: Path) -> None:
    app = create_app(settings.model_copy(update={"query_log": True}))
    client = app.test_client()
    answer = client.get("/api/v1/search?q=信用卡最低还款影响征信吗").get_json()
    client.get("/search?q=身份证11010519491231002X能贷款吗")
    client.get("/search?q=身份证11010519491231002X能贷款吗&page=2")
    client.get("/search?q=")
    finish(app)

    first, second = sorted(logged(tmp_path / "state"), key=lambda row: len(row[2]))
    query_id, when, query, status, ids, took_ms = first
    assert (query_id, query, status) == (answer["query_id"], answer["query"], answer["status"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", when)
    assert ids.startswith('["card-min", ')
    assert took_ms == pytest.approx(answer["took_ms"])
    assert second[2] == "身份证[number]能贷款吗"
    for path in (tmp_path / "state").iterdir():
        assert b"11010519491231002X" not in path.read_bytes()


def test_only_the_first_answers_are_kept(engine: SearchEngine) -> None:
    kept = asked(engine, "贷款逾期会怎么样", datetime.now(UTC))

    assert len(kept.article_ids) == 5


def test_what_is_too_old_is_forgotten(engine: SearchEngine, log: QueryLog, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    log.write(
        asked(engine, f"{days}天前的房贷", now - timedelta(days=days)) for days in (0, 29, 31, 400)
    )

    assert [row[2] for row in logged(tmp_path)] == ["29天前的房贷", "0天前的房贷"]


def test_a_search_is_never_kept_twice(engine: SearchEngine, log: QueryLog, tmp_path: Path) -> None:
    search = asked(engine, "房贷", datetime.now(UTC))

    log.write([search, dataclasses.replace(search, query="花呗")])

    assert [row[2] for row in logged(tmp_path)] == ["房贷"]


def test_more_than_can_wait_is_dropped_and_said(
    engine: SearchEngine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The database is held by another program; no search waits for it."""
    database = StateDatabase(tmp_path)
    database.prepare()
    log = QueryLog(database, days=30)
    response = engine.search(Query.parse("房贷"))
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for _ in range(3000):
            log.add(response)
        log.close()

    assert "cannot keep up" in caplog.text
    assert "database is locked" in caplog.text


def test_a_server_that_stops_writes_what_waits(index_folder: Path, tmp_path: Path) -> None:
    site = start(index_folder, tmp_path / "state", LOANFAQ_QUERY_LOG="1")
    for number in range(20):
        address = f"{site.url}/api/v1/search?q=房贷{number}"
        assert httpx.get(address, trust_env=False).status_code == 200

    site.process.terminate()

    assert site.finish() == (0, "", "")
    assert len(logged(tmp_path / "state")) == 20
