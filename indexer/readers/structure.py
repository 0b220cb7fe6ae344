"""Plain text to sections, numbered items and paragraphs.

Understands the ways Chinese pages number: headings 「一、…」 and ``## …``, items 「1、…」
``1. …`` 「(1)…」 「①…」 「第一，…」 and bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from indexer.article import Block, Section

_CHINESE_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}
_NUMERAL = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_HEADING_MAX_CHARACTERS = 40

_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+(?P<text>\S.*)$")
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

Role = Literal["text", "strong", "heading", "item", "paragraph"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a body, and what its source says that it is.

    Attributes:
        text: on one line, unless its source is plain text.
        role: ``text`` is read by its own marks alone, ``strong`` too, but may be a heading
            (all of it is bold); the others are said by the source.
        number: of an item, as the source counts.
        level: of a heading: 1 to 6; 7 for what opens a box or heads a definition.
        at: line of the source file; 0 where it is not known.
    """

    text: str
    role: Role = "text"
    number: int | None = None
    level: int = 0
    at: int = 0


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
        # A heading may be closed by such marks again.
        return found["text"].rstrip("#").rstrip() or found["text"]
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
    return build_sections([Line(line) for line in lines])


def build_sections(lines: Iterable[Line]) -> tuple[Section, ...]:
    """Sections of lines, by what their source says of them and by their own marks."""
    filled = [(" ".join(line.text.split()), line) for line in lines]
    filled = [(text, line) for text, line in filled if text]
    headings = [_heading_of(text, line) for text, line in filled]
    sections: list[tuple[str, list[Block]]] = [("", [])]
    for at, (text, line) in enumerate(filled):
        heading = headings[at]
        heads_nothing = at + 1 == len(filled) or headings[at + 1] is not None
        if heading is None or (heads_nothing and not _is_said(text, line)):
            sections[-1][1].append(_block_of(text, line))
        else:
            sections.append((heading, []))
    return tuple(
        Section(heading, tuple(blocks)) for heading, blocks in sections if heading or blocks
    )


def _heading_of(text: str, line: Line) -> str | None:
    """The heading that a line may be, without its number."""
    if line.role == "heading":
        numbered = _NUMBERED_HEADING.match(text)
        return numbered["text"].strip() if numbered else text
    if line.role not in {"text", "strong"}:
        return None
    heading = _heading(text)
    if heading is None and line.role == "strong" and _is_short(text):
        return text
    return heading


def _is_said(text: str, line: Line) -> bool:
    """Whether the source says that a line is a heading, whatever stands under it."""
    return line.role == "heading" or bool(_MARKDOWN_HEADING.match(text))


def _is_short(text: str) -> bool:
    """Whether a bold line is short enough to head what follows, and is no item or sentence."""
    return (
        len(text) <= _HEADING_MAX_CHARACTERS
        and parse_block(text).kind == "paragraph"
        and not _SENTENCE_END.search(text)
    )


def _block_of(text: str, line: Line) -> Block:
    if line.role == "paragraph":
        return Block("paragraph", text)
    block = parse_block(text)
    if line.role == "item":
        # A number typed in the item is the one that is shown.
        return block if block.number else Block("item", block.text, line.number)
    return block
