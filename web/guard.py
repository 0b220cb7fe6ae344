"""What stands between a browser and the site: headers, limits, forms of other sites."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, RequestHeaderFieldsTooLarge, RequestURITooLarge

from web.body import MAX_BODY_BYTES, refuse_large_body
from web.problems import CrossSiteError

# The longest question takes 3,000 bytes in an address.
MAX_ADDRESS_BYTES = 8 * 1024
MAX_HEADER_BYTES = 16 * 1024
MAX_HEADERS = 64

_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Questions stand in addresses: other sites do not get to see them.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_READING = {"GET", "HEAD", "OPTIONS"}


def guard(app: Flask) -> None:
    """Put the limits before and the headers behind every request of the app."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES + 1
    app.before_request(_refuse_long_heads)
    app.before_request(_refuse_broken_queries)
    app.before_request(lambda: refuse_large_body(request))
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)


def _refuse_long_heads() -> None:
    """The server itself has limits too, some ten times as wide."""
    if len(request.path.encode()) + len(request.query_string) > MAX_ADDRESS_BYTES:
        raise RequestURITooLarge
    headers = list(request.headers)
    length = sum(len(name) + len(value) for name, value in headers)
    if len(headers) > MAX_HEADERS or length > MAX_HEADER_BYTES:
        raise RequestHeaderFieldsTooLarge


def _refuse_broken_queries() -> None:
    """Bytes that are no UTF-8; what percent signs stand for may be anything."""
    try:
        request.query_string.decode()
    except UnicodeDecodeError:
        raise BadRequest from None


def _refuse_other_sites() -> None:
    """Let nothing be changed by a page of another site.

    Browsers say where a request comes from; a program that says nothing may pass, for
    it carries no visitor's cookie.
    """
    if request.method in _READING:
        return
    fetched_from = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if fetched_from is not None:
        allowed = fetched_from in {"same-origin", "none"}
    else:
        allowed = origin is None or _host_of(origin) == request.host
    if not allowed:
        raise CrossSiteError


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _add_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
