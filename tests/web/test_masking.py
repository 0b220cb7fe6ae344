"""Logs never hold anybody's numbers."""

from __future__ import annotations

import json
import logging
import sys
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.logs import JsonFormatter
from web.masking import mask


def full_width(text: str) -> str:
    """The text in characters as wide as Chinese ones."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


SEPARATORS = st.sampled_from(
    (
        *("", " ", "-", ".", "  ", "－", "\u3000", "\u200b", "\t", "–", "、", "，", "·", "/", ")("),
        *("_", "*", "—", " - ", "\n", "%20", ":", "\u20e3", "\ufe0f\u20e3", "\u0301", "\U0001f602"),
    )
)
ASCII = "0123456789"
SPOKEN = "〇一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
ARABIC = "٠١٢٣٤٥٦٧٨٩"
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
ALPHABETS = [ASCII, full_width(ASCII), SPOKEN, FORMAL, ARABIC, CIRCLED]
DIGITS = st.sampled_from([*ALPHABETS, "".join(ALPHABETS)])
CHINESE = st.text(st.sampled_from("我的手机号是银行卡花呗逾期怎么办，。"), max_size=12)


@st.composite
def written_out(draw: st.DrawFn, shortest: int, longest: int) -> str:
    """A number as people type it: plain or full-width, with or without separators."""
    alphabet = draw(DIGITS)
    count = draw(st.integers(shortest, longest))
    digits = draw(st.lists(st.sampled_from(alphabet), min_size=count, max_size=count))
    return "".join(digit + draw(SEPARATORS) for digit in digits[:-1]) + digits[-1]


def _digits_in(text: str) -> str:
    return "".join(char for char in text if char.isdigit() or char in SPOKEN + FORMAL)


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
        ("幺三八零零一二三四五六七的机主", "[number]的机主"),
        ("（0571）8765-4321转802", "([number]转802"),
        ("写给 张三@qq.com或zhang(at)qq.com或 a 艾特 b.cn", "写给 [email]或[email]或 [email]"),
        ('{"phone":"13812345678","mail":"a@b.cn"}', '{"phone":"[number]","mail":"[email]"}'),
        ("/articles/138%201234%205678/like", "/articles/[number]/like"),
        ("1\ufe0f\u20e33\ufe0f\u20e38\ufe0f\u20e312345678", "[number]"),
        ("花呗\n2026-11-23 GET /forged 200", "花呗 2026-11-23 GET /forged 200"),
    ],
)
def test_examples(typed: str, logged: str) -> None:
    assert mask(typed) == logged


@pytest.mark.parametrize(
    "typed",
    [
        "借12000元分12期月费率0.6%",
        "2026年9月30日起施行",
        "贷款1000000元",
        "95017",
        "第一、二、三条",
        "一年三百六十五天",
        "builds/20261124T154504649105Z-a654: damaged",
    ],
)
def test_amounts_dates_and_hotlines_stay(typed: str) -> None:
    assert mask(typed) == typed


@given(st.text(), written_out(11, 19), st.text())
def test_whatever_stands_around_it_a_number_is_masked(before: str, number: str, after: str) -> None:
    assert number not in mask(f"{before}|||||{number}|||||{after}")


@given(written_out(11, 19))
def test_in_json_addresses_and_tracebacks(number: str) -> None:
    logged = logging.LogRecord("loanfaq", logging.ERROR, "", 1, "about %s", (number,), None)
    try:
        raise ValueError(f"cannot read {number}")
    except ValueError:
        logged.exc_info = sys.exc_info()

    line = JsonFormatter().format(logged)

    assert "\n" not in line
    read = json.loads(line)
    assert "[number]" in read["message"]
    assert "[number]" in read["traceback"]
    assert number not in line


@pytest.mark.parametrize(
    "text", ["a" * 8000, "1 " * 4000, "a@" * 4000, "." * 8000 + "@", "1234567890   " * 600]
)
def test_a_long_text_takes_no_longer_by_character(text: str) -> None:
    """Work grows with the length, not with its square."""

    def seconds(sample: str) -> float:
        return min(timeit.repeat(lambda: mask(sample), number=1, repeat=5))

    assert seconds(text * 8) < 40 * seconds(text)


def test_a_line_is_cut_where_it_is_too_long() -> None:
    long = logging.LogRecord("loanfaq", logging.INFO, "", 1, "花" * 100_000, (), None)

    message = json.loads(JsonFormatter().format(long))["message"]

    assert message == "花" * 999 + "…"


@given(st.text(max_size=100), st.text(max_size=100))
def test_every_record_is_one_object_on_one_line(message: str, name: str) -> None:
    record = logging.LogRecord("loanfaq", logging.INFO, "", 1, "%s", (message,), None)
    record.fields = {"path": name, "status": 200}

    line = JsonFormatter().format(record)

    assert len(line.splitlines()) == 1
    read = json.loads(line)
    assert (read["path"], read["status"]) == (mask(name), 200)
