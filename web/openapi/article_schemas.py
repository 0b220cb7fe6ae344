"""Schemas of an article and of those related to it."""

from __future__ import annotations

from indexer.article import BlockKind
from indexer.reasons import RelatedReason
from web.openapi.parts import Json
from web.openapi.shapes import (
    ANCHOR,
    DATE,
    DATED,
    MONTH,
    SHARE,
    TEXT,
    WORDS,
    a_list,
    an_object,
    one_of,
)

_ARTICLE = an_object(
    {
        "id": TEXT,
        "title": TEXT,
        "category": TEXT,
        "published": DATE,
        "url": {"type": "string", "description": "as the source gave it: any text at all"},
        "tags": WORDS,
        "excerpt_only": {"type": "boolean"},
        "as_of": MONTH,
        "dated": DATED,
        "likes": {"type": ["integer", "null"], "minimum": 0},
        "text": TEXT,
        "sections": a_list(
            an_object(
                {
                    "heading": TEXT,
                    "anchor": ANCHOR,
                    "blocks": a_list(
                        an_object(
                            {
                                "kind": one_of(BlockKind),
                                "number": {"type": ["integer", "null"]},
                                "text": TEXT,
                                "anchor": ANCHOR,
                            }
                        )
                    ),
                }
            )
        ),
    },
    description="Offsets of passages count in text.",
)
_RELATED = an_object(
    {
        "id": TEXT,
        "related": a_list(
            an_object(
                {
                    "id": TEXT,
                    "title": TEXT,
                    "url": TEXT,
                    "category": TEXT,
                    "published": DATE,
                    "excerpt_only": {"type": "boolean"},
                    "excerpt": TEXT,
                    "score": SHARE,
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

ARTICLE_SCHEMAS: Json = {"Article": _ARTICLE, "Related": _RELATED}
