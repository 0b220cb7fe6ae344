"""A line to the log for each request: what was asked for, never who asked."""

from __future__ import annotations

import logging
import time
from urllib.parse import parse_qsl

from flask import Flask, Response, g, request

from web.logs import ACCESS
from web.masking import mask

_log = logging.getLogger(ACCESS)
_MOST_PARAMETERS = 50


def log_access(app: Flask) -> None:
    """Log every request of the app; to be called before anything that may refuse one."""
    app.before_request(_start)
    app.after_request(_write)


def route() -> str:
    """The template of the address at hand, such as ``/articles/<article_id>``."""
    return request.url_rule.rule if request.url_rule is not None else "(none)"


def seconds() -> float:
    """How long the request at hand has taken so far."""
    started: float = g.started
    return time.perf_counter() - started


def _start() -> None:
    g.started = time.perf_counter()


def _write(response: Response) -> Response:
    if not _log.disabled:
        fields = {
            "method": request.method,
            "route": route(),
            "path": request.path,
            "query": _query(),
            "status": response.status_code,
            "ms": round(seconds() * 1000, 2),
            "bytes": response.content_length,
        }
        _log.info("request", extra={"fields": fields})
    return response


def _query() -> str:
    """The query string in readable form, each value masked by itself."""
    given = request.query_string.decode("ascii", "replace")
    try:
        pairs = parse_qsl(given, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        return f"(more than {_MOST_PARAMETERS} parameters)"
    return "&".join(f"{mask(name)}={mask(value)}" for name, value in pairs)
