"""The JSON endpoint."""

from __future__ import annotations

import dataclasses

from flask import Blueprint, Response, jsonify, request

from indexer.article import Article
from search.response import date_to_json, related_to_json
from web.asking import ask
from web.feedback import feedback_of, give
from web.likes import like, likes_of, remember
from web.outline import outline
from web.parameters import limit_of, search_query
from web.services import engine, services

blueprint = Blueprint("api", __name__)

_PREFIX = "/api/v1"
MOST_RELATED = 10


@blueprint.route(f"{_PREFIX}/search", methods=["GET", "POST"])
def search() -> Response:
    """Ranked answers to a question."""
    return jsonify(ask(engine(), search_query(request)).to_json())


@blueprint.get(f"{_PREFIX}/articles/<article_id>")
def article(article_id: str) -> Response:
    """One article with its structure, its text and its likes."""
    return jsonify(_article_to_json(engine().article(article_id)))


@blueprint.get(f"{_PREFIX}/articles/<article_id>/related")
def related(article_id: str) -> Response:
    """The articles nearest to one."""
    limit = limit_of(request, default=MOST_RELATED, highest=MOST_RELATED)
    return jsonify(related_to_json(article_id, engine().related(article_id, limit)))


@blueprint.post(f"{_PREFIX}/articles/<article_id>/like")
def like_article(article_id: str) -> Response:
    """Count this visitor's like of an article, once."""
    likes, visitor = like(article_id)
    return remember(jsonify({"id": article_id, "likes": likes.count}), visitor)


@blueprint.post(f"{_PREFIX}/feedback")
def feedback() -> Response:
    """Keep whether an article helped with a question."""
    given = feedback_of(request)
    give(given)
    return jsonify(dataclasses.asdict(given))


@blueprint.get("/health")
def health() -> Response:
    """Whether questions can be answered, and from which index."""
    current = engine()
    count = current.manifest.counts.articles
    return jsonify({"status": "ok", "index_version": current.index_version, "articles": count})


def _article_to_json(article: Article) -> dict[str, object]:
    likes = likes_of(article.id)
    return {
        "id": article.id,
        "title": article.title,
        "category": article.category,
        "published": date_to_json(article.published),
        "url": article.url,
        "tags": list(article.tags),
        "excerpt_only": article.excerpt_only,
        "as_of": article.as_of,
        "dated": services().ageing.is_old(article.as_of),
        "likes": None if likes is None else likes.count,
        "text": article.text,
        "sections": [
            {
                "heading": part.heading,
                "anchor": part.anchor,
                "blocks": [
                    {
                        "kind": placed.block.kind,
                        "number": placed.block.number,
                        "text": placed.block.text,
                        "anchor": placed.anchor,
                    }
                    for run in part.runs
                    for placed in run.blocks
                ],
            }
            for part in outline(article)
        ],
    }
