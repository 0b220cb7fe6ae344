"""The pages: home, results, article, category."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from indexer.errors import QueryError
from search.dated import dated_text
from search.engine import SearchEngine
from search.query import Query
from search.response import REASON_LABELS, WaysOn
from web.asking import ask
from web.clicks import mark_of, note_click
from web.feedback import RETURN_PARAMETERS, feedback_of, give
from web.likes import like, likes_of, remember
from web.outline import outline
from web.paging import Page, offset_of, page_number
from web.problems import CategoryNotFoundError
from web.services import engine, services

blueprint = Blueprint("pages", __name__)

_RELATED = 10


@blueprint.get("/")
def home() -> str:
    """A search box, popular questions, categories."""
    return render_template("home.html", **_ways_in(engine()))


@blueprint.get("/search")
def search() -> Response | str:
    """Ranked answers, or a page that helps on where nothing answers."""
    typed = request.args.get("q", "")
    number = page_number(request.args.get("page"))
    size = services().settings.results_per_page
    current = engine()
    try:
        query = Query.parse(
            typed,
            limit=size,
            offset=offset_of(number, size),
            category=request.args.get("category") or None,
            literal=request.args.get("literal") == "1",
        )
    except QueryError as error:
        page = render_template("results.html", q=typed, refused=str(error), **_ways_in(current))
        return make_response(page, 400)
    response = ask(current, query)
    return render_template(
        "results.html",
        q=typed,
        response=response,
        mark=mark_of(response),
        category=query.category,
        literal=1 if query.literal else None,
        page=Page(number, size, response.total),
        thanks=request.args.get("thanks"),
        **(_ways_in(current, response.suggestions) if response.status == "none" else {}),
    )


@blueprint.get("/articles/<article_id>")
def article(article_id: str) -> str:
    """An article with its likes and related articles."""
    current = engine()
    found = current.article(article_id)
    note_click(request, article_id)
    return render_template(
        "article.html",
        article=found,
        parts=outline(found),
        dated=dated_text(found.as_of) if services().ageing.is_old(found.as_of) else "",
        likes=likes_of(article_id),
        related=current.related(article_id, _RELATED),
        reason_labels=REASON_LABELS,
    )


@blueprint.post("/articles/<article_id>/like")
def like_article(article_id: str) -> Response:
    """Count a like sent by a plain form, and go back to the article."""
    _, visitor = like(article_id)
    back = url_for(".article", article_id=article_id, _anchor="like")
    return remember(make_response(redirect(back, 303)), visitor)


@blueprint.post("/feedback")
def feedback() -> Response:
    """Keep feedback sent by a plain form, and go back to the results."""
    given = feedback_of(request, also=RETURN_PARAMETERS)
    give(given)
    back = url_for(
        ".search",
        q=request.form.get("q", ""),
        category=request.form.get("category") or None,
        literal="1" if request.form.get("literal") == "1" else None,
        thanks=given.article_id,
        _anchor="thanks",
    )
    return make_response(redirect(back, 303))


@blueprint.get("/categories/<path:name>")
def category(name: str) -> str:
    """The articles of a category, newest first."""
    current = engine()
    total = current.categories().get(name, 0)
    if not total:
        raise CategoryNotFoundError
    size = services().settings.results_per_page
    page = Page(page_number(request.args.get("page")), size, total)
    cards = current.articles_in(name, limit=size, offset=offset_of(page.number, size))
    return render_template("category.html", name=name, cards=cards, page=page)


def _ways_in(current: SearchEngine, ways: WaysOn | None = None) -> dict[str, object]:
    """What to offer who has no question yet, or whose question nothing answers.

    Of categories those that the question is near to; all where it is near to none.
    """
    categories = {name: count for name, count in current.categories().items() if name}
    popular = current.popular(services().settings.popular_questions)
    near = {name: categories[name] for name in ways.categories} if ways else {}
    return {"categories": near or categories, "near": bool(near), "popular": popular}
