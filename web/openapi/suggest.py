"""``/api/v1/suggest``."""

from __future__ import annotations

from indexer.store.suggestions import MAX_SUGGESTIONS
from search.suggest import DEFAULT_SUGGESTIONS
from web.openapi.parts import Json, answer, codes_of_query, errors, query_parameter
from web.openapi.search import QUESTION

_LIMIT: Json = {
    "type": "integer",
    "minimum": 1,
    "maximum": MAX_SUGGESTIONS,
    "default": DEFAULT_SUGGESTIONS,
}
_EXAMPLE: Json = {
    "query": "花呗tq",
    "suggestions": [
        {
            "kind": "article",
            "text": "花呗可以提前还款吗",
            "url": "/articles/huabei-tiqian-huankuan",
        }
    ],
}

PATHS: Json = {
    "/api/v1/suggest": {
        "get": {
            "operationId": "suggest",
            "summary": "Completions of a question that is being typed",
            "description": "Products and categories, then titles that begin with what is typed, "
            "then titles that hold it from a word on: in characters, in pinyin (huabeiti), by "
            "pinyin initials (hbtq) or mixed (花呗tq).",
            "parameters": [
                query_parameter("q", QUESTION, "what is typed", "花呗tq", required=True),
                query_parameter("limit", _LIMIT, "how many at most", 5),
            ],
            "responses": {
                "200": answer("Completions, the best first.", "Suggestions", _EXAMPLE),
                **errors(of_400=codes_of_query("limit_out_of_range")),
            },
        }
    }
}
