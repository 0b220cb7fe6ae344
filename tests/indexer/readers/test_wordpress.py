"""WordPress exports: the posts, and a count of what was left out."""

from __future__ import annotations

import tracemalloc
from datetime import date

import pytest

from indexer.readers.limits import MAX_POST_CHARACTERS
from indexer.reading import ReadOptions
from tests.indexer.readers.making import post, wxr
from tests.indexer.readers.reading import blocks, read

BLOCKS = """<!-- wp:paragraph -->
<p>打开账单，
点还款。</p>
<!-- /wp:paragraph -->
<!-- wp:heading --><h2>步骤</h2><!-- /wp:heading -->
<!-- wp:list {"ordered":true} --><ol><li>点还款</li><li>输密码</li></ol><!-- /wp:list -->
<!-- wp:table --><figure><table><thead><tr><th>平台</th><th>日息</th></tr></thead>
<tbody><tr><td>花呗</td><td>0.05%</td></tr></tbody></table></figure><!-- /wp:table -->"""
CLASSIC = """第一段[1]。

<strong>一、原因</strong>
1、逾期。[caption id="a" width="1"]<img src="x">图[/caption]
2、风控。
[gallery ids="1,2"]
<!--more-->最后一段。"""


def test_a_post_keeps_its_fields_and_its_blocks() -> None:
    item = post(
        "花呗 & 借呗怎么还",
        BLOCKS,
        slug="%e8%8a%b1%e5%91%97",
        categories=["未分类", "花呗", "还款"],
        tags=["逾期"],
    )
    found = read("export.xml", wxr(item))
    assert found.rejected == []
    [article] = found.articles
    assert (article.id, article.title, article.category) == ("花呗", "花呗 & 借呗怎么还", "花呗")
    assert article.tags == ("还款", "逾期")
    assert (article.published, article.url) == (date(2023, 4, 22), "https://example.com/?p=1")
    assert article.source == "export.xml:8"
    assert blocks(article) == [
        ("", [("paragraph", None, "打开账单，点还款。")]),
        (
            "步骤",
            [
                ("item", 1, "点还款"),
                ("item", 2, "输密码"),
                ("paragraph", None, "平台：花呗，日息：0.05%"),
            ],
        ),
    ]


def test_the_classic_editors_line_breaks_make_paragraphs() -> None:
    [article] = read("export.xml", wxr(post("花呗", CLASSIC))).articles
    assert blocks(article) == [
        ("", [("paragraph", None, "第一段[1]。")]),
        (
            "原因",
            [("item", 1, "逾期。图"), ("item", 2, "风控。"), ("paragraph", None, "最后一段。")],
        ),
    ]


ITEMS = [
    post("公开", "答。"),
    post("草稿", "答。", status="draft", date="0000-00-00 00:00:00"),
    post("待审", "答。", status="pending"),
    post("私密", "答。", status="private"),
    post("加密", "答。", password="1234"),
    post("页面", "答。", kind="page"),
    post("草稿页面", "答。", kind="page", status="draft"),
    post("回收站", "答。", status="trash"),
    post("图片", "", kind="attachment", status="inherit"),
    post("菜单", "", kind="nav_menu_item"),
    post("插件里的问答", "答。", kind="ufaq"),
]


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (ReadOptions(), ["公开", "插件里的问答"]),
        (ReadOptions(drafts=True), ["公开", "草稿", "待审", "私密", "加密", "插件里的问答"]),
        (ReadOptions(pages=True), ["公开", "页面", "插件里的问答"]),
    ],
)
def test_what_is_left_out_is_counted(options: ReadOptions, titles: list[str]) -> None:
    found = read("export.xml", wxr(*ITEMS), options)
    assert [each.title for each in found.articles] == titles
    assert found.rejected == []
    assert len(titles) + sum(found.left_out.values()) == len(ITEMS)


def test_kinds_of_what_is_left_out_are_named() -> None:
    assert read("export.xml", wxr(*ITEMS)).left_out == {
        "draft": 2,
        "private post": 1,
        "password-protected post": 1,
        "page": 2,
        "post with status trash": 1,
        "attachment": 1,
        "nav_menu_item": 1,
    }


def test_a_post_without_text_or_title_is_rejected_by_line() -> None:
    found = read("export.xml", wxr(post("空", " "), post("", "答。"), post("好", "答。")))
    assert [each.title for each in found.articles] == ["好"]
    assert [each.split(":", 2)[2] for each in found.rejected] == [
        " the article has no text",
        ' missing "title"',
    ]


def test_control_characters_that_old_sites_export_do_no_harm() -> None:
    [article] = read("export.xml", wxr(post("花呗", "在\x08账单页还。"))).articles
    assert article.text == "在账单页还。"


def test_what_stands_before_a_fault_is_read_and_the_fault_is_named() -> None:
    content = wxr(*(post(f"问{n}", "答。") for n in range(3)))
    found = read("export.xml", content[: content.index("问2")])
    assert [each.title for each in found.articles] == ["问0", "问1"]
    assert len(found.rejected) == 1
    assert "the file is cut short: nothing behind this line was read" in found.rejected[0]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("<urlset><url/></urlset>", "no WordPress export (WXR): it begins with <urlset>"),
        ("<rss><channel><item/></channel></rss>", "a feed, no WordPress export (WXR)"),
        ("<rss><channel></channel></rss>", "no WordPress export (WXR)"),
        ("贷款", "broken XML (syntax error)"),
        (
            '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><rss>&d;</rss>',
            "defines a document type or entities",
        ),
        (
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss>&b;</rss>',
            "defines a document type or entities",
        ),
        (f"<rss {'a' * 3_000_000}>", "a tag is longer than 1 MB"),
    ],
)
def test_what_is_no_export_is_one_clear_line(content: str, problem: str) -> None:
    found = read("export.xml", content)
    assert found.articles == []
    assert len(found.rejected) == 1
    assert problem in found.rejected[0]


def test_memory_does_not_grow_with_the_export() -> None:
    """One post too long, and many whose texts are not kept by the reader."""
    posts = [post("图", "x" * 100_000, kind="attachment") for _ in range(300)]
    content = wxr(*posts, post("大", "x" * (MAX_POST_CHARACTERS + 1)), post("小", "答。")).encode()
    tracemalloc.start()
    try:
        found = read("export.xml", content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [each.title for each in found.articles] == ["小"]
    assert len(found.rejected) == 1
    assert "the post is longer than 4,194,304 characters" in found.rejected[0]
    assert peak < len(content)
