"""Personal numbers are taken out of everything that is written to a log.

People paste their whole case into a search box: ID card, phone and bank-card numbers,
addresses of mailboxes. Masking rather too much is right here; a log needs none of it.
"""

from __future__ import annotations

import re
import unicodedata

_NUMBER_MASK = "[number]"
_EMAIL_MASK = "[email]"

# A mobile number has 11 digits, a bank card 13 to 19, an ID card 15 or 18 (the last may
# be X): eleven digits and more, in figures or in Chinese, also with up to three characters
# between them that are no letters. Dates, amounts and terms are shorter. Ids of builds of
# an index, which hold the time, stay.
_DIGIT = r"[\d〇○零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]"
_BETWEEN = r"[\W_]{0,3}"
_NUMBER = re.compile(
    r"(?P<build>\b\d{8}T\d{12}Z\b)"
    rf"|{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{10,}}(?:{_BETWEEN}[Xx])?"
)
# The name before the @ is at most 64 characters long, which also bounds the work; of a
# Chinese name, that many characters as names have.
_LOCAL = r"""[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}|"[^"@]{1,64}"|[\u4e00-\u9fff]{1,4}"""
_EMAIL = re.compile(
    rf"(?:{_LOCAL})\s?(?:@|[(\[]at[)\]]|艾特)\s?[A-Za-z0-9.-]+",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """The text on one line, with long numbers and mail addresses masked.

    Full-width characters become plain ones first, and invisible ones go, so that
    neither hides a number nor forges a line of the log.
    """
    plain = unicodedata.normalize("NFKC", text)
    visible = "".join(map(_visible, plain))
    return _NUMBER.sub(_mask_number, _EMAIL.sub(_EMAIL_MASK, visible))


def _mask_number(found: re.Match[str]) -> str:
    return found["build"] or _NUMBER_MASK


def _visible(char: str) -> str:
    if char.isascii() and char.isprintable():
        return char
    match unicodedata.category(char):
        case "Cc" | "Cs" | "Zl" | "Zp" | "Zs":
            return " "
        case "Cf" | "Mn" | "Me":
            return ""
        case "Pd":
            return "-"
        case _:
            return char
