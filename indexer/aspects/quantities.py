"""Every number of a text that means something, each part of the text read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from indexer.aspects.durations import read_dates, read_durations
from indexer.aspects.found import TAKEN, Found
from indexer.aspects.model import Quantity
from indexer.aspects.numerals import NUMBER, parse_number
from indexer.aspects.rates import read_bare_rates, read_percentages, read_rates, read_spreads

# What is read, in order; a later reader does not see what an earlier one took.
_NUMBER = rf"(?<![\d.第几]){NUMBER}"
_AGE = re.compile(rf"(?P<number>{_NUMBER})周?岁")
_SHARE = re.compile(
    rf"(?P<number>{_NUMBER})成(?P<rest>[一二三四五六七八九\d])?(?![功为立本都年交员绩长了])"
)
# 分5次还 and 一次性 count how it is paid; of 5次还能贷款 the 还 is "still".
_COUNT = re.compile(
    rf"(?P<number>{_NUMBER})(?P<measure>[次笔家张])(?![性结付清]|还(?![能可会有是要想没]))"
)
_MONEY = re.compile(
    rf"(?P<number>{_NUMBER})多?(?:元|块(?P<tenths>[一二三四五六七八九\d])?|圆|rmb|人民币)"
)
# A number with a unit of its own, or one behind what money does.
_BARE = re.compile(rf"(?P<number>{_NUMBER})(?![\d.%个天年月日号次人家岁平度米公点期套张笔种条])")
_SCALED = re.compile(r"[百千万亿wk]")
_MONEY_VERB = re.compile(r"[借贷欠还差拿交扣收花存取掏]了?$|额度|才|月供|划走了?$")
_INCOME = re.compile(r"工资|收入|月入|[挣赚]")
_LEAST_BARE = 100
_HAS_NUMBER = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿半俩仨]")


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a normalised text, in no order, each once."""
    if not _HAS_NUMBER.search(text):
        return ()
    quantities: dict[Quantity, None] = {}
    for reader in (
        read_spreads,
        read_rates,
        read_percentages,
        read_bare_rates,
        _read_ages,
        _read_shares,
        read_dates,
        read_durations,
        _read_counts,
        _read_money,
        _read_bare_money,
    ):
        found = list(reader(text))
        quantities |= dict.fromkeys(each.quantity for each in found)
        for each in found:
            blank = TAKEN * (each.end - each.start)
            text = text[: each.start] + blank + text[each.end :]
    return tuple(quantities)


def _read_ages(text: str) -> Iterator[Found]:
    for match in _AGE.finditer(text):
        if (value := parse_number(match["number"])) is not None:
            yield Found(*match.span(), Quantity("age", value))


def _read_shares(text: str) -> Iterator[Found]:
    for match in _SHARE.finditer(text):
        value, rest = parse_number(match["number"]), parse_number(match["rest"] or "0")
        if value is not None and rest is not None and 0 < value <= 10:
            yield Found(*match.span(), Quantity("share", (value + rest / 10) / 10))


def _read_counts(text: str) -> Iterator[Found]:
    for match in _COUNT.finditer(text):
        value = parse_number(match["number"])
        # 一笔 and 一家 are articles more than numbers, 二次 is the second time.
        first = value == 1 and match["measure"] != "次"
        if value is not None and not first and match["number"] != "二":
            yield Found(*match.span(), Quantity("count", value, match["measure"]))


def _read_money(text: str) -> Iterator[Found]:
    for match in _MONEY.finditer(text):
        if (value := parse_number(match["number"])) is not None:
            tenths = parse_number(match["tenths"] or "0") or Fraction(0)
            yield _amount(match, value + tenths / 10, text)


def _read_bare_money(text: str) -> Iterator[Found]:
    for match in _BARE.finditer(text):
        value = parse_number(match["number"])
        if value is None or value < _LEAST_BARE:
            continue
        if _SCALED.search(match["number"]) or _MONEY_VERB.search(text[: match.start()]):
            yield _amount(match, value, text)


def _amount(match: re.Match[str], value: Fraction, text: str) -> Found:
    before = re.split(r"[,，。;；?？!！]", text[: match.start()])[-1]
    role = "income" if _INCOME.search(before) else ""
    return Found(*match.span(), Quantity("amount", value, role))
