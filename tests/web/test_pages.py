"""The pages, as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from search.engine import SearchEngine
from search.response import Status
from tests.web.conftest import HOSTILE
from web.app import create_app
from web.settings import Settings

SearchSite = Callable[[Status], FlaskClient]
ALL = ["/", "/search?q=房贷", "/search?q=", "/articles/card-min", "/categories/房贷", "/nothing"]


def text_of(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


class Nesting(HTMLParser):
    """Checks that elements close in order and that ids are unique."""

    VOID = frozenset({"meta", "link", "input", "img", "br"})

    def __init__(self) -> None:
        """Begin with nothing open."""
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("path", ALL)
def test_pages_are_whole(client: FlaskClient, path: str) -> None:
    page = text_of(client, path)
    nesting = Nesting()
    nesting.feed(page)

    assert page.startswith('<!doctype html>\n<html lang="zh-CN">')
    assert nesting.open == []
    assert len(nesting.ids) == len(set(nesting.ids))
    assert page.count("<h1") == 1
    assert 'href="#main"' in page
    assert "请以平台页面、合同和贷款机构的答复为准" in page


def test_home_offers_questions_and_categories(client: FlaskClient, engine: SearchEngine) -> None:
    page = text_of(client, "/")

    assert "<title>贷款问答</title>" in page
    for card in engine.popular(8):
        assert card.title in page
    for name, count in engine.categories().items():
        assert re.search(rf"{name}<span class=\"count\">{count}<", page)


def test_a_clear_answer_is_given_plainly(client_that_says: SearchSite) -> None:
    page = text_of(client_that_says("answered"), "/search?q=信用卡最低还款影响征信吗")

    assert 'value="信用卡最低还款影响征信吗"' in page
    assert "按相关程度排列，共 " in page
    assert "没有" not in page.split("</header>")[1].split('<ol class="hits"')[0]
    assert 'class="hit hit-best"' in page
    assert re.search(r'href="/articles/card-min#s\d+-\d+">信用卡最低还款影响征信吗</a>', page)
    assert re.search(r'<p class="answer">[^\n]*<mark>', page)
    assert '<time datetime="2026-05-02">2026年5月2日</time>' in page


def test_a_doubtful_answer_is_called_so(client_that_says: SearchSite) -> None:
    page = text_of(client_that_says("suggested"), "/search?q=信用卡只还最低影不影响征信")

    assert "没有完全对应的回答，下面几篇可能有用" in page
    assert "hit-best" not in page
    assert 'class="hit"' in page


def test_no_answer_claims_nothing_and_helps_on(
    client_that_says: SearchSite, engine: SearchEngine
) -> None:
    page = text_of(client_that_says("none"), "/search?q=西红柿炒鸡蛋先放什么")

    assert "没有找到能回答这个问题的内容" in page
    assert 'class="hit' not in page
    assert engine.popular(1)[0].title in page
    assert next(iter(engine.categories())) in page


def test_no_answer_in_a_category_leads_to_all(client_that_says: SearchSite) -> None:
    page = text_of(client_that_says("none"), "/search?q=信用卡&category=房贷")

    assert "目前只在“房贷”里找" in page
    assert ">在全部分类里找</a>" in page


def test_categories_filter_results(client_that_says: SearchSite) -> None:
    client = client_that_says("answered")
    everything = text_of(client, "/search?q=贷款")
    filtered = text_of(client, "/search?q=贷款&category=房贷")

    assert "/search?q=%E8%B4%B7%E6%AC%BE&amp;category=%E6%88%BF%E8%B4%B7" in everything
    assert re.search(r'aria-current="true">房贷<', filtered)
    assert set(re.findall(r'<a href="/categories/([^"]*)">', filtered)) == {"%E6%88%BF%E8%B4%B7"}


def test_results_go_on_over_pages(settings: Settings) -> None:
    client = create_app(settings.model_copy(update={"results_per_page": 3})).test_client()
    seen: list[str] = []
    path = "/search?q=房贷"
    while path:
        page = text_of(client, path)
        seen += re.findall(r'<h2><a href="/articles/([^#"]+)', page)
        following = re.search(r'rel="next" href="([^"]*)"', page)
        path = following[1].replace("&amp;", "&") if following else ""

    assert len(seen) == len(set(seen)) > 3


def test_a_page_behind_the_last_says_so(client: FlaskClient) -> None:
    assert "后面没有了" in text_of(client, "/search?q=房贷&page=900")


def test_an_article(client: FlaskClient, engine: SearchEngine) -> None:
    page = text_of(client, "/articles/card-min")

    assert "<title>信用卡最低还款影响征信吗 - 贷款问答</title>" in page
    assert '<time datetime="2026-05-02">' in page
    assert "<h2>利息怎么算</h2>" in page
    assert re.search(r'<section id="s1">', page)
    assert re.search(r'<li id="s1-2" value="1">', page)
    for placed in engine.article("card-min").placed_blocks():
        assert page.count(f'id="{placed.anchor}"') == 1


def test_related_articles_follow(client: FlaskClient, engine: SearchEngine) -> None:
    page = text_of(client, "/articles/card-min").split("大家还在看")[1]

    for card in engine.related("card-min"):
        assert card.title in page
        assert card.excerpt[:20] in page
        assert card.category in page
    assert page.count("<time ") == sum(
        card.published is not None for card in engine.related("card-min")
    )


def test_only_an_excerpt_is_called_so(client: FlaskClient, engine: SearchEngine) -> None:
    (excerpt, *_) = (
        card for card in engine.articles_in("贷款问答", limit=10, offset=0) if card.excerpt_only
    )
    page = text_of(client, f"/articles/{excerpt.id}").split("大家还在看")[0]

    assert "仅摘要" in page
    assert "这里只有这篇文章的开头" in page
    assert "仅摘要" in text_of(client, "/categories/贷款问答")


def test_a_category(client: FlaskClient, engine: SearchEngine) -> None:
    page = text_of(client, "/categories/房贷")

    assert f"共 {engine.categories()['房贷']} 篇" in page
    for card in engine.articles_in("房贷", limit=10, offset=0):
        assert card.title in page


def test_an_article_without_category_and_date(hostile_client: FlaskClient) -> None:
    page = text_of(hostile_client, "/articles/bare").split("大家还在看")[0]

    assert "<time" not in page
    assert "/categories/" not in page
    assert text_of(hostile_client, "/").count('class="chip"') == 1


@pytest.mark.parametrize(
    "path", ["/", "/search?q=花呗逾期", "/articles/hostile", "/articles/bare", "/categories/%s"]
)
def test_what_articles_hold_is_never_markup(hostile_client: FlaskClient, path: str) -> None:
    category = f"花呗{HOSTILE}"
    page = text_of(hostile_client, path.replace("%s", category))

    assert "alert(1)" in page
    assert "<script>" not in page
    assert "<img src=x" not in page
    assert "javascript:" not in page
    assert "{{7*7}}" in page


def test_what_is_typed_is_never_markup(client: FlaskClient) -> None:
    for typed in (HOSTILE, f"{HOSTILE}房贷" * 9):
        page = client.get("/search", query_string={"q": typed, "category": HOSTILE})
        assert "<script>" not in page.get_data(as_text=True)
        assert "<img src=x" not in page.get_data(as_text=True)
