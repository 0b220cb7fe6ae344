"""Bytes to text: UTF-8, with a mark or without, or GB18030 where a format allows it.

Nothing is ever replaced in silence: bytes that are no text of the encoding are an error
at their line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from indexer.errors import SourceError

UTF_8 = "utf-8"
GB18030 = "gb18030"
_NAMES = {UTF_8: "UTF-8", GB18030: "GB18030"}

_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.I)
_META_BYTES = 4096
# What pages call encodings that GB18030 contains.
_GB_NAMES = {"gb2312", "gbk", "cp936", "gb18030", "x-gbk", "gb_2312-80", "csgb2312", "hz-gb-2312"}


def decode_utf_8(content: bytes, label: str) -> str:
    """Text of a UTF-8 file, its line ends made one kind.

    Raises:
        SourceError: it is not UTF-8.
    """
    return _one_line_end(_strict(content, UTF_8, label))


def decode_page(content: bytes, label: str) -> str:
    """Text of an HTML page: what its mark or its ``meta`` says, else UTF-8, else GB18030.

    Raises:
        SourceError: it is in none of these.
    """
    if content.startswith(codecs.BOM_UTF8):
        return _strict(content, UTF_8, label)
    declared = _declared(content)
    for encoding in dict.fromkeys([*declared, UTF_8, GB18030]):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding != GB18030 or GB18030 in declared or not _mostly_utf_8(content):
            return text
    return _strict(content, declared[0] if declared else UTF_8, label)


def vote(lines: Iterable[bytes]) -> str:
    """The encoding, UTF-8 or GB18030, that more of the lines are valid in.

    A damaged line makes no UTF-8 file a GB18030 one, whose text would be gibberish.
    """
    valid = {UTF_8: 0, GB18030: 0}
    for line in lines:
        if not line.isascii():
            for encoding in valid:
                valid[encoding] += is_valid(line, encoding)
    return GB18030 if valid[GB18030] > 2 * valid[UTF_8] else UTF_8


def is_valid(content: bytes, encoding: str) -> bool:
    """Whether bytes are text of an encoding."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def not_text_of(encoding: str) -> str:
    """One clause on bytes that are no text of an encoding."""
    return f"not {_NAMES.get(encoding, encoding)} text; save the file as UTF-8"


def _declared(content: bytes) -> list[str]:
    found = _META_CHARSET.search(content[:_META_BYTES])
    if not found:
        return []
    name = found[1].decode("ascii").lower()
    if name in _GB_NAMES:
        return [GB18030]
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return []
    # Not every codec of Python is a text encoding ("hex", "zip"), and UTF-16 cannot be:
    # the declaration itself was read as ASCII.
    is_text = getattr(codec, "_is_text_encoding", True)
    return [codec.name] if is_text and not codec.name.startswith(("utf-16", "utf-32")) else []


def _mostly_utf_8(content: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: text that a few bytes spoil."""
    text = content.decode(UTF_8, "replace")
    spoilt = text.count("\ufffd")
    foreign = sum(not char.isascii() for char in text) - spoilt
    return foreign > spoilt


def _strict(content: bytes, encoding: str, label: str) -> str:
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(label, not_text_of(encoding), line) from None


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
