"""What is wrong with the state database, said once and not with every request."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock

from indexer.errors import LoanfaqError

_log = logging.getLogger("loanfaq.state")


class StateError(LoanfaqError):
    """The state database cannot be read or written."""


class Faults:
    """Writes a fault to the log when it comes and when it has gone.

    Args:
        count: called for every fault, whether or not it is new.
    """

    def __init__(self, count: Callable[[], object] | None = None) -> None:
        """Nothing is wrong yet."""
        self._count = count
        self._lock = Lock()
        self._known: dict[str, str] = {}

    def failed(self, error: StateError, doing: str) -> None:
        """Something could not be done; the log gets a line if that is news."""
        if self._count is not None:
            self._count()
        with self._lock:
            news = self._known.get(doing) != str(error)
            self._known[doing] = str(error)
        if news:
            _log.warning("state cannot be %s: %s", doing, error)

    def worked(self, doing: str) -> None:
        """Something could be done; the log gets a line if it could not before."""
        if self._known:
            with self._lock:
                fault = self._known.pop(doing, None)
            if fault is not None:
                _log.warning("state can be %s again", doing)
