"""``/api/v1/articles/{id}`` and what belongs to one article."""

from __future__ import annotations

from web.api import MOST_RELATED
from web.openapi.parts import (
    CODES,
    OF_INDEX,
    Json,
    answer,
    codes_of_parameters,
    errors,
    query_parameter,
)

_ID: Json = {
    "name": "article_id",
    "in": "path",
    "required": True,
    "description": "id of the article",
    "schema": {"type": "string", "minLength": 1},
    "example": "huabei-tiqian-huankuan",
}
_LIMIT: Json = {
    "type": "integer",
    "minimum": 1,
    "maximum": MOST_RELATED,
    "default": MOST_RELATED,
}
_ARTICLE: Json = {
    "id": "huabei-tiqian-huankuan",
    "title": "花呗可以提前还款吗",
    "category": "花呗",
    "published": "2026-10-12",
    "url": "",
    "tags": ["花呗", "提前还款"],
    "excerpt_only": False,
    "as_of": "2026-09",
    "dated": False,
    "likes": 3,
    "text": "可以，在账单页选提前还款。",
    "sections": [
        {
            "heading": "",
            "anchor": "s0",
            "blocks": [
                {
                    "kind": "paragraph",
                    "number": None,
                    "text": "可以，在账单页选提前还款。",
                    "anchor": "s0-1",
                }
            ],
        }
    ],
}
_RELATED: Json = {
    "id": "huabei-tiqian-huankuan",
    "related": [
        {
            "id": "jiebei-tiqian-huankuan",
            "title": "借呗可以提前还款吗",
            "url": "/articles/jiebei-tiqian-huankuan",
            "category": "借呗",
            "published": "2026-10-12",
            "excerpt_only": False,
            "excerpt": "可以提前还。",
            "score": 0.81,
            "reason": "same_problem",
        }
    ],
}
_NOT_FOUND = tuple(CODES[404])

PATHS: Json = {
    "/api/v1/articles/{article_id}": {
        "get": {
            "operationId": "article",
            "summary": "One article with its structure, its text and its likes",
            "parameters": [_ID],
            "responses": {
                "200": answer("The article.", "Article", _ARTICLE),
                **errors(of_404=_NOT_FOUND),
            },
        }
    },
    "/api/v1/articles/{article_id}/related": {
        "get": {
            "operationId": "related",
            "summary": "Articles to read beside one",
            "parameters": [_ID, query_parameter("limit", _LIMIT, "how many at most", 3)],
            "responses": {
                "200": answer("Near ones that differ from one another.", "Related", _RELATED),
                **errors(of_400=codes_of_parameters("limit_out_of_range"), of_404=_NOT_FOUND),
            },
        }
    },
    "/api/v1/articles/{article_id}/like": {
        "post": {
            "operationId": "like",
            "summary": "Count a visitor's like of an article, once",
            "description": "A visitor is a random cookie, which the first like sets.",
            "parameters": [_ID],
            "responses": {
                "200": answer(
                    "Likes, this one counted.",
                    "Likes",
                    {"id": "huabei-tiqian-huankuan", "likes": 3},
                ),
                **errors(
                    of_403=("cross_site",),
                    of_404=_NOT_FOUND,
                    of_503=(*OF_INDEX, "likes_unavailable"),
                ),
            },
        }
    },
}
