"""SQLite files of a build, opened for reading alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open a file that nobody writes: no locks, no journal, the folder may be read-only.

    SQLite is built to serialise its callers, so any thread may use the connection.

    Raises:
        sqlite3.Error: the file is missing.
    """
    uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)
