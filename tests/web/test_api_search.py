"""``/api/v1/search``: the contract that programs build on."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search.engine import SearchEngine
from search.query import Query

URL = "/api/v1/search"


def test_an_answer_has_every_field_of_the_contract(client: FlaskClient) -> None:
    answer = client.get(URL, query_string={"q": "信用卡还最低会不会影响征信"}).get_json()

    assert list(answer) == [
        "query",
        "corrected_query",
        "status",
        "total",
        "limit",
        "offset",
        "took_ms",
        "index_version",
        "query_id",
        "notices",
        "hits",
        "facets",
        "suggestions",
    ]
    hit = answer["hits"][0]
    assert list(hit) == [
        "id",
        "title",
        "url",
        "category",
        "published",
        "excerpt_only",
        "as_of",
        "dated",
        "score",
        "scores",
        "answer",
        "duplicates",
    ]
    assert hit["id"] == "card-min"
    assert hit["title"] == "信用卡最低还款影响征信吗"
    assert hit["category"] == "信用卡"
    assert hit["published"] == "2026-05-02"
    assert hit["excerpt_only"] is False
    assert set(hit["scores"]) <= {"vector", "keyword", "wording"}
    assert list(hit["answer"]) == ["text", "heading", "anchor", "highlights"]
    assert hit["url"] == f"/articles/card-min#{hit['answer']['anchor']}"


def test_highlights_count_characters_of_the_answer(client: FlaskClient) -> None:
    hits = client.get(URL, query_string={"q": "信用卡最低还款"}).get_json()["hits"]
    answer = hits[0]["answer"]
    marked = [answer["text"][start:end] for start, end in answer["highlights"]]

    assert any("最低" in words for words in marked)


def test_it_gives_what_the_engine_gives(client: FlaskClient, engine: SearchEngine) -> None:
    given = client.get(URL, query_string={"q": "房贷逾期", "limit": "3"}).get_json()
    expected = engine.search(Query.parse("房贷逾期", limit=3)).to_json()

    of_the_moment = {"took_ms", "query_id"}
    assert {k: v for k, v in given.items() if k not in of_the_moment} == {
        k: v for k, v in expected.items() if k not in of_the_moment
    }


def test_get_json_and_form_say_the_same(client: FlaskClient) -> None:
    asked = {"q": "房贷逾期", "limit": 2, "mode": "keyword"}
    answers = [
        client.get(URL, query_string=asked),
        client.post(URL, json=asked),
        client.post(URL, data=asked),
        client.post(URL, query_string={"q": "房贷逾期"}, json={"limit": 2, "mode": "keyword"}),
    ]

    hits = [answer.get_json()["hits"] for answer in answers]
    assert hits[0]
    assert all(each == hits[0] for each in hits)


def test_pages_follow_one_another(client: FlaskClient) -> None:
    whole = client.get(URL, query_string={"q": "贷款逾期", "limit": 6}).get_json()
    first = client.get(URL, query_string={"q": "贷款逾期", "limit": 3}).get_json()
    second = client.get(URL, query_string={"q": "贷款逾期", "limit": 3, "offset": 3}).get_json()

    assert first["hits"] + second["hits"] == whole["hits"]
    assert first["total"] == second["total"] == whole["total"]


def test_a_category_filters_hits_and_facets(client: FlaskClient) -> None:
    answer = client.get(URL, query_string={"q": "贷款逾期", "category": "房贷"}).get_json()

    assert {hit["category"] for hit in answer["hits"]} == {"房贷"}
    assert answer["facets"]["category"] == {"房贷": answer["total"]}


def test_min_score_is_a_floor(client: FlaskClient) -> None:
    everything = client.get(URL, query_string={"q": "房贷逾期"}).get_json()["hits"]
    floor = everything[1]["score"]
    better = client.get(URL, query_string={"q": "房贷逾期", "min_score": floor}).get_json()["hits"]

    assert all(hit["score"] >= floor for hit in better)
    assert 1 <= len(better) <= len(everything)


def test_chinese_is_written_as_it_is(client: FlaskClient) -> None:
    answer = client.get(URL, query_string={"q": "房贷"})

    assert answer.mimetype == "application/json"
    assert "房贷" in answer.get_data(as_text=True)


@pytest.mark.parametrize("empty", ["limit", "category", "mode", "min_score", "offset"])
def test_an_empty_parameter_is_none(client: FlaskClient, empty: str) -> None:
    assert client.get(URL, query_string={"q": "房贷", empty: ""}).status_code == 200
    assert client.post(URL, json={"q": "房贷", empty: None}).status_code == 200


@pytest.mark.parametrize("switch", ["1", "true"])
def test_explain_is_given_to_who_asks(client: FlaskClient, switch: str) -> None:
    told = client.get(URL, query_string={"q": "房贷", "explain": switch}).get_json()

    assert told["explanation"]["tokens"] == ["房贷"]
    assert all(hit["explanation"]["fusion"]["score"] > 0 for hit in told["hits"])
    assert client.post(URL, json={"q": "房贷", "explain": True}).get_json()["explanation"]


@pytest.mark.parametrize("switch", ["0", "false", ""])
def test_and_to_nobody_else(client: FlaskClient, switch: str) -> None:
    answer = client.get(URL, query_string={"q": "房贷", "explain": switch}).get_json()

    assert "explanation" not in answer
    assert all("explanation" not in hit for hit in answer["hits"])


def test_completions_follow_what_is_typed(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggest", query_string={"q": " xykzd ", "limit": 3}).get_json()

    assert answer == {
        "query": "xykzd",
        "suggestions": [
            {"kind": "article", "text": "信用卡最低还款影响征信吗", "url": "/articles/card-min"}
        ],
    }
