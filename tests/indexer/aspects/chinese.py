"""Numbers written in Chinese, the other way round than they are read."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """Such as 三十万零五百 for 300500; below ten to the twelfth."""
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            gap = "零" if 0 < low < unit // 10 else ""
            return written(high) + name + (gap + written(low) if low else "")
    return _below_myriad(number) or "零"


def _below_myriad(number: int) -> str:
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if not digit:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + name
        gap = False
    return text
