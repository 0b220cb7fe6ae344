"""Logs never hold anybody's numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.masking import mask


def full_width(text: str) -> str:
    """The text in characters as wide as Chinese ones."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


SEPARATORS = st.sampled_from(["", " ", "-", ".", "  ", "－", "\u3000", "\u200b", "\t", "–"])
ASCII = "0123456789"
DIGITS = st.sampled_from([ASCII, full_width(ASCII)])
CHINESE = st.text(st.sampled_from("我的手机号是银行卡花呗逾期怎么办，。"), max_size=12)


@st.composite
def written_out(draw: st.DrawFn, shortest: int, longest: int) -> str:
    """A number as people type it: plain or full-width, with or without separators."""
    alphabet = draw(DIGITS)
    count = draw(st.integers(shortest, longest))
    digits = draw(st.lists(st.sampled_from(alphabet), min_size=count, max_size=count))
    return "".join(digit + draw(SEPARATORS) for digit in digits[:-1]) + digits[-1]


def _digits_in(text: str) -> str:
    return re.sub(r"\D", "", text)


@given(CHINESE, written_out(11, 19), CHINESE)
def test_no_digit_of_a_phone_card_or_id_number_is_left(
    before: str, number: str, after: str
) -> None:
    masked = mask(before + number + after)

    assert _digits_in(masked) == ""
    assert "[number]" in masked


@given(CHINESE, st.emails(), CHINESE)
def test_no_mail_address_is_left(before: str, address: str, after: str) -> None:
    assert "@" not in mask(f"{before} {address} {after}")


@given(st.text())
def test_a_masked_text_is_one_line(text: str) -> None:
    assert len(mask(text).splitlines()) <= 1


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("typed", "logged"),
    [
        ("我的手机13812345678怎么注销", "我的手机[number]怎么注销"),
        ("138-1234-5678 逾期", "[number] 逾期"),
        ("+86 138 1234 5678", "+[number]"),
        ("身份证11010519491231002X能贷款吗", "身份证[number]能贷款吗"),
        ("卡号6222 0212 3456 7890 123", "卡号[number]"),
        ("发到zhang.san+dk@example.com了", "发到[email]了"),
        (full_width("zhang@example.com"), "[email]"),
        ("花呗\n2026-11-23 GET /forged 200", "花呗 2026-11-23 GET /forged 200"),
    ],
)
def test_examples(typed: str, logged: str) -> None:
    assert mask(typed) == logged


@pytest.mark.parametrize(
    "typed", ["借12000元分12期月费率0.6%", "2026年9月30日起施行", "贷款1000000元", "95017"]
)
def test_amounts_dates_and_hotlines_stay(typed: str) -> None:
    assert mask(typed) == typed
