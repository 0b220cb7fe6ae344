"""The ways Chinese pages number their sections and items."""

from __future__ import annotations

import pytest

from indexer.readers.structure import parse_block, parse_lines, parse_numeral


@pytest.mark.parametrize(
    ("line", "number", "text"),
    [
        ("1、先还清。", 1, "先还清。"),
        ("12. 先还清。", 12, "先还清。"),
        ("3．先还清。", 3, "先还清。"),
        ("（2）先还清。", 2, "先还清。"),
        ("(2)先还清。", 2, "先还清。"),
        ("4）先还清。", 4, "先还清。"),
        ("③先还清。", 3, "先还清。"),
        ("第二，先还清。", 2, "先还清。"),
        ("十一、先还清，再等结果。", 11, "先还清，再等结果。"),
        ("（一）先还清，再等结果。", 1, "先还清，再等结果。"),
        ("• 先还清。", None, "先还清。"),
    ],
)
def test_items_are_recognised(line: str, number: int | None, text: str) -> None:
    block = parse_block(line)
    assert (block.kind, block.number, block.text) == ("item", number, text)


@pytest.mark.parametrize(
    "line",
    [
        "3.45%的利率算高吗",
        "2023年起执行",
        "第三方催收不合规",
        "10:30 放款",
        "一二、三线城市利率不同，看当地。",
    ],
)
def test_a_number_at_the_start_is_not_always_an_item(line: str) -> None:
    assert parse_block(line).kind == "paragraph"


def test_headings_open_sections() -> None:
    sections = parse_lines(["引子", "一、原因", "1、甲", "## 办法", "（二）补充", "乙"])
    assert [(s.heading, [b.text for b in s.blocks]) for s in sections] == [
        ("", ["引子"]),
        ("原因", ["甲"]),
        ("办法", []),
        ("补充", ["乙"]),
    ]


def test_numbered_lines_with_nothing_under_them_are_items() -> None:
    sections = parse_lines(["需要准备：", "一、身份证原件", "二、收入证明", "三、银行流水"])
    assert [(s.heading, [(b.number, b.text) for b in s.blocks]) for s in sections] == [
        ("", [(None, "需要准备："), (1, "身份证原件"), (2, "收入证明"), (3, "银行流水")])
    ]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("7", 7), ("九", 9), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("⑦", 7)],
)
def test_numerals(numeral: str, value: int) -> None:
    assert parse_numeral(numeral) == value
