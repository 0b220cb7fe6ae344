"""A line to the log for each request, with personal numbers masked."""

from __future__ import annotations

import logging
import time
from urllib.parse import parse_qsl

from flask import Flask, Response, g, request

from web.masking import mask

_log = logging.getLogger("loanfaq.access")


def log_access(app: Flask) -> None:
    """Log method, path, query, status and milliseconds of every request of the app."""
    app.before_request(_start)
    app.after_request(_write)


def _start() -> None:
    g.started = time.perf_counter()


def _write(response: Response) -> Response:
    took_ms = (time.perf_counter() - g.started) * 1000
    _log.info("%s %s %d %.1f ms", request.method, _address(), response.status_code, took_ms)
    return response


def _address() -> str:
    """Path and query in readable form, each value masked by itself."""
    query = request.query_string.decode("ascii", "replace")
    pairs = parse_qsl(query, keep_blank_values=True)
    values = "&".join(f"{mask(name)}={mask(value)}" for name, value in pairs)
    return mask(request.path) + (f"?{values}" if values else "")
