"""Tags taken out of a text that may be HTML, in time linear in the text."""

from __future__ import annotations

import re

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_TAG_OR_COMMENT = re.compile(rf"{_TAG.pattern}|<!--.*?-->", re.DOTALL)
_COMMENT_END = "-->"


def without_tags(text: str, instead: str = "") -> str:
    """The text with something else in place of each tag and each comment.

    A comment that is never closed stays, as far as it is no tag.
    """
    # Behind the last end of a comment none is looked for, again and again and in vain.
    before, end, behind = text.rpartition(_COMMENT_END)
    return _TAG_OR_COMMENT.sub(instead, before + end) + _TAG.sub(instead, behind)
