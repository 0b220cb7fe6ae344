"""Workbooks: sheets with headers, dates, saved results of formulas, and what damages them."""

from __future__ import annotations

import datetime
import io
import tracemalloc
import zipfile

import pytest

from indexer.readers.limits import MAX_WORKBOOK_BYTES
from tests.indexer.readers.making import with_part, workbook
from tests.indexer.readers.reading import blocks, read

HEADERS = ["问题", "答案", "日期", "标签", "编号"]
SHEET = "xl/worksheets/sheet1.xml"


def small() -> bytes:
    return workbook({"问答": [["title", "body"], ["花呗怎么还", "在账单页还。"]]})


def test_each_sheet_with_a_row_of_headers_is_read() -> None:
    body = "一、办法\n1、打开账单。\n2、还款。"
    content = workbook(
        {
            "花呗": [
                ["贷款问答"],
                [],
                HEADERS,
                ["花呗怎么还", body, datetime.date(2023, 4, 22), "花呗,还款", 7.0],
                [],
                [2024, "数字也可以作标题。", "2023-05-01", None, None],
            ],
            "说明": [["本表由客服维护"]],
            "借呗": [HEADERS[:2], ["借呗怎么还", "在首页还。"]],
        }
    )
    found = read("faq.xlsx", content)
    assert found.rejected == []
    first = found.articles[0]
    assert (first.id, first.title) == ("7", "花呗怎么还")
    assert first.published == datetime.date(2023, 4, 22)
    assert [each.source for each in found.articles] == [
        "faq.xlsx[花呗]:4",
        "faq.xlsx[花呗]:6",
        "faq.xlsx[借呗]:2",
    ]
    assert blocks(found.articles[0]) == [
        ("办法", [("item", 1, "打开账单。"), ("item", 2, "还款。")])
    ]
    assert found.left_out == {
        "row before the headers": 1,
        "sheet without a row of headers, faq.xlsx[说明]": 1,
    }


def test_the_saved_result_of_a_formula_is_read() -> None:
    content = workbook({"问答": [["title", "body"], ["花呗怎么还", "=A2"], ["借呗", "=1/0"]]})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read(SHEET).decode()
    sheet = sheet.replace(
        '<c r="B2"><f>A2</f><v', '<c r="B2" t="str"><f>A2</f><v>花呗怎么还</v><v'
    ).replace('<c r="B3"><f>1/0</f><v', '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v><v')
    found = read("faq.xlsx", with_part(content, SHEET, sheet.encode()))
    assert [each.text for each in found.articles] == ["花呗怎么还"]
    assert found.rejected == ['faq.xlsx[问答]:3: "body" is the formula error #DIV/0!']


def test_merged_cells_do_no_harm() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(small()))
    sheet = book["问答"]
    sheet.append(["借呗怎么还", "在首页还。", None])
    sheet.merge_cells("B3:C3")
    out = io.BytesIO()
    book.save(out)
    found = read("faq.xlsx", out.getvalue())
    assert ([each.text for each in found.articles], found.rejected) == (
        ["在账单页还。", "在首页还。"],
        [],
    )


def test_a_faulty_row_is_named_by_sheet_and_row() -> None:
    rows = [["title", "body", "date"], ["", "答", ""], ["问", "答", "去年"], ["好", "答", ""]]
    found = read("faq.xlsx", workbook({"问答": rows}))
    assert [each.title for each in found.articles] == ["好"]
    assert found.rejected == [
        'faq.xlsx[问答]:2: missing "title"',
        "faq.xlsx[问答]:3: \"published\" is no date: '去年'; write it as 2023-04-22",
    ]


def test_a_workbook_without_headers_says_so() -> None:
    found = read("faq.xlsx", workbook({"甲": [["天", "地"]], "乙": []}))
    assert found.rejected == [
        "faq.xlsx[甲]:1: no row of headers that names title and body (it starts with 天, 地); "
        "name them with --column title=HEADER"
    ]


def test_a_damaged_sheet_tells_from_which_row_on() -> None:
    with zipfile.ZipFile(io.BytesIO(small())) as archive:
        sheet = archive.read(SHEET)
    found = read("faq.xlsx", with_part(small(), SHEET, sheet.replace(b"</sheetData>", b"</x>")))
    assert [each.title for each in found.articles] == ["花呗怎么还"]
    assert found.rejected[0].startswith("faq.xlsx[问答]:3: the sheet is damaged from here on")


def test_a_row_number_beyond_excels_last_ends_the_sheet() -> None:
    with zipfile.ZipFile(io.BytesIO(small())) as archive:
        sheet = archive.read(SHEET)
    far = b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>'
    found = read("faq.xlsx", with_part(small(), SHEET, sheet.replace(b"</sheetData>", far)))
    assert len(found.articles) == 1
    assert found.rejected == [
        "faq.xlsx[问答]:1048577: the sheet has more than 1,048,576 rows; split it"
    ]


def bomb(size: int) -> bytes:
    """A workbook with one part that unpacks to a size."""
    out = io.BytesIO(small())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/picture.bin", "w") as part,
    ):
        for _ in range(size // 2**20):
            part.write(bytes(2**20))
    return out.getvalue()


def test_a_zip_bomb_is_given_up_while_it_unpacks() -> None:
    content = bomb(MAX_WORKBOOK_BYTES + 2**20)
    assert len(content) < 2**20
    tracemalloc.start()
    try:
        found = read("faq.xlsx", content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.rejected == ["faq.xlsx: the workbook unpacks to more than 256 MB; split it"]
    assert peak < 16 * 2**20


def test_a_size_that_lies_is_found_out() -> None:
    content = bomb(2**21)
    lying = content.replace((2**21).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    found = read("faq.xlsx", lying)
    assert len(found.rejected) == 1
    assert found.rejected[0].startswith("faq.xlsx: the workbook is damaged or cut short")


def test_entities_are_not_expanded() -> None:
    with zipfile.ZipFile(io.BytesIO(small())) as archive:
        sheet = archive.read(SHEET).decode()
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    start = f'<!DOCTYPE x [<!ENTITY e0 "x">{entities}]>'
    laughing = start + sheet.replace("花呗怎么还", "&e11;")
    found = read("faq.xlsx", with_part(small(), SHEET, laughing.encode()))
    assert found.articles == []
    assert len(found.rejected) == 1
    assert "damaged" in found.rejected[0]


def test_a_sheet_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.readers.xlsx.MAX_WORKBOOK_TAGS", 500)
    rows = [["title", "body"], *([["问", "答"]] * 200)]
    found = read("faq.xlsx", workbook({"问答": rows}))
    assert found.rejected == ["faq.xlsx: the workbook has too many cells; split it"]
