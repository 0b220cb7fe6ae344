"""Markdown with front matter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SourceError
from indexer.readers.markdown import read_markdown

ARTICLE = """---
id: early
title: 能提前还款吗
category: 房贷
published: 2026-10-01
as_of: 2026-09
tags: [房贷, 提前还款]
---

能，先向**银行**预约。

## 怎么预约

按下面做：

1. 打开[手机银行](https://example.com)。
2. 选“提前还款”，
   再选日期。

   选好后会收到短信。

- 不收费

| 年份 | 违约金 |
|------|--------|
| 第1年 | 1% |
"""


def test_structure_survives_without_the_markup() -> None:
    article = read_markdown(ARTICLE, "a.md")
    assert (article.id, article.title, article.category) == ("early", "能提前还款吗", "房贷")
    assert (article.published, article.as_of) == (date(2026, 10, 1), "2026-09")
    assert [section.heading for section in article.sections] == ["", "怎么预约"]
    assert [(b.kind, b.number, b.text) for b in article.sections[1].blocks] == [
        ("paragraph", None, "按下面做："),
        ("item", 1, "打开手机银行。"),
        ("item", 2, "选“提前还款”，再选日期。"),
        ("paragraph", None, "选好后会收到短信。"),
        ("item", None, "不收费"),
        ("paragraph", None, "年份，违约金"),
        ("paragraph", None, "第1年，1%"),
    ]


def test_a_first_level_heading_is_the_title_where_the_front_matter_has_none() -> None:
    article = read_markdown("# 能提前还款吗\n\n能。\n", "a.md")
    assert (article.title, article.text) == ("能提前还款吗", "能。")


def test_text_inside_html_is_kept_without_its_tags() -> None:
    text = "# 问\n\n<div>\n<p>违约金<b>百分之三</b>。</p>\n</div>\n\n见<br>合同。<!-- 注 -->\n"
    assert "".join(read_markdown(text, "a.md").text.split()) == "违约金百分之三。见合同。"


def test_a_value_is_read_as_it_is_written() -> None:
    article = read_markdown("---\nid: 007\ntitle: 12\n---\n答\n", "a.md")
    assert (article.id, article.title) == ("007", "12")


def test_other_wordings_are_a_list_that_may_hold_commas() -> None:
    lines = ["- 早还，罚钱不？", "- '还清: 一次性'", "- 能提前还款吗？", "- ", "- 早还，罚钱不"]
    front_matter = "\n".join(["title: 能提前还款吗", "asked:", *lines])
    article = read_markdown(f"---\n{front_matter}\n---\n能。\n", "a.md")
    assert article.asked == ("早还，罚钱不？", "还清: 一次性")


def test_a_paragraph_behind_an_empty_item_is_no_item() -> None:
    article = read_markdown("# 问\n\n- 甲\n-\n\n后面是段落\n", "a.md")
    assert [(b.kind, b.text) for b in article.sections[0].blocks] == [
        ("item", "甲"),
        ("paragraph", "后面是段落"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("能。\n", r'a.md: missing "title"'),
        ("---\ntitle: 问\n", r"a.md:1: the front matter is not closed"),
        ("---\ntitle: [问\n---\n答\n", r"a.md:\d: front matter: "),
        ("---\n- 问\n---\n答\n", r"a.md:2: front matter: write"),
        ("---\ntitle: 问\npublished: 2023-02-30\n---\n答\n", r'a.md: "published" is no date'),
        ("---\ntitle: 问\nas_of: 去年\n---\n答\n", r"a.md: \"as_of\" '去年' is no month"),
        ("---\ntitle: 问\nasked: {a: b}\n---\n答\n", r'a.md: "asked" must be a list of questions'),
        ("---\ntitle: 问\nasked: [[a]]\n---\n答\n", r'a.md: "asked" must be a list of questions'),
        ("---\ntitle: 问\n---\n", r"a.md: the article has no text"),
    ],
)
def test_a_fault_is_named(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_markdown(text, "a.md")


@given(st.text(alphabet=st.sampled_from("-#*_`[]()|<>\n: 1.、题目答案\"'&!"), max_size=200))
def test_any_text_gives_an_article_or_a_named_fault(text: str) -> None:
    try:
        article = read_markdown(text, "a.md")
    except SourceError as error:
        fault = error
    else:
        assert article.title
        assert article.text
        return
    assert str(fault).startswith("a.md")
