"""Passages: what can be an answer on its own, with its place in the article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article, Block, Section
from indexer.split import passage_text, split

ARTICLE = Article(
    "a",
    "为什么借不了",
    (
        Section("", (Block("paragraph", "多半是资料过期。"),)),
        Section(
            "原因",
            (
                Block("paragraph", "有两种："),
                Block("item", "身份证过期。", 1),
                Block("item", "有逾期。", 2),
                Block("paragraph", "先看提示。"),
            ),
        ),
    ),
    tags=("借款",),
    asked=("咋借不出来，急", "额度有，提现失败？"),
)


def test_title_wordings_lead_items_and_paragraphs_are_passages() -> None:
    passages = list(split(ARTICLE, 7))
    assert [(p.kind, p.anchor, p.heading, p.text) for p in passages] == [
        ("title", "", "", "为什么借不了"),
        ("asked", "", "", "咋借不出来，急"),
        ("asked", "", "", "额度有，提现失败？"),
        ("lead", "s0-1", "", "多半是资料过期。"),
        ("lead", "s1-1", "原因", "有两种：\n身份证过期。\n有逾期。"),
        ("item", "s1-2", "原因", "身份证过期。"),
        ("item", "s1-3", "原因", "有逾期。"),
        ("paragraph", "s1-4", "原因", "先看提示。"),
    ]
    assert {p.article_row for p in passages} == {7}


def test_retrieval_sees_title_and_heading_with_each_passage_and_each_item_once() -> None:
    texts = [passage_text(ARTICLE, p) for p in split(ARTICLE, 0) if p.kind != "asked"]
    assert [text.own for text in texts[:4]] == [
        "",
        "多半是资料过期。",
        "原因 有两种：",
        "原因 身份证过期。",
    ]
    assert texts[3].whole == "为什么借不了 借款 原因 身份证过期。"


def test_retrieval_sees_a_wording_alone() -> None:
    asked = [p for p in split(ARTICLE, 0) if p.kind == "asked"]
    assert [passage_text(ARTICLE, p).whole for p in asked] == list(ARTICLE.asked)
    assert {(p.start, p.end, p.is_question) for p in asked} == {(0, 0, True)}


lines = st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
blocks = st.builds(
    Block, st.sampled_from(["paragraph", "item"]), lines, st.none() | st.integers(1, 9)
)
sections = st.builds(Section, st.just("") | lines, st.lists(blocks, max_size=4).map(tuple))
articles = st.builds(Article, st.just("a"), lines, st.lists(sections, max_size=4).map(tuple))


@given(articles)
def test_offsets_point_at_the_text_and_anchors_are_unique(article: Article) -> None:
    title, *body = split(article, 0)
    assert title.text == article.title
    assert all(article.text[p.start : p.end] == p.text for p in body)
    anchors = [passage.anchor for passage in body]
    assert len(set(anchors)) == len(anchors)


@given(articles)
def test_every_block_is_in_a_passage(article: Article) -> None:
    texts = [passage.text.split("\n")[0] for passage in split(article, 0)]
    assert texts[1:] == [placed.block.text for placed in article.placed_blocks()]
