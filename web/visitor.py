"""The random cookie that keeps one visitor's like from counting twice."""

from __future__ import annotations

import re
import secrets

from flask import Request, Response

_COOKIE = "loanfaq_visitor"
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{22}")
_A_YEAR = 365 * 24 * 60 * 60


def known_visitor(request: Request) -> str | None:
    """The visitor that the request's cookie names, if it is one we made."""
    value = request.cookies.get(_COOKIE, "")
    return value if _WELL_FORMED.fullmatch(value) else None


def new_visitor() -> str:
    """A random name, made only when someone likes an article."""
    return secrets.token_urlsafe(16)


def remember_visitor(response: Response, visitor: str, *, secure: bool) -> None:
    """Give the visitor a cookie that scripts cannot read and other sites cannot send."""
    response.set_cookie(
        _COOKIE, visitor, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=secure
    )
