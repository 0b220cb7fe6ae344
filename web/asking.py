"""A search as a request asks it: answered, counted, and kept where the log is on."""

from __future__ import annotations

from search.engine import SearchEngine
from search.query import Query
from search.response import SearchResponse
from web.services import services


def ask(engine: SearchEngine, query: Query) -> SearchResponse:
    """Ranked answers to a question; neither counting nor keeping it makes it fail."""
    parts = services()
    response = parts.ageing.mark(engine.search(query))
    if parts.metrics is not None:
        parts.metrics.searched(response)
    # Later pages are the same question again.
    if parts.queries is not None and query.offset == 0:
        parts.queries.add(response)
    return response
