"""`loanfaq evaluate`."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.options import echo_json, index_option, json_option, keep_option


@click.command("evaluate")
@click.argument("judgments", required=False, type=click.Path(path_type=Path), metavar="[JUDGMENTS]")
@index_option
@click.option(
    "--fit", is_flag=True, help="Fit from which score on an answer is claimed, and store it."
)
@click.option(
    "--save-to",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="With --fit: also put it into this model folder, for indexes to come.",
)
@click.option(
    "--worst",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    metavar="N",
    help="How many of the worst questions to list.",
)
@keep_option
@json_option
def evaluate_command(
    judgments: Path | None,
    index_folder: Path,
    fit: bool,
    save_to: Path | None,
    worst: int,
    keep: int,
    as_json: bool,
) -> None:
    """Measure the search on judged questions.

    JUDGMENTS is a JSONL file, a question a line: "query", "relevant" (grade by article id:
    2 answers, 1 partly; {} if nothing answers) and "kind". Without it the bundled test
    questions are asked, with --fit the bundled dev questions: what is fitted on test
    questions says nothing. Words only, vectors only and both are compared.
    """
    import data
    from indexer.judgments import read_judgments
    from search.evaluation.report import evaluate, format_report

    if save_to and not fit:
        raise click.UsageError("--save-to goes with --fit")
    path = judgments or data.JUDGMENTS / ("dev.jsonl" if fit else "test.jsonl")
    judged = read_judgments(path)
    if fit:
        from search.evaluation.store import fit_and_store

        click.echo(fit_and_store(index_folder, judged, save_to, keep), err=True)
    name = str(judgments) if judgments else f"bundled {path.name}"
    report = evaluate(index_folder, judged, name, worst)
    if as_json:
        echo_json(report.to_json())
    else:
        click.echo(format_report(report))
