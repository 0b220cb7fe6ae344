"""Interest rates: 年化7.2%, 月息6厘 and 日息万二 are one and the same.

Simple interest, a year of twelve months and 360 days. 厘 and 分 depend on the period, as the
trade counts them: 月息6厘 is 0.6% a month, 年息6厘 6% a year; without a period they are a
month's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from indexer.aspects.found import TAKEN, Found
from indexer.aspects.model import Quantity
from indexer.aspects.numerals import SMALL_NUMBER, parse_number

_PER_YEAR = {"年": 1, "月": 12, "日": 360}
# What 1厘 is of the principal, by period; 1分 is ten of it, 1毫 a tenth.
_LI = {"年": Fraction(1, 100), "月": Fraction(1, 1000), "日": Fraction(1, 10_000)}
_LI_OF = {"分": Fraction(10), "厘": Fraction(1), "毫": Fraction(1, 10)}
_PART_OF = {"百": 100, "千": 1000, "万": 10_000}

_PERIOD = r"(?P<period>年化|[年月日天](?:利率|利息|息|利|费率|化)|(?:每个?|一个?)[年月日天])"
# Between a period and its number: 年化利率是, 年利率超过.
_GAP = r"[^\d零〇一二两三四五六七八九十百千万亿,，。;；?？!！、%年月日天]{0,6}?"
_VALUE = (
    rf"(?:(?P<percent>{SMALL_NUMBER})(?:%|个百分点|个点)"
    rf"|(?P<part>[百千万])分之(?P<parts>{SMALL_NUMBER})"
    rf"|万(?P<tenthousandths>[一二两三四五六七八九](?:点[零一二三四五六七八九]+)?|\d(?:\.\d+)?)"
    rf"(?![\d十百千万元块年月天个])"
    rf"|(?P<li>{SMALL_NUMBER})(?P<unit>[分厘毫])(?P<rest>[一二两三四五六七八九\d](?![\d十百千万元块年月天个期]))?)"
)
_BEFORE = re.compile(rf"{_PERIOD}{_GAP}{_VALUE}")
# 年6厘, 天万五: with nothing between; 3年20% says no rate.
_SHORT = re.compile(
    rf"(?<![个\d一二两三四五六七八九十])(?P<period>[年月日天]) ?(?!.{{0,6}}(?:%|分之|点)){_VALUE}"
)
_AFTER = re.compile(
    rf"{_VALUE}的?(?P<period>年化|[年月日](?:利率|利息|息|化)|(?:每个?|一个?)[年月日天])"
)
_ALONE = re.compile(rf"(?<![\d.零一二两三四五六七八九十百千几]){_VALUE}(?P<interest>的?(?:利|息))?")
_SPREAD = re.compile(
    rf"(?P<sign>加|减|降|下浮|下调|上浮|\+|-)?(?P<points>{SMALL_NUMBER})个?(?:基点|bp)"
)
# People say 房贷3.45 and 利率3.45 without a percent sign, of loans that are spoken of so.
_DECIMALS = re.compile(
    r"(?<![\d.零一二两三四五六七八九十百千第几])"
    r"(?P<number>\d{1,2}\.\d{1,3}|[一二两三四五六七八九]点[零一二三四五六七八九]{1,3})"
    r"(?![\d.%零一二三四五六七八九十百千万亿wk元块倍折成分厘毫年月日天号岁点平米期次个])"
)
_RATE_FOLLOWS = re.compile(r"的|[算能是有偏太]|[高贵低多]|合适|$|[,，。;；?？!！ ]")
_LOANS_BY_RATE = re.compile(r"[房车]贷|按揭|贷款")
_MOST_DECIMALS = 36
_OVER = re.compile(r"超过?|高于|大于|以上|多于")
_OF_RATES = re.compile(r"利率|利息|年化|lpr|irr|apr|费率|[息利]|利钱")
_OF_SHARES = re.compile(r"首付|[成股占]|比例|份|最低|剩|房价")


def read_spreads(text: str) -> Iterator[Found]:
    """What is added to the LPR, or taken off."""
    for match in _SPREAD.finditer(text):
        points = parse_number(match["points"])
        if points is not None:
            down = match["sign"] in ("减", "降", "下浮", "下调", "-")
            yield Found(*match.span(), Quantity("spread", points / 10_000 * (-1 if down else 1)))


def read_rates(text: str) -> Iterator[Found]:
    """Rates of which the period is said."""
    taken = -1
    matches = [match for pattern in (_BEFORE, _SHORT, _AFTER) for match in pattern.finditer(text)]
    for match in sorted(matches, key=lambda each: each.start()):
        period = match["period"].replace("天", "日").strip("每个一化")[0]
        rate = _rate(match, period) if match.start() >= taken else None
        if rate is not None:
            taken = match.end()
            yield Found(*match.span(), Quantity("rate", rate, _role(match)))


def read_percentages(text: str) -> Iterator[Found]:
    """Rates without a period, and percentages of which it may not be said of what."""
    for match in _ALONE.finditer(text):
        if found := _alone(match, text):
            yield found


def read_bare_rates(text: str) -> Iterator[Found]:
    """Decimals that are a rate by what is said before them: 利率3.45, 房贷三点四五."""
    for match in _DECIMALS.finditer(text):
        clause = re.split(r"[,，。;；?？!！]", text[: match.start()])[-1]
        value = parse_number(match["number"])
        if value is None or not 1 <= value <= _MOST_DECIMALS:
            continue
        if _OF_RATES.search(clause):
            yield Found(*match.span(), Quantity("rate", value / 100, _role(match)))
        elif _LOANS_BY_RATE.search(clause) and _RATE_FOLLOWS.match(text, match.end()):
            yield Found(*match.span(), Quantity("percent", value / 100))


def _alone(match: re.Match[str], text: str) -> Found | None:
    """A rate or a percentage without a period."""
    before = text[: match.start()]
    clause = re.split(r"[,，。;；?？!！]", before)[-1]
    told = match["interest"] or _OF_RATES.search(clause)
    if match["tenthousandths"]:
        # 万五 is a day's interest where the text speaks of interest, else part of a number.
        told_anywhere = TAKEN in text or _OF_RATES.search(text)
        rate = _rate(match, "日") if told_anywhere else None
        return Found(*match.span(), Quantity("rate", rate)) if rate is not None else None
    if match["li"]:
        if match["unit"] == "分" and not (match["interest"] or told):
            return None
        rate = _rate(match, "月")
        return Found(*match.span(), Quantity("rate", rate)) if rate is not None else None
    rate = _rate(match, "年")
    if rate is None:
        return None
    shares = [found.end() for found in _OF_SHARES.finditer(clause)]
    rates = [found.end() for found in _OF_RATES.finditer(clause)]
    if match["interest"] or max(rates, default=-1) > max(shares, default=-1):
        return Found(*match.span(), Quantity("rate", rate, _role(match)))
    return Found(*match.span(), Quantity("share" if shares else "percent", rate))


def _role(match: re.Match[str]) -> str:
    """Whether it is this rate or all from it on: 超过24%, 24%以上."""
    around = match.string[max(0, match.start() - 3) : match.end() + 2]
    return "over" if _OVER.search(around) else ""


def _rate(match: re.Match[str], period: str) -> Fraction | None:
    """The rate of a year, of a match of `_VALUE` that is of some period."""
    if match["li"]:
        value = parse_number(match["li"])
        rest = parse_number(match["rest"]) if match["rest"] else Fraction(0)
        if value is None or rest is None:
            return None
        li = (value + rest / 10) * _LI_OF[match["unit"]]
        return li * _LI[period] * _PER_YEAR[period]
    number = match["percent"] or match["parts"] or match["tenthousandths"]
    parsed = parse_number(number)
    if parsed is None:
        return None
    whole = _PART_OF[match["part"] or ("万" if match["tenthousandths"] else "百")]
    return parsed / whole * _PER_YEAR[period]
