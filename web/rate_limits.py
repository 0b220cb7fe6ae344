"""How many requests one client may make, and what it is told when there are more."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from flask_limiter import ApplicationLimit, Limiter
from limits.errors import ConfigurationError
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.errors import InputError
from web.settings import Settings

_log = logging.getLogger("loanfaq.web")

# What a store that does not answer may cost a request; floats, whatever the annotation says.
_STORE_OPTIONS: dict[str, Any] = {"socket_timeout": 0.25, "socket_connect_timeout": 0.25}
_WRITES = ("api.like_article", "pages.like_article", "api.feedback", "pages.feedback")
_EXEMPT = ("api.health", "metrics")
_IPV6_NETWORK = 64


def limit_rates(app: Flask, settings: Settings) -> None:
    """Limit the rate of each client's requests to the app, as the settings say.

    Raises:
        InputError: the store is not what it should be.
    """
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        inner = app.wsgi_app
        app.wsgi_app = ProxyFix(inner, x_for=count, x_proto=count)  # type: ignore[method-assign]
    else:
        app.before_request(_UnheardProxy().look)
    limits = [
        ApplicationLimit(text, scope=scope, exempt_when=exempt)
        for text, scope, exempt in (
            (settings.rate_limit, "all", None),
            (settings.write_rate_limit, "writes", _reads),
        )
        if text
    ]
    if limits:
        app.after_request(_Wait(_limiter(app, settings.rate_limit_storage, limits)).tell)


def _limiter(app: Flask, store: str, limits: Sequence[ApplicationLimit]) -> Limiter:
    shared = not store.startswith("memory:")
    options = _STORE_OPTIONS if store.startswith(("redis", "valkey")) else {}
    try:
        limiter = Limiter(
            client,
            app=app,
            application_limits=[*limits],
            storage_uri=store,
            storage_options=options,
            strategy="fixed-window",
            # While a store is down, each worker counts by itself.
            in_memory_fallback_enabled=shared,
            swallow_errors=True,
            # Also for addresses that lead nowhere.
            request_identifier=lambda: request.endpoint or "(none)",
        )
    except (ConfigurationError, ValueError) as error:
        raise InputError(f"LOANFAQ_RATE_LIMIT_STORAGE: {error}") from None
    limiter.request_filter(lambda: request.endpoint in _EXEMPT)
    return limiter


def _reads() -> bool:
    return request.endpoint not in _WRITES


class _Wait:
    """Tells who is refused when to come back."""

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter

    def tell(self, response: Response) -> Response:
        broken = self._limiter.current_limit
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS and broken is not None:
            response.headers["Retry-After"] = str(max(1, broken.reset_at - int(time.time())))
        return response


class _UnheardProxy:
    """Says once that all readers look like one, where a proxy in front is not trusted."""

    def __init__(self) -> None:
        self._said = False

    def look(self) -> None:
        if not self._said and "X-Forwarded-For" in request.headers and _from_this_machine():
            self._said = True
            _log.warning(
                "a proxy on this machine passes requests on, and all count as one client's: "
                "set LOANFAQ_TRUSTED_PROXIES=1 if it is yours"
            )


def _from_this_machine() -> bool:
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def client() -> str:
    """Whom a limit counts: an IPv4 address, or the network of an IPv6 one."""
    address = request.remote_addr or ""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, _IPV6_NETWORK), strict=False))
