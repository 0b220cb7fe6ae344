"""Every error has one shape under ``/api``, and is a page in Chinese elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.store.builds import IndexFolder
from web.app import create_app
from web.body import MAX_BODY_BYTES
from web.logs import JsonFormatter
from web.settings import Settings

SEARCH = "/api/v1/search"
LIKE = "/api/v1/articles/card-min/like"

CASES: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("GET", SEARCH, {}, 400, "query_empty"),
    ("GET", SEARCH, {"query_string": {"q": " \u3000 "}}, 400, "query_empty"),
    ("GET", SEARCH, {"query_string": {"q": "问" * 251}}, 400, "query_too_long"),
    ("GET", SEARCH, {"query_string": {"q": "😀😀"}}, 400, "query_without_words"),
    ("GET", SEARCH, {"query_string": {"q": "房贷", "limit": "0"}}, 400, "limit_out_of_range"),
    ("GET", SEARCH, {"query_string": {"q": "房贷", "limit": "51"}}, 400, "limit_out_of_range"),
    ("GET", SEARCH, {"query_string": {"q": "房贷", "limit": "ten"}}, 400, "parameter_invalid"),
    ("GET", SEARCH, {"query_string": {"q": "房贷", "limit": "1.5"}}, 400, "parameter_invalid"),
    ("GET", SEARCH, {"query_string": {"q": "房贷", "offset": "-1"}}, 400, "offset_out_of_range"),
    ("GET", SEARCH, {"query_string": {"q": "房贷", "mode": "magic"}}, 400, "mode_unknown"),
    (
        "GET",
        SEARCH,
        {"query_string": {"q": "房贷", "min_score": "2"}},
        400,
        "min_score_out_of_range",
    ),
    (
        "GET",
        SEARCH,
        {"query_string": {"q": "房贷", "min_score": "nan"}},
        400,
        "min_score_out_of_range",
    ),
    ("GET", SEARCH, {"query_string": {"q": "房贷", "page": "2"}}, 400, "unknown_parameter"),
    ("GET", SEARCH, {"query_string": "q=a&q=b"}, 400, "repeated_parameter"),
    ("GET", SEARCH, {"query_string": {"q": "房贷", "explain": "yes"}}, 400, "parameter_invalid"),
    ("GET", SEARCH, {"environ_overrides": {"QUERY_STRING": "q=\xd9"}}, 400, "bad_request"),
    ("POST", SEARCH, {"json": {"q": "房贷", "explain": 2}}, 400, "parameter_invalid"),
    ("POST", SEARCH, {"json": {"q": "房贷", "limit": "5"}}, 400, "parameter_invalid"),
    ("POST", SEARCH, {"json": {"q": 5}}, 400, "parameter_invalid"),
    ("POST", SEARCH, {"json": {"q": "房贷", "limit": True}}, 400, "parameter_invalid"),
    ("POST", SEARCH, {"json": {"q": "房贷", "limit": [1]}}, 400, "parameter_invalid"),
    ("POST", SEARCH, {"json": {"q": "房贷", "extra": 1}}, 400, "unknown_parameter"),
    ("POST", SEARCH, {"json": ["房贷"]}, 400, "body_invalid"),
    ("POST", SEARCH, {"query_string": "q=a", "json": {"q": "b"}}, 400, "repeated_parameter"),
    (
        "POST",
        SEARCH,
        {"data": b'{"q": ', "content_type": "application/json"},
        400,
        "body_invalid",
    ),
    (
        "POST",
        SEARCH,
        {"data": b"[" * 8000, "content_type": "application/json"},
        400,
        "body_invalid",
    ),
    (
        "POST",
        SEARCH,
        {"data": b"\xff\xfe", "content_type": "application/json"},
        400,
        "body_invalid",
    ),
    ("POST", SEARCH, {"data": b"q", "content_type": "text/plain"}, 415, "media_type_unsupported"),
    ("POST", SEARCH, {"data": b"x" * (MAX_BODY_BYTES + 1)}, 413, "body_too_large"),
    ("POST", LIKE, {"data": b"x" * (MAX_BODY_BYTES + 1)}, 413, "body_too_large"),
    ("DELETE", SEARCH, {}, 405, "method_not_allowed"),
    ("GET", LIKE, {}, 405, "method_not_allowed"),
    ("POST", LIKE, {"headers": {"Sec-Fetch-Site": "cross-site"}}, 403, "cross_site"),
    ("GET", "/api/v1/articles/none", {}, 404, "article_not_found"),
    ("GET", "/api/v1/articles/none/related", {}, 404, "article_not_found"),
    ("POST", "/api/v1/articles/none/like", {}, 404, "article_not_found"),
    ("GET", "/api/v1/articles/card-min/related?limit=11", {}, 400, "limit_out_of_range"),
    ("GET", "/api/v1/articles/card-min/related?limit=x", {}, 400, "parameter_invalid"),
    ("GET", "/api/v1/articles/card-min/related?top=3", {}, 400, "unknown_parameter"),
    ("GET", "/api/v1/suggest", {}, 400, "query_empty"),
    ("GET", f"/api/v1/suggest?q={'x' * 251}", {}, 400, "query_too_long"),
    ("GET", "/api/v1/suggest?q=？", {}, 400, "query_without_words"),
    ("GET", "/api/v1/suggest?q=a&limit=21", {}, 400, "limit_out_of_range"),
    ("GET", "/api/v1/suggest?q=a&limit=1_0", {}, 400, "parameter_invalid"),
    ("GET", "/api/v1/suggest?q=a&mode=hybrid", {}, 400, "unknown_parameter"),
    ("GET", "/api/v1/suggest?q=a&q=b", {}, 400, "repeated_parameter"),
    ("POST", "/api/v1/suggest", {}, 405, "method_not_allowed"),
    ("GET", "/api/v1/nothing", {}, 404, "not_found"),
    ("GET", "/api/v2/search", {}, 404, "not_found"),
    ("POST", "/health", {}, 405, "method_not_allowed"),
]


@pytest.mark.parametrize(("method", "path", "sent", "status", "code"), CASES)
def test_one_shape(
    client: FlaskClient, method: str, path: str, sent: dict[str, Any], status: int, code: str
) -> None:
    answer = client.open(path, method=method, **sent)
    body = answer.get_json()

    assert answer.status_code == status
    assert list(body) == ["error"]
    assert list(body["error"]) == ["status", "code", "message"]
    assert (body["error"]["status"], body["error"]["code"]) == (status, code)
    assert body["error"]["message"].strip()
    assert "\n" not in body["error"]["message"]


def test_an_unknown_parameter_is_named(client: FlaskClient) -> None:
    answer = client.get(SEARCH, query_string={"q": "房贷", "lmit": "3"})

    assert "“lmit”" in answer.get_json()["error"]["message"]


def test_a_method_not_allowed_says_which_are(client: FlaskClient) -> None:
    assert set(client.delete(SEARCH).headers["Allow"].split(", ")) >= {"GET", "POST"}


@pytest.fixture
def failing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A site in which something breaks that nobody foresaw."""

    def fail() -> None:
        raise RuntimeError("secret of 13812345678")

    monkeypatch.setattr("web.api.engine", fail)
    monkeypatch.setattr("web.pages.engine", fail)
    return app.test_client()


