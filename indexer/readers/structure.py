"""Plain text to sections, numbered items and paragraphs.

Understands the ways Chinese pages number: headings 「一、…」 and ``## …``, items 「1、…」
``1. …`` 「(1)…」 「①…」 「第一，…」 and bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.article import Block, Section

_CHINESE_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}
_NUMERAL = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_HEADING_MAX_CHARACTERS = 40

_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.+?)\s*#*$")
_NUMBERED_HEADING = re.compile(
    rf"^(?:第?(?P<plain>{_NUMERAL})\s*[、.．：:]|[(（](?P<bracketed>{_NUMERAL})[)）])"
    r"\s*(?P<text>.+)$"
)
_ITEMS = (
    re.compile(r"^(?P<number>\d{1,2})\s*(?:[、．)）]|[.:：](?!\d))\s*(?P<text>\S.*)$"),
    re.compile(r"^[(（](?P<number>\d{1,2})[)）]\s*(?P<text>\S.*)$"),
    re.compile(rf"^第(?P<number>{_NUMERAL})\s*[，,、：:]\s*(?P<text>\S.*)$"),
    re.compile(r"^(?P<number>[①-⑳])\s*(?P<text>\S.*)$"),
    re.compile(r"^(?P<number>)[•·●▪*-]\s+(?P<text>\S.*)$"),
)
_SENTENCE_END = re.compile(r"[。！!；;，,]")


def parse_numeral(text: str) -> int:
    """The value of ``12``, ``十二`` or ``②``."""
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    tens, ten, units = text.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS[units]
    return (_CHINESE_DIGITS[tens] if tens else 1) * 10 + (_CHINESE_DIGITS[units] if units else 0)


def _heading(line: str) -> str | None:
    if found := _MARKDOWN_HEADING.match(line):
        return found["text"]
    found = _NUMBERED_HEADING.match(line)
    if found and len(found["text"]) <= _HEADING_MAX_CHARACTERS:
        text = found["text"].strip()
        # A whole sentence behind the numeral is an item of a list, not a heading.
        return None if _SENTENCE_END.search(text) else text
    return None


def parse_block(line: str) -> Block:
    """One line as an item, if it is numbered or bulleted, else as a paragraph."""
    for pattern in _ITEMS:
        if found := pattern.match(line):
            number = parse_numeral(found["number"]) if found["number"] else None
            return Block("item", found["text"], number)
    if found := _NUMBERED_HEADING.match(line):
        number = parse_numeral(found["plain"] or found["bracketed"])
        return Block("item", found["text"], number)
    return Block("paragraph", line)


def parse_lines(lines: Iterable[str]) -> tuple[Section, ...]:
    """Sections of a text given as lines, each line a block; empty sections are left out.

    A numbered line with nothing under it heads nothing: it is an item of a list.
    """
    sections: list[tuple[str, list[Block]]] = [("", [])]
    filled = [line for line in (" ".join(raw.split()) for raw in lines) if line]
    for line, following in zip(filled, [*filled[1:], ""], strict=True):
        heading = _heading(line)
        heads_nothing = not following or _heading(following) is not None
        if heading is None or (heads_nothing and not _MARKDOWN_HEADING.match(line)):
            sections[-1][1].append(parse_block(line))
        else:
            sections.append((heading, []))
    return tuple(
        Section(heading, tuple(blocks)) for heading, blocks in sections if heading or blocks
    )
