"""Rates, amounts, durations and dates mean what they mean, however they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aspects import AspectReader, Quantity
from indexer.aspects.quantities import read_quantities
from tests.indexer.aspects.chinese import written


def rate(percent: str, role: str = "") -> Quantity:
    return Quantity("rate", Fraction(percent) / 100, role)


def days(number: int | str, role: str = "") -> Quantity:
    return Quantity("duration", Fraction(number), role)


def yuan(number: int | str, role: str = "") -> Quantity:
    return Quantity("amount", Fraction(number), role)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # One and the same rate: simple interest, twelve months, 360 days.
        ("年化7.2%", [rate("7.2")]),
        ("月息6厘", [rate("7.2")]),
        ("日息万二", [rate("7.2")]),
        ("日利率0.02%", [rate("7.2")]),
        ("万分之二一天", [rate("7.2")]),
        ("一个月0.6%", [rate("7.2")]),
        # 厘 and 分 depend on the period.
        ("年息6厘", [rate("6")]),
        ("年6厘 月6厘", [rate("6"), rate("7.2")]),
        ("月息1分", [rate("12")]),
        ("月息一分二", [rate("14.4")]),
        ("年息1分", [rate("10")]),
        ("人家说六厘的利", [rate("7.2")]),
        ("两分利", [rate("24")]),
        ("日息万五", [rate("18")]),
        ("我日息万四点五，我弟才万二", [rate("16.2"), rate("7.2")]),
        ("年利率百分之三点四五", [rate("3.45")]),
        ("房贷利率3.45%", [rate("3.45")]),
        ("年利率超过36%", [rate("36", "over")]),
        ("LPR加30个基点".lower(), [Quantity("spread", Fraction(30, 10_000))]),
        ("利率下调20个基点", [Quantity("spread", Fraction(-20, 10_000))]),
        # Shares, and percentages of which it is not said of what.
        ("首付两成", [Quantity("share", Fraction(1, 5))]),
        ("首付20%", [Quantity("share", Fraction(1, 5))]),
        ("首付两成五", [Quantity("share", Fraction(1, 4))]),
        ("3.45%的房贷", [Quantity("percent", Fraction("0.0345"))]),
        # Amounts.
        ("借30万", [yuan(300_000)]),
        ("三十万", [yuan(300_000)]),
        ("300000元", [yuan(300_000)]),
        ("拿1w", [yuan(10_000)]),
        ("起码还五百", [yuan(500)]),
        ("差3块2", [yuan("3.2")]),
        ("工资四千", [yuan(4000, "income")]),
        # Durations: a month is 30 days, a year 360.
        ("贷3年", [days(1080)]),
        ("三年", [days(1080)]),
        ("36期", [days(1080)]),
        ("36个月", [days(1080)]),
        ("一年半", [days(540)]),
        ("半年", [days(180)]),
        ("俩月", [days(60)]),
        ("一个半月", [days(45)]),
        ("一年零三个月", [days(450)]),
        ("四年零七个月", [days(1650)]),
        ("逾期一天", [days(1, "overdue")]),
        ("逾期三个月", [days(90, "overdue")]),
        ("拖了90天没还", [days(90, "overdue")]),
        ("三年前买的车", [days(1080, "ago")]),
        # Dates.
        ("15号", [Quantity("day", Fraction(15))]),
        ("三月份", [Quantity("month", Fraction(3))]),
        ("2021年", [Quantity("year", Fraction(2021))]),
        ("二〇二四年", [Quantity("year", Fraction(2024))]),
        # Ages and counts.
        ("没满18岁", [Quantity("age", Fraction(18))]),
        ("查了五次", [Quantity("count", Fraction(5), "次")]),
        # Side by side.
        ("月息1分借一万一年", [rate("12"), days(360), yuan(10_000)]),
        ("借五千分12期", [days(360), yuan(5000)]),
    ],
)
def test_a_number_means_what_it_says(text: str, found: list[Quantity]) -> None:
    assert set(read_quantities(text)) == set(found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "花呗",
        "第三年",
        "两三天",
        "几万",
        "一下",
        "每年多少",
        "二次抵押",
        "12378",
        "360借条",
        "4s店",
    ],
)
def test_no_number_is_made_up(text: str) -> None:
    assert read_quantities(text) == ()


@given(st.integers(1, 2400))
def test_a_rate_is_the_same_in_figures_and_in_words(hundredths: int) -> None:
    whole, decimals = divmod(hundredths, 100)
    figures = f"年利率{whole}.{decimals:02d}%"
    digits = "".join("零一二三四五六七八九"[int(char)] for char in f"{decimals:02d}")
    words = f"年利率百分之{written(whole)}点{digits}"
    expected = (Quantity("rate", Fraction(hundredths, 10_000)),)
    assert read_quantities(figures) == read_quantities(words) == expected


@given(st.integers(1, 9))
def test_periods_of_interest_are_one_scale(number: int) -> None:
    word = "一二三四五六七八九"[number - 1]
    assert read_quantities(f"月息{number}厘") == (rate(str(Fraction(number * 12, 10))),)
    assert read_quantities(f"日息万{word}") == (rate(str(Fraction(number * 36, 10))),)
    assert read_quantities(f"年息{number}厘") == (rate(str(number)),)


@given(st.integers(2, 30))
def test_years_months_and_instalments_are_one_scale(years: int) -> None:
    expected = (days(years * 360),)
    for text in (f"{years}年", f"{written(years)}年", f"{years * 12}期", f"{years * 12}个月"):
        assert read_quantities(text) == expected


@given(st.integers(100, 99_999_999))
def test_an_amount_is_the_same_in_figures_and_in_words(amount: int) -> None:
    assert read_quantities(f"{amount}元") == read_quantities(f"{written(amount)}元")


@given(
    st.text(
        "零一二两三四五六七八九十百千万半俩年月天期日息利率分厘%。点个借还逾期5037.", max_size=20
    )
)
def test_any_text_can_be_read(text: str) -> None:
    assert all(isinstance(each.value, Fraction) for each in read_quantities(text))


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("房贷三点四五算高吗", [Quantity("percent", Fraction("0.0345"))]),
        ("按揭4.25，还价行不行", [Quantity("percent", Fraction("0.0425"))]),
        ("利率3.95高不高", [rate("3.95")]),
        ("房贷8.15到期", []),
        ("评分6.5能贷吗", []),
        ("利率打8.5折", []),
        ("房贷3.5万", [Quantity("amount", Fraction(35_000))]),
    ],
)
def test_decimals_are_rates_where_rates_are_spoken_of(
    text: str, quantities: list[Quantity]
) -> None:
    assert list(read_quantities(text)) == quantities


@pytest.mark.parametrize("text", ["1年期的利息", "1年的贷款利息怎么算", "贷1年"])
def test_a_single_year_is_a_term_where_a_loan_is_of_it(text: str) -> None:
    assert Quantity("duration", Fraction(360)) in read_quantities(text)


def test_a_count_may_be_followed_by_still(reader: AspectReader) -> None:
    assert Quantity("count", Fraction(5), "次") in reader.read("逾期5次还能贷款吗").quantities
    assert reader.read("分5次还").quantities == ()