def test_an_unforeseen_failure_tells_the_reader_nothing(
    failing: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [failing.get(SEARCH, query_string={"q": "房贷"}), failing.get("/")]

    assert [answer.status_code for answer in answers] == [500, 500]
    assert answers[0].get_json()["error"]["code"] == "internal_error"
    for answer in answers:
        assert "secret" not in answer.get_data(as_text=True)
        assert "Traceback" not in answer.get_data(as_text=True)


def test_it_is_written_down_with_its_traceback_masked(
    failing: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    # The only way out of the process, see `web.logs`.
    caplog.handler.setFormatter(JsonFormatter())

    failing.get("/")

    assert "RuntimeError: secret of [number]" in caplog.text
    assert "Traceback" in caplog.text
    assert "13812345678" not in caplog.text


def no_index(folder: Path) -> None:
    folder.mkdir()


def index_without_its_build(folder: Path) -> None:
    folder.mkdir()
    (folder / "CURRENT").write_text("gone\n")


@pytest.mark.parametrize(
    ("prepare", "code"),
    [(no_index, "index_missing"), (index_without_its_build, "index_damaged")],
)
def test_without_an_index_everything_says_so(
    tmp_path: Path, prepare: Callable[[Path], None], code: str, caplog: pytest.LogCaptureFixture
) -> None:
    prepare(tmp_path / "index")
    client = create_app(Settings(index=tmp_path / "index", state=tmp_path / "state")).test_client()

    for path in ("/health", f"{SEARCH}?q=a", "/api/v1/articles/a", "/api/v1/articles/a/related"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.get_json()["error"]["code"] == code
    page = client.get("/")
    assert page.status_code == 503
    assert "搜索暂时不能用" in page.get_data(as_text=True)
    assert str(tmp_path) not in page.get_data(as_text=True)
    assert str(tmp_path) in caplog.text


def test_an_index_that_comes_later_is_taken_up(
    tmp_path: Path, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index"
    client = create_app(Settings(index=folder, state=tmp_path / "state")).test_client()
    assert client.get("/health").status_code == 503

    folder.symlink_to(index_folder)

    assert IndexFolder(folder).current_id() == client.get("/health").get_json()["index_version"]


@pytest.mark.parametrize(
    ("method", "path", "status", "text"),
    [
        ("GET", "/nothing", 404, "没有这个地址"),
        ("GET", "/articles/none", 404, "没有这篇文章"),
        ("GET", "/categories/none", 404, "没有这个分类"),
        ("POST", "/articles/none/like", 404, "没有这篇文章"),
        ("POST", "/", 405, "不接受这种请求方法"),
        ("GET", "/search?q=", 400, "请输入想问的问题"),
        ("GET", f"/search?q={'x' * 251}", 400, "问题太长"),
    ],
)
def test_pages_explain_in_chinese(
    client: FlaskClient, method: str, path: str, status: int, text: str
) -> None:
    answer = client.open(path, method=method)

    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert text in answer.get_data(as_text=True)
    assert 'action="/search"' in answer.get_data(as_text=True)


def test_foreseen_failures_take_one_line_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(Settings(index=tmp_path / "none", state=tmp_path / "state")).test_client()

    with caplog.at_level(logging.WARNING, "loanfaq.web"):
        client.get("/health")

    assert len(caplog.records) == 1
    assert caplog.records[0].getMessage().startswith("index_missing: ")
