"""WordPress shortcodes: marks in brackets that a site replaces, taken out of a text."""

from __future__ import annotations

import re

# What stands between these is an address or a list of files.
_OPENS_CONTENT = re.compile(r"\[(embed|audio|video|playlist|gallery)\b[^\[\]]*\]")
_MARK = re.compile(r"\[(?P<end>/?)(?P<name>[a-z][a-z0-9_-]{0,40})(?P<rest>\s[^\[\]]*)?/?\]")
_NAMES_ALONE = "gallery audio video embed playlist toc more contact-form-7 ad ads adsense"
_ALONE = frozenset(_NAMES_ALONE.split())


def without_shortcodes(text: str) -> str:
    """The text with the marks gone and what they enclose kept.

    A word in brackets is only a mark where it has values, is closed again or is known.
    """
    text = _without_content(text)
    closed = {found["name"] for found in _MARK.finditer(text) if found["end"]}

    def replace(found: re.Match[str]) -> str:
        name, rest = found["name"], found["rest"] or ""
        is_mark = found["end"] or name in closed or name in _ALONE or "=" in rest
        return "" if is_mark else found[0]

    return _MARK.sub(replace, text)


def _without_content(text: str) -> str:
    """The text without the marks that enclose an address, and without what they enclose."""
    kept: list[str] = []
    at = 0
    unclosed: set[str] = set()
    for opened in _OPENS_CONTENT.finditer(text):
        name = opened[1]
        if opened.start() < at or name in unclosed:
            continue
        closed = text.find(f"[/{name}]", opened.end())
        if closed < 0:
            unclosed.add(name)
        else:
            kept.append(text[at : opened.start()])
            at = closed + len(f"[/{name}]")
    return "".join([*kept, text[at:]])
