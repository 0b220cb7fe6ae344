"""``loanfaq index`` with its gate: only here, since indexing knows nothing of searching."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.commands import index_command as plain_index_command

_GATE = (
    click.Option(
        ["--judgments"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="With --fail-under: judged questions, as 'loanfaq evaluate' takes them.",
    ),
    click.Option(
        ["--fail-under"],
        type=click.FloatRange(0, 1),
        metavar="SHARE",
        help="Publish only if the first article is right for this share of the questions of "
        "--judgments, 0 to 1.",
    ),
)


def _index(judgments: Path | None, fail_under: float | None, **given: object) -> None:
    if (judgments is None) != (fail_under is None):
        raise click.UsageError("--judgments and --fail-under go together")
    approve = None
    if judgments is not None and fail_under is not None:
        from indexer.judgments import read_judgments
        from search.evaluation.gate import Gate

        # Read first: a bad file is told before minutes of building.
        approve = Gate(read_judgments(judgments), str(judgments), fail_under)
    assert plain_index_command.callback
    plain_index_command.callback(approve=approve, **given)


index_command = click.Command(
    "index",
    params=[*plain_index_command.params[:-1], *_GATE, plain_index_command.params[-1]],
    callback=_index,
    help=plain_index_command.help,
)
