"""How far a question and an article agree, by the three numbers that ranking weighs."""

from __future__ import annotations

import pytest

import data
from indexer.aspects import NO_AGREEMENT, Agreement, AspectReader, compare
from indexer.readers import read_sources
from indexer.reading import DEFAULTS


def agree(reader: AspectReader, asked: str, article: str) -> Agreement:
    return compare(reader.read(asked), reader.read(article))


@pytest.mark.parametrize(
    ("asked", "article", "product"),
    [
        ("花呗逾期", "花呗能提现吗", 1),
        ("花呗逾期", "借呗能提现吗", -1),
        ("花呗逾期", "征信怎么查", 0),
        ("怎么还款", "花呗能提现吗", 0),
        ("花贝逾期", "花呗能提现吗", 1),
        # A platform or a kind and one of its products are half of one another.
        ("京东借钱", "京东白条能提现吗", 0.5),
        ("京东白条", "京东借钱", 0.5),
        ("京东白条", "京东金条", -1),
        ("花呗逾期", "网贷逾期", 0.5),
        # One of two: twice what they share over both.
        ("花呗逾期了借呗还能用吗", "花呗逾期", 2 / 3),
        ("花呗逾期了借呗还能用吗", "微粒贷逾期", -1),
    ],
)
def test_product(reader: AspectReader, asked: str, article: str, product: float) -> None:
    assert agree(reader, asked, article).product == pytest.approx(product)


def test_a_tag_never_speaks_against_an_article(reader: AspectReader) -> None:
    from indexer.article import Article

    article = reader.read_article(Article("a", "等额本息怎么算", (), "利率", tags=("房贷",)))
    assert compare(reader.read("房贷等额本息"), article).product == 0.5
    assert compare(reader.read("车贷等额本息"), article).product == 0


@pytest.mark.parametrize(
    ("asked", "article", "numbers"),
    [
        ("房贷利率3.45%", "年利率百分之三点四五", 1),
        ("房贷利率3.45%", "房贷利率3.95%", -1),
        ("3.45%的房贷", "房贷利率3.95%", -1),
        ("月息6厘", "年化7.2%", 1),
        ("日息万二", "年化7.2%", 1),
        ("月息6厘", "年息6厘", -1),
        ("借30万", "三十万怎么贷", 1),
        ("贷3年", "分36期", 1),
        ("逾期365天", "逾期一年", 1),
        ("逾期一天", "逾期1天", 1),
        ("逾期一天", "逾期三个月", -1),
        ("借一天", "逾期一天", 0),
        ("花呗逾期", "逾期三个月", 0),
        # Nearer is better: 1 - 2 log10 of the ratio.
        ("逾期两天", "逾期一天", 1 - 2 * 0.30103),
        # 超过24% speaks of 36% too, 24% is the threshold itself.
        ("年化36%", "年化超过24%", 0.5),
        ("年化24%", "年化超过24%", 1),
        ("年化18%", "年化超过24%", -1),
        # Days of the month are a title's examples.
        ("还款日10号", "还款日可以改到15号吗", 0),
        # One of two agrees.
        ("年化12%借两万", "月息1分借一万", 0),
    ],
)
def test_numbers(reader: AspectReader, asked: str, article: str, numbers: float) -> None:
    assert agree(reader, asked, article).numbers == pytest.approx(numbers, abs=1e-4)


@pytest.mark.parametrize(
    ("asked", "article", "contrasts"),
    [
        ("没还清能再借吗", "没有还清可以再借一笔吗", 1),
        ("没还清还能办吗", "还清了还能办吗", -1),
        ("提前还", "逾期了", -1),
        ("首套房", "第二套房", -1),
        ("等额本息", "等额本息和等额本金哪个好", 0.5),
        ("怎么还款", "逾期了", 0),
        ("能不能上征信", "会上征信吗", 1),
        ("不上征信的", "会上征信吗", -1),
    ],
)
def test_contrasts(reader: AspectReader, asked: str, article: str, contrasts: float) -> None:
    assert agree(reader, asked, article).contrasts == pytest.approx(contrasts)


def test_nothing_agrees_with_nothing(reader: AspectReader) -> None:
    assert agree(reader, "今天天气怎么样", "花呗逾期一天会怎么样") == NO_AGREEMENT


def test_two_questions_agree_as_much_either_way(reader: AspectReader) -> None:
    articles = read_sources([str(data.CORPUS)], DEFAULTS, lambda _: None).articles[::4]
    read = [reader.read(article.title) for article in articles]
    for one in read:
        assert compare(one, one).product in (0, 1)
        for other in read:
            forth, back = compare(one, other), compare(other, one)
            assert forth.product == pytest.approx(back.product)
            assert forth.numbers == pytest.approx(back.numbers)
            assert forth.contrasts == pytest.approx(back.contrasts)


@pytest.mark.parametrize(
    ("asked", "article", "against"),
    [
        ("花呗怎么关", "借呗怎么关", 1),
        ("花呗怎么关", "贷款账户怎么关", 0),
        ("花呗怎么关", "花呗和借呗怎么关", 0),
        ("房贷利率3.45%", "房贷利率3.95%", 2),
        ("房贷利率3.45%", "房贷利率怎么定", 0),
        ("逾期两天", "逾期一天", 0),
        ("逾期90天", "逾期一天", 2),
        ("花呗提前还", "借呗逾期了", 2),
        ("借3年，花呗提前还", "借5年，借呗逾期了", 4),
        # What agrees does not make up for it: the amount is the same, the term is not.
        ("借10万分3年", "借10万分5年", 2),
        ("花呗逾期了还清了没法用", "花呗逾期了没还清没法用", 1),
    ],
)
def test_what_speaks_against_an_article(
    reader: AspectReader, asked: str, article: str, against: float
) -> None:
    assert agree(reader, asked, article).against == pytest.approx(against)
