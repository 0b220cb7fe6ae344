"""Schemas of explanations: how a question was read, and how a hit came to its place."""

from __future__ import annotations

from typing import get_args

from indexer.article import PassageKind
from search.explanation.sums import Method
from search.passage.features import Feature
from search.passage.question_type import QuestionType
from search.passage.shown import Reason
from search.response import Status
from search.spelling.candidates import EditKind
from web.openapi.parts import Json, refer
from web.openapi.shapes import (
    ANCHOR,
    NUMBER,
    PLACE,
    SHARE,
    SIGNED,
    TEXT,
    WORDS,
    a_list,
    an_object,
    one_of,
    or_null,
)

_SUM = an_object(
    {
        "method": one_of(
            Method,
            "logistic: score = 1 / (1 + exp(-sum)); relative: score = first.likelihood * "
            "exp(sum - first.sum); the others: score = sum",
        ),
        "terms": a_list(
            an_object(
                {
                    "name": TEXT,
                    "value": NUMBER,
                    "weight": NUMBER,
                    "score": NUMBER,
                    "rank": PLACE,
                },
                "weight",
                "score",
                "rank",
            )
        ),
        "sum": NUMBER,
        "first": an_object({"sum": NUMBER, "likelihood": SHARE}),
        "score": SHARE,
        "formula": TEXT,
    },
    "first",
    description="A score with what it is made of: the values of the terms add up to sum.",
)
_UNDERSTANDING = an_object(
    {
        "products": WORDS,
        "numbers": WORDS,
        "contrasts": {"type": "object", "additionalProperties": WORDS},
    },
    description="What a question or an article is about, as far as it was understood.",
)
_HIT_EXPLANATION = an_object(
    {
        "retrieved": a_list(
            an_object(
                {
                    "retriever": {"enum": ["vector", "keyword"]},
                    "score": SHARE,
                    "rank": PLACE,
                    "anchor": ANCHOR,
                    "kind": one_of(PassageKind),
                    "text": TEXT,
                }
            )
        ),
        "fusion": refer("Sum"),
        "passage": an_object(
            {
                "reason": one_of(Reason),
                "type": {"enum": [*get_args(QuestionType), None]},
                "score": NUMBER,
                "lead_score": NUMBER,
                "terms": a_list(
                    an_object(
                        {
                            "name": one_of(Feature),
                            "value": NUMBER,
                            "lead_value": NUMBER,
                        }
                    )
                ),
                "asked": WORDS,
                "told": WORDS,
                "lead_told": WORDS,
            }
        ),
        "agreement": an_object(
            {
                "product": SIGNED,
                "numbers": SIGNED,
                "contrasts": SIGNED,
                "against": NUMBER,
                "about": refer("Understanding"),
            }
        ),
    },
    description="With explain=1: each retriever's best passage, the score as a sum, why this "
    "passage is shown, and how far the article agrees with what the question is about.",
)
_QUERY_EXPLANATION = an_object(
    {
        "canonical": TEXT,
        "tokens": WORDS,
        "stop_words": WORDS,
        "aliases": a_list(an_object({"written": TEXT, "name": TEXT})),
        "clauses": a_list(an_object({"text": TEXT, "weight": SHARE})),
        "expansions": {
            "type": "object",
            "additionalProperties": a_list(an_object({"word": TEXT, "weight": SHARE})),
        },
        "about": refer("Understanding"),
        "status": one_of(Status),
        "confidence": or_null(refer("Sum")),
        "suggest_from": {"type": ["number", "null"]},
        "answer_from": {"type": ["number", "null"]},
        "correction": or_null(
            an_object(
                {
                    "text": TEXT,
                    "gain": {"type": "number", "description": "nats"},
                    "edits": a_list(
                        an_object(
                            {
                                "written": TEXT,
                                "meant": TEXT,
                                "kind": one_of(EditKind),
                                "cost": {"type": "number", "minimum": 0, "description": "nats"},
                            }
                        )
                    ),
                    "confidence_as_written": SHARE,
                    "confidence_corrected": SHARE,
                }
            )
        ),
    },
    description="With explain=1: how the question was read, and what the status rests on.",
)

EXPLANATION_SCHEMAS: Json = {
    "HitExplanation": _HIT_EXPLANATION,
    "QueryExplanation": _QUERY_EXPLANATION,
    "Sum": _SUM,
    "Understanding": _UNDERSTANDING,
}
