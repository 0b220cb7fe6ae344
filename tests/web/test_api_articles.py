"""``/api/v1/articles`` and ``/health``."""

from __future__ import annotations

from flask.testing import FlaskClient

from indexer.reasons import REASONS
from search.engine import SearchEngine


def test_an_article_with_its_structure(client: FlaskClient, engine: SearchEngine) -> None:
    answer = client.get("/api/v1/articles/card-min").get_json()

    assert list(answer) == [
        "id",
        "title",
        "category",
        "published",
        "url",
        "tags",
        "excerpt_only",
        "as_of",
        "dated",
        "likes",
        "text",
        "sections",
    ]
    assert answer["title"] == "信用卡最低还款影响征信吗"
    assert answer["published"] == "2026-05-02"
    assert answer["likes"] == 0
    assert answer["text"] == engine.article("card-min").text
    lead, interest = answer["sections"][:2]
    assert (lead["heading"], lead["anchor"]) == ("", "s0")
    assert (interest["heading"], interest["anchor"]) == ("利息怎么算", "s1")
    introduction, first = interest["blocks"][:2]
    assert (introduction["kind"], introduction["number"]) == ("paragraph", None)
    assert (first["kind"], first["number"], first["anchor"]) == ("item", 1, "s1-2")


def test_the_text_is_headings_and_blocks(client: FlaskClient) -> None:
    answer = client.get("/api/v1/articles/card-min").get_json()
    lines = [
        line
        for section in answer["sections"]
        for line in [section["heading"], *(block["text"] for block in section["blocks"])]
        if line
    ]

    assert answer["text"] == "\n".join(lines)


def test_an_article_without_category_and_date(
    hostile_client: FlaskClient,
) -> None:
    answer = hostile_client.get("/api/v1/articles/bare").get_json()

    assert (answer["category"], answer["published"], answer["as_of"]) == ("", None, "")


def test_related_are_other_articles_each_with_a_reason(client: FlaskClient) -> None:
    answer = client.get("/api/v1/articles/card-min/related").get_json()
    related = answer["related"]

    assert answer["id"] == "card-min"
    assert len(related) == 10
    assert "card-min" not in [each["id"] for each in related]
    assert {each["reason"] for each in related} <= set(REASONS)
    assert list(related[0]) == [
        "id",
        "title",
        "url",
        "category",
        "published",
        "excerpt_only",
        "excerpt",
        "score",
        "reason",
    ]


def test_fewer_related(client: FlaskClient) -> None:
    few = client.get("/api/v1/articles/card-min/related?limit=2").get_json()["related"]
    all_ten = client.get("/api/v1/articles/card-min/related").get_json()["related"]

    assert few == all_ten[:2]


def test_health(client: FlaskClient, engine: SearchEngine) -> None:
    assert client.get("/health").get_json() == {
        "status": "ok",
        "index_version": engine.index_version,
        "articles": engine.manifest.counts.articles,
    }
