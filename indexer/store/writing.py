"""A full disk, a read-only folder: what each library raises, made into one line."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import IndexFolderError

# What may befall any file, in the words that the system has for it.
_KNOWN = tuple(
    os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
)
_MOST_CHARACTERS = 200
_LITTLE = 64 * 1024


@contextmanager
def writing(path: Path, *kinds: type[Exception]) -> Iterator[None]:
    """Say in one line which file could not be written, and why.

    Args:
        path: the file or folder that is being written.
        kinds: what the library that writes it raises, beside `OSError`.

    Raises:
        IndexFolderError: it could not be written.
    """
    handled: tuple[type[Exception], ...] = (OSError, *kinds)
    try:
        yield
    except handled as error:
        raise IndexFolderError(
            f"{path}: {_reason(error, path)}; the index was not touched"
        ) from error


def _reason(error: Exception, path: Path) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, sqlite3.Error) and error.sqlite_errorcode == sqlite3.SQLITE_FULL:
        return os.strerror(errno.ENOSPC)
    text = " ".join(str(error).split())
    if known := next((known for known in _KNOWN if known in text), None):
        return known
    # Some libraries keep the system's reason to themselves.
    return os.strerror(errno.ENOSPC) if _is_full(path.parent) else text[:_MOST_CHARACTERS]


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE
    except OSError:
        return False
