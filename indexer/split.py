"""An article split into passages: what can be an answer on its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from indexer.article import Article, Passage, PassageKind, PlacedBlock


def split(article: Article, article_row: int) -> Iterator[Passage]:
    """Passages of an article: its title, the other wordings of it, then its body in order.

    A paragraph that introduces a list (it ends with a colon) is a passage together
    with the list: what an 「为什么」 or 「怎么办」 is answered with. Every item is a passage
    of its own too.
    """
    title = article.title
    yield Passage(article_row, "title", "", "", title, 0, len(title))
    for wording in article.asked:
        yield Passage(article_row, "asked", "", "", wording, 0, 0)
    text = article.text
    for index, group in groupby(article.placed_blocks(), key=lambda placed: placed.section):
        heading = article.sections[index].heading
        blocks = list(group)
        for at, placed in enumerate(blocks):
            kind = _kind(placed, first=at == 0)
            end = _end_of_list(blocks, at)
            shown = text[placed.start : end]
            yield Passage(article_row, kind, placed.anchor, heading, shown, placed.start, end)


def _kind(placed: PlacedBlock, *, first: bool) -> PassageKind:
    if placed.block.kind == "item":
        return "item"
    return "lead" if first else "paragraph"


def _end_of_list(blocks: list[PlacedBlock], at: int) -> int:
    """Where the passage of a block ends: behind the list that it introduces, if any."""
    placed = blocks[at]
    end = placed.end
    if placed.block.kind == "paragraph" and placed.block.text.endswith((":", "：")):
        for following in blocks[at + 1 :]:
            if following.block.kind != "item":
                break
            end = following.end
    return end


@dataclass(frozen=True, slots=True)
class PassageText:
    """What retrieval sees of a passage.

    Attributes:
        context: its article's title and tags, without which an item such as 「更新身份信息」
            says nothing of what it is about; of another wording of the title only itself,
            so that it is as near as can be to who asks in these words.
        own: its heading and its first line; empty for a question. The items of a list are
            passages themselves and are not counted twice.
    """

    context: str
    own: str

    @property
    def whole(self) -> str:
        """Context and own text, as they are embedded."""
        return f"{self.context} {self.own}".strip()

    @property
    def digest(self) -> bytes:
        """Sixteen bytes that stand for `whole`: equal texts have equal vectors."""
        return hashlib.blake2b(self.whole.encode(), digest_size=16).digest()


def passage_text(article: Article, passage: Passage) -> PassageText:
    """What retrieval sees of a passage of an article."""
    if passage.kind == "asked":
        return PassageText(passage.text, "")
    context = " ".join([article.title, *article.tags])
    if passage.kind == "title":
        return PassageText(context, "")
    first_line = passage.text.partition("\n")[0]
    return PassageText(context, f"{passage.heading} {first_line}".strip())
