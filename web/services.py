"""What every request of one app works with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from flask import Flask, current_app

from search.dated import Ageing
from search.engine import SearchEngine
from search.live import LiveEngine
from web.metrics import Metrics
from web.settings import Settings
from web.state.feedback import FeedbackStore
from web.state.likes import LikeStore
from web.state.queries import QueryLog

_KEY = "loanfaq"


class LazyEngine:
    """The live engine, made at the first request.

    So an app can be made, and can say what is amiss, where there is no index yet.
    """

    def __init__(self, index_folder: Path) -> None:
        """Nothing is opened before it is needed."""
        self._folder = index_folder
        self._lock = Lock()
        self._live: LiveEngine | None = None

    def current(self) -> SearchEngine:
        """The engine over the index that is published now.

        Raises:
            IndexFolderError: there is no index that can be used.
        """
        with self._lock:
            if self._live is None:
                self._live = LiveEngine(self._folder)
        return self._live.current()

    def close(self) -> None:
        """Close the engine; for a process that ends."""
        if self._live is not None:
            self._live.close()


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of one app; the query log and metrics only where switched on."""

    settings: Settings
    engines: LazyEngine
    likes: LikeStore
    feedback: FeedbackStore
    queries: QueryLog | None
    metrics: Metrics | None
    ageing: Ageing

    def close(self) -> None:
        """Write and close what is open; for a process that ends."""
        if self.queries is not None:
            self.queries.close()
        self.engines.close()

    def install(self, app: Flask) -> None:
        """Make these the services of an app."""
        app.extensions[_KEY] = self


def services() -> Services:
    """The services of the current app."""
    found: Services = current_app.extensions[_KEY]
    return found


def engine() -> SearchEngine:
    """The engine of this moment; a request asks once and keeps it.

    Raises:
        IndexFolderError: there is no index that can be used.
    """
    return services().engines.current()
