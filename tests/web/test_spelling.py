"""A corrected question on the site: said, escaped, and with a way back."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search.engine import SearchEngine
from search.query import Query
from web.app import create_app
from web.settings import Settings
from web.state.queries import LoggedQuery

PINYIN = "fangdai tiqian huankuan yao jiao weiyuejin ma"
MEANT = "房贷提前还款要交违约金吗"


@pytest.fixture
def corpus_client(corpus_index: Path, tmp_path: Path) -> FlaskClient:
    """A site over the bundled corpus."""
    return create_app(Settings(index=corpus_index, state=tmp_path / "state")).test_client()


def page_of(client: FlaskClient, **parameters: str) -> str:
    return client.get("/search", query_string=parameters).get_data(as_text=True)


def links(page: str) -> list[dict[str, list[str]]]:
    """Parameters of every link to results on a page."""
    found = (html.unescape(part.split('"')[0]) for part in page.split('href="')[1:])
    return [parse_qs(urlsplit(link).query) for link in found if link.startswith("/search?")]


def test_the_page_says_what_was_answered_and_leads_back(corpus_client: FlaskClient) -> None:
    page = page_of(corpus_client, q=PINYIN)
    assert f"已按“{MEANT}”为您查找" in page
    assert f"仍按“{PINYIN}”查找</a>" in page
    assert {"q": [PINYIN], "literal": ["1"]} in links(page)
    assert f'value="{PINYIN}"' in page


def test_links_of_a_corrected_page_keep_what_was_written(corpus_client: FlaskClient) -> None:
    others = [each for each in links(page_of(corpus_client, q=PINYIN)) if "literal" not in each]
    assert any("page" in each for each in others)
    assert any("category" in each for each in others)
    assert all(each["q"] == [PINYIN] for each in others)


def test_literal_answers_what_is_written_on_every_page(corpus_client: FlaskClient) -> None:
    page = page_of(corpus_client, q=PINYIN, literal="1")
    assert "为您查找" not in page
    assert any("page" in each or "category" in each for each in links(page))
    assert all(each["literal"] == ["1"] for each in links(page))


def test_what_is_written_is_escaped(corpus_client: FlaskClient) -> None:
    page = page_of(corpus_client, q=f"{PINYIN} <b>&\"'")
    assert "为您查找" in page
    assert "<b>&" not in page


def test_the_endpoint_corrects_and_takes_literal(corpus_client: FlaskClient) -> None:
    url = "/api/v1/search"
    assert corpus_client.get(url, query_string={"q": PINYIN}).get_json()["corrected_query"] == MEANT
    literal = corpus_client.get(url, query_string={"q": PINYIN, "literal": "1"}).get_json()
    assert literal["corrected_query"] is None
    posted = corpus_client.post(url, json={"q": PINYIN, "literal": True}).get_json()
    assert [hit["id"] for hit in posted["hits"]] == [hit["id"] for hit in literal["hits"]]


@pytest.mark.parametrize("wrong", ["2", "yes", "真"])
def test_literal_is_on_or_off(client: FlaskClient, wrong: str) -> None:
    refused = client.get("/api/v1/search", query_string={"q": "房贷", "literal": wrong})
    assert refused.status_code == 400
    assert refused.get_json()["error"]["code"] == "parameter_invalid"
    assert "literal" in refused.get_json()["error"]["message"]


def test_a_log_keeps_what_was_written_masked_and_nothing_of_the_correction(
    corpus_index: Path,
) -> None:
    engine = SearchEngine.open(corpus_index)
    response = engine.search(Query.parse(f"{PINYIN} 13800138000"))
    assert response.corrected_query is not None
    kept = LoggedQuery.of(response, datetime.now(UTC))
    assert kept.query == f"{PINYIN} [number]"
    assert "房贷" not in str(kept)


def test_feedback_leads_back_to_what_was_written(client: FlaskClient) -> None:
    form = {
        "query_id": "0" * 32,
        "article_id": "card-min",
        "helpful": "true",
        "q": "信用卡最低",
        "literal": "1",
    }
    back = client.post("/feedback", data=form)
    assert back.status_code == 303
    assert parse_qs(urlsplit(back.location).query)["literal"] == ["1"]
