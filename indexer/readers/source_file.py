"""A file as readers see it: its bytes as a stream, its name for messages."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from indexer.errors import SourceError

STANDARD_INPUT = "-"

# What cannot be read twice is kept in memory up to here and in a temporary file beyond.
_SPOOLED_BYTES = 8 * 2**20
_CHUNK_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file, opened.

    Attributes:
        label: its name for messages, on one line.
        suffix: what its name ends with, in lower case; ``.jsonl`` for standard input.
        stream: its bytes, seekable; readers leave it wherever they stopped.
    """

    label: str
    suffix: str
    stream: IO[bytes]

    def head(self, size: int) -> bytes:
        """The first bytes."""
        self.stream.seek(0)
        return self.stream.read(size)

    def read(self, limit: int) -> bytes:
        """All bytes.

        Raises:
            SourceError: there are more than the limit.
        """
        content = self.head(limit + 1)
        if len(content) > limit:
            megabytes = limit / 2**20
            raise SourceError(
                self.label, f"the file is larger than {megabytes:g} MB; split it into smaller ones"
            )
        return content

    def digest(self) -> bytes:
        """SHA-256 of the content, read as a stream."""
        digest = hashlib.sha256()
        self.stream.seek(0)
        while chunk := self.stream.read(_CHUNK_BYTES):
            digest.update(chunk)
        return digest.digest()


@contextmanager
def open_source(file: str) -> Iterator[SourceFile]:
    """Open a file, or standard input for ``-``.

    Raises:
        SourceError: it cannot be read, or it changed while it was.
    """
    label = label_of(file)
    suffix = ".jsonl" if file == STANDARD_INPUT else Path(file).suffix.lower()
    try:
        with ExitStack() as stack:
            stream: IO[bytes] = sys.stdin.buffer
            if file != STANDARD_INPUT:
                stream = stack.enter_context(Path(file).open("rb"))
            if not _comes_again(file, stream):
                spooled = stack.enter_context(
                    tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES)
                )
                shutil.copyfileobj(stream, spooled)
                stream = spooled
            before = _version(stream)
            yield SourceFile(label, suffix, stream)
            if _version(stream) != before:
                raise SourceError(label, "the file changed while it was read; try again")
    except OSError as error:
        raise SourceError(label, f"cannot be read: {error.strerror or error}") from error


def _comes_again(file: str, stream: IO[bytes]) -> bool:
    """Whether a stream can be read anew, as readers do; what comes through a pipe cannot."""
    return file != STANDARD_INPUT and stat.S_ISREG(os.fstat(stream.fileno()).st_mode)


def _version(stream: IO[bytes]) -> tuple[int, int] | None:
    """What changes when a file is written; None for what only we write."""
    if isinstance(stream, tempfile.SpooledTemporaryFile):
        return None
    status = os.fstat(stream.fileno())
    return status.st_size, status.st_mtime_ns


def label_of(file: str) -> str:
    """A file's name for messages, on one line; what is no text in it is escaped."""
    name = "<stdin>" if file == STANDARD_INPUT else file
    return "".join(char if char.isprintable() else _escaped(char) for char in name)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode()
