"""Numbers as Chinese writes them: 三十万, 两万五, 3.5万, 一百二, 三点四五, 10w."""

from __future__ import annotations

import re
from fractions import Fraction

_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
# What stands for 千 and 万 behind figures: 3k, 10w.
_LATIN = {"k": 1000, "w": 10**4}

_CHINESE = "".join((*_DIGITS, *_UNITS, *_MYRIADS))
_FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# A number of figures may go on in Chinese: 3.5万, 2千5, 1万2.
NUMBER = (
    rf"(?:{_FIGURES}(?:[kw](?![a-z])|[百千万亿]+\d*)?"
    rf"|[{_CHINESE}]+(?:点[零〇一二三四五六七八九]+[万亿]?)?)"
)
# A number below a thousand, as counts of days and percentages are: of 一万一年 only 一 is
# the years, of 万分之五一天 only 五 the parts.
_DIGIT = "[一二两三四五六七八九]"
SMALL_NUMBER = (
    rf"(?:\d+(?:\.\d+)?"
    rf"|(?:{_DIGIT}百零?)?(?:{_DIGIT}?十{_DIGIT}?|{_DIGIT}|零)(?:点[零〇一二三四五六七八九]+)?"
    rf"|{_DIGIT}百|[俩仨])"
)
_WITH_FIGURES = re.compile(rf"({_FIGURES})([kw]|[百千万亿]*)(\d*)")


def parse_number(text: str) -> Fraction | None:
    """The value of a whole number in normalised text; None where it is none, as 三五 or 万.

    The last digit of 两万五 and of 一百二 counts tenths of the unit before it.
    """
    if with_figures := _WITH_FIGURES.fullmatch(text):
        return _figures(*with_figures.groups())
    whole, point, decimals = text.partition("点")
    if not point:
        value = _chinese(whole)
        return None if value is None else Fraction(value)
    scale = _MYRIADS.get(decimals[-1:], 1)
    decimals = decimals.rstrip("万亿")
    value = _chinese(whole)
    if value is None or not decimals or any(char not in _DIGITS for char in decimals):
        return None
    digits = int("".join(str(_DIGITS[char]) for char in decimals))
    return (value + Fraction(digits, 10 ** len(decimals))) * scale


def _figures(figures: str, scales: str, rest: str) -> Fraction | None:
    value = Fraction(figures.replace(",", ""))
    if not scales:
        return value if not rest else None
    scale = 1
    for char in scales:
        scale *= {**_LATIN, **_MYRIADS, **_UNITS}[char]
    # 1万2 is 12000.
    if len(rest) > 1 or (rest and scales in _LATIN):
        return None
    return value * scale + (int(rest) * scale // 10 if rest else 0)


def _chinese(text: str) -> int | None:
    """The value of a number without decimals."""
    if not text:
        return None
    if all(char in _DIGITS for char in text):
        # 二〇二四 is read figure by figure; 三五 and 两三 are rough counts.
        if 1 < len(text) < 4:
            return None
        return int("".join(str(_DIGITS[char]) for char in text))
    for char, unit in sorted(_MYRIADS.items(), key=lambda each: -each[1]):
        if char in text:
            head, _, tail = text.rpartition(char)
            high = _chinese(head)
            low = _below(tail, unit)
            return None if high is None or low is None else high * unit + low
    return _below_myriad(text)


def _below(text: str, unit: int) -> int | None:
    """What stands behind a unit: nothing, 五 for half of it, or a number of its own."""
    if not text:
        return 0
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS[text] * unit // 10
    value = _chinese(text.removeprefix("零").removeprefix("〇"))
    return value if value is not None and value < unit else None


def _below_myriad(text: str) -> int | None:
    total, digit, last_unit, zero = 0, None, 10**4, False
    for at, char in enumerate(text):
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
            zero = zero or digit == 0
            continue
        unit = _UNITS.get(char)
        if unit is None or unit >= last_unit or (digit == 0 and at):
            # 一百零十 is no number.
            return None
        if digit is None and (unit != 10 or (at and not zero)):
            return None
        total += (1 if digit is None else digit) * unit
        digit, last_unit, zero = None, unit, False
    if digit is None:
        return total
    # 一百二 is 120, 一百零二 is 102, 十二 is 12.
    return total + (digit if zero or last_unit == 10 else digit * last_unit // 10)
