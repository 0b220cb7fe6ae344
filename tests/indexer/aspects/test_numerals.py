"""Numbers as Chinese writes them are the numbers they mean."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aspects.numerals import parse_number
from tests.indexer.aspects.chinese import written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三十万", 300_000),
        ("30万", 300_000),
        ("300000", 300_000),
        ("300,000", 300_000),
        ("两万五", 25_000),
        ("3.5万", 35_000),
        ("三点五万", 35_000),
        ("1万2", 12_000),
        ("2千5", 2_500),
        ("10w", 100_000),
        ("3k", 3_000),
        ("一百二", 120),
        ("一百零二", 102),
        ("三千五", 3_500),
        ("三千零五", 3_005),
        ("一万零五", 10_005),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一亿两千万", 120_000_000),
        ("俩", 2),
        ("仨", 3),
        ("叁拾万", 300_000),
        ("二〇二四", 2024),
        ("三点四五", Fraction("3.45")),
        ("零点六", Fraction("0.6")),
    ],
)
def test_a_number_is_what_it_says(text: str, value: int | Fraction) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "万", "百", "两三", "三五", "一百零十", "万五", "点五", "十百"]
)
def test_what_is_no_exact_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(0, 10**12 - 1))
def test_a_written_number_reads_as_itself(number: int) -> None:
    assert parse_number(written(number)) == number
    assert parse_number(str(number)) == number
    assert parse_number(f"{number:,}") == number


@given(st.text("零一二两三四五六七八九十百千万亿点0123456789.,wk俩", max_size=12))
def test_any_run_of_numerals_is_a_number_or_none(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0
