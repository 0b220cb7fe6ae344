"""``/api/v1/openapi.json``."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from web.openapi.document import openapi_document

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """What this site answers, for programs that make clients and tests of it."""
    return jsonify(openapi_document())
