"""A name for each request, on its answer and in every line of the log about it."""

from __future__ import annotations

import re
import secrets

from flask import Flask, Response, g, has_request_context, request

from web.masking import mask

_HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{1,64}")
# As programs make them: long runs of digits are chance there.
_HEXADECIMAL = re.compile(r"(?=.*[A-Fa-f])[0-9A-Fa-f-]{16,64}")


def name_requests(app: Flask) -> None:
    """Name every request of the app; to be called before anything that logs."""
    app.before_request(_name)
    app.after_request(_tell)


def request_id() -> str | None:
    """The name of the request at hand, if there is one."""
    return getattr(g, "request_id", None) if has_request_context() else None


def accepted(given: str) -> bool:
    """Whether a name that a client gave may be taken into the log as it is."""
    if not _WELL_FORMED.fullmatch(given):
        return False
    return bool(_HEXADECIMAL.fullmatch(given)) or mask(given) == given


def _name() -> None:
    given = request.headers.get(_HEADER, "")
    g.request_id = given if accepted(given) else secrets.token_hex(8)


def _tell(response: Response) -> Response:
    response.headers[_HEADER] = g.request_id
    return response
