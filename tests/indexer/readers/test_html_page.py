"""Saved pages: the article and not the navigation; many questions give many articles."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.indexer.readers.reading import blocks, read

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>备用金为什么取不出来 - 某贷款网</title>
<link rel="canonical" href="https://www.example.com/dk/1.html"></head><body>
<div class="header"><h1><a href="/">某贷款网</a></h1>
<ul class="menu"><li><a href="/">首页</a></li><li><a href="/dk">贷款</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/dk">贷款问答</a> &gt; 正文</div>
<div class="wrap"><div class="left"><div class="article">
<h2 class="title">备用金为什么取不出来</h2>
<div class="info">2023-04-22 10:00 来源：某贷款网 浏览：123</div>
<div class="content">
<p>备用金取不出来，要看是<a href="/x">账户</a>的原因还是额度的原因。</p>
<p><strong>一、常见的原因</strong></p>
<p>有下面这些情况：</p>
<p>1、账户存在风险。<br>2、已经逾期。</p>
<p><strong>二、怎么恢复</strong></p>
<ol start="3"><li>更新自己的身份信息。</li><li><p>还清欠款。</p><p>再等系统评估。</p></li></ol>
<table><tr><th>平台</th><th>日息</th></tr>
<tr><td rowspan="2">备用金</td><td>0.05%</td></tr><tr><td>0.03%</td></tr></table>
<p>恢复的时间以页面显示为准。</p></div>
<div class="share">分享到：<a href="#">微信</a></div>
<p>上一篇：<a href="/2">借呗怎么还</a></p>
<h3>相关推荐</h3><ul><li><a href="/3">网商贷怎么提额度快</a></li>
<li><a href="/4">微粒贷放款到哪里</a></li><li><a href="/5">怎么查自己的房贷</a></li></ul>
</div></div>
<div class="right"><h3>热门</h3><ul><li><a href="/3">网商贷怎么提额度快</a></li></ul></div></div>
<div class="footer">版权所有 某贷款网</div></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding", "mark"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8", "utf-8", b"\xef\xbb\xbf"),
        ("gb2312", "gb18030", b""),
        ("utf-8", "gb18030", b""),  # the page says what it is not
        ("x-unknown", "gb18030", b""),
    ],
)
def test_the_article_is_read_and_not_the_navigation(
    charset: str, encoding: str, mark: bytes
) -> None:
    found = read("1.html", mark + PAGE.replace("utf-8", charset).encode(encoding))
    assert found.rejected == []
    [article] = found.articles
    assert article.title == "备用金为什么取不出来"
    assert article.published == date(2023, 4, 22)
    assert article.url == "https://www.example.com/dk/1.html"
    assert blocks(article) == [
        ("", [("paragraph", None, "备用金取不出来，要看是账户的原因还是额度的原因。")]),
        (
            "常见的原因",
            [
                ("paragraph", None, "有下面这些情况："),
                ("item", 1, "账户存在风险。"),
                ("item", 2, "已经逾期。"),
            ],
        ),
        (
            "怎么恢复",
            [
                ("item", 3, "更新自己的身份信息。"),
                ("item", 4, "还清欠款。"),
                ("paragraph", None, "再等系统评估。"),
                ("paragraph", None, "平台：备用金，日息：0.05%"),
                ("paragraph", None, "平台：备用金，日息：0.03%"),
                ("paragraph", None, "恢复的时间以页面显示为准。"),
            ],
        ),
    ]


def with_json(value: object, body: str) -> str:
    script = json.dumps(value, ensure_ascii=False)
    return f'<html><body><script type="application/ld+json">{script}</script>{body}</body></html>'


@pytest.mark.parametrize("kind", ["Article", "NewsArticle", "BlogPosting"])
def test_structured_data_gives_an_articles_fields(kind: str) -> None:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "某贷款网"},
            {
                "@type": [kind],
                "headline": "借呗怎么还",
                "datePublished": "2024-05-01T08:00:00+08:00",
                "mainEntityOfPage": {"@id": "https://example.com/2"},
                "articleSection": "借呗",
                "keywords": "还款,提前还款",
            },
        ],
    }
    [article] = read("2.htm", with_json(data, "<p>在首页点还款，再输密码。</p>")).articles
    assert (article.title, article.category) == ("借呗怎么还", "借呗")
    assert (article.published, article.url) == (date(2024, 5, 1), "https://example.com/2")
    assert article.tags == ("还款", "提前还款")
    assert article.text == "在首页点还款，再输密码。"


ANSWER = {"@type": "Answer", "text": "<p>打开账单。</p><ol><li>点还款</li><li>输密码</li></ol>"}
QUESTION = {"@type": "Question", "name": "怎么还款？", "acceptedAnswer": ANSWER}
OTHER = {
    "@id": "#2",
    "@type": "Question",
    "name": "能展期吗？",
    "acceptedAnswer": [{"text": "不能。"}],
}


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "FAQPage", "mainEntity": [QUESTION, OTHER]},
        [{"@type": "WebPage"}, {"@type": ["WebPage", "FAQPage"], "mainEntity": [QUESTION, OTHER]}],
        {"@graph": [{"@type": "FAQPage", "mainEntity": [QUESTION, {"@id": "#2"}]}, OTHER]},
    ],
)
def test_a_faq_page_gives_an_article_for_each_question(data: object) -> None:
    found = read("faq.html", with_json(data, "<h1>常见问题</h1>"))
    assert found.rejected == []
    assert [each.title for each in found.articles] == ["怎么还款？", "能展期吗？"]
    assert blocks(found.articles[0]) == [
        ("", [("paragraph", None, "打开账单。"), ("item", 1, "点还款"), ("item", 2, "输密码")])
    ]


def test_a_question_page_takes_the_accepted_answer() -> None:
    question = {**QUESTION, "suggestedAnswer": [{"text": "别的回答。"}]}
    [article] = read("qa.html", with_json({"@type": "QAPage", "mainEntity": question}, "")).articles
    assert (article.title, article.sections[0].blocks[0].text) == ("怎么还款？", "打开账单。")


def test_a_question_without_an_answer_is_named() -> None:
    data = {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "没有答案？"}]}
    found = read("faq.html", with_json(data, ""))
    assert found.rejected == [
        "faq.html:1: question 没有答案？ of the page: the article has no text"
    ]


def test_structured_data_that_is_no_json_is_counted_and_the_page_read() -> None:
    page = (
        '<script type="application/ld+json">{"a": </script><h1>花呗怎么还</h1><p>在账单页还。</p>'
    )
    found = read("1.html", page)
    assert [each.text for each in found.articles] == ["在账单页还。"]
    assert found.left_out == {"block of JSON-LD that is no JSON": 1}


PAIRS = {
    "microdata": """<div itemscope itemtype="https://schema.org/FAQPage">
        <div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
        <h3 itemprop="name">怎么还款？</h3>
        <div itemprop="acceptedAnswer" itemscope itemtype="https://schema.org/Answer">
        <div itemprop="text"><p>打开账单。</p></div></div></div>
        <div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
        <h3 itemprop="name">能提前还吗？</h3>
        <div itemprop="acceptedAnswer" itemscope itemtype="https://schema.org/Answer">
        <div itemprop="text">能。</div></div></div></div>""",
    "boxes": """<h1>帮助中心</h1>
        <details><summary>1. 怎么还款？</summary><p>打开账单。</p></details>
        <details><summary>能提前还吗？</summary>能。</details>""",
    "definitions": """<dl><dt>怎么还款？</dt><dd>打开账单。</dd>
        <dt>能提前还吗？</dt><dd>能。</dd></dl>""",
    "headings": """<h1>还款常见问题</h1><h3>Q1：怎么还款？</h3><p>打开账单。</p>
        <h3>Q2：能提前还吗？</h3><p>能。</p>""",
    "typed": "<h1>客服问答</h1><p>问：怎么还款？</p><p>答：打开账单。</p>"
    "<p>问：能提前还吗？<br>答：能。</p>",
}


@pytest.mark.parametrize("form", PAIRS)
def test_a_page_of_questions_without_structured_data_gives_many_articles(form: str) -> None:
    nav = '<nav><a href="/">首页</a></nav>'
    found = read("faq.html", f"<html><body>{nav}{PAIRS[form]}</body></html>")
    assert found.rejected == []
    assert [(each.title, each.text) for each in found.articles] == [
        ("怎么还款？", "打开账单。"),
        ("能提前还吗？", "能。"),
    ]


def test_the_heading_of_a_group_is_the_category_of_its_questions() -> None:
    page = """<h1>帮助中心</h1><h2>还款</h2><details><summary>怎么还？</summary>点还款。</details>
    <h2>借款</h2><details><summary>怎么借？</summary>点借钱。</details>"""
    found = read("faq.html", page)
    assert [(each.title, each.category) for each in found.articles] == [
        ("怎么还？", "还款"),
        ("怎么借？", "借款"),
    ]


def test_an_article_whose_sections_ask_stays_one_article() -> None:
    page = """<article><h1>花呗逾期怎么办</h1><h2>逾期一天会怎样？</h2><p>会有费用。</p>
    <h2>怎么协商？</h2><p>打客服电话。</p><h2>会上征信吗？</h2><p>会。</p></article>"""
    [article] = read("1.html", page).articles
    assert [section.heading for section in article.sections] == [
        "逾期一天会怎样？",
        "怎么协商？",
        "会上征信吗？",
    ]


def test_an_article_that_brings_questions_along_gives_both() -> None:
    data = [
        {"@type": "Article", "headline": "花呗怎么还"},
        {"@type": "FAQPage", "mainEntity": [QUESTION]},
    ]
    found = read("1.html", with_json(data, "<h1>花呗怎么还</h1><p>先打开账单页，再点还款。</p>"))
    assert [each.title for each in found.articles] == ["花呗怎么还", "怎么还款？"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>甲</li><li>乙</li></ul>", [("item", None, "甲"), ("item", None, "乙")]),
        ("<ol reversed><li>甲<li>乙</ol>", [("item", 2, "甲"), ("item", 1, "乙")]),
        ("<ol><li value=7>甲<li>乙</ol>", [("item", 7, "甲"), ("item", 8, "乙")]),
        ("<ul><li>1、甲</li><li>(2)乙</li></ul>", [("item", 1, "甲"), ("item", 2, "乙")]),
        ("<p>第一，甲。</p><p>第二，乙。</p>", [("item", 1, "甲。"), ("item", 2, "乙。")]),
        (
            "<ol><li>甲<ul><li>子</li></ul></li><li>乙</li></ol>",
            [("item", 1, "甲"), ("item", None, "子"), ("item", 2, "乙")],
        ),
        ("<p>甲<b>乙</b>\n丙</p>", [("paragraph", None, "甲乙丙")]),
        (
            "<table><tr><th>利率</th><td>0.05%</td></tr>"
            "<tr><th>期限</th><td>12 期</td></tr></table>",
            [("paragraph", None, "利率：0.05%"), ("paragraph", None, "期限：12 期")],
        ),
        (
            "<table><tr><td><p>一</p><ul><li>甲</li></ul></td></tr></table>",
            [("paragraph", None, "一"), ("item", None, "甲")],
        ),
        ("<script>x()</script><p>甲</p><style>p{}</style>", [("paragraph", None, "甲")]),
    ],
)
def test_lists_tables_and_inline_markup(html: str, expected: list[tuple[str, int, str]]) -> None:
    [article] = read("1.html", f"<h1>花呗怎么还</h1><main>{html}</main>").articles
    assert blocks(article) == [("", expected)]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("只有文字", "1.html: holds no HTML; a page dumped as text must end in .txt"),
        ("<p></p>", '1.html: missing "title": the page has no heading and no title'),
        ("<h1>只有标题</h1>", "1.html: the article has no text"),
        ("<div>" * 300 + "x", "1.html: the HTML is nested too deep, or one text in it is too long"),
        ("<summary>" * 250 + "x", "1.html: the HTML is nested too deep"),
        ("<b>" * 300_000, "1.html: the HTML has more than 100,000 tags; split the page"),
        ("<p>" + "x" * 11_000_000, "1.html: the file is larger than 10 MB"),
        (b"<h1>\xff\xff\xff</h1>", "1.html:1: not UTF-8 text; save the file as UTF-8"),
    ],
)
def test_a_page_that_cannot_be_read_is_one_clear_line(content: str | bytes, problem: str) -> None:
    found = read("1.html", content)
    assert found.articles == []
    assert len(found.rejected) == 1
    assert found.rejected[0].startswith(problem)
