"""A web page dumped as text: the article, then teasers of other articles.

Such a dump has the title on its first line, the article under it, and behind a line
「大家还在看」 a list of teasers: title, beginning of the text, category, date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.article import Article, Block, Section
from indexer.errors import SourceError
from indexer.readers.fields import Fields
from indexer.readers.furniture import FURNITURE, TEASERS_HEADING
from indexer.readers.structure import parse_lines

_BULLET = re.compile(r"^[•·●▪]\s*(?P<title>\S.*)$")
_DATE = re.compile(r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$")
_CATEGORY_MAX_CHARACTERS = 20
_TITLE_ALONE = "teaser without text"


def read_page_dump(
    text: str,
    where: str,
    reject: Callable[[SourceError], None],
    pass_over: Callable[[str], None] = lambda _: None,
) -> Iterator[Article]:
    """The article of a dumped page, then its teasers marked as excerpts.

    Args:
        text: the whole page.
        where: its name, for messages.
        reject: called with the article or each teaser that cannot be used.
        pass_over: called for each teaser that is a title alone, with what to count it as.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    split = next((i for i in range(len(lines)) if _opens_teasers(lines, i)), len(lines))
    try:
        yield _read_article(lines[:split], where)
    except SourceError as error:
        reject(error)
    for teaser in _teasers(lines, split + 1):
        try:
            found = _read_teaser(lines, teaser, where)
        except SourceError as error:
            reject(error)
            continue
        if found is None:
            pass_over(_TITLE_ALONE)
        else:
            yield found


def _opens_teasers(lines: Sequence[str], at: int) -> bool:
    """Whether a line heads a list of teasers: the next line that is not empty is a bullet."""
    following = next((line for line in lines[at + 1 :] if line), "")
    return bool(TEASERS_HEADING.match(lines[at]) and _BULLET.match(following))


def _read_article(lines: Sequence[str], where: str) -> Article:
    content = [line for line in lines if line and not FURNITURE.match(line)]
    if not content:
        raise SourceError(where, "the page is empty")
    title, *body = content
    return Fields({"title": title.lstrip("# ")}, where, None).article(parse_lines(body))


def _teasers(lines: Sequence[str], start: int) -> Iterator[range]:
    starts = [i for i in range(start, len(lines)) if _BULLET.match(lines[i])]
    return (range(first, stop) for first, stop in pairwise([*starts, len(lines)]))


def _read_teaser(page: Sequence[str], place: range, where: str) -> Article | None:
    """A teaser's excerpt; None where it is a title alone, which answers nothing."""
    lines = page[place.start : place.stop]
    found = _BULLET.match(lines[0])
    title = found["title"] if found else lines[0]
    content = [each for each in lines[1:] if each and not FURNITURE.match(each)]
    values: dict[str, object] = {"title": title}
    dated = next((i for i, each in enumerate(content) if _DATE.match(each)), None)
    if dated is not None:
        values["published"] = content[dated]
        before = content[:dated]
        if len(before) > 1 and len(before[-1]) <= _CATEGORY_MAX_CHARACTERS:
            values["category"] = before.pop()
        content = before
    excerpt = " ".join(content)
    if not excerpt:
        return None
    fields = Fields(values, where, place.start + 1)
    article = fields.article((Section("", (Block("paragraph", excerpt),)),))
    return replace(article, excerpt_only=True)
