"""The body of an article as one text: plain lines, or HTML as content systems export it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from indexer.article import Section
from indexer.errors import SourceError
from indexer.readers.html_blocks import html_lines
from indexer.readers.structure import Line, build_sections
from indexer.readers.tags import without_tags

_TAGS = (
    "p|div|br|ul|ol|li|h[1-6]|table|tbody|tr|td|th|span|strong|b|em|i|u|a|img|figure|blockquote|"
    "section|article|font|pre|hr|dl|dt|dd|center|details|summary"
)
_TAG = re.compile(rf"<(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:nbsp|lt|gt|amp|quot|[lr][sd]quo|mdash|hellip|middot|#\d{1,6});")


def is_html(text: str) -> bool:
    """Whether a text is HTML: it has a tag or an entity that HTML knows."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def body_lines(text: str) -> Sequence[Line]:
    """Lines of a body.

    Raises:
        SourceError: the HTML is nested too deep or too large.
    """
    if is_html(text):
        return html_lines(text)
    return [Line(line) for line in text.splitlines()]


def body_sections(text: str, where: str, line: int | None) -> tuple[Section, ...]:
    """Sections of a body, errors naming their place.

    Raises:
        SourceError: the HTML is nested too deep or too large.
    """
    try:
        return build_sections(body_lines(text))
    except SourceError as error:
        raise SourceError(where, error.problem, line) from None


def plain_text(text: str) -> str:
    """A title or a name without markup, on one line."""
    if is_html(text):
        text = html.unescape(without_tags(text))
    return " ".join(text.replace("\u200b", "").split())
