"""Schemas of what the endpoint gives. Objects hold exactly what is listed here."""

from __future__ import annotations

from typing import get_args

from indexer.article import BlockKind, PassageKind
from indexer.reasons import RelatedReason
from indexer.store.suggestions import MAX_SUGGESTIONS, SuggestionKind
from search.explanation.sums import Method
from search.passage.features import Feature
from search.passage.question_type import QuestionType
from search.passage.shown import Reason
from search.query import MAX_LIMIT, MAX_OFFSET
from search.response import Mode, Status
from search.spelling.candidates import EditKind
from web.openapi.parts import Json, refer

_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": "number"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_PLACE: Json = {"type": "integer", "minimum": 1}
_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_SIGNED: Json = {"type": "number", "minimum": -1, "maximum": 1}
_WORDS: Json = {"type": "array", "items": _TEXT}
_DATE: Json = {"type": ["string", "null"], "format": "date"}
_MONTH: Json = {
    "type": "string",
    "pattern": r"^(\d{4}-\d{2})?$",
    "description": "month until which dated claims were checked; empty where there are none",
}
_DATED: Json = {"type": "boolean", "description": "as_of is so long ago that readers are told"}
_ANCHOR: Json = {"type": "string", "pattern": r"^(s\d+(-\d+)?)?$"}


def one_of(values: object, description: str = "") -> Json:
    """One of the values of a Literal."""
    return {"enum": list(get_args(values)), **({"description": description} if description else {})}


