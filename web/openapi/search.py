"""``/api/v1/search``."""

from __future__ import annotations

from search.query import MAX_CHARACTERS, MAX_LIMIT, MAX_OFFSET
from web.openapi.parts import (
    FORMS,
    JSON,
    Json,
    answer,
    codes_of_query,
    errors,
    or_empty,
    query_parameter,
)
from web.openapi.schemas import MODE

QUESTION: Json = {
    "type": "string",
    "minLength": 1,
    "maxLength": MAX_CHARACTERS,
    # At least one letter, character or digit.
    "pattern": r"[\p{L}\p{N}]",
}
_LIMIT: Json = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 10}
_OFFSET: Json = {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0}
_MIN_SCORE: Json = {"type": "number", "minimum": 0, "maximum": 1, "default": 0}
_SWITCH: Json = {"type": "string", "enum": ["0", "1", "false", "true"], "default": "0"}

# Name, schema, description, example.
_PARAMETERS: tuple[tuple[str, Json, str, object], ...] = (
    ("q", QUESTION, "the question", "花呗可以提前还款吗"),
    ("limit", _LIMIT, "hits on a page", 3),
    ("offset", _OFFSET, "hits to pass over", 0),
    ("category", {"type": "string"}, "only articles of this category", "花呗"),
    ("mode", {**MODE, "default": "hybrid"}, "whose order counts", "hybrid"),
    ("min_score", _MIN_SCORE, "leave out hits below this score; applied last", 0.1),
    ("explain", _SWITCH, "say how each hit came to its place", "1"),
    ("literal", _SWITCH, "answer what is written; correct nothing", "1"),
)
_EXAMPLE: Json = {
    "query": "花呗可以提前还款吗",
    "corrected_query": None,
    "status": "answered",
    "total": 28,
    "limit": 1,
    "offset": 0,
    "took_ms": 3.1,
    "index_version": "20261012T080000000000Z-1f2e",
    "query_id": "5f0c7d1e4b6a4f0f9b7e6d5c4b3a2918",
    "notices": [],
    "hits": [
        {
            "id": "huabei-tiqian-huankuan",
            "title": "花呗可以提前还款吗",
            "url": "/articles/huabei-tiqian-huankuan#s0-1",
            "category": "花呗",
            "published": "2026-10-12",
            "excerpt_only": False,
            "as_of": "2026-09",
            "dated": False,
            "score": 0.99,
            "scores": {"vector": 0.79, "keyword": 0.61, "wording": 0.55},
            "answer": {
                "text": "可以，在账单页选提前还款。",
                "heading": "",
                "anchor": "s0-1",
                "highlights": [[8, 12]],
            },
            "duplicates": [],
        }
    ],
    "facets": {"category": {"花呗": 12}},
    "suggestions": None,
}
_RESPONSES: Json = {
    "200": answer("Ranked answers.", "SearchResponse", _EXAMPLE),
    **errors(
        of_400=codes_of_query(
            "limit_out_of_range", "offset_out_of_range", "mode_unknown", "min_score_out_of_range"
        )
    ),
}


def _in_json(schema: Json, name: str) -> Json:
    """A parameter in a JSON object: null says that it is not given."""
    if name == "q":
        return schema
    if schema is _SWITCH:
        return {"enum": [True, False, 0, 1, None]}
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def _body(*, as_json: bool) -> Json:
    properties = {
        name: {
            **(_in_json(schema, name) if as_json else or_empty(schema)),
            "description": description,
        }
        for name, schema, description, _ in _PARAMETERS
    }
    schema = {
        "type": "object",
        "properties": properties,
        "required": ["q"],
        "additionalProperties": False,
    }
    example = {name: example for name, _, _, example in _PARAMETERS}
    if as_json:
        example |= {"explain": True, "literal": True}
    return {"schema": schema, "example": example}


PATHS: Json = {
    "/api/v1/search": {
        "get": {
            "operationId": "search",
            "summary": "Ranked answers to a question",
            "parameters": [
                query_parameter(name, schema, description, example, required=name == "q")
                for name, schema, description, example in _PARAMETERS
            ],
            "responses": _RESPONSES,
        },
        "post": {
            "operationId": "searchByBody",
            "summary": "Ranked answers to a question, asked in a body",
            "description": "A parameter may stand in the address instead, but not in both.",
            "requestBody": {
                "required": True,
                "content": {
                    JSON: _body(as_json=True),
                    **{form: _body(as_json=False) for form in FORMS},
                },
            },
            "responses": {
                **_RESPONSES,
                **errors(
                    of_400=codes_of_query(
                        "body_invalid",
                        "limit_out_of_range",
                        "offset_out_of_range",
                        "mode_unknown",
                        "min_score_out_of_range",
                    ),
                    of_403=("cross_site",),
                    of_415=("media_type_unsupported",),
                ),
            },
        },
    }
}
