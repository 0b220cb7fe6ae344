"""Liking an article, with JavaScript and without, and while likes cannot be kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.app import create_app
from web.settings import Settings

API = "/api/v1/articles/card-min/like"
FORM = "/articles/card-min/like"


def test_a_like_counts_once_for_a_visitor(app: Flask) -> None:
    one, other = app.test_client(), app.test_client()

    assert one.post(API).get_json() == {"id": "card-min", "likes": 1}
    assert one.post(API).get_json() == {"id": "card-min", "likes": 1}
    assert other.post(API).get_json() == {"id": "card-min", "likes": 2}
    assert one.get("/api/v1/articles/card-min").get_json()["likes"] == 2


def test_form_and_api_know_the_same_visitor(client: FlaskClient) -> None:
    client.post(FORM)

    assert client.post(API).get_json()["likes"] == 1


def test_a_form_leads_back_to_the_article(client: FlaskClient) -> None:
    answer = client.post(FORM)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/articles/card-min#like"
    page = client.get("/articles/card-min").get_data(as_text=True)
    assert 'aria-pressed="true"' in page
    assert "已赞" in page


def test_reading_leaves_no_cookie(client: FlaskClient) -> None:
    for path in ("/", "/search?q=房贷", "/articles/card-min", "/api/v1/search?q=房贷"):
        assert "Set-Cookie" not in client.get(path).headers


def test_the_cookie_is_out_of_reach(client: FlaskClient) -> None:
    cookie = client.post(API).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert "Secure" in client.post(API, base_url="https://localhost").headers["Set-Cookie"]


def test_a_made_up_cookie_is_replaced(client: FlaskClient) -> None:
    client.set_cookie("loanfaq_visitor", "x" * 500)

    assert "loanfaq_visitor=" in client.post(API).headers["Set-Cookie"]


def corrupt(database: Path) -> AbstractContextManager[object]:
    for path in database.parent.iterdir():
        path.write_bytes(b"no database at all" * 500)
    return nullcontext()


def locked(database: Path) -> AbstractContextManager[object]:
    """Held by another program for itself alone: not even readers get in."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("BEGIN EXCLUSIVE")
    return closing(connection)


@pytest.mark.parametrize("harm", [corrupt, locked])
def test_without_likes_the_site_goes_on(
    client: FlaskClient, tmp_path: Path, harm: Callable[[Path], AbstractContextManager[object]]
) -> None:
    with harm(tmp_path / "state" / "state.sqlite3"):
        page = client.get("/articles/card-min")
        assert page.status_code == 200
        assert 'class="like"' not in page.get_data(as_text=True)
        assert client.get("/api/v1/articles/card-min").get_json()["likes"] is None
        assert client.get("/api/v1/search?q=房贷").status_code == 200
        assert client.get("/").status_code == 200

        refused = client.post(API)
        assert refused.status_code == 503
        assert refused.get_json()["error"] == {
            "status": 503,
            "code": "likes_unavailable",
            "message": "点赞暂时记不下来，请稍后再试",
        }
        assert client.post(FORM).status_code == 503


def test_a_state_folder_that_cannot_be_made(
    index_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = Settings(index=index_folder, state=tmp_path / "file" / "state")
    client = create_app(settings).test_client()

    assert "cannot be made" in caplog.text
    assert client.get("/articles/card-min").status_code == 200
    assert client.post(API).status_code == 503


def test_likes_come_back_with_their_file(client: FlaskClient, tmp_path: Path) -> None:
    client.post(API)
    state = tmp_path / "state"
    state.rename(tmp_path / "away")
    assert client.get("/api/v1/articles/card-min").get_json()["likes"] == 0

    (tmp_path / "away").rename(state)

    assert client.get("/api/v1/articles/card-min").get_json()["likes"] == 1
