"""Plain text to sections, numbered items and paragraphs.

Understands the ways Chinese pages number: headings 「一、…」 and ``## …``, items 「1、…」
``1. …`` 「(1)…」 「①…」 「第一，…」 and bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.article import Block, Section

_CHINESE_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"两": 2}
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_HEADING_MAX_CHARACTERS = 40

_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.+?)\s*#*$")
_NUMBERED_HEADING = re.compile(
    rf"^(?:第?{_NUMERAL}\s*[、.．：:]|[(（]{_NUMERAL}[)）])\s*(?P<text>.+)$"
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
    found = _NUMBERED_HEADING.match(line)
    if found and (numeral := re.match(_NUMERAL, line)):
        return Block("item", found["text"], parse_numeral(numeral[0]))
    return Block("paragraph", line)


def parse_lines(lines: Iterable[str]) -> tuple[Section, ...]:
    """Sections of a text given as lines, each line a block; empty sections are left out."""
    sections: list[tuple[str, list[Block]]] = [("", [])]
    for raw in lines:
        line = " ".join(raw.split())
        if not line:
            continue
        heading = _heading(line)
        if heading is not None:
            sections.append((heading, []))
        else:
            sections[-1][1].append(parse_block(line))
    return tuple(
        Section(heading, tuple(blocks)) for heading, blocks in sections if heading or blocks
    )
