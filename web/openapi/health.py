"""``/health`` and the document itself."""

from __future__ import annotations

from web.openapi.parts import JSON, Json, answer, errors

_EXAMPLE: Json = {
    "status": "ok",
    "index_version": "20261012T080000000000Z-1f2e",
    "articles": 417,
}

# Never limited: what watches over the site asks it.
_ERRORS = {status: response for status, response in errors().items() if status != "429"}

PATHS: Json = {
    "/health": {
        "get": {
            "operationId": "health",
            "summary": "Whether questions can be answered, and from which index",
            "responses": {"200": answer("They can.", "Health", _EXAMPLE), **_ERRORS},
        }
    },
    "/api/v1/openapi.json": {
        "get": {
            "operationId": "openapi",
            "summary": "This document",
            "responses": {
                "200": {
                    "description": "OpenAPI 3.1.",
                    "content": {
                        JSON: {
                            "schema": {
                                "type": "object",
                                "properties": {"openapi": {"const": "3.1.0"}},
                                "required": ["openapi", "info", "paths", "components"],
                            }
                        }
                    },
                },
                **errors(),
            },
        }
    },
}
