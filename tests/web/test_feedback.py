"""Feedback: whether an article helped, by program and by plain form."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

API = "/api/v1/feedback"
FORM = "/feedback"
QUERY = "0123456789abcdef" * 2
GIVEN = {"query_id": QUERY, "article_id": "card-min", "helpful": True}


def stored(tmp_path: Path) -> list[tuple[str, str, int]]:
    with closing(sqlite3.connect(tmp_path / "state" / "state.sqlite3")) as database:
        return database.execute("SELECT query_id, article_id, helpful FROM feedback").fetchall()


@pytest.mark.parametrize("helpful", [True, False])
def test_json_and_form_say_the_same(client: FlaskClient, tmp_path: Path, helpful: bool) -> None:
    said = {**GIVEN, "helpful": helpful}
    typed = {**GIVEN, "helpful": "true" if helpful else "false"}

    assert client.post(API, json=said).get_json() == said
    assert client.post(API, json={**said, "helpful": int(helpful)}).get_json() == said
    assert client.post(API, data=typed).get_json() == said
    assert client.post(API, query_string=typed).get_json() == said
    assert stored(tmp_path) == [(QUERY, "card-min", int(helpful))]


def test_a_later_word_takes_the_place_of_the_first(client: FlaskClient, tmp_path: Path) -> None:
    client.post(API, json=GIVEN)
    client.post(API, json={**GIVEN, "helpful": False})
    client.post(API, json={**GIVEN, "article_id": "mortgage-late"})

    assert sorted(stored(tmp_path)) == [(QUERY, "card-min", 0), (QUERY, "mortgage-late", 1)]


def test_nothing_of_the_visitor_is_kept(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.post(API, json=GIVEN, environ_overrides={"REMOTE_ADDR": "203.0.113.7"})

    assert "Set-Cookie" not in answer.headers
    for path in (tmp_path / "state").iterdir():
        assert b"203.0.113.7" not in path.read_bytes()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "parameter_missing"),
        ({"query_id": QUERY, "article_id": "card-min"}, "parameter_missing"),
        ({**GIVEN, "helpful": None}, "parameter_missing"),
        ({**GIVEN, "helpful": ""}, "parameter_invalid"),
        ({**GIVEN, "helpful": "yes"}, "parameter_invalid"),
        ({**GIVEN, "helpful": "true"}, "parameter_invalid"),
        ({**GIVEN, "helpful": 2}, "parameter_invalid"),
        ({**GIVEN, "helpful": []}, "parameter_invalid"),
        ({**GIVEN, "query_id": "x"}, "parameter_invalid"),
        ({**GIVEN, "query_id": 5}, "parameter_invalid"),
        ({**GIVEN, "query_id": QUERY.upper()}, "parameter_invalid"),
        ({**GIVEN, "query_id": "\uff11" * 32}, "parameter_invalid"),
        ({**GIVEN, "article_id": ["card-min"]}, "parameter_invalid"),
        ({**GIVEN, "comment": "好"}, "unknown_parameter"),
        ({**GIVEN, "q": "房贷"}, "unknown_parameter"),
        ([GIVEN], "body_invalid"),
    ],
)
def test_slips_are_named(client: FlaskClient, tmp_path: Path, given: Any, code: str) -> None:  # noqa: ANN401
    answer = client.post(API, json=given)

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, code)
    assert stored(tmp_path) == []


def test_a_parameter_given_twice(client: FlaskClient) -> None:
    answer = client.post(API, query_string={"query_id": QUERY}, json=GIVEN)

    assert answer.get_json()["error"]["code"] == "repeated_parameter"


def test_an_unknown_article(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.post(API, json={**GIVEN, "article_id": "none"})

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "article_not_found")
    assert stored(tmp_path) == []


def test_other_media_and_methods(client: FlaskClient) -> None:
    assert client.post(API, data="helpful", content_type="text/plain").status_code == 415
    assert client.get(API).status_code == 405
    assert client.get(FORM).status_code == 405


@pytest.mark.parametrize("path", [API, FORM])
def test_other_sites_cannot_give_it(client: FlaskClient, tmp_path: Path, path: str) -> None:
    form = {**GIVEN, "helpful": "true"}

    answer = client.post(path, data=form, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert stored(tmp_path) == []


def test_a_form_leads_back_to_the_results(client: FlaskClient, tmp_path: Path) -> None:
    form = {**GIVEN, "helpful": "false", "q": "信用卡 最低还款&x", "category": "信用卡"}

    answer = client.post(FORM, data=form)

    assert answer.status_code == 303
    assert stored(tmp_path) == [(QUERY, "card-min", 0)]
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert re.search(r'<p class="feedback" id="thanks" role="status">谢谢反馈</p>', page)
    assert 'value="信用卡 最低还款&amp;x"' in page


def test_the_first_answers_of_the_first_page_can_be_judged(client: FlaskClient) -> None:
    found = client.get("/search?q=贷款逾期会怎么样").get_data(as_text=True)
    further = client.get("/search?q=贷款逾期会怎么样&page=2").get_data(as_text=True)

    judged = re.findall(r'name="article_id" value="([^"]+)"', found)
    assert judged == re.findall(r'href="/articles/([^"#]+)[^"]*">', found)[:3]
    assert len(set(re.findall(r'name="query_id" value="([0-9a-f]{32})"', found))) == 1
    assert 'name="article_id"' not in further


def test_it_works_with_the_query_id_of_a_search(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=房贷逾期").get_json()

    answer = client.post(
        API,
        json={
            "query_id": found["query_id"],
            "article_id": found["hits"][0]["id"],
            "helpful": True,
        },
    )

    assert answer.status_code == 200
