"""Numbers are shown as people write them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from indexer.aspects import Quantity
from search.understanding import describe


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity("rate", Fraction("0.072")), "年利率 7.2%"),
        (Quantity("rate", Fraction("0.24"), "over"), "年利率 24%以上"),
        (Quantity("spread", Fraction(-20, 10_000)), "加点 -20 个基点"),
        (Quantity("share", Fraction(1, 5)), "20%"),
        (Quantity("percent", Fraction("0.0345")), "3.45%"),
        (Quantity("amount", Fraction(300_000)), "300000 元"),
        (Quantity("amount", Fraction(4000), "income"), "收入 4000 元"),
        (Quantity("duration", Fraction(1), "overdue"), "逾期 1 天"),
        (Quantity("duration", Fraction(90)), "3 个月"),
        (Quantity("duration", Fraction(1080), "ago"), "36 个月前"),
        (Quantity("year", Fraction(2021)), "2021年"),
        (Quantity("day", Fraction(15)), "15日"),
        (Quantity("age", Fraction(18)), "18岁"),
        (Quantity("count", Fraction(5), "次"), "5 次"),
    ],
)
def test_a_number_has_its_unit(quantity: Quantity, text: str) -> None:
    assert describe(quantity) == text
