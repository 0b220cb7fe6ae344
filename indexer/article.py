"""The values that flow through indexing: articles with their structure, and passages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from indexer.text.normalise import normalise

BlockKind = Literal["paragraph", "item"]
PassageKind = Literal["title", "asked", "lead", "item", "paragraph"]
PassageGroup = Literal["title", "asked", "body"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one item of a list.

    Attributes:
        kind: ``paragraph`` or ``item``.
        text: plain text on one line, without the item's number.
        number: the item's number as the source counts it; None where it has none.
    """

    kind: BlockKind
    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (empty for what comes before the first one) and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block with its place in its article.

    Attributes:
        section: index of the section in the article, from 0.
        anchor: the section's anchor and the block's number from 1, such as ``s1-3``.
        start: first character in ``Article.text`` (Unicode code points).
        end: one past the last character.
    """

    section: int
    anchor: str
    start: int
    end: int
    block: Block


@dataclass(frozen=True, slots=True)
class Article:
    """A question with its answer, as a source gave it.

    Attributes:
        id: stable name, used in links; see `derive_id` where the source has none.
        title: the question.
        category: empty where the source has none.
        published: None where the source has no date.
        url: where the article came from; may be empty.
        excerpt_only: only the beginning is known, from another page's teaser.
        as_of: ``YYYY-MM`` until which dated claims were checked; may be empty.
        asked: other ways in which people ask the question; matched like the title, never
            shown as the answer.
        family: articles whose questions differ in one word that matters share one;
            training and evaluation ask for it.
        source: file and line it was read from, for messages.
        origin: the source, as the manifest names it, that it came with.
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    category: str = ""
    published: date | None = None
    url: str = ""
    tags: tuple[str, ...] = ()
    excerpt_only: bool = False
    as_of: str = ""
    asked: tuple[str, ...] = ()
    family: str = ""
    source: str = ""
    origin: str = ""

    @property
    def text(self) -> str:
        """The body as plain text: headings and blocks, a line each.

        Character offsets of passages count in this text.
        """
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for section in self.sections:
            if section.heading:
                yield section.heading
            for block in section.blocks:
                yield block.text

    def placed_blocks(self) -> Iterator[PlacedBlock]:
        """Every block in order, with its anchor and its offsets in `text`."""
        at = 0
        for index, section in enumerate(self.sections):
            if section.heading:
                at += len(section.heading) + 1
            for number, block in enumerate(section.blocks, start=1):
                end = at + len(block.text)
                anchor = f"{self.section_anchor(index)}-{number}"
                yield PlacedBlock(index, anchor, at, end, block)
                at = end + 1

    def section_anchor(self, index: int) -> str:
        """Anchor of a section: ``s0`` for what comes before the first heading, else from 1."""
        headless = bool(self.sections) and not self.sections[0].heading
        return f"s{index if headless else index + 1}"


@dataclass(frozen=True, slots=True)
class Passage:
    """What can be an answer on its own, or a question that leads to it.

    Attributes:
        article_row: row of its article in the index.
        kind: ``title`` and ``asked`` are matched but never shown as the answer.
        anchor: where a link lands; empty for a question.
        heading: the heading it stands under; may be empty.
        text: for a question the title or the wording, else ``article.text[start:end]``.
        start: first character in its article's text (Unicode code points); 0 for a wording,
            which stands nowhere in it.
        end: one past the last character; 0 for a wording.
    """

    article_row: int
    kind: PassageKind
    anchor: str
    heading: str
    text: str
    start: int
    end: int

    @property
    def is_question(self) -> bool:
        """Whether it asks and does not answer: the title or another wording of it."""
        return group_of(self.kind) != "body"


def group_of(kind: PassageKind) -> PassageGroup:
    """What a passage of a kind does in its article: ask, in either way, or answer."""
    return kind if kind == "title" or kind == "asked" else "body"


def derive_id(title: str) -> str:
    """A stable id from a title: ``q`` and ten hexadecimal digits.

    The title is normalised first, so that case, width and Traditional characters
    do not change the id and links survive a rebuild.
    """
    return "q" + hashlib.blake2b(question_key(title).encode(), digest_size=5).hexdigest()


def question_key(question: str) -> str:
    """What makes two questions the same: case, width, spaces and closing marks do not."""
    return "".join(normalise(question).text.split()).rstrip("?!。.")
