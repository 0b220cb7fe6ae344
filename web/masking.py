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
# be X): eleven digits and more, also with spaces, dots or dashes between them. Dates,
# amounts and terms are shorter.
_LONG_NUMBER = re.compile(r"\d(?:[\s.,/_-]{0,3}\d){10,}(?:[\s.,/_-]{0,3}[Xx])?")
# A name longer than any mailbox has is not looked through from each of its characters.
_EMAIL = re.compile(r"[!-?A-~]{1,64}\s?@\s?[A-Za-z0-9.-]+")


def mask(text: str) -> str:
    """The text on one line, with long numbers and mail addresses masked.

    Full-width characters become plain ones first, and invisible ones go, so that
    neither hides a number nor forges a line of the log.
    """
    plain = unicodedata.normalize("NFKC", text)
    visible = "".join(_visible(char) for char in plain)
    return _LONG_NUMBER.sub(_NUMBER_MASK, _EMAIL.sub(_EMAIL_MASK, visible))


def _visible(char: str) -> str:
    match unicodedata.category(char):
        case "Cc" | "Cs" | "Zl" | "Zp" | "Zs":
            return " "
        case "Cf":
            return ""
        case "Pd":
            return "-"
        case _:
            return char
