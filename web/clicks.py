"""Clicks as requests show them: the links of results name the search that they are from."""

from __future__ import annotations

import re

from flask import Request

from search.response import SearchResponse
from web.services import services
from web.state.clicks import Click

# Of an article's address, behind a page of results.
FROM = "from"
_QUERY_ID = re.compile(r"[0-9a-f]{32}")


def mark_of(response: SearchResponse) -> str | None:
    """What the links of a page of results carry; None where nothing would be kept of it."""
    # Later pages are the same question again, and not in the query log.
    return response.query_id if services().queries is not None and response.offset == 0 else None


def note_click(request: Request, article_id: str) -> None:
    """Keep that an article was opened from results, where the query log is on.

    It is written beside the request, which neither waits for it nor fails with it.
    """
    queries, query_id = services().queries, request.args.get(FROM, "")
    # A browser that loads ahead, or a program that asks for the head, reads nothing.
    ahead = request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", "")
    if queries is not None and not ahead and _QUERY_ID.fullmatch(query_id):
        queries.clicked(Click(query_id, article_id))
