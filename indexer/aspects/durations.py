"""How long, how late, and on which date: 3年 = 36期, 一年半, 逾期一天, 15号, 2021年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from indexer.aspects.found import Found
from indexer.aspects.model import Quantity, QuantityKind
from indexer.aspects.numerals import SMALL_NUMBER, parse_number

_MONTH, _YEAR, _WEEK = 30, 360, 7
_HOUR = Fraction(1, 24)
_DAYS = {
    name: Fraction(days)
    for days, names in (
        (_YEAR, ("年",)),
        (3 * _MONTH, ("季",)),
        (_MONTH, ("月", "期")),
        (_WEEK, ("周", "星期", "礼拜")),
        (1, ("天", "日")),
        (_HOUR, ("小时", "钟头")),
    )
    for name in names
}
# 第三天 is no duration and 两三天 a rough one.
_NUMBER = rf"(?<![\d.第几零一二两三四五六七八九十百]){SMALL_NUMBER}"
_DATE = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d|[一二]?[零〇一二三四五六七八九]{{4}})年)?"
    rf"(?:(?P<month>(?![俩仨]){_NUMBER})月(?:份|底|初)?)?(?:(?P<day>{_NUMBER})[号日](?!楼))?"
)
_DURATION = re.compile(
    rf"(?:(?P<half>半)个?(?P<half_unit>年|月|天|小时)"
    rf"|(?P<number>{_NUMBER})"
    rf"(?:(?P<counted>个)(?P<and_half>半)?多?来?(?P<long>月|季|星期|礼拜|小时|钟头)"
    rf"|来?多?(?P<unit>年|天|期|周|小时|星期|礼拜)(?P<then_half>半)?|(?<=[俩仨])(?P<two>月)))"
)
_OVERDUE = re.compile(
    r"逾期|晚还|迟还|[晚迟过]了|忘了?还|忘记还|拖|[没未](?:有)?[还交缴换]|欠|断供|过期|超期|还款日|不还"
    r"|[晚迟](?!上)"
)
_AGO = re.compile(r"(?:以?前|之前)(?![还结])")
# A single 一天 or 一年 says how often or how much, unless it says how long: 借一天, 逾期一天.
_HOW_LONG = re.compile(r"(?:[贷借](?!款)|[分满欠拖用过晚迟选])了?[^,，。]{0,3}$")
# … or the loan is one of so long: 1年期, 1年的贷款.
_TERM = re.compile(r"期(?![间限])|的[贷借]款")
_CLAUSES = re.compile(r"[^,，。;；?？!！]+")


def read_dates(text: str) -> Iterator[Found]:
    """Years, months and days of dates; 3月 is March, 3个月 three months."""
    for match in _DATE.finditer(text):
        parts: tuple[QuantityKind, ...] = ("year", "month", "day")
        bounds = {"year": 9999, "month": 12, "day": 31}
        for kind in parts:
            value = parse_number(match[kind]) if match[kind] else None
            if value is not None and 1 <= value <= bounds[kind] and value.denominator == 1:
                yield Found(match.start(), match.end(), Quantity(kind, value))


def read_durations(text: str) -> Iterator[Found]:
    """Durations in days; 一年零三个月 and 一年半 are one."""
    for clause in _CLAUSES.finditer(text):
        overdue = _OVERDUE.search(clause[0])
        at = 0
        while match := _DURATION.search(clause[0], at):
            days, end, single = _days(match, clause[0])
            at = max(end, match.end())
            if days is None:
                continue
            before, after = clause[0][: match.start()], clause[0][at:]
            role = "ago" if _AGO.match(after) else "overdue" if overdue else ""
            says_how_long = _HOW_LONG.search(before) or _TERM.match(after)
            if not role and single and not says_how_long:
                continue
            start = clause.start()
            yield Found(start + match.start(), start + at, Quantity("duration", days, role))


def _days(match: re.Match[str], text: str) -> tuple[Fraction | None, int, bool]:
    """Days, where the duration ends, and whether it is a single 年, 月, 天 or 期."""
    first = _one(match)
    if first is None:
        return None, match.end(), False
    single = match["number"] is not None and parse_number(match["number"]) == 1
    single = single and not (match["and_half"] or match["then_half"])
    rest = text[match.end() :].removeprefix("零")
    then = _DURATION.match(rest) if match["unit"] == "年" else None
    if then and then["counted"] and (months := _one(then)) is not None:
        return first + months, len(text) - len(rest) + then.end(), False
    return first, match.end(), single


def _one(match: re.Match[str]) -> Fraction | None:
    if match["half"]:
        return Fraction(_DAYS[match["half_unit"]]) / 2
    number = parse_number(match["number"])
    if number is None:
        return None
    unit = Fraction(_DAYS[match["long"] or match["unit"] or match["two"]])
    half = unit / 2 if match["and_half"] or match["then_half"] else 0
    return number * unit + half
