"""`loanfaq calibrate`."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.options import index_option, keep_option


@click.command("calibrate")
@click.argument("judgments", required=False, type=click.Path(path_type=Path), metavar="[JUDGMENTS]")
@index_option
@click.option(
    "--save-to",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="MODEL",
    help="Also put it into this model folder, for indexes to come.",
)
@keep_option
def calibrate_command(
    judgments: Path | None, index_folder: Path, save_to: Path | None, keep: int
) -> None:
    """Fit the ranking on judged questions, and publish the index with it.

    JUDGMENTS is a JSONL file as 'loanfaq evaluate' takes it; without it the bundled dev
    questions are asked: the bundled encoder has learnt from the train ones. Fitted are how
    the features of a candidate are weighed, how likely the first article is right, and from
    when on it is suggested or given as the answer. All of it belongs to the index's encoder.
    Report on other questions than those fitted on.
    """
    import data
    from indexer.judgments import read_judgments
    from search.evaluation.store import fit_and_store

    judged = read_judgments(judgments or data.JUDGMENTS / "dev.jsonl")
    click.echo(fit_and_store(index_folder, judged, save_to, keep))
