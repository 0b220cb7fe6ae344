"""``loanfaq feedback``. What it needs is imported when it runs, to keep ``--help`` quick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.options import echo_json, json_option
from web.options import state_option

if TYPE_CHECKING:
    from web.state.database import StateDatabase
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
@click.option(
    "--judged",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what votes and clicks say of the questions asked as judged questions instead.",
)
@click.option(
    "--clicks",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    metavar="N",
    help="With --judged: searches of one question that must have led to an article.",
)
@json_option
def feedback(
    state_folder: Path | None, most: int, judged: Path | None, clicks: int, as_json: bool
) -> None:
    """Show what visitors left: likes, and whether answers helped.

    Where the query log is on (LOANFAQ_QUERY_LOG=1), the questions answered worst are listed
    too: those that nothing was found for, and those whose answers did not help. Then --judged
    writes a JSONL file for 'loanfaq train', 'pairs --judgments' and 'evaluate': an article that
    more found helpful than not is graded 2, the other way round 0, one that only clicks speak
    for 1.
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
    if judged is not None:
        return _write_judged(database, judged, clicks, as_json)
    found = report(database, most)
    if as_json:
        echo_json(dataclasses.asdict(found))
    else:
        _print(found)


def _write_judged(database: StateDatabase, path: Path, clicks: int, as_json: bool) -> None:
    from indexer.errors import InputError
    from web.state.judged import judged_by_readers, to_lines

    found = judged_by_readers(database, clicks)
    try:
        path.write_text(to_lines(found.judgments), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror or error})") from error
    counts = {
        "questions": len(found.judgments),
        "votes": found.votes,
        "clicks": found.clicks,
        "unknown_votes": found.unknown_votes,
    }
    if as_json:
        return echo_json({"file": str(path)} | counts)
    click.echo(
        f"wrote {counts['questions']:,} judged questions to {path}: {found.votes:,} articles "
        f"graded by votes, {found.clicks:,} by clicks"
    )
    if found.unknown_votes:
        click.echo(
            f"{found.unknown_votes:,} votes on searches that the query log does not hold",
            err=True,
        )


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
