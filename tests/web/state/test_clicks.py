"""Clicks: kept with the query log and nowhere else; never in a reader's way."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.app import create_app
from web.services import services
from web.settings import Settings
from web.state.clicks import Click
from web.state.database import FILE_NAME, StateDatabase
from web.state.queries import QueryLog

ASKED = "/search?q=信用卡最低还款影响征信吗"


def clicks(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        return database.execute("SELECT query_id, article_id FROM clicks").fetchall()


@pytest.fixture
def state(settings: Settings) -> Path:
    return settings.state


@pytest.fixture
def app(settings: Settings) -> Flask:
    """A site whose query log is on."""
    return create_app(settings.model_copy(update={"query_log": True}))


@pytest.fixture
def reader(app: Flask) -> Iterator[FlaskClient]:
    yield app.test_client()
    finish(app)


def finish(app: Flask) -> None:
    """As a worker does when it ends: what waits is written."""
    with app.app_context():
        services().close()


def links(reader: FlaskClient, address: str = ASKED) -> list[str]:
    page = reader.get(address).get_data(as_text=True)
    return re.findall(r'<h2><a href="(/articles/[^"]+)"', page)


def test_an_article_opened_from_results_is_kept_once(
    app: Flask, reader: FlaskClient, state: Path
) -> None:
    first = links(reader)[0]
    address, _, query_id = first.partition("#")[0].partition("?from=")
    assert re.fullmatch(r"[0-9a-f]{32}", query_id)
    for _ in range(2):
        assert reader.get(first).status_code == 200
    finish(app)

    assert clicks(state) == [(query_id, address.removeprefix("/articles/"))]


def test_nothing_is_kept_of_who_reads(app: Flask, reader: FlaskClient, state: Path) -> None:
    answer = reader.get(links(reader)[0], environ_overrides={"REMOTE_ADDR": "203.0.113.7"})
    finish(app)

    assert "Set-Cookie" not in answer.headers
    assert clicks(state)
    for path in state.iterdir():
        assert b"203.0.113.7" not in path.read_bytes()


def test_without_the_query_log_links_carry_nothing(settings: Settings, state: Path) -> None:
    client = create_app(settings).test_client()
    assert links(client)
    assert not any("from=" in link for link in links(client))
    client.get("/articles/card-min?from=" + "0" * 32)

    assert clicks(state) == []


def test_links_of_later_pages_carry_nothing(reader: FlaskClient) -> None:
    further = links(reader, "/search?q=贷款逾期会怎么样&page=2")
    assert further
    assert not any("from=" in link for link in further)


def test_the_address_to_share_is_the_article_s_own(reader: FlaskClient) -> None:
    page = reader.get(links(reader)[0]).get_data(as_text=True)

    assert '<link rel="canonical" href="/articles/card-min">' in page
    assert "from=" not in page


@pytest.mark.parametrize("mark", ["0" * 32, "x", "A" * 32, "' OR 1=1 --", ""])
def test_a_search_that_never_was_leaves_no_click(
    app: Flask, reader: FlaskClient, state: Path, mark: str
) -> None:
    reader.get(ASKED)
    assert reader.get("/articles/card-min", query_string={"from": mark}).status_code == 200
    finish(app)

    assert clicks(state) == []


def test_what_is_only_loaded_ahead_is_no_click(
    app: Flask, reader: FlaskClient, state: Path
) -> None:
    link = links(reader)[0]
    reader.get(link, headers={"Sec-Purpose": "prefetch"})
    reader.head(link)
    finish(app)

    assert clicks(state) == []


def test_an_article_that_is_not_there_is_no_click(
    app: Flask, reader: FlaskClient, state: Path
) -> None:
    mark = links(reader)[0].partition("#")[0].partition("?")[2]
    assert reader.get(f"/articles/none?{mark}").status_code == 404
    finish(app)

    assert clicks(state) == []


def test_clicks_are_forgotten_with_their_search(
    app: Flask, reader: FlaskClient, state: Path
) -> None:
    reader.get(links(reader)[0])
    finish(app)
    with closing(sqlite3.connect(state / FILE_NAME)) as database:
        database.execute("UPDATE queries SET asked_at = '2020-01-01T00:00Z'")
        database.commit()
    assert clicks(state)

    QueryLog(StateDatabase(state), days=30).write([])

    assert clicks(state) == []


def test_a_locked_database_keeps_nobody_waiting(
    app: Flask, reader: FlaskClient, state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    link = links(reader)[0]
    with closing(sqlite3.connect(state / FILE_NAME)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert reader.get(link).status_code == 200
        finish(app)

    assert "database is locked" in caplog.text


def write_a_click(folder: Path, number: int) -> None:
    QueryLog(StateDatabase(folder), 30).write([], [Click("0" * 32, f"article-{number}")])


def test_several_workers_write_at_once(tmp_path: Path) -> None:
    StateDatabase(tmp_path).prepare()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        row = ("0" * 32, "2999-01-01T00:00Z", "房贷", "answered", "[]", 1.0)
        database.execute("INSERT INTO queries VALUES (?, ?, ?, ?, ?, ?)", row)
        database.commit()
    context = get_context("spawn")
    workers = [context.Process(target=write_a_click, args=(tmp_path, n)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert [article for _, article in sorted(clicks(tmp_path))] == [
        "article-0",
        "article-1",
        "article-2",
    ]
