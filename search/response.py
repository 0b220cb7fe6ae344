"""What a search gives back, from the terminal to the JSON endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from indexer.reasons import RelatedReason

if TYPE_CHECKING:
    from search.explanation import HitExplanation, QueryExplanation

Status = Literal["answered", "suggested", "none"]
Mode = Literal["hybrid", "semantic", "keyword"]

# What readers see of why an article is listed beside another one.
REASON_LABELS: Mapping[RelatedReason, str] = {
    "next_step": "下一步",
    "same_product": "同一产品",
    "same_problem": "同类问题",
    "related": "相关内容",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The passage that answers.

    Attributes:
        text: the passage, plain text; an introduced list has its items on lines of their own.
        heading: the heading it stands under; may be empty.
        anchor: where it stands in its article, such as ``s1-3``.
        highlights: ranges of characters to mark, ``[start, end)`` in ``text``,
            ascending and apart.
    """

    text: str
    heading: str
    anchor: str
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that says what a hit says, and was found as well."""

    id: str
    title: str

    @property
    def url(self) -> str:
        """Path of the article on the site."""
        return f"/articles/{quote(self.id)}"


@dataclass(frozen=True, slots=True)
class Hit:
    """One article among the results; higher is better in every score.

    Attributes:
        score: the fused score, in 0…1.
        scores: ``vector`` and ``keyword``, each in 0…1, for the retrievers that found it.
        duplicates: articles folded into this one, in their order.
        as_of: ``YYYY-MM`` until which dated claims were checked; empty where it makes none.
        dated: that is so long ago that readers are told.
        explanation: how it came to its place, if that was asked.
    """

    id: str
    title: str
    category: str
    published: date | None
    excerpt_only: bool
    score: float
    scores: Mapping[str, float]
    answer: Answer
    duplicates: tuple[Duplicate, ...] = ()
    explanation: HitExplanation | None = None
    as_of: str = ""
    dated: bool = False

    @property
    def url(self) -> str:
        """Path of the article on the site, at the passage that answers."""
        anchor = f"#{self.answer.anchor}" if self.answer.anchor else ""
        return f"/articles/{quote(self.id)}{anchor}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about the results."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class WaysOn:
    """Where to go on where nothing answers; none of it is an answer.

    Attributes:
        categories: names of the categories that the question is near to; may be empty.
        questions: popular ones.
    """

    categories: tuple[str, ...]
    questions: tuple[RelatedArticle, ...]

    def to_json(self) -> dict[str, object]:
        """The object that the JSON endpoint and ``--json`` give."""
        return {
            "categories": [
                {"name": name, "url": f"/categories/{quote(name)}"} for name in self.categories
            ],
            "questions": [
                {"id": each.id, "title": each.title, "url": f"/articles/{quote(each.id)}"}
                for each in self.questions
            ],
        }


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """Ranked answers to one question.

    Attributes:
        status: ``answered`` where the first hit is likely right, ``suggested`` where it
            may be, ``none`` where nothing in the collection answers.
        total: candidates after filters, ``min_score`` and folding, not only this page's.
        took_ms: milliseconds spent searching.
        index_version: id of the build that answered.
        facets: those candidates by category.
        suggestions: ways on; only where the status is ``none``.
        stages: milliseconds by stage of the search; for measuring, not part of the JSON.
        corrected_query: the question that was answered, where that is not the one asked.
        explanation: how the question was read and the status found, if that was asked.
    """

    query: str
    status: Status
    total: int
    limit: int
    offset: int
    took_ms: float
    index_version: str
    query_id: str
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    suggestions: WaysOn | None = None
    corrected_query: str | None = None
    stages: Mapping[str, float] = field(default_factory=dict)
    explanation: QueryExplanation | None = None

    def to_json(self) -> dict[str, object]:
        """The object that the JSON endpoint and ``--json`` give."""
        return {
            "query": self.query,
            "corrected_query": self.corrected_query,
            "status": self.status,
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
            "took_ms": round(self.took_ms, 2),
            "index_version": self.index_version,
            "query_id": self.query_id,
            "notices": [{"kind": n.kind, "text": n.text} for n in self.notices],
            "hits": [_hit_to_json(hit) for hit in self.hits],
            "facets": {name: dict(counts) for name, counts in self.facets.items()},
            "suggestions": self.suggestions.to_json() if self.suggestions else None,
            **_explained(self.explanation),
        }


def _hit_to_json(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "title": hit.title,
        "url": hit.url,
        "category": hit.category,
        "published": date_to_json(hit.published),
        "excerpt_only": hit.excerpt_only,
        "as_of": hit.as_of,
        "dated": hit.dated,
        "score": round(hit.score, 4),
        "scores": {name: round(score, 4) for name, score in hit.scores.items()},
        "answer": {
            "text": hit.answer.text,
            "heading": hit.answer.heading,
            "anchor": hit.answer.anchor,
            "highlights": [list(span) for span in hit.answer.highlights],
        },
        "duplicates": [each.id for each in hit.duplicates],
        **_explained(hit.explanation),
    }


def _explained(explanation: QueryExplanation | HitExplanation | None) -> dict[str, object]:
    return {"explanation": explanation.to_json()} if explanation else {}


def date_to_json(value: date | None) -> str | None:
    """``2023-04-22``, or None."""
    return value.isoformat() if value else None


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """An article near another one, with enough to show a card.

    Attributes:
        score: cosine similarity of the two articles, in 0…1.
        excerpt: the beginning of its body.
        reason: why it is listed beside the other one.
    """

    id: str
    title: str
    category: str
    published: date | None
    excerpt_only: bool
    excerpt: str
    score: float
    reason: RelatedReason

    def to_json(self) -> dict[str, object]:
        """The object that the JSON endpoint and ``--json`` give."""
        return {
            "id": self.id,
            "title": self.title,
            "url": f"/articles/{quote(self.id)}",
            "category": self.category,
            "published": date_to_json(self.published),
            "excerpt_only": self.excerpt_only,
            "excerpt": self.excerpt,
            "score": round(self.score, 4),
            "reason": self.reason,
        }


def related_to_json(article_id: str, related: Sequence[RelatedArticle]) -> dict[str, object]:
    """The object that ``/related`` and ``loanfaq related --json`` give."""
    return {"id": article_id, "related": [each.to_json() for each in related]}
