"""A question in, ranked answers out."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ArticleNotFoundError
from search.engine import SearchEngine
from search.query import Query
from search.response import SearchResponse


def ask(engine: SearchEngine, text: str, **settings: object) -> SearchResponse:
    return engine.search(Query.parse(text, **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("想提前把房子的贷款还掉合适不", "mortgage-early"),
        ("房贷晚了一个月没还有啥后果", "mortgage-late"),
        ("大绿本 解押 需要带什么", "car-release"),
        ("放款前叫我交保证金", "scam-fee"),
        ("萬五的日息一年多少", "rate-daily"),
    ],
)
def test_a_question_in_other_words_finds_its_article(
    engine: SearchEngine, question: str, article: str
) -> None:
    assert ask(engine, question).hits[0].id == article


def test_every_title_is_its_own_first_hit(engine: SearchEngine) -> None:
    for category in engine.categories():
        for card in engine.articles_in(category, limit=50):
            assert ask(engine, card.title).hits[0].id == card.id


def test_the_item_that_answers_is_the_answer(engine: SearchEngine) -> None:
    hit = ask(engine, "提前还房贷要收违约金吗").hits[0]
    assert hit.answer.text.startswith("违约金。")
    assert (hit.answer.heading, hit.answer.anchor) == ("先算三笔账", "s1-2")
    assert hit.url == "/articles/mortgage-early#s1-2"


def test_a_title_is_never_the_answer(engine: SearchEngine) -> None:
    hit = ask(engine, "征信报告怎么查").hits[0]
    assert hit.answer.text != hit.title
    assert hit.answer.anchor


def test_highlights_mark_the_words_of_the_question(engine: SearchEngine) -> None:
    answer = ask(engine, "提前還房貸要收違約金嗎").hits[0].answer
    marked = [answer.text[start:end] for start, end in answer.highlights]
    assert "违约金" in marked
    assert list(answer.highlights) == sorted(answer.highlights)


def test_excerpts_are_found_and_marked(engine: SearchEngine) -> None:
    hit = ask(engine, "备用金逾期一天会怎么样").hits[0]
    assert (hit.excerpt_only, hit.category) == (True, "贷款问答")
    assert hit.answer.text.startswith("备用金逾期一天会产生逾期费用")


def test_a_category_filters_hits_total_and_facets(engine: SearchEngine) -> None:
    everything, filtered = ask(engine, "逾期"), ask(engine, "逾期", category="房贷")
    assert {hit.category for hit in filtered.hits} == {"房贷"}
    assert filtered.total == everything.facets["category"]["房贷"]
    assert dict(filtered.facets["category"]) == {"房贷": filtered.total}


def test_pages_neither_repeat_nor_miss_a_hit(engine: SearchEngine) -> None:
    whole = [hit.id for hit in ask(engine, "贷款逾期", limit=50).hits]
    paged = [
        hit.id
        for offset in range(0, len(whole), 4)
        for hit in ask(engine, "贷款逾期", limit=4, offset=offset).hits
    ]
    assert paged == whole
    assert len(set(whole)) == len(whole)


def test_min_score_leaves_out_what_is_below(engine: SearchEngine) -> None:
    everything = ask(engine, "贷款逾期", limit=50)
    floor = everything.hits[2].score
    kept = ask(engine, "贷款逾期", limit=50, min_score=floor)
    assert kept.total == sum(hit.score >= floor for hit in everything.hits)
    assert all(hit.score >= floor for hit in kept.hits)


@pytest.mark.parametrize("mode", ["hybrid", "semantic", "keyword"])
def test_scores_fall_and_lie_between_0_and_1(engine: SearchEngine, mode: str) -> None:
    response = ask(engine, "信用卡最低还款会影响征信吗", mode=mode, limit=50)
    scores = [hit.score for hit in response.hits]
    assert scores == sorted(scores, reverse=True)
    for hit in response.hits:
        assert 0 <= hit.score <= 1
        assert all(0 <= score <= 1 for score in hit.scores.values())


def test_a_mode_shows_only_the_scores_it_ranks_by(engine: SearchEngine) -> None:
    assert set(ask(engine, "房贷逾期", mode="keyword").hits[0].scores) == {"keyword"}
    assert set(ask(engine, "房贷逾期", mode="semantic").hits[0].scores) == {"vector"}
    assert set(ask(engine, "房贷逾期").hits[0].scores) == {"vector", "keyword", "wording"}


def test_what_shares_nothing_with_the_collection_has_no_answer(engine: SearchEngine) -> None:
    response = ask(engine, "zxqv wkjp")
    assert response.status == "none"


def test_the_response_is_the_contracts_object(engine: SearchEngine) -> None:
    shape = ask(engine, "房贷提前还款").to_json()
    assert list(shape) == [
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
    hit = json.loads(json.dumps(shape))["hits"][0]
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
    assert list(hit["answer"]) == ["text", "heading", "anchor", "highlights"]


def test_an_unknown_article_is_named(engine: SearchEngine) -> None:
    with pytest.raises(ArticleNotFoundError, match='"nowhere"'):
        engine.article("nowhere")
    with pytest.raises(ArticleNotFoundError, match='"nowhere"'):
        engine.related("nowhere")


def test_popular_questions_come_from_different_categories(engine: SearchEngine) -> None:
    popular = engine.popular(8)
    assert len({each.category for each in popular}) == len(popular) == 8
    assert not any(each.excerpt_only for each in popular)


@given(
    st.text(
        alphabet=st.sampled_from("花呗房贷征信逾期提前还款能不会上有没利率？1 a😀"),
        min_size=1,
        max_size=40,
    )
)
def test_highlights_stay_inside_the_answer_and_apart(engine: SearchEngine, text: str) -> None:
    text += "贷"
    for hit in ask(engine, text).hits:
        edges = [edge for span in hit.answer.highlights for edge in span]
        assert edges == sorted(set(edges))
        assert all(0 <= edge <= len(hit.answer.text) for edge in edges)


def test_took_ms_counts_all_the_work(engine: SearchEngine) -> None:
    begun = time.perf_counter()
    reported = sum(ask(engine, "房贷提前还款", limit=50).took_ms for _ in range(20))
    whole = (time.perf_counter() - begun) * 1000
    assert 0.5 * whole < reported <= whole