def _object(properties: Json, *optional: str, description: str = "") -> Json:
    return {
        "type": "object",
        **({"description": description} if description else {}),
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _list(items: Json, **bounds: int) -> Json:
    return {"type": "array", "items": items, **bounds}


def _or_null(schema: Json) -> Json:
    return {"oneOf": [schema, {"type": "null"}]}


_ANSWER = _object(
    {
        "text": _TEXT,
        "heading": _TEXT,
        "anchor": _ANCHOR,
        "highlights": _list(_list(_COUNT, minItems=2, maxItems=2)),
    },
    description="The passage that answers; highlights are ranges [start, end) of text, in "
    "Unicode code points, ascending and apart.",
)
_HIT = _object(
    {
        "id": _TEXT,
        "title": _TEXT,
        "url": {"type": "string", "description": "path on this site, at the passage"},
        "category": _TEXT,
        "published": _DATE,
        "excerpt_only": {"type": "boolean"},
        "as_of": _MONTH,
        "dated": _DATED,
        "score": _SHARE,
        "scores": _object(
            {"vector": _SHARE, "keyword": _SHARE, "wording": _SHARE}, "vector", "keyword", "wording"
        ),
        "answer": refer("Answer"),
        "duplicates": _WORDS,
        "explanation": refer("HitExplanation"),
    },
    "explanation",
    description="One article; higher is better in every score. duplicates are ids of articles "
    "that were found as well and say the same.",
)
_SEARCH = _object(
    {
        "query": _TEXT,
        "corrected_query": {
            "type": ["string", "null"],
            "description": "what was answered, where the question seemed misspelt",
        },
        "status": one_of(
            Status,
            "answered: the first hit is likely right; suggested: it may be; none: nothing answers",
        ),
        "total": _COUNT,
        "limit": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
        "offset": {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET},
        "took_ms": {"type": "number", "minimum": 0},
        "index_version": _TEXT,
        "query_id": _TEXT,
        "notices": _list(_object({"kind": _TEXT, "text": _TEXT})),
        "hits": _list(refer("Hit"), maxItems=MAX_LIMIT),
        "facets": _object({"category": {"type": "object", "additionalProperties": _PLACE}}),
        "suggestions": _or_null(refer("WaysOn")),
        "explanation": refer("QueryExplanation"),
    },
    "explanation",
)
_WAYS_ON = _object(
    {
        "categories": _list(_object({"name": _TEXT, "url": _TEXT})),
        "questions": _list(_object({"id": _TEXT, "title": _TEXT, "url": _TEXT})),
    },
    description="Where the status is none: categories that the question is near to, and "
    "popular questions. None of it is an answer.",
)
_SUM = _object(
    {
        "method": one_of(
            Method,
            "logistic: score = 1 / (1 + exp(-sum)); relative: score = first.likelihood * "
            "exp(sum - first.sum); the others: score = sum",
        ),
        "terms": _list(
            _object(
                {
                    "name": _TEXT,
                    "value": _NUMBER,
                    "weight": _NUMBER,
                    "score": _NUMBER,
                    "rank": _PLACE,
                },
                "weight",
                "score",
                "rank",
            )
        ),
        "sum": _NUMBER,
        "first": _object({"sum": _NUMBER, "likelihood": _SHARE}),
        "score": _SHARE,
        "formula": _TEXT,
    },
    "first",
    description="A score with what it is made of: the values of the terms add up to sum.",
)
_UNDERSTANDING = _object(
    {
        "products": _WORDS,
        "numbers": _WORDS,
        "contrasts": {"type": "object", "additionalProperties": _WORDS},
    },
    description="What a question or an article is about, as far as it was understood.",
)
_HIT_EXPLANATION = _object(
    {
        "retrieved": _list(
            _object(
                {
                    "retriever": {"enum": ["vector", "keyword"]},
                    "score": _SHARE,
                    "rank": _PLACE,
                    "anchor": _ANCHOR,
                    "kind": one_of(PassageKind),
                    "text": _TEXT,
                }
            )
        ),
        "fusion": refer("Sum"),
        "passage": _object(
            {
                "reason": one_of(Reason),
                "type": {"enum": [*get_args(QuestionType), None]},
                "score": _NUMBER,
                "lead_score": _NUMBER,
                "terms": _list(
                    _object(
                        {
                            "name": one_of(Feature),
                            "value": _NUMBER,
                            "lead_value": _NUMBER,
                        }
                    )
                ),
                "asked": _WORDS,
                "told": _WORDS,
                "lead_told": _WORDS,
            }
        ),
        "agreement": _object(
            {
                "product": _SIGNED,
                "numbers": _SIGNED,
                "contrasts": _SIGNED,
                "about": refer("Understanding"),
            }
        ),
    },
    description="With explain=1: each retriever's best passage, the score as a sum, why this "
    "passage is shown, and how far the article agrees with what the question is about.",
)
_QUERY_EXPLANATION = _object(
    {
        "canonical": _TEXT,
        "tokens": _WORDS,
        "stop_words": _WORDS,
        "aliases": _list(_object({"written": _TEXT, "name": _TEXT})),
        "clauses": _list(_object({"text": _TEXT, "weight": _SHARE})),
        "expansions": {
            "type": "object",
            "additionalProperties": _list(_object({"word": _TEXT, "weight": _SHARE})),
        },
        "about": refer("Understanding"),
        "status": one_of(Status),
        "confidence": _or_null(refer("Sum")),
        "suggest_from": {"type": ["number", "null"]},
        "answer_from": {"type": ["number", "null"]},
        "correction": _or_null(
            _object(
                {
                    "text": _TEXT,
                    "gain": {"type": "number", "description": "nats"},
                    "edits": _list(
                        _object(
                            {
                                "written": _TEXT,
                                "meant": _TEXT,
                                "kind": one_of(EditKind),
                                "cost": {"type": "number", "minimum": 0, "description": "nats"},
                            }
                        )
                    ),
                    "confidence_as_written": _SHARE,
                    "confidence_corrected": _SHARE,
                }
            )
        ),
    },
    description="With explain=1: how the question was read, and what the status rests on.",
)
_SUGGESTIONS = _object(
    {
        "query": _TEXT,
        "suggestions": _list(
            _object({"kind": one_of(SuggestionKind), "text": _TEXT, "url": _TEXT}),
            maxItems=MAX_SUGGESTIONS,
        ),
    }
)
_ARTICLE = _object(
    {
        "id": _TEXT,
        "title": _TEXT,
        "category": _TEXT,
        "published": _DATE,
        "url": {"type": "string", "description": "as the source gave it: any text at all"},
        "tags": _WORDS,
        "excerpt_only": {"type": "boolean"},
        "as_of": _MONTH,
        "dated": _DATED,
        "likes": {"type": ["integer", "null"], "minimum": 0},
        "text": _TEXT,
        "sections": _list(
            _object(
                {
                    "heading": _TEXT,
                    "anchor": _ANCHOR,
                    "blocks": _list(
                        _object(
                            {
                                "kind": one_of(BlockKind),
                                "number": {"type": ["integer", "null"]},
                                "text": _TEXT,
                                "anchor": _ANCHOR,
                            }
                        )
                    ),
                }
            )
        ),
    },
    description="Offsets of passages count in text.",
)
_RELATED = _object(
    {
        "id": _TEXT,
        "related": _list(
            _object(
                {
                    "id": _TEXT,
                    "title": _TEXT,
                    "url": _TEXT,
                    "category": _TEXT,
                    "published": _DATE,
                    "excerpt_only": {"type": "boolean"},
                    "excerpt": _TEXT,
                    "score": _SHARE,
                    "reason": one_of(
                        RelatedReason,
                        "next_step: about a stage that follows; same_product: both titles name "
                        "one product; same_problem: both ask of a kind; related: near",
                    ),
                }
            )
        ),
    }
)
_ERROR = _object(
    {
        "error": _object(
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
    "Answer": _ANSWER,
    "Article": _ARTICLE,
    "Error": _ERROR,
    "Feedback": _object({"query_id": _TEXT, "article_id": _TEXT, "helpful": {"type": "boolean"}}),
    "Health": _object({"status": {"const": "ok"}, "index_version": _TEXT, "articles": _COUNT}),
    "Hit": _HIT,
    "HitExplanation": _HIT_EXPLANATION,
    "Likes": _object({"id": _TEXT, "likes": _COUNT}),
    "QueryExplanation": _QUERY_EXPLANATION,
    "Understanding": _UNDERSTANDING,
    "Related": _RELATED,
    "SearchResponse": _SEARCH,
    "Suggestions": _SUGGESTIONS,
    "Sum": _SUM,
    "WaysOn": _WAYS_ON,
}
MODE = one_of(Mode, "both retrievers, vectors alone or words alone")
