"""Bodies of requests: so many bytes and no more, also where nothing reads them."""

from __future__ import annotations

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

MAX_BODY_BYTES = 16 * 1024


def refuse_large_body(request: Request) -> None:
    """Read a body that comes in chunks, whose length shows only so; judge any by its length.

    Raises:
        RequestEntityTooLarge: it is longer than allowed.
    """
    length = request.content_length
    if length is None and "Transfer-Encoding" in request.headers:
        # Of a stream without an end, the framework gives no more than its own limit.
        length = len(request.get_data(cache=True))
    if (length or 0) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
