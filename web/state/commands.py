"""``loanfaq feedback``. What it needs is imported when it runs, to keep ``--help`` quick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.options import echo_json, json_option
from web.options import state_option

if TYPE_CHECKING:
    from web.state.report import StateReport


@click.command("feedback")
@state_option
@click.option(
    "-n",
    "--most",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="How many articles and questions to list.",
)
@json_option
def feedback(state_folder: Path | None, most: int, as_json: bool) -> None:
    """Show what visitors left: likes, and whether answers helped.

    Where the query log is on (LOANFAQ_QUERY_LOG=1), the questions answered worst are listed
    too: those that nothing was found for, and those whose answers did not help.
    """
    import dataclasses

    from indexer.errors import InputError
    from web.settings import read_settings
    from web.state.database import StateDatabase
    from web.state.faults import StateError
    from web.state.report import report

    try:
        folder = read_settings(state=state_folder).state
    except InputError as error:
        raise click.UsageError(str(error)) from None
    database = StateDatabase(folder)
    if not database.path.exists():
        raise StateError(f"{database.path}: no such file; nothing was left there yet")
    found = report(database, most)
    if as_json:
        echo_json(dataclasses.asdict(found))
    else:
        _print(found)


def _print(found: StateReport) -> None:
    if not found.articles and not found.questions:
        click.echo("nothing was left yet")
    if found.articles:
        click.echo(" likes  helpful  unhelpful  article")
    for each in found.articles:
        click.echo(f"{each.likes:6}  {each.helpful:7}  {each.unhelpful:9}  {each.article_id}")
    if found.questions:
        click.echo("\n asked  unanswered  unhelpful  question")
    for question in found.questions:
        counts = f"{question.asked:6}  {question.unanswered:10}  {question.unhelpful:9}"
        click.echo(f"{counts}  {question.query}")
