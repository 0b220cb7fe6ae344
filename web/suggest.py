"""Completions of a question that is being typed."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from search.suggest import DEFAULT_SUGGESTIONS
from web.parameters import suggestion_query
from web.services import engine

blueprint = Blueprint("suggest", __name__)


@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    """Questions and names that begin with, or hold, what is typed."""
    typed, limit = suggestion_query(request, DEFAULT_SUGGESTIONS)
    found = engine().suggest(typed, limit)
    return jsonify({"query": typed.strip(), "suggestions": [each.to_json() for each in found]})
