"""An engine that follows its index folder: a newly published build is taken up."""

from __future__ import annotations

import logging
import threading
import time
import weakref
from pathlib import Path

from indexer.errors import LoanfaqError
from indexer.store.builds import IndexFolder
from search.engine import SearchEngine

_SECONDS_BETWEEN_LOOKS = 1.0
# A build that cannot be opened may be mended in place.
_SECONDS_BEFORE_ANOTHER_TRY = 30.0
_SECONDS_TO_STOP = 5.0
_log = logging.getLogger("loanfaq.index")


class LiveEngine:
    """The engine of the build that is current.

    A thread looks once a second which build that is, opens a new one and asks it a
    question while the old one answers, then puts it in its place: no request waits. A new
    build that cannot be opened leaves the one that answers. An engine that is replaced is
    not closed: a request may still be using it, and the last one to let go of it frees its
    files.
    """

    def __init__(self, index_folder: Path) -> None:
        """Follow an index folder; nothing is opened yet."""
        self._folder = IndexFolder(index_folder)
        self._lock = threading.Lock()
        self._engine: SearchEngine | None = None
        self._failed: tuple[str, float] | None = None
        self._stopped = threading.Event()
        self._follower: threading.Thread | None = None

    def current(self) -> SearchEngine:
        """The engine to ask now; only the first question of all waits for it to open.

        Raises:
            IndexMissingError, IndexMismatchError, IndexDamagedError, EncoderError: there
                is none yet and the published build cannot be opened.
        """
        return self._engine or self._open_first()

    def close(self) -> None:
        """Stop following, and close the engine."""
        self._stopped.set()
        if self._follower:
            self._follower.join(_SECONDS_TO_STOP)
        if self._engine:
            self._engine.close()

    def _open_first(self) -> SearchEngine:
        with self._lock:
            if self._engine is None:
                self._engine = SearchEngine.open(self._folder.path)
                self._follow()
            return self._engine

    def _follow(self) -> None:
        # The thread must not keep alive what nobody else refers to any more.
        arguments = (weakref.ref(self), self._stopped)
        self._follower = threading.Thread(
            target=_look_again_and_again, args=arguments, name="loanfaq-follower", daemon=True
        )
        self._follower.start()

    def look(self) -> None:
        """Take up the current build if it is another one than the one that answers."""
        engine = self._engine
        build_id = ""
        try:
            build_id = self._folder.current_id()
            if engine is None or build_id == engine.index_version or self._failed_lately(build_id):
                return
            fresh = SearchEngine.open(self._folder.path)
            fresh.warm_up()
        except Exception as error:
            self._keep(build_id, error)
        else:
            self._engine, self._failed = fresh, None

    def _failed_lately(self, build_id: str) -> bool:
        if self._failed is None or self._failed[0] != build_id:
            return False
        return time.monotonic() - self._failed[1] < _SECONDS_BEFORE_ANOTHER_TRY

    def _keep(self, build_id: str, error: Exception) -> None:
        """Say once why a new build is not taken up; the old one goes on answering."""
        if self._failed is None or self._failed[0] != build_id:
            foreseen = isinstance(error, LoanfaqError)
            _log.error(
                "the new index is not taken up: %s", error, exc_info=None if foreseen else error
            )
        self._failed = build_id, time.monotonic()


def _look_again_and_again(following: weakref.ref[LiveEngine], stopped: threading.Event) -> None:
    while not stopped.wait(_SECONDS_BETWEEN_LOOKS):
        live = following()
        if live is None:
            return
        live.look()
        del live
