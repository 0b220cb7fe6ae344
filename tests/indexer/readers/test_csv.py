"""CSV and TSV: one article a row, whatever Excel and its users did to it."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.readers.limits import MAX_CELL_CHARACTERS
from indexer.reading import ReadOptions
from tests.indexer.readers.making import csv_text
from tests.indexer.readers.reading import blocks, read

HEADERS = ["标题", "答案", "分类", "发布日期", "链接", "标签", "编号"]
ROW = [
    "花呗怎么还",
    "能提前还。\n一、怎么还\n1、打开账单。\n2、点“还款”，再输密码。",
    "花呗",
    "2023/4/22 10:00",
    "https://example.com/1",
    "花呗、还款",
    "hb-1",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_is_an_article_with_its_structure(encoding: str, delimiter: str) -> None:
    found = read("faq.csv", csv_text([HEADERS, ROW], delimiter).encode(encoding))
    assert found.rejected == []
    [article] = found.articles
    assert (article.id, article.title, article.category) == ("hb-1", "花呗怎么还", "花呗")
    assert (article.published, article.url) == (date(2023, 4, 22), "https://example.com/1")
    assert article.tags == ("花呗", "还款")
    assert article.source == "faq.csv:2"
    assert blocks(article) == [
        ("", [("paragraph", None, "能提前还。")]),
        ("怎么还", [("item", 1, "打开账单。"), ("item", 2, "点“还款”，再输密码。")]),
    ]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("title", "body"),
        ("Question", "Answer"),
        ("问题", "内容"),
        ("问", "答"),
        ("Post Title", "post_content"),
        ("标题*", "　正文 "),
    ],
)
def test_headers_go_by_many_names(title: str, body: str) -> None:
    found = read("faq.csv", csv_text([[title, body], ["花呗怎么还", "在账单页还。"]]))
    assert [(each.title, each.text) for each in found.articles] == [("花呗怎么还", "在账单页还。")]


def test_own_headers_are_named_by_option() -> None:
    content = csv_text([["标题行", "标题", "说明文字"], ["花呗怎么还", "别的", "在账单页还。"]])
    unnamed = read("faq.csv", content)
    assert unnamed.articles == []
    assert unnamed.rejected == [
        "faq.csv:1: no row of headers that names body (it starts with 标题行, 标题, 说明文字); "
        "name them with --column body=HEADER"
    ]
    columns = (("title", "标题行"), ("body", "说明文字"))
    named = read("faq.csv", content, ReadOptions(columns=columns))
    assert [(each.title, each.text) for each in named.articles] == [("花呗怎么还", "在账单页还。")]


@pytest.mark.parametrize("header", ["asked", "相似问法", "相似问题", "相似问", "问法", "扩展问"])
def test_other_wordings_stand_in_one_cell(header: str) -> None:
    cell = "早还，罚钱不；急 |  想一次还清\n房贷怎么提前还？|早还，罚钱不；急"
    rows = [["问题", "答案", header], ["房贷怎么提前还", "先预约。", cell]]
    [article] = read("faq.csv", csv_text(rows)).articles
    assert article.asked == ("早还，罚钱不；急", "想一次还清")


def test_the_column_of_other_wordings_can_be_named() -> None:
    rows = [["问题", "答案", "口语"], ["房贷怎么提前还", "先预约。", "早还｜一次还清"]]
    options = ReadOptions(columns=(("asked", "口语"),))
    [article] = read("faq.csv", csv_text(rows), options).articles
    assert article.asked == ("早还", "一次还清")


def test_a_body_exported_as_html_is_read_as_html() -> None:
    body = "<p>能。</p><ol><li>先&nbsp;预约</li><li>再还</li></ol>"
    [article] = read("faq.csv", csv_text([["title", "body"], ["R&amp;D 贷", body]])).articles
    assert article.title == "R&D 贷"
    assert blocks(article) == [
        ("", [("paragraph", None, "能。"), ("item", 1, "先 预约"), ("item", 2, "再还")])
    ]


def test_columns_and_rows_that_are_not_read_are_counted() -> None:
    rows = [["贷款问答导出"], [], ["标题", "答案", "浏览量"], ["问", "答", "7"], []]
    found = read("faq.csv", csv_text([*rows, ["标题", "答案", "浏览量"]]))
    assert len(found.articles) == 1
    assert found.rejected == []
    assert found.left_out == {
        "row before the headers": 1,
        "column 浏览量": 1,
        "repeated header row": 1,
    }


def test_excels_line_that_names_the_separator_is_no_row() -> None:
    found = read("faq.csv", "sep=;\ntitle;body\n花呗;还\n")
    assert ([each.title for each in found.articles], found.rejected) == (["花呗"], [])


def test_every_faulty_row_is_named_and_hides_no_other() -> None:
    content = (
        "标题,答案,发布日期\n"
        "一,答,\n"
        ",没有标题,\n"
        "没有答案,,\n"
        "日期,答,去年\n"
        '坏引号,"没有关上,\n'
        "二,答,\n"
        '坏引号,"中间"有引号,\n'
        "多一格,答,2023-04-22,多\n"
        '三,"两行\n答案",2023-04-22\n'
        '最后,"没有关上\n'
        "四,答,\n"
    )
    found = read("faq.csv", content)
    assert [(each.title, each.source) for each in found.articles] == [
        ("一", "faq.csv:2"),
        ("二", "faq.csv:7"),
        ("三", "faq.csv:10"),
        ("四", "faq.csv:13"),
    ]
    quote = 'a quote (") inside a cell is not doubled, or not closed'
    assert sorted(found.rejected, key=lambda each: int(each.split(":")[1])) == [
        'faq.csv:3: missing "title"',
        'faq.csv:4: missing "body"',
        "faq.csv:5: \"published\" is no date: '去年'; write it as 2023-04-22",
        f"faq.csv:6: {quote}",
        f"faq.csv:8: {quote}",
        "faq.csv:9: the row has 4 cells and the headers are 3; put a text that holds the "
        "separator in quotes",
        'faq.csv:12: a quote (") is opened here and never closed',
    ]


def test_a_spoilt_line_of_utf_8_makes_no_gibberish() -> None:
    lines = ["标题,答案", "花呗怎么还,在账单页还。", "坏的,某", "借呗怎么还,在首页还。"]
    content = "\n".join(lines).encode().replace("某".encode(), "贷".encode("gb18030"))
    found = read("faq.csv", content)
    assert [each.title for each in found.articles] == ["花呗怎么还", "借呗怎么还"]
    assert found.rejected == ["faq.csv:3: not UTF-8 text; save the file as UTF-8"]


def test_a_cell_beyond_the_limit_is_rejected_alone() -> None:
    rows = [["title", "body"], ["大", "x" * (MAX_CELL_CHARACTERS + 1)], ["小", "答"]]
    found = read("faq.csv", csv_text(rows))
    assert [each.title for each in found.articles] == ["小"]
    assert len(found.rejected) == 1
    assert found.rejected[0].startswith("faq.csv:2: a cell is longer than 1,048,576 characters")
