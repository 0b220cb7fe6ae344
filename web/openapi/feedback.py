"""``/api/v1/feedback``."""

from __future__ import annotations

from web.openapi.parts import (
    FORMS,
    JSON,
    OF_INDEX,
    Json,
    answer,
    codes_of_parameters,
    errors,
)

QUERY_ID: Json = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
_ARTICLE_ID: Json = {"type": "string", "minLength": 1}
_HELPFUL: Json = {"enum": [True, False, 0, 1]}
_HELPFUL_AS_TEXT: Json = {"type": "string", "enum": ["0", "1", "false", "true"]}
_EXAMPLE: Json = {
    "query_id": "5f0c7d1e4b6a4f0f9b7e6d5c4b3a2918",
    "article_id": "huabei-tiqian-huankuan",
    "helpful": True,
}


def _body(helpful: Json, example: object) -> Json:
    properties = {
        "query_id": {**QUERY_ID, "description": "of the search response that had the article"},
        "article_id": {**_ARTICLE_ID, "description": "of the article that helped or did not"},
        "helpful": {**helpful, "description": "whether it did"},
    }
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"schema": schema, "example": {**_EXAMPLE, "helpful": example}}


PATHS: Json = {
    "/api/v1/feedback": {
        "post": {
            "operationId": "feedback",
            "summary": "Keep whether an article helped with a question",
            "description": "A second vote on the same article of the same answer takes the place "
            "of the first. Nothing is kept of who gave it. A parameter may stand in the address "
            "instead, but not in both.",
            "requestBody": {
                "required": True,
                "content": {
                    JSON: _body(_HELPFUL, True),
                    **{form: _body(_HELPFUL_AS_TEXT, "true") for form in FORMS},
                },
            },
            "responses": {
                "200": answer("What was kept.", "Feedback", _EXAMPLE),
                **errors(
                    of_400=codes_of_parameters("body_invalid", "parameter_missing"),
                    of_403=("cross_site",),
                    of_404=("article_not_found",),
                    of_415=("media_type_unsupported",),
                    of_503=(*OF_INDEX, "feedback_unavailable"),
                ),
            },
        }
    }
}
