"""The query log: what was asked, how that was answered, what was opened; numbers masked.

Off unless a setting switches it on. Written by a thread of its own, so that no search
waits for it or fails with it; what cannot be written is dropped, counted and logged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from queue import Full, Queue
from threading import Lock, Thread

from search.response import SearchResponse
from web.masking import mask
from web.state.clicks import Click, forget_clicks, keep_clicks
from web.state.database import StateDatabase
from web.state.faults import StateError

_MOST_WAITING = 1000
_MOST_AT_ONCE = 100
_IDS_KEPT = 5
_SECONDS_TO_FINISH = 2.0
_MINUTE = "%Y-%m-%dT%H:%MZ"


@dataclass(frozen=True, slots=True)
class LoggedQuery:
    """A search as it is kept.

    Attributes:
        asked_at: UTC, to the minute.
        query: masked.
        article_ids: of the first hits.
    """

    query_id: str
    asked_at: datetime
    query: str
    status: str
    article_ids: Sequence[str]
    took_ms: float

    @classmethod
    def of(cls, response: SearchResponse, now: datetime) -> LoggedQuery:
        """What is kept of a search."""
        ids = [hit.id for hit in response.hits[:_IDS_KEPT]]
        query = mask(response.query)
        return cls(response.query_id, now, query, response.status, ids, round(response.took_ms, 2))


class QueryLog:
    """Searches of the last days, and what was opened from their results.

    Args:
        database: where they are kept.
        days: how long.
    """

    def __init__(self, database: StateDatabase, days: int) -> None:
        """The thread that writes starts with the first search."""
        self._database = database
        self._days = days
        self._waiting: Queue[LoggedQuery | Click | None] = Queue(_MOST_WAITING)
        self._lock = Lock()
        self._writer: Thread | None = None
        self._forgot_on = ""

    def add(self, response: SearchResponse) -> None:
        """Have a search written; returns at once."""
        self._put(LoggedQuery.of(response, datetime.now(UTC)))

    def clicked(self, click: Click) -> None:
        """Have a click written, if its search is kept; returns at once."""
        self._put(click)

    def _put(self, event: LoggedQuery | Click) -> None:
        try:
            self._waiting.put_nowait(event)
        except Full:
            error = StateError("the query log cannot keep up: searches are left out of it")
            self._database.faults.failed(error, "logged")
            return
        self._database.faults.worked("logged")
        with self._lock:
            if self._writer is None:
                self._writer = Thread(target=self._write_on, daemon=True)
                self._writer.start()

    def close(self) -> None:
        """Write what waits, for a little while at most; nothing may be added any more."""
        if self._writer is not None:
            try:
                self._waiting.put(None, timeout=_SECONDS_TO_FINISH)
            except Full:
                return
            self._writer.join(_SECONDS_TO_FINISH)

    def write(self, searches: Iterable[LoggedQuery], clicks: Iterable[Click] = ()) -> None:
        """Write searches and clicks now, and once a day forget those that are too old.

        Raises:
            StateError: they cannot be written.
        """
        rows = [
            (
                each.query_id,
                each.asked_at.strftime(_MINUTE),
                each.query,
                each.status,
                json.dumps(each.article_ids, ensure_ascii=False),
                each.took_ms,
            )
            for each in searches
        ]
        now = datetime.now(UTC)
        today = now.date().isoformat()
        with self._database.write() as database:
            database.executemany("INSERT OR IGNORE INTO queries VALUES (?, ?, ?, ?, ?, ?)", rows)
            keep_clicks(database, clicks)
            if self._forgot_on != today:
                oldest = (now - timedelta(days=self._days)).strftime(_MINUTE)
                database.execute("DELETE FROM queries WHERE asked_at < ?", (oldest,))
                forget_clicks(database)
        self._forgot_on = today

    def _write_on(self) -> None:
        while True:
            events = self._take()
            searches = [each for each in events if isinstance(each, LoggedQuery)]
            clicks = [each for each in events if isinstance(each, Click)]
            try:
                if searches or clicks:
                    self.write(searches, clicks)
            except StateError:
                pass  # The database has reported it; a search is never worth more than that.
            if None in events:
                return

    def _take(self) -> list[LoggedQuery | Click | None]:
        """All that waits, at least one."""
        taken = [self._waiting.get()]
        while not self._waiting.empty() and len(taken) < _MOST_AT_ONCE and taken[-1] is not None:
            taken.append(self._waiting.get())
        return taken
