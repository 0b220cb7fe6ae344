"""What the site says of risks, of old content, and where nothing answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.encoders.protocol import Encoder
from tests.conftest import build
from web.app import create_app
from web.settings import Settings

OLD = "内容截至2025年4月，利率和规定可能有变，以贷款机构和主管部门的最新公布为准。"


@pytest.fixture(scope="module")
def dated_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index of an old article, a newer one, and one that claims nothing dated."""
    folder = tmp_path_factory.mktemp("dated")
    articles = [
        {"id": "old", "title": "房贷罚息怎么算", "as_of": "2025-04", "body": "罚息按合同加收。"},
        {"id": "new", "title": "公积金怎么提取", "as_of": "2026-09", "body": "去公积金中心办。"},
        {"id": "timeless", "title": "面签要带什么", "body": "带身份证。"},
    ]
    source = folder / "dated.jsonl"
    lines = (json.dumps(article, ensure_ascii=False) for article in articles)
    source.write_text("\n".join(lines), encoding="utf-8")
    build([source], folder / "index", encoder)
    return folder / "index"


@pytest.fixture
def site(dated_index: Path, tmp_path: Path) -> Callable[..., FlaskClient]:
    """A site on a day of November 2026, or another one."""

    def make(today: date = date(2026, 11, 24), **settings: object) -> FlaskClient:
        chosen = Settings(index=dated_index, state=tmp_path / "state", **settings)  # type: ignore[arg-type]
        return create_app(chosen, lambda: today).test_client()

    return make


def text_of(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_an_old_article_says_until_when_it_was_checked(site: Callable[..., FlaskClient]) -> None:
    client = site()
    assert text_of(client, "/articles/old").count(OLD) == 1
    assert "内容核对至" not in text_of(client, "/articles/old").split("大家还在看")[0]
    assert "内容截至" not in text_of(client, "/articles/new")
    assert "内容核对至 2026年9月" in text_of(client, "/articles/new")
    assert "内容" not in text_of(client, "/articles/timeless").split("<footer")[0].split("main")[1]


def test_it_is_counted_from_the_day_that_it_is(site: Callable[..., FlaskClient]) -> None:
    assert OLD not in text_of(site(date(2026, 4, 30)), "/articles/old")
    assert OLD in text_of(site(date(2026, 5, 1)), "/articles/old")


def test_the_months_are_a_setting(site: Callable[..., FlaskClient]) -> None:
    assert OLD not in text_of(site(dated_after_months=24), "/articles/old")


def test_results_say_it_at_the_hit(site: Callable[..., FlaskClient]) -> None:
    page = text_of(site(), "/search?q=房贷罚息怎么算")
    assert page.count(OLD) == 1
    assert '<p class="notice">' not in page


def test_json_has_the_month_whether_it_is_old_and_a_notice(
    site: Callable[..., FlaskClient],
) -> None:
    client = site()
    found = client.get("/api/v1/search", query_string={"q": "房贷罚息怎么算"}).get_json()
    by_id = {hit["id"]: (hit["as_of"], hit["dated"]) for hit in found["hits"]}
    assert by_id["old"] == ("2025-04", True)
    assert {"kind": "dated", "text": OLD} in found["notices"]
    assert client.get("/api/v1/articles/old").get_json()["dated"] is True
    assert client.get("/api/v1/articles/timeless").get_json()["dated"] is False


def test_where_nothing_answers_no_hit_is_shown_and_ways_on_are(
    client_that_says: Callable[..., FlaskClient],
) -> None:
    client = client_that_says("none")
    found = client.get("/api/v1/search", query_string={"q": "信用卡最低还款能改几次"}).get_json()
    page = text_of(client, "/search?q=信用卡最低还款能改几次")

    assert found["status"] == "none"
    assert found["hits"]
    assert 'class="answer"' not in page
    assert "急事请直接问贷款机构的官方客服" in page
    for question in found["suggestions"]["questions"]:
        assert f'<a href="{question["url"]}">{question["title"]}</a>' in page
    for category in found["suggestions"]["categories"]:
        assert f'href="{category["url"]}"' in page


def test_an_answer_has_no_ways_on(client_that_says: Callable[..., FlaskClient]) -> None:
    client = client_that_says("answered")
    found = client.get("/api/v1/search", query_string={"q": "信用卡最低还款"}).get_json()
    assert found["suggestions"] is None


def test_near_categories_come_alone_and_lead_to_all(
    client_that_says: Callable[..., FlaskClient],
) -> None:
    # A likelihood of 0.08 is no suggestion (from 0.1), and near (from 0.04).
    client = client_that_says("none", bias=-2.5)
    found = client.get("/api/v1/search", query_string={"q": "房贷提前还款要跑几趟"}).get_json()
    page = text_of(client, "/search?q=房贷提前还款要跑几趟")

    assert found["status"] == "none"
    assert "房贷" in [category["name"] for category in found["suggestions"]["categories"]]
    assert page.index(">相近的分类<") < page.index(">常见问题<")
    assert "按分类看" not in page
    assert ">看全部分类</a>" in page
    assert 'class="hit' not in page


def test_where_none_is_near_all_categories_are_offered(
    client_that_says: Callable[..., FlaskClient],
) -> None:
    page = text_of(client_that_says("none"), "/search?q=房贷提前还款要跑几趟")
    assert "相近的分类" not in page
    assert "按分类看" in page
