"""An engine that follows its index folder: a newly published build is taken up."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from indexer.errors import LoanfaqError
from indexer.store.builds import IndexFolder
from search.engine import SearchEngine

_SECONDS_BETWEEN_LOOKS = 1.0


class LiveEngine:
    """The engine of the build that is current, looked up at most once a second.

    A new build that cannot be opened leaves the one that answers in place. An engine
    that is replaced is not closed: a request may still be using it, and the last one to
    let go of it frees its files.
    """

    def __init__(self, index_folder: Path) -> None:
        """Follow an index folder; nothing is opened yet."""
        self._folder = IndexFolder(index_folder)
        self._lock = threading.Lock()
        self._engine: SearchEngine | None = None
        self._looked = float("-inf")

    def current(self) -> SearchEngine:
        """The engine to ask now.

        Raises:
            IndexMissingError, IndexMismatchError, IndexDamagedError, EncoderError: there
                is none yet and the published build cannot be opened.
        """
        engine = self._engine
        if engine is not None and time.monotonic() - self._looked < _SECONDS_BETWEEN_LOOKS:
            return engine
        with self._lock:
            return self._look()

    def _look(self) -> SearchEngine:
        engine = self._engine
        if engine is not None and time.monotonic() - self._looked < _SECONDS_BETWEEN_LOOKS:
            return engine
        self._looked = time.monotonic()
        try:
            if engine is None or self._folder.current_id() != engine.index_version:
                engine = SearchEngine.open(self._folder.path)
        except LoanfaqError:
            if engine is None:
                raise
        self._engine = engine
        return engine
