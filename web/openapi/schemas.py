"""Schemas of what the endpoint gives. Objects hold exactly what is listed here."""

from __future__ import annotations

from indexer.store.suggestions import MAX_SUGGESTIONS, SuggestionKind
from search.query import MAX_LIMIT, MAX_OFFSET
from search.response import Mode, Status
from web.openapi.article_schemas import ARTICLE_SCHEMAS
from web.openapi.explanations import EXPLANATION_SCHEMAS
from web.openapi.parts import Json, refer
from web.openapi.shapes import (
    ANCHOR,
    COUNT,
    DATE,
    DATED,
    MONTH,
    PLACE,
    SHARE,
    TEXT,
    WORDS,
    a_list,
    an_object,
    one_of,
    or_null,
)

_ANSWER = an_object(
    {
        "text": TEXT,
        "heading": TEXT,
        "anchor": ANCHOR,
        "highlights": a_list(a_list(COUNT, minItems=2, maxItems=2)),
    },
    description="The passage that answers; highlights are ranges [start, end) of text, in "
    "Unicode code points, ascending and apart.",
)
_HIT = an_object(
    {
        "id": TEXT,
        "title": TEXT,
        "url": {"type": "string", "description": "path on this site, at the passage"},
        "category": TEXT,
        "published": DATE,
        "excerpt_only": {"type": "boolean"},
        "as_of": MONTH,
        "dated": DATED,
        "score": SHARE,
        "scores": an_object(
            {"vector": SHARE, "keyword": SHARE, "wording": SHARE}, "vector", "keyword", "wording"
        ),
        "answer": refer("Answer"),
        "duplicates": WORDS,
        "explanation": refer("HitExplanation"),
    },
    "explanation",
    description="One article; higher is better in every score. duplicates are ids of articles "
    "that were found as well and say the same.",
)
_SEARCH = an_object(
    {
        "query": TEXT,
        "corrected_query": {
            "type": ["string", "null"],
            "description": "what was answered, where the question seemed misspelt",
        },
        "status": one_of(
            Status,
            "answered: the first hit is likely right; suggested: it may be; none: nothing answers",
        ),
        "total": COUNT,
        "limit": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
        "offset": {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET},
        "took_ms": {"type": "number", "minimum": 0},
        "index_version": TEXT,
        "query_id": TEXT,
        "notices": a_list(an_object({"kind": TEXT, "text": TEXT})),
        "hits": a_list(refer("Hit"), maxItems=MAX_LIMIT),
        "facets": an_object({"category": {"type": "object", "additionalProperties": PLACE}}),
        "suggestions": or_null(refer("WaysOn")),
        "explanation": refer("QueryExplanation"),
    },
    "explanation",
)
_WAYS_ON = an_object(
    {
        "categories": a_list(an_object({"name": TEXT, "url": TEXT})),
        "questions": a_list(an_object({"id": TEXT, "title": TEXT, "url": TEXT})),
    },
    description="Where the status is none: categories that the question is near to, and "
    "popular questions. None of it is an answer.",
)
_SUGGESTIONS = an_object(
    {
        "query": TEXT,
        "suggestions": a_list(
            an_object({"kind": one_of(SuggestionKind), "text": TEXT, "url": TEXT}),
            maxItems=MAX_SUGGESTIONS,
        ),
    }
)
_ERROR = an_object(
    {
        "error": an_object(
            {
                "status": {"type": "integer", "minimum": 400, "maximum": 599},
                "code": {"type": "string", "pattern": "^[a-z_]+$"},
                "message": {"type": "string", "minLength": 1, "description": "for people"},
            }
        )
    },
    description="The one shape of every error.",
)

SCHEMAS: Json = {
    **ARTICLE_SCHEMAS,
    **EXPLANATION_SCHEMAS,
    "Answer": _ANSWER,
    "Error": _ERROR,
    "Feedback": an_object({"query_id": TEXT, "article_id": TEXT, "helpful": {"type": "boolean"}}),
    "Health": an_object({"status": {"const": "ok"}, "index_version": TEXT, "articles": COUNT}),
    "Hit": _HIT,
    "Likes": an_object({"id": TEXT, "likes": COUNT}),
    "SearchResponse": _SEARCH,
    "Suggestions": _SUGGESTIONS,
    "WaysOn": _WAYS_ON,
}
MODE = one_of(Mode, "both retrievers, vectors alone or words alone")
