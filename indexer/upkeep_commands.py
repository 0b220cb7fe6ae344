"""`loanfaq add`, `loanfaq remove` and `loanfaq rollback`: an index kept up over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.options import (
    echo_json,
    index_option,
    json_option,
    keep_option,
    reading_options,
)

if TYPE_CHECKING:
    from indexer.pipeline import ChangeReport
    from indexer.reading import ReadOptions

_MOST_IDS = 10


@click.command("add")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@index_option
@reading_options
@click.option("--skip-bad", is_flag=True, help="Leave out what cannot be read, and list it.")
@keep_option
@json_option
def add_command(
    sources: tuple[str, ...],
    index_folder: Path,
    reading: ReadOptions,
    skip_bad: bool,
    keep: int,
    as_json: bool,
) -> None:
    """Read more sources into the index, and publish it.

    A SOURCE is what 'loanfaq index' takes. An article takes the place of another one with
    its id. A SOURCE that the index has already is read again, and what it no longer holds
    goes; standard input (-) only adds. What was said of columns, drafts and pages before
    holds still. All else stays as it is: the other sources, the encoder, the lexicon.
    """
    from indexer.pipeline import add_to_index

    report = add_to_index(
        sources, index_folder, reading=reading, skip_bad=skip_bad, keep_builds=keep
    )
    _print_changes(report, index_folder, as_json)


@click.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="ID_OR_SOURCE...")
@index_option
@keep_option
@json_option
def remove_command(names: tuple[str, ...], index_folder: Path, keep: int, as_json: bool) -> None:
    """Take articles, or whole sources, out of the index, and publish it.

    An article is named by its id, a source by its path as 'loanfaq inspect' lists it. The
    next 'loanfaq index' of a source that still holds the article brings it back.
    """
    from indexer.pipeline import remove_from_index

    report = remove_from_index(names, index_folder, keep_builds=keep)
    _print_changes(report, index_folder, as_json)


@click.command("rollback")
@click.argument("build_id", required=False, metavar="[BUILD]")
@index_option
@json_option
def rollback_command(build_id: str | None, index_folder: Path, as_json: bool) -> None:
    """Serve an earlier build again: the one before, or BUILD.

    'loanfaq inspect --builds' lists the builds that are kept. Going back removes nothing,
    and names the build to go forward to; the next build prunes first what was gone back
    from. A running site takes the change up within seconds.
    """
    from indexer.store.history import roll_back

    done = roll_back(index_folder, build_id)
    now = done.now
    if as_json:
        echo_json({"index": str(index_folder), "before": done.before, "build_id": now.build_id})
    elif now.build_id == done.before:
        click.echo(f"build {now.build_id} is the current one already")
    else:
        click.echo(
            f"serving build {now.build_id} of {now.created}, {now.counts.articles:,} articles\n"
            f"  'loanfaq rollback {done.before}' goes back to the one before this change"
        )


def _print_changes(report: ChangeReport, folder: Path, as_json: bool) -> None:
    from indexer.commands import report_to_json

    for error in report.rejected:
        click.echo(f"skipped {error}", err=True)
    if as_json:
        built = report_to_json(report.build, folder) if report.build else {"index": str(folder)}
        changes = {name: list(ids) for name, ids in _changes(report)}
        echo_json({**built, "published": report.build is not None, **changes})
    else:
        click.echo(_describe_changes(report, folder))


def _changes(report: ChangeReport) -> list[tuple[str, tuple[str, ...]]]:
    changes = report.changes
    return [("added", changes.added), ("updated", changes.updated), ("removed", changes.removed)]


def _describe_changes(report: ChangeReport, folder: Path) -> str:
    from indexer.commands import describe_report

    if report.build is None:
        return f"nothing changed in {folder}; nothing was published"
    counts = ", ".join(f"{name} {len(ids):,}" for name, ids in _changes(report))
    lines = [f"{counts} articles"]
    for name, ids in _changes(report):
        if ids:
            more = f" and {len(ids) - _MOST_IDS:,} more" if len(ids) > _MOST_IDS else ""
            lines.append(f"  {name}: {', '.join(ids[:_MOST_IDS])}{more}")
    return "\n".join([*lines, describe_report(report.build, folder)])
