"""Plain text to read before any pairs: a sentence a line, plain or gzipped, UTF-8."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer.errors import InputError


def read_texts(paths: Iterable[Path]) -> Iterator[str]:
    """The lines of files, empty ones left out.

    Raises:
        InputError: a file cannot be read.
    """
    for path in paths:
        try:
            content = path.read_bytes()
            content = gzip.decompress(content) if path.suffix == ".gz" else content
            lines = content.decode("utf-8-sig").splitlines()
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise InputError(f"{path} cannot be read as UTF-8 text ({reason})") from error
        yield from (line.strip() for line in lines if line.strip())
