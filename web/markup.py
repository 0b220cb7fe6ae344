"""The only place that makes markup of plain text from the index."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from markupsafe import Markup, escape


def marked(text: str, highlights: Iterable[tuple[int, int]]) -> Markup:
    """The text escaped, with ``<mark>`` around each highlight.

    Args:
        text: plain text, whatever it holds.
        highlights: ranges ``[start, end)`` of code points, ascending and apart.
    """
    parts: list[Markup] = []
    at = 0
    for start, end in highlights:
        parts += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    parts.append(escape(text[at:]))
    return Markup("").join(parts)


def safe_link(url: str) -> str:
    """The address if a page may link to it (http and https), else an empty text.

    A source may hold any address, ``javascript:`` among them.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""
