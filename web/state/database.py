"""The state database: one SQLite file, opened for each use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from web.state.faults import Faults, StateError
from web.state.schema import is_readable, is_ready, make_ready

FILE_NAME = "state.sqlite3"
# Showing a count is worth less waiting than taking a like.
_READ_WAIT_SECONDS = 0.1
_WRITE_WAIT_SECONDS = 0.5
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class StateDatabase:
    """Opens the state database for reading or writing.

    Each use opens the file anew, which takes a tenth of a millisecond: so any thread may
    use it, and a file that was put back in order serves at once. A file that is broken or
    not ours is left as it is.

    Args:
        folder: where the file is; made if need be.
        faults: told of what fails and works.
    """

    def __init__(self, folder: Path, faults: Faults | None = None) -> None:
        """Nothing is opened before it is needed."""
        self.path = folder / FILE_NAME
        self.faults = faults or Faults()

    def prepare(self) -> None:
        """Make the folder and the file, unless they are there.

        Raises:
            StateError: they cannot be made.
        """
        with self.write():
            pass

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection | None]:
        """A connection that reads; None where nothing was ever written.

        Raises:
            StateError: the database cannot be read; it was reported.
        """
        with self._reported("read"):
            if not self._is_there():
                yield None
                return
            with self._connection("ro", _READ_WAIT_SECONDS) as database:
                yield database if is_readable(database, self.path) else None

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection that writes; commits what was done with it.

        Raises:
            StateError: the database cannot be written; it was reported.
        """
        with self._reported("written"):
            self._make_folder()
            with self._connection("rwc", _WRITE_WAIT_SECONDS) as database:
                # With a write-ahead log this loses no more than the last moments of a power cut.
                database.execute("PRAGMA synchronous = NORMAL")
                if not is_ready(database, self.path):
                    make_ready(database, self.path)
                yield database
                database.commit()

    @contextmanager
    def _reported(self, doing: str) -> Iterator[None]:
        try:
            yield
        except StateError as error:
            self.faults.failed(error, doing)
            raise
        self.faults.worked(doing)

    @contextmanager
    def _connection(self, mode: str, wait: float) -> Iterator[sqlite3.Connection]:
        try:
            address = f"{self.path.absolute().as_uri()}?mode={mode}"
            with closing(sqlite3.connect(address, uri=True, timeout=wait)) as database:
                yield database
        except sqlite3.Error as error:
            # The lower byte of an extended code is the kind of error.
            broken = (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _BROKEN
            advice = "; it is left as it is: mend it or move it away" if broken else ""
            raise StateError(f"{self.path}: {error}{advice}") from error

    def _is_there(self) -> bool:
        try:
            self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise StateError(f"{self.path}: {error.strerror}") from error
        return True

    def _make_folder(self) -> None:
        try:
            # Nobody else on the machine needs to read what was asked.
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            folder = self.path.parent
            raise StateError(f"{folder}: cannot be made ({error.strerror})") from error
