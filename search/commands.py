"""`loanfaq search` and `loanfaq related`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from indexer.options import echo_json, index_option, json_option
from search.dated import DEFAULT_MONTHS, MOST_MONTHS, Ageing

limit_option = click.option(
    "-k",
    "--limit",
    type=click.IntRange(1, 50),
    default=10,
    show_default=True,
    metavar="N",
    help="How many to show.",
)


@click.command("search")
@click.argument("text", nargs=-1, metavar="[TEXT]...")
@index_option
@limit_option
@click.option(
    "--offset",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Pass over the first N hits.",
)
@click.option("--category", metavar="NAME", help="Only articles of this category.")
@click.option(
    "--mode",
    type=click.Choice(["hybrid", "semantic", "keyword"]),
    default="hybrid",
    show_default=True,
    help="Rank by both retrievers, by vectors alone or by words alone.",
)
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SCORE",
    help="Leave out hits below, 0 to 1.",
)
@click.option(
    "--dated-after",
    type=click.IntRange(1, MOST_MONTHS),
    envvar="LOANFAQ_DATED_AFTER_MONTHS",
    default=DEFAULT_MONTHS,
    show_default=True,
    metavar="MONTHS",
    help="Say so of contents checked longer ago (environment: LOANFAQ_DATED_AFTER_MONTHS).",
)
@click.option("--explain", is_flag=True, help="Say how each hit came to its place.")
@click.option("--literal", is_flag=True, help="Answer what is written; correct nothing.")
@json_option
def search_command(
    text: tuple[str, ...],
    index_folder: Path,
    limit: int,
    offset: int,
    category: str | None,
    mode: str,
    min_score: float,
    dated_after: int,
    explain: bool,
    literal: bool,
    as_json: bool,
) -> None:
    """Answer a question, the best passage first.

    Without TEXT questions are read from standard input, one a line; with --json every line
    is answered by one line. The exit status is 1 where nothing answers TEXT.
    """
    from search.engine import SearchEngine
    from search.query import Query
    from search.response import SearchResponse
    from search.terminal import format_response

    def parse(question: str) -> Query:
        return Query.parse(
            question,
            limit=limit,
            offset=offset,
            category=category,
            mode=mode,
            min_score=min_score,
            explain=explain,
            literal=literal,
        )

    def answer_from(engine: SearchEngine) -> Callable[[Query], SearchResponse]:
        ageing = Ageing(dated_after)
        return lambda query: ageing.mark(engine.search(query))

    if text:
        from indexer.errors import QueryError

        try:
            query = parse(" ".join(text))
        except QueryError as error:
            raise click.UsageError(str(error)) from None
        response = answer_from(SearchEngine.open(index_folder))(query)
        if as_json:
            echo_json(response.to_json())
        else:
            click.echo(format_response(response))
        if response.status == "none":
            click.get_current_context().exit(1)
    else:
        from search.conversation import answer_lines

        answer = answer_from(SearchEngine.open(index_folder))
        answer_lines(answer, sys.stdin, parse, as_json=as_json)


@click.command("related")
@click.argument("article_id", metavar="ID")
@index_option
@limit_option
@json_option
def related_command(article_id: str, index_folder: Path, limit: int, as_json: bool) -> None:
    """List the articles nearest to one article (大家还在看)."""
    from search.engine import SearchEngine
    from search.response import related_to_json
    from search.terminal import format_related

    if not 1 <= limit <= 10:
        raise click.BadParameter("must be from 1 to 10", param_hint="-k")
    related = SearchEngine.open(index_folder).related(article_id, limit)
    if as_json:
        echo_json(related_to_json(article_id, related))
    else:
        click.echo(format_related(related))
