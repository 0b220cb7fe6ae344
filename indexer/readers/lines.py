"""Lines of a file as a stream: however long they are, memory stays bounded."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from indexer.readers.decoding import is_valid, not_text_of
from indexer.readers.limits import MAX_LINE_BYTES

_CHUNK_BYTES = 2**16


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line, its end kept.

    Attributes:
        number: counted from 1.
        content: its bytes; empty where it is too long.
        too_long: it was longer than the limit and passed over.
    """

    number: int
    content: bytes
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line as text, its end kept.

    Attributes:
        number: counted from 1.
        text: what cannot be decoded is replaced, so that commas and quotes stay in place.
        fault: why the line cannot be used; empty where it can.
    """

    number: int
    text: str
    fault: str = ""


def raw_lines(stream: IO[bytes], limit: int = MAX_LINE_BYTES) -> Iterator[RawLine]:
    r"""Lines of a stream from its start, ended by ``\n``, ``\r\n`` or ``\r``; no mark."""
    stream.seek(0)
    number = 1
    for content in _pieces(stream, limit):
        if number == 1 and content:
            content = content.removeprefix(codecs.BOM_UTF8)
        if content is None:
            yield RawLine(number, b"", too_long=True)
        elif content:
            yield RawLine(number, content)
        number += 1


def text_lines(stream: IO[bytes], encoding: str, limit: int = MAX_LINE_BYTES) -> Iterator[TextLine]:
    """Lines as text of an encoding, each with what is wrong with it."""
    for line in raw_lines(stream, limit):
        if line.too_long:
            yield TextLine(line.number, "", f"the line is longer than {limit / 2**20:g} MB")
        elif not is_valid(line.content, encoding):
            text = line.content.decode(encoding, "replace")
            yield TextLine(line.number, text, not_text_of(encoding))
        else:
            text = line.content.decode(encoding)
            fault = "holds a zero byte: no text" if "\x00" in text else ""
            yield TextLine(line.number, text, fault)


def _pieces(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """Lines with their ends; None for each that is longer than the limit."""
    pending: list[bytes] = []
    size = 0
    before = b""
    while chunk := stream.read(_CHUNK_BYTES):
        # A line end of two bytes may be cut in two.
        ended = before.endswith(b"\r") and chunk.startswith(b"\n")
        for piece in chunk[ended:].splitlines(keepends=True):
            size += len(piece)
            if size <= limit:
                pending.append(piece)
            else:
                pending = []
            if piece.endswith((b"\n", b"\r")):
                yield b"".join(pending) if size <= limit else None
                pending, size = [], 0
        before = chunk
    if size:
        yield b"".join(pending) if size <= limit else None
