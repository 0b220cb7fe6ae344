"""Static files with a hash of their content in the address, so that caches may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

_FOLDER = Path(__file__).parent / "static"


def fingerprint_assets(app: Flask) -> None:
    """Have ``url_for("static", …)`` name the content, and let caches keep what it names."""
    app.url_defaults(_add_fingerprint)
    app.after_request(_let_caches_keep)


@cache
def _fingerprint(filename: str) -> str:
    path = _FOLDER / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def _add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "filename" in values:
        values["v"] = _fingerprint(values["filename"])


def _let_caches_keep(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in {200, 304}:
        filename = (request.view_args or {})["filename"]
        exact = request.args.get("v") == _fingerprint(filename)
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if exact else "public, no-cache"
        )
    return response
